"""Quotes: who said what. Takes parsed documents with their entities; `attribution` shows the way of one document.

Marks, cues, sources, candidates, scores, choice, resolution: each stage takes and returns plain values, once.
Its tables: quotes (`__main__`), speakers (`speakers`).
"""
