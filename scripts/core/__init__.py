"""Core: what every room shares. Takes paths, settings and word lists; gives stored tables and parsed documents.

Storage and table schemas, joins of the batches' tables, word lists, bounded expressions, models, command lines.
Its products are the reader's copies of the batches' tables (`tables`); it imports no other room.
"""
