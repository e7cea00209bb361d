"""Features of a candidate beside their definitions, over the tokens that a cue sees."""

import math
from dataclasses import replace

import numpy as np
import pytest

from scripts.attribution.candidates import Candidate
from scripts.attribution.described_cues import Cue
from scripts.attribution.encoding import ATTITUDE_CUE, BEGIN, CONTENT, CUE, END, SEEN_SOURCE, SOURCE, Encoding
from scripts.attribution.marked import mark
from scripts.attribution.network_features import FEATURES, features, logit, seen_words, source_seen, window_words
from scripts.attribution.sources import Source
from scripts.parsing.tokens import segmented_doc

TEXT = "In May Ann Lee said, “The old mill - by the weir - burned down,” and, “Nobody wept for it,” then left."
FIRST, LAST = 2, 27
POS = {"said": "VERB", "mill": "NOUN", "old": "ADJ", ",": "PUNCT"}


@pytest.fixture(scope="module")
def marked():
    doc = segmented_doc("d", TEXT)
    return mark(replace(doc, pos=[POS.get(word, "X") for word in doc.word]))


def reading(marked, cue):
    """Return a network's reading with random numbers, of which a cue sees the tokens from `FIRST` to before `LAST`."""
    draw = np.random.default_rng(7)
    tokens = draw.random((len(marked.doc.word), 6)).round(3)
    return Encoding(tokens, {cue: (FIRST, draw.integers(0, 1000, (LAST - FIRST, 4)).astype(np.uint16))})


def odds(probability):
    bounded = min(0.996, max(0.004, probability))
    return math.log(bounded / (1 - bounded))


def mean(numbers):
    return sum(numbers) / len(numbers) if len(numbers) else 0.0


def expected_of_content(marked, read, cue, pieces):
    """Return the features of the words of a content that has some which the cue sees."""
    words = [token for token in range(FIRST, LAST) if marked.doc.word[token].isalnum()]
    content = [[token for token in words if first <= token < last] for first, last in pieces]
    content = [run for run in content if run]
    inside = [token for run in content for token in run]
    before = [token for token in words if token < inside[0]][-3:]
    after = [token for token in words if token > inside[-1]][:3]
    every = [token for first, last in pieces for token in range(first, last) if marked.doc.word[token].isalnum()]
    own = {"length": math.log(len(every)), "pieces": float(len(content) > 1), "outside": 1 - len(inside) / len(every)}
    tables = {"seen": (read.of_cues[cue][1] / 1000, FIRST), "any": (read.tokens, 0)}
    for name, (table, begin) in tables.items():

        def of(tokens, column, table=table, begin=begin):
            return [float(table[token - begin, column]) for token in tokens]

        own[f"{name} content"] = odds(mean(of(inside, CONTENT)))
        own[f"{name} least"] = min(of(inside, CONTENT))
        own[f"{name} before"], own[f"{name} after"] = mean(of(before, CONTENT)), mean(of(after, CONTENT))
        own[f"{name} begin"], own[f"{name} end"] = odds(*of(inside[:1], BEGIN)), odds(*of(inside[-1:], END))
        own[f"{name} weaker edge"] = min(own[f"{name} begin"], own[f"{name} end"])
        if name == "seen":
            shared = sum(of(inside, CONTENT))
            own["seen overlap"] = shared / (len(inside) + sum(of(words, CONTENT)) - shared)
            own["seen most"], own["seen size"] = odds(max(of(words, CONTENT))), math.log1p(sum(of(words, CONTENT)))
            own["seen begin lag"] = own["seen begin"] - odds(max(of(words, BEGIN)))
            own["seen end lag"] = own["seen end"] - odds(max(of(words, END)))
            own["seen begins"] = mean(of([run[0] for run in content], BEGIN))
            own["seen ends"] = mean(of([run[-1] for run in content], END))
    own["seen edges"] = own["seen begin"] * own["seen end"] / 10
    own["seen overlap squared"] = own["seen overlap"] ** 2
    for name, column in (("cue", CUE), ("attitude", ATTITUDE_CUE)):
        own[name] = odds(float(read.tokens[cue, column]))
        own[f"{name} and overlap"] = own[name] * own["seen overlap"]
    return own


def named_features(marked, read, cue, pieces, source=None):
    described = Cue(cue, source, 0, len(marked.doc.word), cue)
    view = seen_words(marked, read, window_words(marked, read, cue), described)
    values = features(marked, Candidate(cue, pieces, "R"), view)
    return dict(zip(FEATURES, values, strict=True))


@pytest.mark.parametrize(
    "pieces",
    [((7, 17),), ((2, 4),), ((0, 4),), ((8, 9),), ((6, 19), (21, 28)), ((7, 17), (22, 30)), ((10, 11), (13, 16))],
)
def test_features_of_a_content_are_what_they_are_called(marked, pieces):
    cue = marked.doc.word.index("said")
    read = reading(marked, cue)
    made = named_features(marked, read, cue, pieces)
    expected = expected_of_content(marked, read, cue, pieces)
    assert {name: made[name] for name in expected} == pytest.approx(expected)
    assert len(expected) == 30


@pytest.mark.parametrize("piece", [(0, 2), (28, 31), (30, 31), (5, 7)])
def test_a_content_that_the_cue_does_not_see_has_the_least_of_each(marked, piece):
    cue = marked.doc.word.index("said")
    made = named_features(marked, reading(marked, cue), cue, (piece,))
    n_words = sum(word.isalnum() for word in marked.doc.word[slice(*piece)])
    assert made["outside"] == 1
    assert made["length"] == math.log(max(1, n_words))
    assert {made[name] for name in ("seen content", "any content", "seen begin", "any end", "seen end")} == {odds(0)}
    assert {made[name] for name in ("seen overlap", "seen least", "any least", "seen begins", "seen ends")} == {0}
    assert (made["pieces"], made["seen before"]) == (0, 0)


@pytest.mark.parametrize(
    ("piece", "quoted", "cut"),
    [((6, 19), 1, 0), ((8, 19), 1, 0), ((9, 19), 1, 1), ((6, 8), 1, 1), ((3, 19), 13 / 16, 0), ((0, 4), 0, 0)],
)
def test_a_content_may_leave_out_two_tokens_of_a_quotation(marked, piece, quoted, cut):
    assert (marked.quotations[0].first, marked.quotations[0].last) == (6, 19)
    for cue_word, own_quotation in (("said", False), ("mill", True)):
        cue = marked.doc.word.index(cue_word)
        made = named_features(marked, reading(marked, cue), cue, (piece,))
        expected = (0, 0) if own_quotation else (quoted, cut)
        assert (made["quoted"], made["quoted outside"]) == pytest.approx(expected)
        assert made["cue quoted"] == own_quotation


@pytest.mark.parametrize(
    ("word", "kind"),
    [("said", None), ("mill", "noun"), ("old", "adjective"), (",", "mark"), ("according", "according")],
)
def test_the_kind_of_a_cue(marked, word, kind):
    doc = marked.doc
    at = doc.word.index("said" if word == "according" else word)
    norm = [*doc.norm]
    norm[at] = word
    made = named_features(marked._replace(doc=replace(doc, norm=norm)), reading(marked, at), at, ((22, 24),))
    assert [name for name in ("noun", "adjective", "according", "mark") if made[name]] == ([kind] if kind else [])


@pytest.mark.parametrize(("first", "last"), [(2, 4), (0, 4), (26, 30), (0, 2), (28, 31)])
def test_a_source_is_seen_as_far_as_the_cue_sees(marked, first, last):
    cue = marked.doc.word.index("said")
    read = reading(marked, cue)
    source = Source(first, last, first, "subject")
    of_all = [float(number) / 1000 for number in read.of_cues[cue][1][:, SEEN_SOURCE]]
    mean_seen = sum(of_all[token - FIRST] for token in range(first, last) if FIRST <= token < LAST) / (last - first)
    made = named_features(marked, read, cue, ((22, 24),), source)
    assert source_seen(read, cue, source) == pytest.approx(mean_seen)
    assert (made["source seen"], made["source most"]) == pytest.approx((odds(mean_seen), odds(max(of_all))))
    assert made["source any"] == pytest.approx(odds(mean(read.tokens[first:last, SOURCE].tolist())))
    assert made["source share"] == pytest.approx(mean_seen * (last - first) / sum(of_all))
    assert (made["source none"], named_features(marked, read, cue, ((22, 24),))["source none"]) == (0, 1)


def test_a_cue_without_a_source_has_the_least_of_each(marked):
    cue = marked.doc.word.index("said")
    made = named_features(marked, reading(marked, cue), cue, ((22, 24),))
    assert (made["source any"], made["source seen"], made["source share"]) == (odds(0), odds(0), 0)


def test_a_share_of_next_to_nothing_is_no_whole(marked):
    cue = marked.doc.word.index("said")
    read = reading(marked, cue)
    read.of_cues[cue][1][:, [CONTENT, SEEN_SOURCE]] = 0
    read.of_cues[cue][1][3 - FIRST, SEEN_SOURCE] = 50
    made = named_features(marked, read, cue, ((22, 24),), Source(3, 4, 3, "subject"))
    assert (made["source share"], made["seen overlap"], made["seen size"]) == (0.5, 0, 0)


def test_a_logit_has_ends():
    assert [round(logit(p), 4) for p in (0, 0.004, 0.1, 0.9, 0.996, 1)] == [
        -5.5175,
        -5.5175,
        -2.1972,
        2.1972,
        5.5175,
        5.5175,
    ]
