"""Quotes: who said what. Takes parsed documents with their entities; `attribution` shows the way of one document.

Marks, cues, sources, candidates, scores, choice, paragraphs, silence, resolution: each takes and returns plain values.
Its tables: quotes, speakers, speakers_by_group, quote_families, quote_reuse, and those of sources (`source_*`).
"""
