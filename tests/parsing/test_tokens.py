"""Segmentation: offsets are true, and the sentences and tokens are those a reader would draw."""

from textwrap import fill

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.tokenize import NLTKWordTokenizer

from scripts.core.storage import ROOT
from scripts.parsing import tokens
from scripts.parsing.tokens import _INITIALS, _split, _words, paragraphs, segment, straighten, token_tables
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
        ("-Ann Smith, -5 and -ish", ["-", "Ann", "Smith", ",", "-5", "and", "-ish"]),
    ],
)
def test_words(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Smith met Gen. Prayut. They spoke.", 2),
        ("George H.W. Bush met A.J. Smith. They spoke.", 2),
        ("She voted for S. 1639, a bill. It failed.", 2),
        ("John D. (Jay) Smith met Elma G. “Pem” Ray. They spoke.", 2),
        ("We lack vitamin D. (See below.) It is Plan B. “Yes,” he said.", 4),
        ("“We agree.” He left.", 2),
        ("The company, Acme Inc., was fined. It paid.", 2),
    ],
)
def test_sentences(text, expected):
    assert len(segment(text)[0]) == expected


def test_a_paragraph_that_is_long_is_read_in_windows_and_a_long_sentence_cut_at_a_space(monkeypatch):
    short = "He left. She stayed on. They met Mr. Smith again. "
    monkeypatch.setattr(tokens, "_LONGEST", 40)
    assert [short[each.start : each.end] for each in segment(short)[0]] == [
        "He left.", "She stayed on.", "They met Mr. Smith again."
    ]  # fmt: skip
    for text, lengths in (("word " * 20, [39, 35]), ("x" * 90, [40, 40])):
        sentences, pieces = segment(text)
        assert [each.end - each.start for each in sentences[:-1]] == lengths
        assert "".join(text[start:end] for start, end in pieces) == text.replace(" ", "")


def test_a_token_has_its_own_text_where_that_is_no_word_of_the_parser():
    _, rows = token_tables(pa.table({"doc_id": ["a", "b"], "text": ["“No,” he said. Bye.", ""]}))
    assert dict(zip(rows["word"].to_pylist(), rows["text"].to_pylist(), strict=True)) == {
        '"': "”", "No": None, ",": None, "he": None, "said": None, ".": None, "Bye": None
    }  # fmt: skip


def test_single_lines_are_paragraphs_unless_wrapped():
    lines = "A headline\nThe first paragraph ends here.\nThe second too."
    assert len(paragraphs(lines)) == 3
    assert len(paragraphs("the same width " * 4 + "\n" + "the same width " * 4)) == 2
    wrapped = "\n".join(["the same width " * 4] * 3 + ["end."])
    assert len(paragraphs(wrapped)) == len(paragraphs(wrapped.partition("\n")[2])) == 1
    assert len(paragraphs(f"{wrapped}\n\n{wrapped}")) == 2


WIRE = """The central bank's president, Ann Lee, said on Monday that
rates would rise.
    "We have no choice," she told reporters in the capital,
where ministers met.
    Analysts had expected it.
 REUTER"""


@pytest.mark.parametrize("indent", ["    ", "\t"])
def test_indented_lines_begin_the_paragraphs_of_a_wrapped_block(indent):
    text = WIRE.replace("    ", indent)
    assert [text[start:end].split()[0] for start, end in paragraphs(text)] == ["The", '"We', "Analysts", "REUTER"]
    bank, *_ = segment(text)[0]
    assert text[bank.start : bank.end].split()[-2:] == ["would", "rise."]


def test_a_short_line_ends_a_paragraph_unless_the_next_goes_on_in_lower_case():
    full = "that is a line of text as a program wraps it at its width\n"
    text = f"A headline\nThis begins:\n{full * 3}to its end.\nBo Li, the mayor,\n{full * 2}said so."
    assert [text[start:end].split("\n")[0] for start, end in paragraphs(text)] == [
        "A headline", "This begins:", "Bo Li, the mayor,"
    ]  # fmt: skip


@pytest.mark.parametrize("width", [60, 72, 95])
@pytest.mark.parametrize(("indent", "between"), [("", "\n\n"), ("    ", "\n")], ids=["blank lines", "indented"])
def test_real_articles_keep_their_paragraphs_when_a_program_wraps_them(width, indent, between):
    """Nineteen of twenty are the same: not those of lists, nor those of two short lines."""
    texts = pd.read_csv(ROOT / "examples/wikinews/seeds/wikinews.csv")["text"]
    n_same = n_all = 0
    for text in texts:
        expected = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
        wrapped = [fill(each, width, initial_indent=indent, break_on_hyphens=False) for each in expected]
        joined = between.join(wrapped)
        same = {" ".join(joined[start:end].split()) for start, end in paragraphs(joined)} & set(expected)
        n_same, n_all = n_same + len(same), n_all + len(set(expected))
    assert n_same >= 0.95 * n_all


@pytest.mark.parametrize(
    "text",
    [
        "flour and a good deal of salt\nmilk\neggs\nsugar\nbutter",
        "Lee 4 12 8\nSmith, captain 11 9\nBo 3\nOkonkwo 22 1",
        "    Shr 34 cts\n    Net 807,000 vs 2,000\n    Revs 7 mln",
        "Q. Who are you?\nA. Bo.\nQ. And what did you see there on the night?\nA. Nothing.",
    ],
    ids=["list", "table", "indented table", "interview"],
)
def test_lines_of_lists_and_tables_are_paragraphs(text):
    assert len(paragraphs(text)) == text.count("\n") + 1


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
    if sentence.endswith(".") and len(spans) > 1:
        (start, middle), (after, end) = spans[-2:]
        if middle == after == end - 1 and _INITIALS.match(sentence[start:middle]):
            spans[-2:] = [(start, end)]
    return spans


@given(st.lists(st.sampled_from(_ATOMS), max_size=30).map("".join))
def test_words_split_one_by_one_are_those_of_the_whole_sentence(sentence: str) -> None:
    assert _words(sentence.strip(), 0) == _one_sentence(sentence.strip())


def test_a_sentence_keeps_its_offsets_and_the_full_stop_of_initials() -> None:
    sentence = 'He "cannot" go to the U.S.'
    words = [sentence[start - 7 : end - 7] for start, end in _words(sentence, 7)]
    assert words == ["He", '"', "can", "not", '"', "go", "to", "the", "U.S."]
