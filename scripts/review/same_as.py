"""Persons whom a speaker may be under another name: what the sheet of attributions asks of each."""

from collections import Counter, defaultdict
from collections.abc import Mapping

import pandas as pd

from scripts.review.people import folded

PERSON = "person"


def likely_same(words: Mapping[str, int]) -> dict[str, list[str]]:
    """Return by name the longer names of what may be the same person: they end alike and hold all its words.

    `words` are what is attributed to each; most words come first. Of two full names, of which one holds the other, the
    one with fewer words asks.

    >>> likely_same({"Trump": 30, "Ivanka Trump": 5, "Donald Trump": 90, "Donald J. Trump": 4})
    {'Trump': ['Donald Trump', 'Ivanka Trump', 'Donald J. Trump'], 'Donald J. Trump': ['Donald Trump']}
    """
    parts = {name: Counter(folded(name).split()) for name in words}
    by_last: dict[str, list[str]] = defaultdict(list)
    for name in sorted(words, key=lambda name: (-words[name], name)):
        by_last[folded(name).rpartition(" ")[2]].append(name)

    def asks(name: str, longer: str) -> bool:
        if parts[name].total() == 1:
            return parts[name] < parts[longer]
        nested = parts[name] < parts[longer] or (parts[longer] < parts[name] and parts[longer].total() > 1)
        return nested and (words[name], longer) < (words[longer], name)

    candidates = {
        name: [longer for longer in by_last[folded(name).rpartition(" ")[2]] if asks(name, longer)] for name in words
    }
    return {name: others for name, others in candidates.items() if others}


def may_be(attributions: pd.DataFrame, links: pd.DataFrame) -> pd.Series:
    """Return for each attribution the persons whom its speaker may be besides, with " | " between them; "" for none.

    They are the open candidates of the short form in its article (`links`, the table name_links), and longer names of
    the corpus that hold the speaker's.
    """
    is_person = attributions["speaker_type"] == PERSON
    words = attributions[is_person].groupby("speaker")["n_words"].sum()
    same = likely_same({str(name): int(n) for name, n in words.items()})
    open_links: dict[tuple[str, str], list[str]] = defaultdict(list)
    for link in links[~links["linked"].astype(bool)].itertuples():
        open_links[str(link.doc_id), str(link.name)].append(str(link.candidate))
    cells = []
    for doc_id, own, speaker, asked in zip(
        *(attributions[name] for name in ("doc_id", "speaker_in_document", "speaker")), is_person, strict=True
    ):
        names = [*open_links.get((doc_id, own), []), *(same.get(speaker, []) if asked else [])]
        cells.append(" | ".join(name for name in dict.fromkeys(names) if name != speaker))
    return pd.Series(cells, attributions.index, dtype=object)
