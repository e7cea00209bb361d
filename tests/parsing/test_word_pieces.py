"""Word pieces as an uncased BERT cuts them, and windows in which each token is read once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.parsing.tokens import segmented_doc
from scripts.parsing.word_pieces import read_vocabulary, windows, word_pieces

LETTERS = [*"abcdefghijklmnopqrstuvwxyz", *(f"##{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")]
VOCABULARY = read_vocabulary(["[UNK]", "[CLS]", "[SEP]", "cafe", "mayor", "said", '"', "-", "well", *LETTERS])
NAMES = list(VOCABULARY.pieces)


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("Mayor", ["mayor"]),
        ("Cafés", ["cafe", "##s"]),
        ("well-said", ["well", "-", "said"]),
        ("``", ['"']),
        ("saids", ["said", "##s"]),
        ("said7", ["[UNK]"]),
        ("東京", ["[UNK]"]),
        ("😀", ["[UNK]"]),
        ("\u0301", ["[UNK]"]),
        ("-" * 5000, ["-"] * 6),
        ("a" * 101, ["[UNK]"]),
        ("abcdefghij", ["a", "##b", "##c", "##d", "##e", "##f"]),
    ],
)
def test_pieces_of_a_word(word, pieces):
    assert [NAMES[number] for number in word_pieces(word, VOCABULARY)] == pieces


def read_once(doc, longest):
    """Return the windows of a document after a check of what all windows keep to."""
    of_document = list(windows(doc, VOCABULARY, longest=longest))
    read = [token for window in of_document for token, own in zip(window.tokens, window.own, strict=True) if own]
    assert read == list(range(len(doc.word)))
    for window in of_document:
        assert len(window.pieces) <= longest
        assert (window.pieces[0], window.pieces[-1]) == (VOCABULARY.start, VOCABULARY.end)
        for token, place in zip(window.tokens, window.places, strict=True):
            assert window.pieces[place] == word_pieces(doc.word[token], VOCABULARY)[0]
    return of_document


@given(
    st.lists(
        st.lists(st.sampled_from(["Mayor", "cafés", "well-said", "said", "abcdefgh", "said."]), max_size=90), max_size=5
    ),
    st.sampled_from([64, 128]),
)
def test_each_token_is_read_in_one_window(paragraphs, longest):
    read_once(segmented_doc("d", "\n\n".join(" ".join(words) for words in paragraphs)), longest)


def test_short_paragraphs_share_a_window():
    doc = segmented_doc("d", "Mayor said.\n\nCafés said.\n\n" + "said " * 120)
    first, second = read_once(doc, 128)
    assert first.pieces.count(VOCABULARY.end) == 2
    assert second.pieces.count(VOCABULARY.end) == 1


@pytest.mark.parametrize(
    ("paragraphs", "of_windows"),
    [([3, 2], [8]), ([3, 3], [5, 5]), ([6], [8]), ([6, 3, 3, 2], [8, 5, 8]), ([1, 1, 1], [7])],
)
def test_a_window_takes_as_many_paragraphs_as_fit(paragraphs, of_windows):
    """With a mark at its start and one after each paragraph."""
    doc = segmented_doc("d", "\n\n".join("said " * n for n in paragraphs))
    assert [len(window.pieces) for window in read_once(doc, 8)] == of_windows


def test_windows_of_a_long_paragraph_are_full_and_share_forty_pieces():
    doc = segmented_doc("d", "said " * 500)
    first, second, *_ = of_document = read_once(doc, 128)
    assert of_document == [*windows(doc, VOCABULARY)]
    assert len(first.pieces) == len(second.pieces) == 128
    assert len({*first.tokens} & {*second.tokens}) == 40 and sum(first.own) == 126 - 20


def test_a_paragraph_of_ten_thousand_tokens_is_read_whole():
    doc = segmented_doc("d", "said " * 10_000)
    of_document = read_once(doc, 128)
    assert len(of_document) < 130
    middle = of_document[60]
    assert not middle.own[5]
    assert middle.own[60]
    assert sum(middle.own) < len(middle.own) - 30


def test_no_text():
    assert list(windows(segmented_doc("d", ""), VOCABULARY)) == []
