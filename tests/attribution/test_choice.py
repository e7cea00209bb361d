"""No two attributions of a document have nearly the same content, and to see to it takes no quadratic time."""

from hypothesis import given
from hypothesis import strategies as st

from scripts.attribution.choice import Attribution, _Selection
from scripts.parsing.tokens import segmented_doc

WORDS = "She said , the old harbour would be closed by noon ; and that nobody , not even he , knew where to go now ."
DOC = segmented_doc("d", WORDS)
PIECE = st.tuples(st.integers(0, 11), st.integers(1, 12)).map(
    lambda pair: (pair[0] * 2, min(pair[0] * 2 + pair[1], 24))
)


def letters(tokens):
    return sum(len(DOC.word[token]) for token in tokens if DOC.word[token][0].isalnum())


@given(st.lists(st.lists(PIECE, min_size=1, max_size=3), max_size=12))
def test_a_content_is_chosen_unless_another_has_a_quarter_of_both(contents):
    selection, chosen = _Selection(DOC), []

    def like(a, b):
        return letters(a & b) >= 0.25 * max(1, letters(a | b))

    for number, pieces in enumerate(contents):
        tokens = {token for first, last in pieces for token in range(first, last)}
        alike = any(like(tokens, earlier) for earlier in chosen)
        assert selection.take(Attribution(number, tuple(pieces), None, 0.0, "colon")) is not alike
        chosen += [] if alike else [tokens]


@given(st.lists(PIECE, min_size=1, max_size=3))
def test_a_content_is_compared_with_those_of_few_of_its_tokens(pieces):
    selection = _Selection(DOC)
    content = {token for first, last in pieces for token in range(first, last)}
    if letters(content):
        assert 0 < len(list(selection._samples(content, letters(content)))) <= 17
