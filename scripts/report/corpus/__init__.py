"""The whole corpus for the page. Takes the tables documents, sentences, tokens, quotes, entities and frame_codes.

`tokens` numbers the vocabulary, `marks` the spans that the tables mark in the texts, `blocks` packs both.
Its products are blocks of bytes for `data`; no table.
"""
