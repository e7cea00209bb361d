import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.core import expressions
from scripts.core.expressions import RunawayError
from scripts.framing.matching import Matcher, find, words_of
from scripts.parsing.tokens import segmented_doc
from tests.effort import lines_run


@pytest.fixture(scope="module")
def matches(scheme):
    return lambda text, lemmas=None, **frames: _matches(scheme(**frames), text, lemmas)


def _matches(used, text, lemmas):
    """Return (frame, matched text) of a text that is one sentence."""
    doc = segmented_doc("d", text)
    if lemmas:
        doc = replace(doc, lemma=[lemmas.get(norm, norm) for norm in doc.norm])
    hits = find(Matcher(used), words_of(doc, 0, len(doc.word)))
    return [(used.frames[hit.frame].name, doc.slice(hit.first, hit.last)) for hit in hits]


def test_word_prefix_and_expression(matches):
    assert matches("Funds fund funding in 1848.", a=["fund"]) == [("a", "fund")]
    assert matches("Funds fund funding.", a=["fund*"]) == [("a", "Funds"), ("a", "fund"), ("a", "funding")]
    assert matches("In 1848 and 18480", a=[r"re:18\d\d"]) == [("a", "1848")]


def test_prefix_does_not_take_what_it_excludes(matches):
    text = "It is fundamentally a fund, not a fund manager."
    assert matches(text, a=[("fund*", ["fundamental*", "fund manager"])]) == [("a", "fund")]


def test_a_phrase_may_begin_and_end_in_a_prefix(matches):
    assert matches("Tax cuts and a tax rise", a=["tax cut*"]) == [("a", "Tax cuts")]
    assert matches("Funding managers, fund sellers", a=["fund* manager*"]) == [("a", "Funding managers")]


def test_lemma_takes_every_form_and_its_own(matches):
    lemmas = {"blamed": "blame", "blames": "blame"}
    assert matches("She blamed him; he blames her; Blame!", lemmas, a=["lemma:blame"]) == [
        ("a", "blamed"),
        ("a", "blames"),
        ("a", "Blame"),
    ]


def test_longest_match_wins_within_a_frame_and_frames_share_tokens(matches):
    text = "The public health service"
    assert matches(text, a=["health", "public health", "public"]) == [("a", "public health")]
    assert matches(f"{text} act", a=["public health", "health service act"]) == [("a", "health service act")]
    assert matches(text, a=["public health"], b=["health"]) == [("a", "public health"), ("b", "health")]


def test_hyphen_and_space_are_one_and_a_dash_is_not(matches):
    for text in ("finger-pointing", "finger pointing"):
        assert matches(text, a=["finger-pointing"]) == [("a", text)]
    assert matches("a finger - pointing up", a=["finger pointing"]) == []


def test_phrase_with_a_gap_stays_in_its_sentence(matches, scheme):
    assert matches("They took firm steps", a=["took * steps"]) == [("a", "took firm steps")]
    doc = segmented_doc("d", "They took it. Steps follow.")
    used = Matcher(scheme(a=["took * steps", "it . steps"]))
    assert [find(used, words_of(doc, sentence.first, sentence.last)) for sentence in doc.sentences] == [[], []]


def test_curly_apostrophe_is_straight(matches):
    assert matches("America’s problem", a=["'s problem"]) == [("a", "’s problem")]


@given(st.lists(st.sampled_from(["ab", "abc", "b", "x"]), min_size=1, max_size=12))
def test_hits_of_a_frame_never_overlap_and_agree_with_a_search(matches, words):
    text = " ".join(words)
    hits = matches(text, a=["ab*", "b x", "x"])
    assert len(hits) <= len(words)
    assert sum(len(match.split()) for _, match in hits) <= len(words)
    assert ("a", "b x") in hits if re.search(r"\bb x\b", text) else ("a", "b x") not in hits


def test_a_hit_in_every_word_takes_work_in_proportion_to_the_text(scheme):
    used = Matcher(scheme(a=["blame", "blame blame", ("bla*", ["blast"])]))
    work = []
    for n_words in (1_000, 4_000):
        doc = segmented_doc("d", "blame " * n_words)
        assert len(find(used, words_of(doc, 0, n_words))) == n_words / 2
        work.append(lines_run(lambda doc=doc, last=n_words: find(used, words_of(doc, 0, last))))
    assert work[1] < 5 * work[0]


def test_an_expression_that_runs_away_is_named(matches, monkeypatch):
    monkeypatch.setattr(expressions, "_SECONDS", 0.1)
    with pytest.raises(RunawayError, match=r"scheme .*: re = "):
        matches("a" * 60, a=[r"re:(?:a|aa)+x"])
    assert matches("a" * 61, a=[r"re:(?:a|aa)+x"]) == []
