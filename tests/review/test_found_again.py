"""A decision whose text has changed: its place is found again by the old text's beginning, or by its sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.core.annotation import beginnings, text_sha256
from scripts.review.apply import decisions_by_document
from scripts.review.decisions import Decision
from scripts.review.found_again import context_of, place_of

TEXT = "The port will close. “We shall appeal,” said Bo Lee. Nobody answered."
START = TEXT.index("“We")
END = START + len("“We shall appeal,”")
CONTEXT = "The port will close. ‖ ⟦“We shall appeal,”⟧ said Bo Lee. ‖ Nobody answered."


def decide(field: str = "speaker", new: str = "Jo", context: str = "", row: int = 2) -> Decision:
    place = ("a.txt", text_sha256(TEXT), START, END)
    return Decision("c.csv", row, *place, field, "Bo Lee", new, "", "", "", context)


def moved(text: str, decision: Decision) -> Decision | str:
    assigned, outcomes = decisions_by_document([decision], {"a.txt": text})
    return assigned["a.txt"][0] if assigned else outcomes[0].status


@pytest.mark.parametrize("added", [" More.", "\n\nA correction was made.", " "])
def test_a_text_that_was_added_to_keeps_its_corrections_without_a_context(added) -> None:
    there = moved(TEXT + added, decide())
    assert (there.start, there.end, there.text_sha256) == (START, END, text_sha256(TEXT + added))


@pytest.mark.parametrize(
    ("text", "is_there"),
    [
        ("New. " + TEXT, True),
        (TEXT.replace(" “", "\n\n“"), True),
        (TEXT.replace("Nobody answered.", "Somebody did."), True),
        (TEXT.replace("The port", "The harbour"), True),
        (TEXT.replace("said Bo", "shouted Bo"), False),
        (TEXT.replace("The port", "The harbour").replace("Nobody", "Somebody"), False),
        (f"{TEXT} {TEXT}", False),
    ],
)
def test_a_place_is_found_again_by_its_sentence_and_a_neighbour(text, is_there) -> None:
    text = text if text != f"{TEXT} {TEXT}" else f"{TEXT}\n{TEXT}"
    decision = decide(context=CONTEXT)._replace(text_sha256="0" * 64)
    there = moved(text, decision)
    if is_there:
        assert text[there.start : there.end] == "“We shall appeal,”"
        assert moved(text, decision._replace(context="")) == "stale"
    else:
        assert there == "stale"


def test_a_decision_on_the_first_words_of_a_text_is_found_again() -> None:
    decision = decide(context="‖ ⟦The port⟧ will close. ‖ “We shall appeal,” said Bo Lee.")._replace(start=0, end=8)
    assert moved("New. " + TEXT, decision).start == 5
    assert moved("New. " + TEXT, decision._replace(start=-1)) == "stale"


def test_characters_in_the_new_value_move_along() -> None:
    decision = decide("content", f"{START + 1}-{END - 1}", CONTEXT)
    assert moved("New. " + TEXT, decision).new == f"{START + 6}-{END + 4}"
    assert moved("New. " + TEXT.replace("Nobody", "Somebody"), decision) == "stale"


def test_decisions_that_meet_at_a_new_place_contradict_there() -> None:
    text = f"{TEXT} More."
    now = decide(new="Al", row=3)._replace(text_sha256=text_sha256(text))
    assigned, outcomes = decisions_by_document([decide(), now], {"a.txt": text})
    assert not assigned and [outcome.status for outcome in outcomes] == ["conflicting", "conflicting"]


@pytest.mark.parametrize(
    "context", ["", "‖‖", "a ‖ b ‖ c", "a ‖ ⟦⟧ ‖ c", "‖ ⟧b⟦ ‖", "⟦a⟧ ‖ b ‖", "a ‖ ⟦b⟧ ⟦c⟧ ‖ d", "a ‖ b⟦⟧c ‖ d"]
)
def test_what_is_no_context_finds_nothing(context) -> None:
    assert place_of("a b c d", context) is None


@given(st.text(max_size=40), st.integers(0, 40))
def test_the_beginnings_of_a_text_are_known_by_their_hash(text, end) -> None:
    part = text[:end].rstrip()
    lengths = beginnings(text, {text_sha256(part)})
    if part and (part == text or text[len(part)].isspace()):
        assert lengths == {text_sha256(part): len(part)}


@given(st.lists(st.sampled_from(["Port. ", "He said no. ", "All\nleft ", "x"]), min_size=1, max_size=6), st.data())
def test_a_context_finds_its_own_place_where_it_is_one_place(pieces, data) -> None:
    text = "".join(f"{piece}{at} " for at, piece in enumerate(pieces))
    start = data.draw(st.integers(0, len(text) - 2).filter(lambda at: not text[at].isspace()))
    end = data.draw(st.integers(start + 1, len(text) - 1).filter(lambda at: not text[at - 1].isspace()))
    place = place_of(f"New text. {text}", context_of(text, start, end))
    assert place is None or text[start:end] == f"New text. {text}"[slice(*place[:2])]


def test_a_context_is_of_the_sentence_and_its_neighbours() -> None:
    assert context_of(TEXT, START, END) == CONTEXT
    assert context_of("One. Two. Three. Four. Five.", 10, 15) == "Two. ‖ ⟦Three⟧. ‖ Four."
    assert context_of("a ⟦b⟧ c", 0, 1) == ""
