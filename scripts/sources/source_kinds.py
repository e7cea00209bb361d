"""The kind of a source (politician, official, business, ...) from the words that the text uses for it.

A person's kind comes from the role, the words beside the name, or the rest of the document; an organisation's from its
name. Gender, party and origin are never inferred from a name.
"""

import re

from scripts.entities.knowledge import demonyms, entries
from scripts.sources.kind_lists import UNKNOWN, kind_lists
from scripts.sources.kind_phrases import head_of_phrase, listed, phrase_kind

# Description of a person whose party the text states, as in "(D-N.Y.)".
PARTISAN = "party"
# Kinds that a named person never has, whatever the words beside the name ("a party insider").
_OF_NOBODY = ("document", "anonymous")
_ARTICLE = re.compile(r"\A(?:the|an?)\s", re.IGNORECASE)
# Ranks and titles, which are used only if no fuller description gives a kind.
_RANKS = frozenset(("gen", "general", "col", "colonel", "capt", "captain", "lt", "maj", "major", "sgt", "sergeant",
                    "dr", "adv", "advocate"))  # fmt: skip


def source_kind(*, speaker: str, source: str, role: str, speaker_type: str, description: str = "") -> str:
    """Return the kind of a source, or `unknown`.

    `speaker` is its name over all documents; `source` the words of the text; `role` and `description` what the text
    calls it here and elsewhere; `speaker_type` is as in table quotes.
    """
    if speaker_type == "document":
        of_head = kind_lists().heads.get(head_of_phrase(source), "document")
        return of_head if of_head in ("politician", "expert") else "document"
    if speaker_type == "government":
        of_name = phrase_kind(source) if head_of_phrase(source) else listed(speaker)
        return of_name if of_name not in ("", "document", "anonymous") else "official"
    if speaker_type == "person":
        after_comma = speaker.partition(", ")[2]
        phrases = [role, *_beside_name(source, speaker), after_comma, "" if description == PARTISAN else description]
        phrases.sort(key=lambda phrase: phrase.lower().rstrip(".") in _RANKS)
        of_phrases = (phrase_kind(phrase) for phrase in phrases)
        kinds = (kind for kind in of_phrases if kind and kind not in _OF_NOBODY)
        kind = next(kinds, UNKNOWN)
        return "politician" if description == PARTISAN and kind in (UNKNOWN, "official") else kind
    if speaker_type == "group" and speaker.removesuffix("s") in demonyms():
        return "citizen"
    if (head := head_of_phrase(source)) in source and kind_lists().heads.get(head) == "document":
        return "document"
    if speaker_type == "organisation" and (kind := listed(source) or listed(speaker)):
        return kind
    is_body = speaker_type == "organisation"
    texts = (role, source, speaker, description)
    of_phrases = (phrase_kind(text) or (listed(text, with_bodies=True) if is_body else "") for text in texts)
    return next((kind for kind in of_phrases if kind), UNKNOWN)


def _beside_name(source: str, speaker: str) -> list[str]:
    """Return the parts of a source beside a person's name, or all of "the prime minister", which is not a name.

    >>> _beside_name("the minister of tourism, Morena Valdez", "Morena Valdez"), _beside_name("Lee, a pilot", "Ann Lee")
    (['the minister of tourism'], ['a pilot'])
    >>> _beside_name("Ann Lee QC", "Ann Lee"), _beside_name("Ann Lee of Leeds", "Ann Lee")
    (['QC'], [])
    >>> _beside_name("The Judge", "Judge"), _beside_name("Judge Reinhold", "Judge Reinhold")
    (['The Judge'], [])
    """
    words = speaker.split()
    start = min((at for word in (words[0], words[-1]) if (at := source.find(word)) >= 0), default=-1) if words else -1
    if start < 0 or (_ARTICLE.match(source) and source.split(maxsplit=1)[1:] == [speaker]):
        return [source] if _ARTICLE.match(source) else []
    end = source.find(words[-1], start)
    before, after = source[:start], source[end + len(words[-1]) :] if end >= 0 else ""
    letters, _, rest = after.partition(",")
    if letters.strip() in entries("post_nominals.txt"):
        parts = [before, letters, rest]
    else:
        parts = [before, after.lstrip(" ,(")] if after.startswith((",", " ,", " (")) else [before]
    return [part.strip(" ,") for part in parts if part.strip(" ,")]
