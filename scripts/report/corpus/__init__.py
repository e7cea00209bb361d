"""The whole corpus for the page. Takes the tables documents, sentences, tokens, quotes, entities and frame_codes.

`tokens` numbers the vocabulary, `marks` what the tables mark in the texts, `blocks` packs both: its product, no table.
"""
