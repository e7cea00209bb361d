"""Reuse: quoted passages that occur in several documents or in a reference text. Takes the table quotes and the texts.

Gives families of passages with the words cut or altered, and which parts of a reference text each outlet quotes.
Its tables: tables.yaml, beside it.
"""
