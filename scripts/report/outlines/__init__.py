"""The sections of the report that show tables: which tables and figures stand where, and what each of them says."""

from scripts.report.outlines.documents import DOCUMENTS, PROBLEMS
from scripts.report.outlines.entities import ENTITIES
from scripts.report.outlines.framing import FRAMING
from scripts.report.outlines.outline import Outline
from scripts.report.outlines.sources import SOURCES
from scripts.report.outlines.words import WORDS

__all__ = ["OUTLINES", "Outline"]

OUTLINES: tuple[Outline, ...] = (SOURCES, ENTITIES, WORDS, FRAMING, DOCUMENTS, PROBLEMS)
