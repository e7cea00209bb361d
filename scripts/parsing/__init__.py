"""Parsing: from documents to tokens, sentences, tags, lemmas, dependencies and the model's raw names.

Takes the table `documents` of a batch and makes the one tokenization whose numbers all other tables use.
Its tables: see tables.yaml beside this file.
"""
