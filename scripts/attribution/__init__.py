"""Attribution: who said what in one document. Takes parsed documents with their entities; start reading at `document`.

The stages (marks, cues, sources, candidates, scores, choice, paragraphs, silence, resolution) pass on plain values.
Its tables: quotes, batch_sources.
"""
