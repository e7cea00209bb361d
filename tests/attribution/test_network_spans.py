"""Source and contents of a cue by what a network sees, on both sides of each threshold."""

import numpy as np
import pytest

from scripts.attribution.described_cues import Cue
from scripts.attribution.encoding import BEGIN, CONTENT, END, SEEN_SOURCE, Encoding
from scripts.attribution.marked import mark
from scripts.attribution.network_spans import better_source, seen_contents, trimmed
from scripts.attribution.sources import Source
from tests.attribution.made_parse import made_parse

# 0 Two 1 old 2 groups 3 that 4 sued 5 , 6 Ann 7 Lee 8 and 9 others 10 said 11 " 12 the 13 mill 14 shut 15 " 16 .
TEXT = 'Two old groups that sued, Ann Lee and others said "the mill shut".'
PARSE = """
NUM/CD/nummod/groups ADJ/JJ/amod/groups NOUN/NNS/nsubj/said PRON/WDT/nsubj/sued VERB/VBD/relcl/groups
PUNCT/,/punct/groups PROPN/NNP/compound/Lee PROPN/NNP/conj/groups CCONJ/CC/cc/Lee NOUN/NNS/conj/Lee
VERB/VBD/ROOT/said PUNCT/``/punct/shut
DET/DT/det/mill NOUN/NN/nsubj/shut VERB/VBD/ccomp/said PUNCT/''/punct/said PUNCT/./punct/said
"""
CUE_TOKEN = 10


@pytest.fixture(scope="module")
def marked():
    return mark(made_parse(TEXT, PARSE))


def seeing(marked, thousandths, *, first=0, cue=CUE_TOKEN):
    """Return the reading of a network by which a cue sees these thousandths: {column: {token: number}}."""
    of_cue = np.zeros((len(marked.doc.word) - first, 4), np.uint16)
    for column, numbers in thousandths.items():
        for token, number in numbers.items():
            of_cue[token - first, column] = number
    return Encoding(np.zeros((len(marked.doc.word), 6)), {cue: (first, of_cue)})


def source_for(marked, numbers, *, parsed=None, first=0):
    cue = Cue(CUE_TOKEN, parsed, 0, len(marked.doc.word), 0)
    source = better_source(marked, seeing(marked, {SEEN_SOURCE: numbers}, first=first), cue)
    return source and (marked.doc.slice(source.first, source.last), marked.doc.word[source.head], source.how)


GROUPS = Source(0, 3, 2, "subject")
LEE = Source(6, 8, 7, "inherited")


@pytest.mark.parametrize(
    ("numbers", "source"),
    [
        ({6: 401, 7: 401}, ("Ann Lee", "Lee", "network")),
        ({6: 400, 7: 401}, ("Lee", "Lee", "network")),
        ({6: 900, 7: 900, 9: 900}, ("Ann Lee and others", "Lee", "network")),  # a run goes on over one other token
        ({2: 900, 6: 950, 7: 950}, ("Ann Lee", "Lee", "network")),  # and over no more
        ({2: 960, 6: 950, 7: 950}, ("groups", "groups", "network")),
        ({5: 900, 6: 900, 7: 900}, ("Ann Lee", "Lee", "network")),
        ({5: 900}, None),
        ({4: 900}, ("sued", "sued", "network")),  # no noun in it
        ({0: 900, 1: 900}, ("Two old", "Two", "network")),
        ({0: 900, 1: 900, 2: 900, 3: 900}, ("Two old groups", "groups", "network")),  # a clause that it has half of
        ({0: 900, 1: 900, 2: 900, 3: 900, 4: 900}, ("Two old groups that sued", "groups", "network")),
        ({8: 900, 9: 900}, ("and others", "others", "network")),
        ({}, None),
        ({7: 201}, ("Ann Lee and others", "Lee", "network")),  # the phrase of one that is only likely
        ({7: 200}, None),
        ({9: 300}, ("others", "others", "network")),
    ],
)
def test_the_source_of_a_cue_without_one(marked, numbers, source):
    assert source_for(marked, numbers) == source


@pytest.mark.parametrize(
    ("numbers", "parsed", "source"),
    [
        ({6: 900, 7: 900}, GROUPS, ("Ann Lee", "Lee", "network")),
        ({6: 900, 7: 900}, GROUPS._replace(how="agent"), ("Two old groups", "groups", "agent")),  # sued by two groups
        ({1: 900, 2: 900}, GROUPS._replace(how="agent"), ("old groups", "groups", "agent")),
        ({2: 900, 6: 950, 7: 950}, GROUPS, ("Ann Lee", "Lee", "network")),  # seen with 0.3
        ({0: 400, 1: 400, 2: 400, 6: 950, 7: 950}, GROUPS, ("Two old groups", "groups", "subject")),
        ({0: 400, 1: 400, 2: 399, 6: 950, 7: 950}, GROUPS, ("Ann Lee", "Lee", "network")),
        ({1: 900, 2: 900}, GROUPS, ("old groups", "groups", "subject")),  # other bounds of the same
        ({6: 900, 7: 900, 8: 900, 9: 900}, LEE, ("Ann Lee and others", "Lee", "inherited")),
        ({7: 900}, LEE, ("Lee", "Lee", "inherited")),
        ({6: 900}, LEE, ("Ann Lee", "Lee", "inherited")),  # a part of it without its head
        ({8: 900, 9: 900, 10: 900}, LEE, ("Ann Lee", "Lee", "inherited")),  # no noun phrase: "and others said"
        ({0: 50, 1: 50, 2: 49, 9: 300}, GROUPS, ("others", "others", "network")),
        ({0: 50, 1: 50, 2: 50, 9: 300}, GROUPS, ("Two old groups", "groups", "subject")),
        ({0: 10, 9: 200}, GROUPS, ("Two old groups", "groups", "subject")),
    ],
)
def test_the_source_of_a_cue_with_one_by_the_parse(marked, numbers, parsed, source):
    assert source_for(marked, numbers, parsed=parsed) == source


def test_a_cue_that_sees_only_what_comes_later_has_no_other_source(marked):
    assert source_for(marked, {9: 300}, parsed=GROUPS, first=9) == ("others", "others", "network")
    assert source_for(marked, {6: 900, 7: 900}, first=6) == ("Ann Lee", "Lee", "network")


@pytest.mark.parametrize(
    ("tag", "how", "is_kept"),
    [("WP", "subject", True), ("NN", "subject", False), ("PRP$", "possessor", True), ("NNP", "possessor", False),
     ("WP", "inherited", False)],
)  # fmt: skip
def test_a_relative_pronoun_and_their_stay_the_source(marked, tag, how, is_kept):
    marked.doc.tag[9], before = tag, marked.doc.tag[9]
    source = source_for(marked, {6: 900, 7: 900}, parsed=Source(9, 10, 9, how))
    marked.doc.tag[9] = before
    assert (source == ("others", "others", how)) is is_kept


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (Source(6, 14, 7, "subject"), "Ann Lee and others said"),  # the beginning of a quotation
        (Source(6, 9, 7, "subject"), "Ann Lee"),
        (Source(8, 9, 8, "subject"), "and"),
        (Source(12, 14, 13, "subject"), "the mill"),  # within one
        (Source(0, 8, 2, "subject"), "Two old groups that sued, Ann Lee"),
    ],
)
def test_a_source_has_no_part_of_a_quotation_and_no_last_and(marked, source, words):
    first, last, head, how = trimmed(marked, source)
    assert (marked.doc.slice(first, last), head, how) == (words, source.head, source.how)


def contents(marked, thousandths, *, first=0, cue=CUE_TOKEN):
    read = seeing(marked, thousandths, first=first, cue=cue)
    proposals = seen_contents(marked, read, Cue(cue, None, 0, len(marked.doc.word), 0))
    return [(shape, marked.doc.slice(*pieces[0])) for pieces, shape in proposals]


def words(first, last, number):
    return dict.fromkeys(range(first, last), number)


@pytest.mark.parametrize(
    ("begins", "ends", "inside", "expected"),
    [
        ({13: 900}, {14: 900}, words(13, 15, 301), [("R", "mill shut")]),
        ({13: 900}, {14: 900}, words(13, 15, 300), []),
        ({13: 201}, {14: 201}, words(13, 15, 900), [("R", "mill shut")]),
        ({13: 200}, {14: 900}, words(13, 15, 900), []),
        ({13: 900}, {14: 200}, words(13, 15, 900), []),
        ({13: 900}, {13: 900}, words(13, 14, 900), [("R", "mill")]),
        ({14: 900}, {13: 900}, words(12, 15, 900), []),
        ({12: 900}, {14: 900}, words(12, 15, 900), [("R", "the mill shut")]),
        ({6: 900}, {7: 900}, words(6, 8, 900), [("L", "Ann Lee")]),
        ({6: 900}, {12: 900}, words(6, 14, 900), []),  # not around the cue
        ({9: 900}, {10: 900}, words(9, 11, 900), []),
        ({10: 900}, {13: 900}, words(10, 14, 900), []),
        (
            {12: 900, 13: 800, 0: 700},
            {14: 900, 13: 800, 2: 700},
            words(0, 15, 900),
            [("R", "the mill"), ("R", "the mill shut"), ("R", "mill"), ("R", "mill shut")],
        ),
    ],
)
def test_contents_between_the_two_likeliest_begins_and_ends(marked, begins, ends, inside, expected):
    thousandths = {BEGIN: begins, END: ends, CONTENT: inside}
    assert contents(marked, thousandths) == expected
    if min(begins) >= 5:
        assert contents(marked, thousandths, first=5) == expected


def test_a_noun_has_no_content_before_it(marked):
    before = {BEGIN: {0: 900}, END: {1: 900}, CONTENT: words(0, 2, 900)}
    assert contents(marked, before, cue=4) == [("L", "Two old")]
    assert contents(marked, before, cue=2) == contents(marked, before, cue=5) == []
    after = {BEGIN: {6: 900}, END: {7: 900}, CONTENT: words(6, 8, 900)}
    assert contents(marked, after, cue=2) == [("R", "Ann Lee")]


def test_a_content_of_another_sentence_is_left_to_the_marks():
    parse = "PROPN/NNP/nsubj/1 VERB/VBD/ROOT/1 ADV/RB/advmod/1 PUNCT/./punct/1 PRON/PRP/nsubj/5 VERB/VBD/ROOT/5"
    marked = mark(made_parse("Ann said so. It shut.", f"{parse} PUNCT/./punct/5"))
    within = {BEGIN: {2: 900}, END: {2: 900}, CONTENT: words(2, 3, 900)}
    beyond = {BEGIN: {2: 900}, END: {5: 900}, CONTENT: words(2, 6, 900)}
    behind = {BEGIN: {4: 900}, END: {5: 900}, CONTENT: words(4, 6, 900)}
    assert [contents(marked, of, cue=1) for of in (within, beyond, behind)] == [[("R", "so")], [], []]


def test_a_source_has_the_bracket_that_closes():
    parse = """
    PROPN/NNP/compound/Lee PROPN/NNP/nsubj/said PUNCT/-LRB-/punct/Lee PROPN/NNP/appos/Lee PUNCT/-RRB-/punct/Lee
    VERB/VBD/ROOT/said PRON/PRP/dobj/said PUNCT/./punct/said
    """
    marked = mark(made_parse("Ann Lee (Rye) said it.", parse))
    read = seeing(marked, {SEEN_SOURCE: dict.fromkeys(range(4), 900)}, cue=5)
    source = better_source(marked, read, Cue(5, None, 0, 8, 0))
    assert marked.doc.slice(source.first, source.last) == "Ann Lee (Rye)"
