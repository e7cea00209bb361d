"""Words: from tokens to counts and statistics of words, phrases and documents.

Takes tokens and parses of each batch, which are counted there once (`counts`); the corpus steps only add up.
Its tables: tables.yaml, beside it.
"""
