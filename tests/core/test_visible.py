"""Text that is shown: nothing in it hides or reorders, and long text is cut."""

import pytest

from scripts.core.visible import shortened, visible


def test_characters_that_hide_or_reorder_stand_by_their_codes():
    assert visible("a\u202eb\x00\ud800\uffff") == "a‹U+202E›b‹U+0000›‹U+D800›‹U+FFFF›"
    assert visible("سلام\u200f\n\ttab") == "سلام\u200f\n\ttab"


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("one two", 7, "one two"),
        ("one two", 6, "one t…"),
        ("one two", 5, "one…"),
        (" one\n\n two ", 7, "one two"),
        ("a" + " " * 19, 5, "a"),
        ("a" + " " * 19 + "b", 5, "a…"),
        ("\u202e" + "a", 9, "‹U+202E›a"),
    ],
)
def test_a_text_is_one_line_of_a_width(text, width, shown):
    assert shortened(text, width) == shown
