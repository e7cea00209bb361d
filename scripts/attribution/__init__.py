"""Attribution: who said what in one document. Takes parsed documents with their entities; `document` shows the way.

Marks, cues, sources, candidates, scores, choice, paragraphs, silence, resolution: each takes and returns plain values.
Its table: quotes.
"""
