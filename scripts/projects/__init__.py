"""Projects in REFI-QDA, the exchange format of tools for coding texts. Takes tables, and projects sent back by coders.

Gives the corpus as a project; reads corrections, coders' sheets and all codings from a project that comes back.
Its tables: tables.yaml, beside it.
"""
