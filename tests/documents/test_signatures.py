"""Signatures of texts do not depend on the texts beside them."""

from hypothesis import given
from hypothesis import strategies as st

from scripts.documents.signatures import signature_table

_TEXTS = st.lists(
    st.lists(st.sampled_from(["one", "Two", "three,", "four", "é", "\n"]), max_size=12).map(" ".join), max_size=5
)


def rows(texts):
    table = signature_table([{"doc_id": str(n), "date": "", "text": text} for n, text in enumerate(texts)])
    return [(row["signature"], row["short"]) for row in table.to_pylist()]


@given(_TEXTS)
def test_a_text_has_the_same_signature_alone_and_among_others(texts):
    assert rows(texts) == [rows([text])[0] for text in texts]


@given(_TEXTS)
def test_a_text_has_a_signature_or_is_short(texts):
    for text, (signature, short) in zip(texts, rows(texts), strict=True):
        assert len(signature) in (0, 512)
        assert short == ("" if signature else text.strip())


def test_case_and_punctuation_do_not_count():
    first, second = rows(["One two, three four five.", "one TWO three (four) five"])
    assert first == second
