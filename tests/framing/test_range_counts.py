"""Counts of a range of documents: names have numbers that stay, and sums add up."""

import numpy as np

from scripts.framing.cells import Drawn
from scripts.framing.coding import NARRATOR
from scripts.framing.comparisons import Together
from scripts.framing.range_counts import Sums, added, names_of_speakers
from scripts.framing.terms import Coverage, TermHits


def test_the_narrator_is_a_speaker_among_the_others():
    for speakers in (["Bo", "Ann"], ["Bo", NARRATOR, "Ann"]):
        names = names_of_speakers(speakers)
        assert [*names.known] == [*dict.fromkeys([*speakers, NARRATOR])]
        assert names.speakers == 3 and names.known[NARRATOR] == names.narrator


def test_sums_of_two_sets_are_added_field_by_field():
    kinds = (TermHits, Coverage, Together, Drawn, Drawn)

    def sums(number):
        return Sums(*(kind(*(np.full(3, number * (at + 1)) for at in range(len(kind._fields)))) for kind in kinds))

    total = added(sums(2), sums(5))
    assert all(type(field) is kind for field, kind in zip(total, kinds, strict=True))
    assert repr(total) == repr(sums(7))
