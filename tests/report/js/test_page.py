"""page.js shows hidden characters and shortens texts as Python does."""

import random

from scripts.core.visible import shortened, visible
from scripts.report.figures.style import frame_name
from scripts.report.markup import plural
from tests.report.corpus import HOSTILE, NAMES
from tests.report.js.node import needs_node, run

pytestmark = needs_node

SIGNS = "ab Z9,é王😀\u200d\u0301\t\n\r\x0b\x1c\x85\xa0\u2028\u3000\ufeff\u202e\u2066\x00\x7f\x9f\ud800\udfff\ufffe"


def hostile_texts() -> list[str]:
    draw = random.Random(3)
    made = ["".join(draw.choices(SIGNS, k=draw.randrange(0, 60))) for _ in range(1500)]
    # Two halves of a surrogate pair are one character in JavaScript, and two in Python: no text of a seed has them.
    seeds = [text.replace("\ud800\udfff", "") for text in made]
    return [*HOSTILE, *NAMES, *seeds, "x" * 5000, "😀" * 400, " " * 3000 + "end", "a " * 900]


def test_hidden_characters_are_shown_the_same():
    texts = hostile_texts()
    assert run("(texts) => texts.map(visible)", texts) == [visible(text) for text in texts]


def test_texts_are_shortened_the_same():
    cases = [[text, width] for text in hostile_texts() for width in (5, 12, 48)]
    assert run("(cases) => cases.map((each) => shortened(...each))", cases) == [shortened(*case) for case in cases]


def test_counts_and_names_of_frames_read_the_same():
    assert run('() => [0, 1, 2, 1500].map((n) => plural(n, "word"))') == [plural(n, "word") for n in (0, 1, 2, 1500)]
    assert run("frameName", "human_interest_x") == frame_name("human_interest_x")
