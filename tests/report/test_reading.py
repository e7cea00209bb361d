"""The reading view keeps the text, whatever the marks."""

import re
from hashlib import sha256
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from scripts.core.anchors import sentence_anchor
from scripts.core.visible import shortened, visible
from scripts.report.reading import Mark, annotated, disjoint, document_text, quote_marks

TEXT = "“We will act,” said <b>Lin</b>."


def bare(markup: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", markup))


def test_marks_nest_and_text_is_escaped():
    layers = [[Mark(0, 14, "quote", "direct: Lin", "hint")], [Mark(4, 8, "frame", "economic", "x")]]
    assert annotated(TEXT, 0, len(TEXT), layers) == (
        '<span class="m quote" data-l="direct: Lin" title="hint">“We <span class="m frame" data-l="economic" '
        'title="x">will</span> act,”</span> said &lt;b&gt;Lin&lt;/b&gt;.'
    )


def test_a_mark_that_crosses_another_is_cut_and_labelled_once():
    layers = [[Mark(0, 4, "quote", "a", "")], [Mark(2, 6, "entity", "b", "")]]
    markup = annotated("abcdefgh", 0, 8, layers)
    assert bare(markup) == "abcdefgh"
    assert markup.count('data-l="b"') == 1
    assert markup.count('class="m entity"') == 2


def test_overlapping_marks_of_a_layer_become_one_with_both_labels():
    pieces = disjoint([Mark(0, 4, "frame", "a", ""), Mark(2, 6, "frame", "b", ""), Mark(2, 6, "frame", "b", "")])
    assert [(piece.start, piece.end, piece.label) for piece in pieces] == [(0, 2, "a"), (2, 4, "a + b"), (4, 6, "b")]


spans = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 10)), max_size=8)


@given(st.text(min_size=1, max_size=30), spans, spans, st.integers(0, 30))
def test_marks_never_change_the_text(text, outer, inner, cut):
    layers = [
        disjoint([Mark(start, start + length, layer, layer, "") for start, length in marks])
        for layer, marks in (("quote", outer), ("entity", inner))
    ]
    cut = min(cut, len(text))
    parts = [bare(annotated(text, *bounds, layers)) for bounds in ((0, cut), (cut, len(text)))]
    assert "".join(parts) == visible(text[:cut]) + visible(text[cut:])


def test_sentences_have_stable_anchors_and_only_cited_ones_are_shown():
    sentences = [
        {"sentence": 0, "paragraph": 0, "start": 0, "end": 4},
        {"sentence": 1, "paragraph": 0, "start": 5, "end": 9},
        {"sentence": 2, "paragraph": 1, "start": 11, "end": 15},
    ]
    complete = document_text("a.txt", "One. Two.\n\nSix.", sentences, [])
    assert complete.count("<p>") == 2
    assert f'id="{sentence_anchor("a.txt", 1)}"' in complete
    assert sentence_anchor("a.txt", 1) == "d" + sha256(b"a.txt").hexdigest()[:10] + "-s1"
    only = document_text("a.txt", "One. Two.\n\nSix.", sentences, [], {2})
    assert "Six" in only and "One" not in only
    assert re.findall(r'id="[^"]*"', only) == [f'id="{sentence_anchor("a.txt", 2)}"']


class CountedList(list):
    """A list that counts the items that are read from it."""

    reads = 0

    def __getitem__(self, at):
        type(self).reads += len(range(*at.indices(len(self)))) if isinstance(at, slice) else 1
        return super().__getitem__(at)


def test_each_mark_is_read_a_few_times_however_many_sentences_there_are():
    n = 1_000
    marks = CountedList(Mark(10 * at, 10 * at + 4, "entity", "person", "") for at in range(n))
    sentences = [{"sentence": at, "paragraph": 0, "start": 10 * at, "end": 10 * at + 10} for at in range(n)]
    markup = document_text("a.txt", "word word " * n, sentences, [marks])
    assert markup.count("data-l") == n
    assert CountedList.reads < 50 * n  # by bisection; a slice a sentence reads n * n / 2


def test_quote_marks_name_the_speaker_once_for_each_piece():
    row = {
        "type": "direct", "speaker": "Lin Jian", "role": "spokesperson", "rule": "verb", "confidence": 0.9,
        "content_spans": [[0, 5], [9, 14]], "source_start": 6, "source_end": 8, "cue_start": None, "cue_end": None,
        "corrected_by": "",
    }  # fmt: skip
    marks = list(quote_marks([row]))
    assert [mark.layer for mark in marks] == ["quote", "quote", "source"]
    assert marks[0].label == "direct: Lin Jian"
    assert "(spokesperson)" in marks[0].hint and "0.90" in marks[0].hint


@given(st.text())
def test_visible_text_hides_nothing(text):
    shown = visible(text)
    assert not re.search("[\x00-\x08\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)
    shown.encode("utf-8")


def test_shortened_is_cut_at_the_width_even_of_a_huge_word():
    assert shortened("a\u202eb", 20) == "a‹U+202E›b"
    assert shortened("x" * 1_000_000, 10) == "x" * 9 + "…"
    assert shortened("one\n two", 10) == "one two"


def test_a_refusal_to_speak_is_marked_by_its_cue_and_a_correction_is_named():
    row = {
        "type": "no comment", "speaker": "Bo Lee", "role": "", "rule": "no comment", "confidence": 0.7,
        "content_spans": [], "source_start": 0, "source_end": 6, "cue_start": 7, "cue_end": 23,
        "corrected_by": "c.csv, row 2",
    }  # fmt: skip
    assert list(quote_marks([row])) == [
        Mark(0, 6, "source", "source", ""),
        Mark(7, 23, "cue", "no comment", "Bo Lee; no comment, confidence 0.70; corrected by c.csv, row 2"),
    ]
