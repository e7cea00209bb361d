"""The sources of a document as it tells of them itself: the table batch_sources, which needs no other document."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from scripts.core.statements import is_class
from scripts.sources.cue_stances import AFTER, NO_CUE, cue_stance
from scripts.sources.descriptions import WEAK, descriptions
from scripts.sources.kind_lists import UNKNOWN
from scripts.sources.kind_phrases import owner_words, phrase_kind
from scripts.sources.source_kinds import source_kind

_TEXTS = ("speaker", "speaker_type", "source", "role", "cue_lemma")


@lru_cache(maxsize=50_000)
def kind_in_document(speaker: str, source: str, role: str, speaker_type: str, description: str) -> tuple[str, str, str]:
    """Return kind, `owner_words` and last resort of a source, by its document alone, as in table batch_sources."""
    says = "" if description in WEAK else description
    kind = source_kind(speaker=speaker, source=source, role=role, speaker_type=speaker_type, description=says)
    if kind != UNKNOWN:
        return kind, "", UNKNOWN
    phrases = (role, description, "" if speaker_type == "person" else source)
    words = " ".join(word for phrase in phrases for word in owner_words(phrase))
    return kind, words, phrase_kind(description) if description in WEAK and not role else UNKNOWN


def _called(row: Mapping[str, Any]) -> str:
    """Return the name of a source, of one without a name what its document calls it."""
    called: str = row["speaker_in_document" if is_class(row["speaker"]) else "speaker"]
    return called


def batch_source_rows(text: str, quotes: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the rows of table batch_sources of a document from its text and its rows of quotes, in their order."""
    speech = [{**row, **{name: row[name] or "" for name in _TEXTS}} for row in quotes]
    described = descriptions(text, [(_called(row), row["speaker_type"]) for row in speech])
    for row in speech:
        kind, owners, last_resort, stance = UNKNOWN, "", UNKNOWN, NO_CUE
        if row["n_words"] and (row["source"] or row["speaker"]):
            speaker, end = _called(row), row["cue_head_end"]
            of_source = (row["source"], row["role"], row["speaker_type"], described.get(speaker, ""))
            kind, owners, last_resort = kind_in_document(speaker, *of_source)
            stance = cue_stance(row["cue_lemma"], "" if end is None else text[end : end + AFTER])
        yield {
            "doc_id": row["doc_id"],
            "quote": row["quote"],
            "kind": kind,
            "owners": owners,
            "last_resort": last_resort,
            "stance": stance,
        }
