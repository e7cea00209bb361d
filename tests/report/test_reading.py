"""The reading view keeps the text, whatever the marks."""

import re
from hashlib import sha256
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from scripts.core.anchors import sentence_anchor
from scripts.core.storage import WORKFLOW
from scripts.core.visible import shortened, visible
from scripts.report.reading import (
    LAYERS,
    MAX_SCHEMES,
    Mark,
    annotated,
    disjoint,
    document_text,
    entity_marks,
    frame_layer,
    frame_marks,
    layered,
    quote_marks,
)

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


def test_sentences_have_stable_anchors():
    sentences = [
        {"sentence": 0, "paragraph": 0, "start": 0, "end": 4},
        {"sentence": 1, "paragraph": 0, "start": 5, "end": 9},
        {"sentence": 2, "paragraph": 1, "start": 11, "end": 15},
    ]
    complete = document_text("a.txt", "One. Two.\n\nSix.", sentences, [])
    assert complete.count("<p>") == 2
    assert f'id="{sentence_anchor("a.txt", 1)}"' in complete
    assert sentence_anchor("a.txt", 1) == "d" + sha256(b"a.txt").hexdigest()[:10] + "-s1"


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
    assert marks[0].hint == "Lin Jian (spokesperson); verb, confidence 0.90"
    assert [mark[:2] for mark in marks] == [(0, 5), (9, 14), (6, 8)]
    (unknown, *_) = quote_marks([row | {"speaker": "", "role": "", "confidence": None}])
    assert (unknown.label, unknown.hint) == ("direct: no speaker found", "no speaker found; verb")


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


def test_pieces_of_the_same_marks_that_touch_are_one_and_others_are_not():
    marks = [Mark(0, 9, "frame1", "a", "x"), Mark(3, 3, "frame1", "b", "y")]
    assert disjoint(marks) == [Mark(0, 9, "frame1", "a", "x")]
    apart = [Mark(5, 7, "frame1", "b", "y"), Mark(0, 2, "frame1", "a", "x")]
    assert disjoint(apart) == sorted(apart)
    one_after_the_other = [Mark(0, 2, "frame1", "a", "x"), Mark(2, 4, "frame1", "a", "x")]
    assert disjoint(one_after_the_other) == one_after_the_other
    assert disjoint([Mark(0, 4, "frame1", "a", "x"), Mark(2, 6, "frame1", "b", "y")])[1].hint == "x; y"
    refusal = disjoint([Mark(0, 4, "cue", "cue", ""), Mark(2, 6, "cue", "no comment", "y")])
    assert [mark.hint for mark in refusal] == ["", "y", "y"]
    assert disjoint([]) == []


def test_names_of_people_places_and_dates_are_marked_and_sums_are_not():
    rows = [
        {"start": at, "end": at + 2, "label": label, "entity": "N", "corrected_by": by}
        for at, (label, by) in enumerate([("PERSON", ""), ("GPE", "c.csv, row 3"), ("MONEY", ""), ("DATE", "")])
    ]
    assert list(entity_marks(rows)) == [
        Mark(0, 2, "entity", "person", "N"),
        Mark(1, 3, "entity", "place", "N; corrected by c.csv, row 3"),
        Mark(3, 5, "entity", "date", "N"),
    ]


def test_each_scheme_has_its_layer_and_the_last_one_takes_the_rest():
    schemes = [f"s{at}" for at in range(9)]
    layers = [frame_layer(scheme, schemes) for scheme in schemes]
    numbered = [layer for layer in LAYERS if layer.startswith("frame")]
    assert layers == numbered + numbered[-1:] * (9 - len(numbered))
    row = {"start": 1, "end": 4, "scheme": "s1", "frame": "human_interest", "term": "t*", "speaker": "Ann"}
    assert list(frame_marks([row | {"negated": False}, row | {"negated": True}], schemes)) == [
        Mark(1, 4, "frame2", "human interest", "s1: t*; Ann"),
        Mark(1, 4, "frame2", "human interest", "s1: t*, negated; Ann"),
    ]


def test_marks_are_in_layers_from_the_outermost():
    marks = [Mark(0, 2, "entity", "e", ""), Mark(0, 9, "quote", "q", ""), Mark(1, 3, "entity", "f", "")]
    quotes, entities = layered(marks)
    assert quotes == [Mark(0, 9, "quote", "q", "")]
    assert [(mark.start, mark.end, mark.label) for mark in entities] == [(0, 1, "e"), (1, 2, "e + f"), (2, 3, "f")]
    assert layered([]) == []


def test_labels_and_hints_are_cut():
    markup = annotated("word", 0, 4, [[Mark(0, 4, "quote", "l" * 1000, "h" * 1000)]])
    label, hint = re.search(r'data-l="([^"]*)" title="([^"]*)"', markup).groups()
    assert (label, hint) == ("l" * 31 + "…", "h" * 239 + "…")


def test_the_style_sheet_has_a_look_for_each_scheme_and_no_more():
    css = (WORKFLOW / "templates" / "report.css").read_text(encoding="utf-8")
    assert {int(number) for number in re.findall(r"\.frame(\d)", css)} == set(range(1, MAX_SCHEMES + 1))


def test_a_mark_without_a_hint_says_nothing_and_one_that_began_before_has_no_label():
    layers = [[Mark(0, 6, "frame2", "war", "")]]
    assert annotated("abcdefgh", 0, 3, layers) == '<span class="m frame frame2" data-l="war">abc</span>'
    assert annotated("abcdefgh", 3, 8, layers) == '<span class="m frame frame2">def</span>gh'
    assert annotated("abcdefgh", 6, 8, layers) == "gh"
    assert annotated("abcdefgh", 0, 2, [[Mark(2, 4, "cue", "cue", "")]]) == "ab"


def test_marks_of_which_one_holds_the_other_are_told_apart():
    pieces = disjoint([Mark(0, 6, "frame1", "a", "x"), Mark(2, 4, "frame1", "b", "y")])
    assert [(mark.start, mark.end, mark.label) for mark in pieces] == [(0, 2, "a"), (2, 4, "a + b"), (4, 6, "a")]


def test_a_piece_goes_on_behind_an_empty_mark_also_where_others_stand_before_it():
    marks = [Mark(0, 1, "frame1", "a", ""), Mark(2, 9, "frame1", "b", ""), Mark(4, 4, "frame1", "c", "")]
    assert disjoint(marks) == marks[:2]


def test_a_sentence_has_an_address_to_copy():
    sentences = [{"sentence": 4, "paragraph": 2, "start": 0, "end": 4}]
    anchor = sentence_anchor("a.txt", 4)
    assert f'<a class="n" href="#{anchor}">5</a>One.' in document_text("a.txt", "One.", sentences, [])
