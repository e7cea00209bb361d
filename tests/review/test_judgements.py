"""Words that a reviewer pastes, and where they stand in a text."""

from scripts.review.judgements import locate, spans_of_words

TEXT = "We pay. They say: we   pay, too."


def test_of_words_that_stand_twice_the_beginning_that_is_nearer_counts() -> None:
    first, second = (0, 6), (18, 26)
    assert spans_of_words(TEXT, "“We pay!”") == [first, second]
    assert [locate(TEXT, "we pay", near) for near in (0, 8, 10, 30)] == [first, first, second, second]


def test_words_that_stand_nowhere_have_no_place() -> None:
    assert locate(TEXT, "we do not pay", 0) is None and locate(TEXT, "…", 0) is None
