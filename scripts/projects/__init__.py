"""Projects: REFI-QDA, which other tools for coding texts read and write. Takes tables, and projects that come back.

Gives a project of the corpus; of one that comes back corrections, coders' sheets and all codings.
Its tables: tables.yaml, beside it.
"""
