"""The sources of a document as it tells of them itself: what table quote_sources needs no other document for."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from scripts.quotes.cue_stances import AFTER, cue_stance
from scripts.quotes.descriptions import WEAK, descriptions
from scripts.quotes.kind_lists import UNKNOWN
from scripts.quotes.kind_phrases import owner_words, phrase_kind
from scripts.quotes.known_sources import Known, match
from scripts.quotes.source_kinds import source_kind

_EARLY = 4  # the first quarter of the sentences


class Attribution(NamedTuple):
    """An attribution to a source that has words, as one document tells it; fields as in tables quote_sources, quotes.

    `owners` are `owner_words`, and `last_resort` is a kind, for one whose kind is unknown.
    """

    quote: int
    sentence: int
    speaker: str
    kind: str
    status: str
    known: str
    row: int | None
    words: int
    words_direct: int
    early: bool
    stance: str
    is_person: bool
    owners: tuple[str, ...]
    last_resort: str


@lru_cache(maxsize=50_000)
def told_kind(
    speaker: str, source: str, role: str, speaker_type: str, description: str
) -> tuple[str, tuple[str, ...], str]:
    """Return kind, `owner_words` and last resort of a source, from what its document says of it."""
    says = "" if description in WEAK else description
    kind = source_kind(speaker=speaker, source=source, role=role, speaker_type=speaker_type, description=says)
    if kind != UNKNOWN:
        return kind, (), UNKNOWN
    phrases = (role, description, "" if speaker_type == "person" else source)
    words = tuple(word for phrase in phrases for word in owner_words(phrase))
    return kind, words, phrase_kind(description) if description in WEAK and not role else UNKNOWN


def attributions(
    document: Mapping[str, Any], quotes: Sequence[Mapping[str, Any]], index: Mapping[str, list[Known]]
) -> Iterator[Attribution]:
    """Yield the attributions of a document to a source that have words, by sentence and number.

    `document` has date, n_sentences and text, `quotes` are its rows of table quotes that are speech, with the columns
    `_QUOTES`; `index` are the user's known sources by `key`.
    """
    text = document["text"]
    described = descriptions(text, [(row["speaker"], row["speaker_type"]) for row in quotes])
    matches = {speaker: match(index, speaker, document["date"] or "") for speaker in {row["speaker"] for row in quotes}}
    sourced = [row for row in quotes if row["n_words"] and (row["source"] or row["speaker"])]
    for row in sorted(sourced, key=itemgetter("sentence", "quote")):
        speaker, end = row["speaker"], row["cue_head_end"]
        status, known = matches[speaker]
        of_source = (row["source"], row["role"], row["speaker_type"], described.get(speaker, ""))
        kind, owners, last_resort = told_kind(speaker, *of_source)
        yield Attribution(
            row["quote"],
            row["sentence"],
            speaker,
            kind,
            status,
            "" if known is None else known.name,
            None if known is None else known.row,
            row["n_words"],
            row["n_quoted"],
            row["sentence"] * _EARLY < document["n_sentences"],
            cue_stance(row["cue_lemma"], "" if end is None else text[end : end + AFTER]),
            row["speaker_type"] == "person",
            owners,
            last_resort,
        )
