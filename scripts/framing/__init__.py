"""Framing: frames that scholars have defined, found by dictionaries of cues, by sentence and by voice.

Takes parsed documents, quotes and entities, and coders' sheets; gives cues, shares, blame, agreement, corrections.
Its tables: tables.yaml, beside it.
"""
