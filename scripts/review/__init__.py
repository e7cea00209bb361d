"""Review: a reader's judgement. Takes the machine's tables and sheets of corrections.

Gives tables as corrected with the fate of each decision (`apply`, `applied`).
Its tables: tables.yaml, beside it.
"""
