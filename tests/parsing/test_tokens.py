"""Segmentation: offsets are true, and the sentences and tokens are those a reader would draw."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.tokenize import NLTKWordTokenizer

from scripts.parsing.tokens import _split, _with_last_stop, _words, segment, straighten, token_tables
from tests.conftest import ARTICLE

PIECES = st.sampled_from(
    [
        *" .!?\n—\u00a0-@",
        "Mr. Smith",
        "U.S.",
        "“We agree,”",
        "said",
        "he",
        "...",
        "\n\n",
        "’s",
        "'90s",
        "$5m",
        "(sic)",
        '"',
    ]
    + ["can't", "cannot", "中文。", "'tis", "``", "''", "x-y", "1,000", "http://a.b/c?d=e"]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES).map("".join))


def words(text):
    return [text[start:end] for start, end in segment(text)[1]]


@given(TEXTS)
def test_tokens_tile_the_text(text):
    sentences, spans = segment(text)
    at = 0
    for start, end in spans:
        assert at <= start < end <= len(text)
        assert not straighten(text[at:start]).strip()
        at = end
    assert not straighten(text[at:]).strip()
    assert [n for s in sentences for n in range(s.first, s.last)] == list(range(len(spans)))
    for sentence in sentences:
        assert sentence.start <= spans[sentence.first][0]
        assert spans[sentence.last - 1][1] <= sentence.end


@given(TEXTS)
def test_straighten_keeps_offsets(text):
    assert len(straighten(text)) == len(text)


def test_blank_lines_at_the_end_change_nothing():
    text = ARTICLE.read_text(encoding="utf-8")
    assert segment(text) == segment(text.rstrip()) == segment(text + "\n" * 50)


def test_article():
    sentences, _ = segment(ARTICLE.read_text(encoding="utf-8"))
    assert len(sentences) == 27
    assert sentences[-1].paragraph == 12


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He works in the U.S.", ["He", "works", "in", "the", "U.S."]),
        ("China-U.S. talks", ["China", "-", "U.S.", "talks"]),
        ("U.S.–China ties", ["U.S.", "–", "China", "ties"]),
        ("It cost US$5m, or £3.", ["It", "cost", "US", "$", "5m", ",", "or", "£", "3", "."]),
        ("They'll say we've won.", ["They", "'ll", "say", "we", "'ve", "won", "."]),
        ("They weren’t kind.", ["They", "were", "n’t", "kind", "."]),
        ("China’s “own” goal", ["China", "’s", "“", "own", "”", "goal"]),
        ("‘Enough,’ she said.", ["‘", "Enough", ",", "’", "she", "said", "."]),
        ("a CNN/ORC poll in 24/7 km/h", ["a", "CNN", "/", "ORC", "poll", "in", "24/7", "km/h"]),
        ("Dover /Acme/ at news.com/Dover/Mill", ["Dover", "/", "Acme", "/", "at", "news.com/Dover/Mill"]),
        ("In Europe… so—he left—", ["In", "Europe", "…", "so", "—", "he", "left", "—"]),
        ("-Ann Smith, -5 and —in short—", ["-", "Ann", "Smith", ",", "-5", "and", "—", "in", "short", "—"]),
        (
            "Dr.Lin, of st.example, left on Sept.1.",
            ["Dr.", "Lin", ",", "of", "st.example", ",", "left", "on", "Sept.", "1", "."],
        ),
    ],
)
def test_words(text, expected):
    assert words(text) == expected


def test_a_token_has_its_own_text_where_that_is_no_word_of_the_parser():
    _, rows = token_tables(pa.table({"doc_id": ["a", "b"], "text": ["“No,” he said. Bye.", ""]}))
    assert dict(zip(rows["word"].to_pylist(), rows["text"].to_pylist(), strict=True)) == {
        '"': "”", "No": None, ",": None, "he": None, "said": None, ".": None, "Bye": None
    }  # fmt: skip


_ATOMS = [
    *"'\",:;.!?()[]{}<>-$%&@*/\\ aB3é€",
    *("''", "--", "...", "U.S.", "A.D.", "n't", "can", "cannot", "Gonna", "'s", "'LL", "Mr.", "1,000", "don't", "'em"),
    *("'tis", "more'n", "d'ye", "wanna", "   ", '."', "said."),
]


def _one_sentence(sentence: str) -> list[tuple[int, int]]:
    spans = [
        piece
        for start, end in NLTKWordTokenizer().span_tokenize(sentence)
        for piece in _split(sentence[start:end], start)
    ]
    return _with_last_stop(sentence, spans)


@given(st.lists(st.sampled_from(_ATOMS), max_size=30).map("".join))
def test_words_split_one_by_one_are_those_of_the_whole_sentence(sentence: str) -> None:
    assert _words(sentence.strip(), 0) == _one_sentence(sentence.strip())


def test_a_sentence_keeps_its_offsets_and_the_full_stop_of_initials() -> None:
    sentence = 'He "cannot" go to the U.S.'
    words = [sentence[start - 7 : end - 7] for start, end in _words(sentence, 7)]
    assert words == ["He", '"', "can", "not", '"', "go", "to", "the", "U.S."]


@pytest.mark.parametrize(
    ("sentence", "last"),
    [
        ('He left "the U.S."', ["U.S.", '"']),
        ("(He left for Fresno, Calif.)", ["Calif.", ")"]),
        ("They met in the ark.", ["ark", "."]),
        ("They had wine, Mr. Smith, and ore.", ["ore", "."]),
    ],
)
def test_a_full_stop_stays_with_initials_and_places(sentence: str, last: list[str]) -> None:
    assert [sentence[start:end] for start, end in _words(sentence, 0)][-2:] == last
