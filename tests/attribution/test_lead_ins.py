"""The content of a direct quotation begins at its mark: what leads in to it is the narrator's, unless it is content."""

import pytest

from scripts.attribution.choice import Attribution
from scripts.attribution.lead_ins import without_lead_in
from scripts.attribution.marked import mark
from tests.attribution.made_parse import made_parse

SPEECH = "“It is very old.”"
QUOTED = " PUNCT/``/punct/is PRON/PRP/nsubj/is AUX/VBZ/ROOT/is ADV/RB/advmod/old ADJ/JJ/acomp/is"
QUOTED += " PUNCT/./punct/is PUNCT/''/punct/is"
DAM = "DET/DT/det/dam NOUN/NN/{}/{}"


def contents_after(text, parse, cue, *contents):
    """Return the contents of an attribution without its lead-in, in words."""
    doc = made_parse(text, parse)
    pieces = []
    for content in contents:
        start = text.index(content)
        pieces.append((doc.start.index(start), doc.end.index(start + len(content)) + 1))
    item = Attribution(doc.word.index(cue), tuple(pieces), None, 1.0, "verb before its content")
    return [doc.slice(*piece) for piece in without_lead_in(mark(doc), item).pieces]


def of_lee(verb, lead, of_lead, end, speech=SPEECH, quoted=QUOTED):
    """Return the contents of "Lee" with a verb, its lead-in and its speech, and whether the lead-in is in them."""
    text = f"Lee {verb} {lead}{end} {speech}"
    parse = f"PROPN/NNP/nsubj/{verb} VERB/VBD/ROOT/{verb} {of_lead} PUNCT/{end}/punct/{verb}{quoted}"
    contents = contents_after(text, parse, verb, lead.removeprefix("of ").removeprefix("on "), speech)
    assert contents[-1] == speech
    return len(contents) == 2


@pytest.mark.parametrize(
    ("verb", "lead", "of_lead", "end"),
    [
        ("praised", "the dam", DAM.format("dobj", "praised"), ":"),
        ("described", "the dam", DAM.format("dobj", "described"), ","),
        ("wrote", "of the dam", "ADP/IN/prep/wrote " + DAM.format("pobj", "of"), ","),
        ("comment", "on the dam", "ADP/IN/prep/comment " + DAM.format("pobj", "on"), "."),
        ("made", "a statement", "DET/DT/det/statement NOUN/NN/dobj/made", "."),
        (
            "wrote",
            "of the dam that burst",
            "ADP/IN/prep/wrote " + DAM.format("pobj", "of") + " PRON/WDT/nsubj/burst VERB/VBD/relcl/dam",
            ":",
        ),
    ],
)
def test_an_object_before_speech_is_a_lead_in(verb, lead, of_lead, end):
    assert not of_lee(verb, lead, of_lead, end)


CLAUSE = "DET/DT/det/dam NOUN/NN/nsubj/burst VERB/VBD/{}/{}"


@pytest.mark.parametrize(
    ("verb", "lead", "of_lead", "end"),
    [
        ("praised", "the dam", DAM.format("dobj", "praised"), "."),  # no neutral word
        ("said", "the dam burst", CLAUSE.format("ccomp", "said"), ":"),
        ("wrote", "of the dam burst", "ADP/IN/prep/wrote " + CLAUSE.format("dep", "of"), ":"),
        ("told", "what burst", "PRON/WP/nsubj/burst VERB/VBN/dobj/told", ":"),
        ("urged", "closing the dam", "VERB/VBG/xcomp/urged " + DAM.format("dobj", "closing"), ":"),
        (
            "praised",
            "the dam writing",
            DAM.format("dobj", "praised") + " VERB/VBG/acl/dam",
            ",",
        ),
        (
            "called",
            "the dam “bad”",
            DAM.format("dobj", "called") + " PUNCT/``/punct/4 ADJ/JJ/amod/dam PUNCT/''/punct/4",
            ":",
        ),
    ],
)
def test_a_clause_or_other_content_before_speech_stays(verb, lead, of_lead, end):
    assert of_lee(verb, lead, of_lead, end)


@pytest.mark.parametrize(
    ("speech", "quoted"),
    [
        ("“very old.”", " PUNCT/``/punct/old ADV/RB/advmod/old ADJ/JJ/ROOT/old PUNCT/./punct/old PUNCT/''/punct/old"),
        (
            "“Old Stone of Time.”",
            " PUNCT/``/punct/Stone PROPN/NNP/compound/Stone PROPN/NNP/ROOT/Stone ADP/IN/prep/Stone PROPN/NNP/pobj/9"
            " PUNCT/./punct/Stone PUNCT/''/punct/Stone",
        ),
    ],
)
def test_before_a_phrase_or_a_title_there_is_no_lead_in(speech, quoted):
    assert of_lee("described", "the dam", DAM.format("dobj", "described"), ",", speech, quoted)


def test_in_one_piece_the_content_begins_at_the_mark_if_only_the_quotation_follows():
    parse = "PROPN/NNP/nsubj/praised VERB/VBD/ROOT/praised " + DAM.format("dobj", "praised") + " PUNCT/:/punct/praised"
    text = f"Lee praised the dam: {SPEECH}"
    assert contents_after(text, parse + QUOTED, "praised", f"the dam: {SPEECH}") == [SPEECH]
    more = " ADP/IN/prep/praised NOUN/NN/pobj/with NOUN/NN/conj/joy CCONJ/CC/cc/joy NOUN/NN/conj/joy"
    text = f"{text} with joy hope and luck"
    content = text.removeprefix("Lee praised ")
    assert contents_after(text, parse + QUOTED + more, "praised", content) == [content]


@pytest.mark.parametrize(
    ("text", "parse", "is_led_in"),
    [
        ("At noon Lee said:", "ADP/IN/prep/said NOUN/NN/pobj/At PROPN/NNP/nsubj/said VERB/VBD/ROOT/said", True),
        (
            "“At noon” Lee said:",
            "PUNCT/``/punct/2 ADP/IN/prep/said NOUN/NN/pobj/At PUNCT/''/punct/2 PROPN/NNP/nsubj/said"
            " VERB/VBD/ROOT/said",
            False,
        ),
        (
            "It burst Lee said:",
            "PRON/PRP/nsubj/burst VERB/VBD/ccomp/said PROPN/NNP/nsubj/said VERB/VBD/ROOT/said",
            False,
        ),
    ],
)
def test_an_adverbial_before_the_cue_is_a_lead_in(text, parse, is_led_in):
    lead = text.partition(" Lee")[0]
    contents = contents_after(f"{text}\n\n{SPEECH}", f"{parse} PUNCT/:/punct/said{QUOTED}", "said", lead, SPEECH)
    assert contents == ([SPEECH] if is_led_in else [lead, SPEECH])


def test_a_quotation_after_a_preposition_has_no_lead_in():
    parse = "PROPN/NNP/nsubj/speak VERB/VBP/ROOT/speak ADP/IN/prep/speak " + DAM.format("pobj", "of")
    text = f"Lee speak of the dam as {SPEECH}"
    assert contents_after(text, f"{parse} ADP/IN/prep/speak{QUOTED}", "speak", f"the dam as {SPEECH}") != [SPEECH]
    text, parse = text.replace(" as", ","), f"{parse} PUNCT/,/punct/speak{QUOTED}"
    assert contents_after(text, parse, "speak", f"the dam, {SPEECH}") == [SPEECH]
