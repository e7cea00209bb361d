from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.core.annotation import Mention
from scripts.framing.coding import NARRATOR, NOT_NAMED, code_document, is_negated, voice_at, voices, voices_by_sentence
from scripts.framing.matching import Matcher
from scripts.framing.schemes import FRAMES, load_scheme
from scripts.parsing.tokens import segmented_doc


def row(quote, spans, speaker):
    return {"quote": quote, "content_spans": spans, "speaker": speaker}


def span(text, part):
    start = text.index(part)
    return [start, start + len(part)]


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("It is not their fault", True),
        ("They don't accept any fault", True),
        ("Without any fault", True),
        ("not here, but it is their fault", False),
        ("It is not only their fault", False),
        ("It was no less his fault", False),
        ("It was no fault of his", True),
        ("No. The whole thing was then their fault", False),
        ("It is their fault", False),
    ],
)
def test_negation_reaches_its_clause(text, negated):
    doc = segmented_doc("d", text)
    assert is_negated(doc, doc.norm.index("fault"), 0) is negated


def test_negated_cue_stays_a_cue(scheme):
    doc = segmented_doc("d", "It is not their fault.")
    (code,) = code_document(doc, [], [Matcher(scheme(responsibility=["fault"]))])
    assert (code["frame"], code["negated"], code["speaker"], code["quote"]) == ("responsibility", True, NARRATOR, None)


def test_the_name_of_a_person_and_a_time_of_day_are_no_cues_of_the_own_schemes(scheme):
    doc = segmented_doc("d", "Kit Bond spoke of a bond with the PM at 6 pm.")
    doc = replace(doc, mentions=[Mention(0, 2, "PERSON"), Mention(10, 12, "TIME")])
    users = scheme(a=["bond", "pm"])
    for names, cues in ((True, ["Bond", "bond", "PM", "pm"]), (False, ["bond", "PM"])):
        codes = code_document(doc, [], [Matcher(users._replace(names=names))])
        assert [doc.text[code["start"] : code["end"]] for code in codes] == cues
    assert [load_scheme(FRAMES / "generic.yaml").names, users.names] == [False, True]


def test_innermost_attribution_speaks(scheme):
    text = "Lin said that Trump had called it a fault. A fault it was."
    outer, inner = span(text, "Trump had called it a fault"), span(text, "it a fault")
    attributions = voices([row(0, [outer], "Lin"), row(1, [inner], "Trump")])
    codes = code_document(segmented_doc("d", text), attributions, [Matcher(scheme(a=["fault", "called"]))])
    assert [(code["term"], code["speaker"], code["quote"]) for code in codes] == [
        ("called", "Lin", 0),
        ("fault", "Trump", 1),
        ("fault", NARRATOR, None),
    ]


def test_attribution_without_a_source_is_no_narrator():
    assert voice_at(voices([row(0, [[0, 5]], "")]), 1, 3).speaker == NOT_NAMED


def test_cue_half_inside_a_quotation_is_the_narrators():
    assert voice_at(voices([row(0, [[0, 5], [10, 15]], "A")]), 4, 6) is None
    assert voice_at(voices([row(0, [[0, 5], [10, 15]], "A")]), 10, 15).quote == 0


@given(st.data())
def test_the_voices_of_its_sentence_are_all_that_matter_to_a_place(data):
    doc = segmented_doc("d", "It is so. He said it was. Nobody knew why, or when it would end. She did.")
    place = st.tuples(st.integers(0, len(doc.text)), st.integers(0, len(doc.text))).map(sorted)
    spans = data.draw(st.lists(st.lists(place, min_size=1, max_size=3), max_size=6))
    all_voices = voices(row(number, part, "A") for number, part in enumerate(spans))
    around = voices_by_sentence(doc, all_voices)
    for first, last in data.draw(st.lists(place, max_size=6)):
        for number, sentence in enumerate(doc.sentences):
            start, end = max(first, sentence.start), min(last, sentence.end)
            if start < end:
                assert voice_at(around[number], start, end) == voice_at(all_voices, start, end)


def test_no_sentence_has_the_voices_of_others():
    doc = segmented_doc("d", "He said so. " * 300)
    spans = [[[sentence.start, sentence.end]] for sentence in doc.sentences]
    around = voices_by_sentence(doc, voices(row(number, part, "A") for number, part in enumerate(spans)))
    assert [len(near) for near in around] == [1] * len(doc.sentences)
