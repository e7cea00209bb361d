"""Review: a reader's judgement. Takes the machine's tables, sheets of corrections and gold data.

Gives tables as corrected with the fate of each decision (`apply`, `applied`), and scores against gold (`evaluation`).
Its table: corrections_applied; its file: results/evaluation/attribution.md.
"""
