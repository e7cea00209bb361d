"""Words: from tokens to counts and statistics of words, phrases and documents.

Takes the tokens and parses of each batch, which are counted once per batch (`counts`); corpus steps add up counts.
Its tables: tables.yaml, beside it.
"""
