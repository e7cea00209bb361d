"""Framing: finds frames defined by scholars, using dictionaries of cues, and counts them by sentence and by speaker.

Takes parsed documents, quotes, entities and coders' sheets; gives cues, shares, blame, agreement and corrected shares.
Its tables are described in tables.yaml.
"""
