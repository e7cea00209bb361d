"""Reuse: quoted passages that stand in several documents or in a reference text. Takes table quotes and the texts.

Gives families of passages with what was cut or altered, and which part of a text is quoted by whom.
Its tables: tables.yaml, beside it.
"""
