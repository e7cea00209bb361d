"""The sources of a document from its own text alone: the table batch_sources."""

import re
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
_ASKED = re.compile(
    r"\b(?:condition of|(?:ask|demand|grant|insist|prefer|request|seek|want)\w*(?: for| on| upon)?|sought) "
    r"(?:\w+ )?anonymity|\b(?:ask|declin|insist|prefer|refus|request|want|wish)\w* (?:on )?(?:not )?(?:to )?(?:not )?"
    r"be(?:ing)? (?:named|identified)|\b(?:not|n['’]t|un)[ -]?authori[sz]ed to (?:brief|comment|discuss|speak|talk)"
    r"|\b(?:speak|spoke|talk)\w* anonymously"
)
_SENTENCE_END = re.compile(r"(?<=[a-z]{3}|[A-Z]{3}|\d{3})[.?!][\"'”’)]*\s|\n")
_REACH = 300


@lru_cache(maxsize=50_000)
def kind_in_document(speaker: str, source: str, role: str, speaker_type: str, description: str) -> tuple[str, str, str]:
    """Return the kind, `owner_words` and last resort of a source from its document alone, as in table batch_sources."""
    says = "" if description in WEAK else description
    kind = source_kind(speaker=speaker, source=source, role=role, speaker_type=speaker_type, description=says)
    if kind != UNKNOWN:
        return kind, "", UNKNOWN
    phrases = (role, description, "" if speaker_type == "person" else source)
    words = " ".join(word for phrase in phrases for word in owner_words(phrase))
    return kind, words, phrase_kind(description) if description in WEAK and not role else UNKNOWN


def _called(row: Mapping[str, Any]) -> str:
    """Return the name of a source, or its document's words for it if it has no name."""
    called: str = row["speaker_in_document" if is_class(row["speaker"]) else "speaker"]
    return called


def _asked_for_anonymity(text: str, cue_end: int) -> bool:
    """Return True if the sentence around a cue says that somebody speaks anonymously."""
    before = _SENTENCE_END.split(text[max(0, cue_end - _REACH) : cue_end])[-1]
    end = _SENTENCE_END.search(text, cue_end, cue_end + _REACH)
    return bool(_ASKED.search(before + text[cue_end : end.start() if end else cue_end + _REACH]))


def batch_source_rows(text: str, quotes: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield a document's rows of table batch_sources from its text and its rows of quotes, in their order."""
    speech = [{**row, **{name: row[name] or "" for name in _TEXTS}} for row in quotes]
    described = descriptions(text, [(_called(row), row["speaker_type"]) for row in speech])
    for row in speech:
        kind, owners, last_resort, stance = UNKNOWN, "", UNKNOWN, NO_CUE
        if row["n_words"] and (row["source"] or row["speaker"]):
            speaker, end = _called(row), row["cue_head_end"]
            of_source = (row["source"], row["role"], row["speaker_type"], described.get(speaker, ""))
            kind, owners, last_resort = kind_in_document(speaker, *of_source)
            has_name = row["speaker"] and not is_class(row["speaker"])
            if not has_name and end is not None and _asked_for_anonymity(text, end):
                kind, owners, last_resort = "anonymous", "", UNKNOWN
            stance = cue_stance(row["cue_lemma"], "" if end is None else text[end : end + AFTER])
        yield {
            "doc_id": row["doc_id"],
            "quote": row["quote"],
            "kind": kind,
            "owners": owners,
            "last_resort": last_resort,
            "stance": stance,
        }
