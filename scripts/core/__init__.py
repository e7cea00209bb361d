"""Core: code that every room shares. Takes paths, settings and word lists; returns stored tables and parsed documents.

It has storage, table schemas, joins of the batches' tables, word lists, bounded expressions, models, command lines.
It makes the reader's copies of the batches' tables (`tables`) and imports no other room.
"""
