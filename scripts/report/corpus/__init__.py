"""The whole corpus for the page. Takes the tables documents, sentences, tokens, quotes, entities and frame_codes.

`tokens` turns the texts into numbers, `marks` the spans that the tables mark in them, and `blocks` packs both.
Produces blocks of bytes for `data`, but no table.
"""
