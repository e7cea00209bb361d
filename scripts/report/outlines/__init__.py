"""Outlines: the sections of the report that show tables, one module a section.

Takes nothing: each outline is a constant that names tables, figures, columns and captions.
Its product is OUTLINES, which `sections` fills and `data` packs; no table.
"""

from scripts.report.outlines.documents import DOCUMENTS, PROBLEMS
from scripts.report.outlines.entities import ENTITIES
from scripts.report.outlines.framing import FRAMING
from scripts.report.outlines.outline import Outline
from scripts.report.outlines.passages import PASSAGES
from scripts.report.outlines.review import REVIEW
from scripts.report.outlines.sources import SOURCES
from scripts.report.outlines.voices import VOICES
from scripts.report.outlines.words import WORDS

__all__ = ["OUTLINES", "Outline"]

OUTLINES: tuple[Outline, ...] = (VOICES, SOURCES, PASSAGES, ENTITIES, WORDS, FRAMING, REVIEW, DOCUMENTS, PROBLEMS)
