import time
from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scripts.parsing import sentences
from scripts.parsing.tokens import segment, straighten
from tests.robustness.hostile import hostile_texts

_PIECES = st.sampled_from(
    [
        "a",
        "A",
        "Mr",
        "U.S",
        "said",
        "cannot",
        "wanna",
        "n't",
        "'s",
        "’",
        "'",
        '"',
        "“",
        "”",
        "``",
        "''",
        ".",
        "...",
        "?",
        "!",
    ]
    + [
        ",",
        ":",
        "-",
        "--",
        "–",
        "(",
        ")",
        "[",
        "<",
        "$",
        "€5",
        "1,000",
        " ",
        "\n",
        "\n\n",
        "\t",
        "\xa0",
        "\u2028",
        "\x00",
    ]
    + [
        "é",
        "e\u0301",
        "👩‍👧",
        "部",
        "قال",
        "\u200d",
        "\x1c",
        "\x85",
        "*",
        "%",
        "@",
        "/",
        "\\",
        "_",
        "I'm",
        "d'ye",
        "'tis",
    ]
)
_TEXTS = st.lists(_PIECES, max_size=60).map("".join) | st.text(max_size=80)


def check(text):
    """Check the laws that every segmentation obeys."""
    sentences, spans = segment(text)
    at = 0
    for start, end in spans:
        assert at <= start < end
        assert not text[at:start].strip()
        assert text[start:end].strip() == text[start:end] != ""
        at = end
    assert not text[at:].strip()
    assert [s.first for s in sentences] == [0, *(s.last for s in sentences)][: len(sentences)]
    assert (sentences[-1].last if sentences else 0) == len(spans)
    for sentence in sentences:
        assert sentence.start <= spans[sentence.first][0] and spans[sentence.last - 1][1] <= sentence.end
    assert all(left.end <= right.start for left, right in pairwise(sentences))


@given(_TEXTS)
@example("''\"``\"")
@example('."".')
def test_laws_hold_for_any_text(text):
    check(text)


@pytest.mark.slow
@settings(max_examples=5_000)
@given(_TEXTS)
def test_laws_hold_for_thousands_of_texts(text):
    check(text)


@given(
    st.lists(
        st.sampled_from(["Lin said so. ", "Mr. Lin", " U.S. ", "“No,” he said. ", "one two ", "? ", "x.” "]),
        max_size=60,
    )
)
def test_windows_change_nothing(pieces):
    text = straighten("".join(pieces).strip())
    spans = list(sentences.sentence_spans(text))
    longest, sentences._LONGEST = sentences._LONGEST, max([60, *(2 * (end - start) for start, end in spans)])
    try:
        assert list(sentences.sentence_spans(text)) == spans
    finally:
        sentences._LONGEST = longest


@pytest.mark.slow
def test_no_text_takes_quadratic_time():
    """CPU seconds of 200,000 characters, four windows: news take 0.3, the worst that was seen 1.1, of full stops."""
    slow = {}
    for name, text in hostile_texts(4 * sentences._LONGEST):
        begin = time.process_time()
        segment(text)
        if (spent := time.process_time() - begin) > 3.5:
            slow[name] = spent
    assert not slow


@pytest.mark.parametrize("unit", ["U.S. ", "... ", '." ', "'", '"', "Mr. Lin said so. ", "a "])
def test_punkt_reads_windows_and_no_part_of_a_text_again_and_again(monkeypatch, unit):
    """In a stretch of full stops that end nothing it takes quadratic time."""
    monkeypatch.setattr(sentences, "_LONGEST", 5_000)
    text, windows, punkt = straighten(unit * (40_000 // len(unit))), [], sentences._punkt()
    reader = SimpleNamespace(span_tokenize=lambda part: windows.append(len(part)) or punkt.span_tokenize(part))
    monkeypatch.setattr(sentences, "_punkt", lambda: reader)
    assert list(sentences.sentence_spans(text))
    assert max(windows) <= 5_000
    assert len(text) <= sum(windows) < 2 * len(text)
