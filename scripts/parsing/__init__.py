"""Parsing: from documents to tokens, sentences, tags, lemmas, dependencies and the model's raw names.

Takes the table `documents` of a batch; one tokenization, which every other table counts in.
Its tables: tables.yaml, beside it.
"""
