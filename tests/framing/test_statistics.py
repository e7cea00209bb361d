"""Prevalence, comparisons, speakers and terms on tables small enough to reckon by hand."""

import numpy as np
import pandas as pd
import pytest

from scripts.framing.balance import evenness, source_balance
from scripts.framing.comparisons import OTHERS, contrasts, cooccurrence
from scripts.framing.corpus import ALL, make_corpus
from scripts.framing.places import places
from scripts.framing.prevalence import OVER_DOCUMENTS, WILSON, of_documents, prevalence
from scripts.framing.speakers import frame_speakers
from scripts.framing.terms import coverage, frame_terms
from scripts.maths.intervals import TOO_FEW, bootstrap


def documents(sizes, groups=None):
    names = [f"d{at}" for at in range(len(sizes))]
    return pd.DataFrame(
        {"doc_id": names, "n_sentences": sizes, "n_words": [10 * size for size in sizes], "group": groups or ""}
    )


def codes(*rows):
    """(document, sentence, frame[, speaker]) as frame codes of the scheme test."""
    columns = ["doc_id", "sentence", "frame", "speaker"]
    table = pd.DataFrame([(*row, "(narrator)")[:4] for row in rows], columns=columns)
    return table.assign(scheme="test", term=table["frame"])


@pytest.fixture(scope="module")
def used(scheme):
    return [scheme(a=["a"], b=["b"])]


def test_prevalence_counts_sentences_once_and_cues_twice(used):
    data = make_corpus(documents([4, 6, 5, 5, 5]), codes(("d0", 0, "a"), ("d0", 0, "a"), ("d1", 5, "a")), used)
    row = prevalence(data).iloc[0]
    assert (row["n"], row["n_sentences"], row["hits"], row["documents"]) == (2, 25, 3, 2)
    assert row["estimate"] == pytest.approx(0.08)
    assert row["per_100_words"] == pytest.approx(1.2)
    assert row["method"] == OVER_DOCUMENTS
    assert row["lo"] <= 0.08 <= row["hi"]


def test_a_frame_that_no_sentence_has_gets_wilson(used):
    data = make_corpus(documents([7, 5, 5, 5, 5]), codes(*(("d0", at, "a") for at in range(6))), used)
    some, none = prevalence(data).to_dict("records")
    assert some["method"] == OVER_DOCUMENTS
    assert (none["n"], none["lo"], none["method"]) == (0, 0.0, WILSON)
    # Wilson's upper end for none of n is z^2 / (n + z^2).
    assert none["hi"] == pytest.approx(3.8415 / (27 + 3.8415), abs=1e-4)


@pytest.mark.parametrize("number", [1, 2, 4])
def test_few_documents_have_no_interval(used, number):
    table = prevalence(make_corpus(documents([4] * number), codes(("d0", 0, "a")), used))
    assert table[["lo", "hi"]].isna().all(axis=None) and set(table["method"]) == {TOO_FEW}
    assert table["estimate"].tolist() == [1 / (4 * number), 0]


def test_a_voice_in_few_documents_has_no_interval(used, quoted):
    data = make_corpus(documents([4]), codes(("d0", 0, "a", "A")), used)
    table = frame_speakers(data, places(*quoted))
    assert table[["lo", "hi"]].isna().all(axis=None) and set(table["method"]) == {TOO_FEW}


def test_interval_covers_the_true_share_of_clustered_sentences(used):
    generator = np.random.default_rng(5)
    covered = 0
    for _ in range(100):
        shares = generator.beta(1, 3, 40)
        sizes = generator.integers(5, 40, 40)
        found = [
            (f"d{at}", sentence, "a")
            for at, (share, size) in enumerate(zip(shares, sizes, strict=True))
            for sentence in np.flatnonzero(generator.random(size) < share)
        ]
        row = prevalence(make_corpus(documents(list(sizes)), codes(*found), used), resamples=400).iloc[0]
        covered += row["lo"] <= 0.25 <= row["hi"]
    assert 86 <= covered <= 99


def test_documents_without_a_frame_have_no_row(used):
    table = of_documents(make_corpus(documents([4, 6]), codes(("d1", 0, "b"), ("d1", 1, "b")), used))
    assert table[["doc_id", "frame", "n", "estimate"]].to_numpy().tolist() == [["d1", "b", 2, 2 / 6]]


def test_lift_is_observed_over_expected(used):
    # a in 4 of 8 sentences, b in 4, both in 3: expected 2, lift 1.5.
    found = [("d0", 0, "a"), ("d0", 1, "a"), ("d1", 0, "a"), ("d1", 1, "a")]
    found += [("d0", 0, "b"), ("d0", 1, "b"), ("d1", 0, "b"), ("d1", 2, "b")]
    row = cooccurrence(make_corpus(documents([4, 4]), codes(*found), used)).iloc[0]
    assert (row["n"], row["n_a"], row["n_b"]) == (3, 4, 4)
    assert row["estimate"] == pytest.approx(1.5)


def test_a_scheme_of_one_frame_has_no_pairs(scheme):
    data = make_corpus(documents([4, 4]), codes(("d0", 0, "a"), ("d1", 0, "a")), [scheme(a=["a"])])
    assert cooccurrence(data).empty


def test_two_groups_are_contrasted_once_and_three_with_their_others(used):
    found = codes(*((f"d{at}", sentence, "a") for at in range(10) for sentence in range(4 if at < 5 else 1)))
    two = contrasts(make_corpus(documents([10] * 10, ["x"] * 5 + ["y"] * 5), found, used))
    row = two.iloc[0]
    assert (len(two), row["group"], row["other"]) == (2, "x", "y")
    assert (row["estimate"], row["ratio"]) == (pytest.approx(0.3), pytest.approx(4))
    three = contrasts(make_corpus(documents([10] * 10, ["x"] * 5 + ["y"] * 3 + ["z"] * 2), found, used))
    assert set(zip(three["group"], three["other"], strict=True)) == {(name, OTHERS) for name in "xyz"}


def test_contrasts_need_two_groups_and_enough_documents_in_each(used):
    assert contrasts(make_corpus(documents([4]), codes(("d0", 0, "a")), used)).empty
    for few in (1, 4):
        data = make_corpus(documents([4] * (few + 5), ["x"] * few + ["y"] * 5), codes(("d0", 0, "a")), used)
        table = contrasts(data)
        assert table[["lo", "hi", "p", "q"]].isna().all().all() and set(table["method"]) == {TOO_FEW}


def test_no_difference_is_rarely_significant(used):
    generator = np.random.default_rng(11)
    rejected = 0
    for _ in range(120):
        found = codes(
            *(
                (f"d{at}", sentence, "a")
                for at, share in enumerate(generator.beta(2, 4, 40))
                for sentence in np.flatnonzero(generator.random(20) < share)
            )
        )
        data = make_corpus(documents([20] * 40, ["x"] * 20 + ["y"] * 20), found, used)
        rejected += contrasts(data, resamples=200).iloc[0]["p"] < 0.05
    assert rejected <= 14


def test_cues_of_other_schemes_and_documents_count_nowhere(used):
    found = codes(("d1", 0, "a"), ("d1", 0, "a"), ("d0", 3, "b"), ("d2", 0, "b"))
    data = make_corpus(documents([4, 6]), pd.concat([found, found.assign(scheme="other")]), used)
    assert data.hits.tolist() == [[0, 1], [2, 0]]
    assert data.sentences.tolist() == [[0, 1], [1, 0]]
    # The sentences of d1 come after the four of d0.
    assert [list(numbers) for numbers in np.nonzero(data.present)] == [[0, 1], [4, 3]]


@pytest.fixture(scope="module")
def quoted():
    """One document of four sentences of ten characters; A speaks in 0 and 1, B in 2; all but the first name A."""
    sentences = pd.DataFrame({"doc_id": "d0", "sentence": range(4), "start": [0, 11, 22, 33], "end": [10, 21, 32, 43]})
    quotes = pd.DataFrame(
        {
            "doc_id": "d0",
            "quote": [0, 1],
            "speaker": ["A", "B"],
            "content_spans": [[[5, 21]], [[22, 30]]],
            "n_words": [6, 2],
            "n_quoted": [6, 0],
        }
    )
    entities = pd.DataFrame({"doc_id": "d0", "sentence": [1, 2, 3], "label": "PERSON", "entity": "A"})
    return sentences, quotes, entities


def test_voiced_against_about(used, quoted):
    data = make_corpus(
        documents([4]),
        codes(("d0", 0, "a", "A"), ("d0", 1, "a", "(narrator)"), ("d0", 2, "a", "B"), ("d0", 3, "b")),
        used,
    )
    table = frame_speakers(data, places(*quoted))
    found = {
        (row["name"], row["relation"], row["frame"]): (row["n"], row["n_sentences"]) for row in table.to_dict("records")
    }
    assert found == {
        ("(narrator)", "voiced", "b"): (1, 1),
        ("A", "voiced", "a"): (1, 2),
        ("A", "about", "a"): (2, 3),
        ("A", "about", "b"): (1, 3),
        ("B", "voiced", "a"): (1, 1),
    }


def test_sentences_are_found_by_their_documents(quoted):
    sentences, quotes, entities = quoted
    two = pd.concat([sentences, sentences.assign(doc_id="d1")], ignore_index=True)
    where = places(two, quotes.assign(doc_id="d1"), entities.assign(doc_id=["d0", "d1", "d1"]))
    named = where.mentioned.assign(name=where.names[where.mentioned["name"]])
    assert named.to_numpy().tolist() == [["A", 1], ["A", 6], ["A", 7]]
    said = where.voiced.assign(name=where.names[where.voiced["name"]]).groupby("name")["sentence"].agg(list)
    assert said.to_dict() == {"(narrator)": [0, 1, 2, 3, 7], "A": [4, 5], "B": [6]}
    with pytest.raises(KeyError, match="no sentences of document d2"):
        places(two, quotes.assign(doc_id="d2"), entities)


def test_names_that_are_alike_have_the_same_interval_as_each_alone(used):
    ids = [f"d{at}" for at in range(5)]
    sentences = pd.DataFrame([(name, at, 10 * at, 10 * at + 9) for name in ids for at in range(12)])
    sentences.columns = ["doc_id", "sentence", "start", "end"]
    spans = {"A": [[[0, 39]], [[0, 19]]], "B": [[[40, 79]], [[20, 39]]], "C": [[[80, 119]], [[40, 79]]]}
    spans = {who: [*two, *[two[0]] * 3] for who, two in spans.items()}
    quotes = pd.DataFrame([(ids[at], who, span) for who in spans for at, span in enumerate(spans[who])])
    quotes.columns = ["doc_id", "speaker", "content_spans"]
    entities = pd.DataFrame({"doc_id": [], "sentence": [], "label": [], "entity": []})
    found = codes(("d0", 0, "a", "A"), ("d0", 4, "a", "B"), ("d0", 8, "a", "C"), ("d1", 5, "a", "C"))
    data = make_corpus(documents([12] * 5), found, used)
    table = frame_speakers(data, places(sentences, quotes, entities)).set_index("name")
    for name, counts, sums in (("A", [1, 0], [4, 2]), ("B", [1, 0], [4, 2]), ("C", [1, 1], [4, 4])):
        ends = bootstrap(np.divide, [*counts, 0, 0, 0], [*sums, 4, 4, 4])
        assert table.loc[name, ["lo", "hi"]].tolist() == [float(end) for end in ends]


def test_interval_of_a_voice_draws_its_documents(used):
    generator = np.random.default_rng(3)
    has = generator.random((9, 4)) < 0.4
    has[0] = [True, False, False, False]
    ids = [f"d{at}" for at in range(9)]
    sentences = pd.DataFrame([(name, at, 10 * at, 10 * at + 9) for name in ids for at in range(4)])
    sentences.columns = ["doc_id", "sentence", "start", "end"]
    quotes = pd.DataFrame({"doc_id": ids, "speaker": "A", "content_spans": [[[0, 39]]] * 9})
    entities = pd.DataFrame({"doc_id": [], "sentence": [], "label": [], "entity": []})
    found = codes(*((ids[at], sentence, "a", "A") for at, sentence in zip(*np.nonzero(has), strict=True)))
    data = make_corpus(documents([4] * 9), found, used)
    (row,) = frame_speakers(data, places(sentences, quotes, entities)).to_dict("records")
    assert (row["name"], row["n_documents"], row["n"], row["n_sentences"]) == ("A", 9, has.sum(), 36)
    ends = bootstrap(np.divide, has.sum(axis=1), np.full(9, 4))
    assert [row["lo"], row["hi"]] == [float(end) for end in ends]


def test_source_balance(used, quoted):
    row = source_balance(make_corpus(documents([4]), codes(), used), quoted[1]).iloc[0]
    assert (row["group"], row["n_speakers"], row["words"], row["words_direct"], row["first"]) == (ALL, 2, 8, 6, "A")
    # Shares 3/4 and 1/4: entropy 0.5623 over ln 2.
    assert row["estimate"] == pytest.approx(0.8113, abs=1e-4)


def test_evenness_of_pielou():
    assert evenness(np.array([5, 5, 5])) == pytest.approx(1)
    assert np.isnan(evenness(np.array([5, 0])))


def test_linter_names_what_is_wrong(scheme):
    terms = ["blame", "Blame", ("bla*", []), "lemma:fault", "fault", "quiet", "loud"]
    found = codes(*(("d0", at, "a") for at in range(12))).assign(term=["loud"] * 10 + ["blame"] * 2)
    schemes = [scheme(a=terms)]
    table = frame_terms(make_corpus(documents([20]), found, schemes), schemes)
    lint = dict(zip(table["term"], table["lint"], strict=True))
    assert lint == {
        "blame": "shadowed by bla*",
        "Blame": "duplicate",
        "bla*": "never fires",
        "lemma:fault": "never fires",
        "fault": "shadowed by lemma:fault",
        "quiet": "never fires",
        "loud": "dominant",
    }


def test_coverage(used):
    row = coverage(make_corpus(documents([4]), codes(("d0", 0, "a"), ("d0", 0, "b")), used)).iloc[0]
    assert (row["n"], row["estimate"]) == (3, 0.75)


def test_evenness_interval_is_that_of_the_whole_table(used):
    generator = np.random.default_rng(2)
    words = generator.integers(0, 30, (25, 6)) * (generator.random((25, 6)) < 0.5)
    data = make_corpus(documents([4] * 25), codes(), used)
    cells = [(f"d{at}", f"S{who}", words[at, who]) for at, who in zip(*np.nonzero(words), strict=True)]
    quotes = pd.DataFrame(cells, columns=["doc_id", "speaker", "n_words"]).assign(n_quoted=0, quote=range(len(cells)))
    row = source_balance(data, quotes).iloc[0]
    order = pd.Index([f"d{at}" for at in range(25)]).get_indexer(data.documents["doc_id"])
    lo, hi = bootstrap(evenness, words[order])
    assert (row["lo"], row["hi"]) == (pytest.approx(float(lo)), pytest.approx(float(hi)))
    assert row["lo"] < row["estimate"] < row["hi"]
