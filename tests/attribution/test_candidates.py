"""Contents that are proposed for a cue, and where they end."""

from dataclasses import replace

import pytest

from scripts.attribution.candidates import propose
from scripts.attribution.described_cues import Cue
from scripts.attribution.marked import mark
from scripts.attribution.sources import Source
from scripts.parsing.tokens import segmented_doc


def made_candidates(text, source):
    """Return the contents of the last "said" for a proposal of all that stands before it; `source` is in words."""
    doc = segmented_doc("d", text)
    doc = replace(doc, pos=["X"] * len(doc.word), dep=["dep"] * len(doc.word), tag=["X"] * len(doc.word))
    doc = replace(
        doc, head=[max(0, at - 1) for at in range(len(doc.word))], lemma=["say" if w == "said" else w for w in doc.word]
    )
    first, cue = doc.word.index(source.split()[0]), len(doc.word) - 1 - doc.word[::-1].index("said")
    last = first + len(source.split())
    own = Cue(cue, Source(first, last, last - 1, "subject"), 0, len(doc.word), first)
    return {doc.slice(*candidate.pieces[0]) for candidate in propose(mark(doc), own, [([(0, cue)], "L")])}


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("“It hurt,” Lee, a carter, said.", "Lee", "“It hurt,”"),
        ("It hurt, Lee of Linden said.", "Lee", "It hurt"),
        ("“It hurt,” the old editor Lee said.", "Lee", "“It hurt,”"),
        (
            "“It hurt,” the very old editor Lee said.",
            "Lee",
            "“It hurt,” the very old editor Lee",
        ),  # too far from a mark
        ("It hurt Oslo-Lee said.", "Lee", "It hurt Oslo-Lee"),  # a hyphen is no mark
        ("It hurt, Lee said it was, and said.", "Lee", "It hurt, Lee said it was, and"),  # the source of another cue
        ("“It hurt Lee so,” and then said.", "Lee", "“It hurt Lee so,” and then"),  # quoted itself
    ],
)
def test_a_content_ends_at_the_mark_before_a_source_that_stands_between_it_and_its_cue(text, source, content):
    assert content in made_candidates(text, source)
