"""The label before a colon, and headings before it, which introduce nothing."""

import pytest

from scripts.attribution.cues import label_start
from scripts.attribution.document import find_quotes
from scripts.parsing.tokens import segmented_doc
from tests.attribution.named_docs import named_docs

SPOKEN = "“The kilns were lit in March, and they have burned since then.”"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Ann Lee: It rained.", "Ann Lee"),
        ("Rates may rise - Ann Lee: It rained.", "Ann Lee"),
        ("Rates may rise -Ann Lee: It rained.", "Ann Lee"),
        ("A low -cost mill: It rained.", "A low -cost mill"),
        ("A low-Cost mill: It rained.", "A low-Cost mill"),
        ("“The Frost,” by Ann Lee: It rained.", "Ann Lee"),
        ("A mill by Ann Lee: It rained.", "A mill by Ann Lee"),
    ],
)
def test_a_label_begins_after_a_dash_or_after_the_title_by_somebody(text, label):
    doc = segmented_doc("d", text)
    colon = doc.word.index(":")
    assert doc.slice(label_start(doc, colon), colon) == label


@pytest.mark.parametrize(
    ("heading", "source", "speaker"),
    [
        ("Potters agree - Carla Finch", "Carla Finch", "Carla Finch"),
        ("TOWN POTTERS SAY MORE - Carla Finch", "Carla Finch", "Carla Finch"),
        ("Old mills share the blame for smoke -More from Finch", "Finch", "Carla Finch"),
        ("From the mayor’s report", "the mayor’s report", ""),
        ("“Town to light its kilns,” by the Echo’s Carla Finch", "the Echo’s Carla Finch", "Carla Finch"),
    ],
)
def test_the_source_of_a_quotation_after_a_heading_is_the_name_before_the_colon(nlp, heading, source, speaker):
    [doc] = named_docs(nlp, [("d", f"Carla Finch makes pots.\n\n{heading}: {SPOKEN}\n\nIt rained.")])
    quotes = [quote for quote in find_quotes(doc) if quote.source]
    assert [doc.text[slice(*quote.source)] for quote in quotes if quote.source] == [source]
    assert [doc.text[slice(*span)] for quote in quotes for span in quote.content] == [SPOKEN]
    assert not speaker or quotes[0].speaker.name == speaker


def test_a_verb_before_dashes_in_a_sentence_is_still_a_cue(nlp):
    text = f"“It burned,” Carla Finch said - and then - to the mayor: {SPOKEN}"
    [doc] = named_docs(nlp, [("d", text)])
    assert {quote.cue_lemma for quote in find_quotes(doc) if quote.source} == {"say"}


def test_a_title_by_somebody_is_part_of_no_statement(nlp):
    title = "“The town that wants to light its kilns in June,”"
    lead = f"“The kilns were lit in March, and they have burned since then,” Carla Finch said.\n\n{title}"
    [by, alone] = named_docs(nlp, [("d", f"{lead} by Piet Oram: {SPOKEN}"), ("e", f"{lead}\n\nIt rained.")])
    assert [(quote.speaker.name, len(quote.content)) for quote in find_quotes(by)] == [
        ("Carla Finch", 1), ("", 1), ("Piet Oram", 1)
    ]  # fmt: skip
    assert [(quote.speaker.name, len(quote.content)) for quote in find_quotes(alone)] == [("Carla Finch", 2)]
