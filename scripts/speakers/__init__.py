"""Speakers: who is quoted, and how much. Takes the table quotes.

Gives the words attributed to each speaker with their share, and profiles of the leading ones.
Its tables: tables.yaml, beside it.
"""
