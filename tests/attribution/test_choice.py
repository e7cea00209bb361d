"""The best content of every cue, one cue for every content; to see to it takes no quadratic time."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.attribution.candidates import Candidate, Rated
from scripts.attribution.choice import Attribution, _Selection, choose_speech
from scripts.attribution.described_cues import Cue
from scripts.attribution.marked import mark
from scripts.attribution.sources import Source
from scripts.parsing.tokens import segmented_doc

WORDS = "She said , the old harbour would be closed by noon ; and that nobody , not even he , knew where to go now ."
DOC = segmented_doc("d", WORDS)
PIECE = st.tuples(st.integers(0, 11), st.integers(1, 12)).map(
    lambda pair: (pair[0] * 2, min(pair[0] * 2 + pair[1], 24))
)


def letters(tokens):
    return sum(len(DOC.word[token]) for token in tokens if DOC.word[token][0].isalnum())


@given(st.lists(st.lists(PIECE, min_size=1, max_size=3), max_size=12))
def test_a_content_is_chosen_unless_another_has_a_quarter_of_both(contents):
    selection, chosen = _Selection(DOC), []

    def like(a, b):
        return letters(a & b) >= 0.25 * max(1, letters(a | b))

    for number, pieces in enumerate(contents):
        tokens = {token for first, last in pieces for token in range(first, last)}
        alike = any(like(tokens, earlier) for earlier in chosen)
        assert selection.take(Attribution(number, tuple(pieces), None, 0.0, "colon")) is not alike
        chosen += [] if alike else [tokens]


@given(st.lists(PIECE, min_size=1, max_size=3))
def test_a_content_is_compared_with_those_of_few_of_its_tokens(pieces):
    selection = _Selection(DOC)
    content = {token for first, last in pieces for token in range(first, last)}
    if letters(content):
        assert 0 < len(list(selection._samples(content, letters(content)))) <= 17


# 0 " 1 The 2 dam 3 is 4 old 5 . 6 " 7 Lee 8 said 9 and 10 warned 11 , 12 " 13 It 14 broke 15 at 16 noon 17 . 18 "
TEXT = '"The dam is old." Lee said and warned, "It broke at noon."'
POS = {"said": "VERB", "warned": "VERB", ",": "PUNCT", "old": "ADJ", "noon": "NOUN"}
LEE = Source(7, 8, 7, "subject")
NEARER, FURTHER, COMMA = 8, 10, 11
FIRST, SECOND = (0, 7), (12, 19)
BAR = 1.0


@pytest.fixture(scope="module")
def marked():
    doc = segmented_doc("d", TEXT)
    return mark(replace(doc, pos=[POS.get(word, "X") for word in doc.word]))


def rating(cue, *contents, source=LEE):
    """Return a cue with its contents, (score, piece ...) each."""
    candidates = [Candidate(cue, tuple(pieces), "L") for _, *pieces in contents]
    return Rated(Cue(cue, source, 0, 19, cue), candidates, [score for score, *_ in contents])


def chosen(marked, *ratings):
    return [(item.cue, *item.pieces, item.score) for item in choose_speech(marked, ratings, least=BAR)]


def test_the_best_content_of_each_cue_in_the_order_of_the_text(marked):
    second, first = rating(FURTHER, (1.5, SECOND), (1.4, (13, 17))), rating(NEARER, (1.2, (1, 5)), (1.3, FIRST))
    assert chosen(marked, second, first) == [(NEARER, FIRST, 1.3), (FURTHER, SECOND, 1.5)]
    assert chosen(marked, rating(NEARER)) == []


def test_of_equal_contents_of_a_cue_that_which_begins_first(marked):
    assert chosen(marked, rating(NEARER, (1.0, (1, 5)), (1.0, (0, 5)))) == [(NEARER, (0, 5), 1.0)]


@pytest.mark.parametrize(("score", "is_chosen"), [(1.0, True), (0.9, False)])
def test_a_content_below_the_bar_is_not_chosen(marked, score, is_chosen):
    assert bool(chosen(marked, rating(NEARER, (score, (8, 11))))) is is_chosen


def test_an_attribution_that_is_not_probable_takes_nothing_away_from_others(marked):
    ratings = rating(NEARER, (1.5, (1, 5))), rating(FURTHER, (1.6, (0, 6)))
    of_nearer = choose_speech(marked, ratings, least=BAR, is_probable=lambda item: item.cue == NEARER)
    assert [(item.cue, *item.pieces) for item in of_nearer] == [(NEARER, (1, 5))]
    assert chosen(marked, *ratings) == [(FURTHER, (0, 6), 1.6)]


def test_of_two_cues_with_nearly_one_content_the_better_has_it(marked):
    assert chosen(marked, rating(NEARER, (1.5, (12, 18))), rating(FURTHER, (1.6, SECOND))) == [(FURTHER, SECOND, 1.6)]


@pytest.mark.parametrize(
    ("near_score", "far_score", "cue"),
    [(1.0, 2.0, NEARER), (1.0, 2.1, FURTHER), (3.0, 1.0, NEARER), (2.0, 2.0, NEARER)],
)
def test_a_content_of_two_cues_goes_to_the_nearer_with_the_better_score_unless_it_is_much_worse(
    marked, near_score, far_score, cue
):
    best = max(near_score, far_score)
    assert chosen(marked, rating(FURTHER, (far_score, FIRST)), rating(NEARER, (near_score, FIRST))) == [
        (cue, FIRST, best)
    ]


def test_the_distance_of_a_cue_is_to_where_its_content_begins_and_a_mark_is_further(marked):
    both = (FIRST, (13, 15))
    assert chosen(marked, rating(16, (2.0, *both)), rating(NEARER, (1.9, *both))) == [(NEARER, *both, 2.0)]
    comma = rating(COMMA, (2.0, SECOND))
    assert chosen(marked, comma, rating(NEARER, (1.9, SECOND))) == [(NEARER, SECOND, 2.0)]


@pytest.mark.parametrize(("score", "is_chosen"), [(-2.0, True), (-2.1, False)])
def test_a_sentence_in_marks_that_is_left_over_is_taken_below_the_bar(marked, score, is_chosen):
    assert chosen(marked, rating(NEARER, (score, FIRST))) == [(NEARER, FIRST, score + 3)] * is_chosen


def test_of_two_weak_cues_beside_a_quotation_the_better_has_it(marked):
    ratings = rating(NEARER, (-1.0, FIRST)), rating(FURTHER, (-0.5, (0, 6)))
    assert chosen(marked, *ratings) == chosen(marked, *ratings[::-1]) == [(FURTHER, (0, 6), 2.5)]


def test_a_weak_cue_has_one_quotation(marked):
    assert chosen(marked, rating(NEARER, (-1.0, FIRST), (-0.5, SECOND))) == [(NEARER, FIRST, 2.0)]
    two = rating(NEARER, (-1.0, FIRST)), rating(FURTHER, (-0.5, SECOND))
    assert chosen(marked, *two) == [(NEARER, FIRST, 2.0), (FURTHER, SECOND, 2.5)]


def test_a_cue_that_has_a_content_takes_no_quotation_besides(marked):
    assert chosen(marked, rating(NEARER, (2.0, SECOND), (-1.0, FIRST))) == [(NEARER, SECOND, 2.0)]


def test_a_quotation_after_a_comma_needs_a_verb_with_a_source(marked):
    assert chosen(marked, rating(NEARER, (-1.0, SECOND))) == [(NEARER, SECOND, 2.0)]
    assert chosen(marked, rating(NEARER, (-1.0, SECOND), source=None)) == []
    assert chosen(marked, rating(NEARER, (-1.0, FIRST), source=None)) == [(NEARER, FIRST, 2.0)]
    assert chosen(marked, rating(9, (-1.0, SECOND))) == []


def test_what_is_mostly_outside_of_marks_or_has_its_cue_in_them_is_no_weak_content(marked):
    assert chosen(marked, rating(NEARER, (-1.0, (0, 7), (9, 10)))) == [(NEARER, (0, 7), (9, 10), 2.0)]
    assert chosen(marked, rating(NEARER, (-1.0, (0, 7), (9, 11)))) == []  # seven of nine
    assert chosen(marked, rating(3, (-1.0, SECOND))) == []


@pytest.mark.parametrize(
    ("score", "piece", "is_chosen"), [(1.7, (9, 12), True), (1.6, (9, 12), False), (1.7, (9, 13), False)]
)
def test_a_cue_that_lost_its_content_takes_a_sure_one_that_nobody_has(marked, score, piece, is_chosen):
    loser = rating(NEARER, (1.8, (12, 18)), (score, piece))
    assert chosen(marked, loser, rating(FURTHER, (2.0, SECOND))) == [
        *[(NEARER, piece, score)] * is_chosen,
        (FURTHER, SECOND, 2.0),
    ]
