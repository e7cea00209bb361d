"""Review: what readers judge. Takes the machine's tables, sheets of corrections and filled review sheets.

Gives the corrected tables with the fate of each decision (`apply`, `applied`), accuracy, and corrected shares.
Its tables are described in tables.yaml.
"""
