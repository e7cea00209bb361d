"""Quantities, times, clauses and things are no speakers; whoever they count is."""

import os
import re
from collections import Counter
from pathlib import Path

import pytest

from scripts.attribution.document import find_quotes
from scripts.core.storage import read_parquet
from tests.attribution.named_docs import named_docs

# results/tables of a run on the development articles, which are no part of the project.
TABLES = os.environ.get("NEWSLOOM_DEVELOPMENT", "")
NOBODY_SPEAKS = {
    "share of a thing": "More than half of her address criticised the dam.",
    "time": "Thursday morning said that the fog would lift.",
    "thing": "The right things say that the well will hold.",
    "decision": "The decision said that the mill would close.",
    "slavery": "Slavery said that the well would never be dry.",
    "rhetoric": "Their rhetoric suggests that the mill will close.",
    "heading": 'On the flyleaf under the heading, "My Pledge," he had written these words: "America must win."',
    "expletive": "There is said to be a well under the mill.",
    "noun in capitals": "Many liked it. The Authorization said that the mill would close.",
    "ordinal": "There were two articles. The second accused him of obstruction.",
    "common noun": "They passed a budget. Budget said that the mill would close.",
    "abbreviation": 'PORTLAND, Ore. - Peter Moss left last week. "I am well," Ore. said.',
    "law": "The Green Harbour Deal says that every ferry must be electric.",
}
SPEAKERS = {
    "percent": ("Only 22 percent said the ferry was on time.", "people"),
    "number": ("About two in ten said they would walk.", "people"),
    "fraction": ("It rained, but a third said the ridge was dry.", "people"),
    "percent of those": ("Ten percent of those who walked said the ridge was dry.", "people"),
    "those asked": ("By wide margins, those surveyed said the ridge was dry.", "people"),
    "majorities": ("Majorities of Liberals in five towns said the ridge was dry.", "Liberals"),
    "counted": ("Some 40 percent of voters said the lamps were too dim.", "voters"),
    "group": ("Two shepherds said the ridge was dry.", "Two shepherds"),
    "document": ("The report said the dam was old.", "report"),
    "rare": ("The bell-ringer said the rope had snapped.", "bell-ringer"),
    "weekday": ("The Harbour campaign on Monday said that the ferry was late.", "Harbour campaign"),
    "one of several": ("One of the shepherds said the ridge was dry.", "shepherds"),
    "one by name": ("One of the shepherds, Ann Lee, said the ridge was dry.", "Ann Lee"),
    "storm in a name": ("The National Hurricane Center said the ridge was dry.", "National Hurricane Center"),
    "town": ("The municipality said the ridge was dry.", "municipality"),
    "name that is a thing": ("Jim Talent met the press. Talent said the ridge was dry.", "Jim Talent"),
    "agent": ("Her employer said the shop would close.", "Her employer"),
}


@pytest.fixture(scope="module")
def speakers(nlp):
    texts = [*NOBODY_SPEAKS.items(), *((name, text) for name, (text, _) in SPEAKERS.items())]
    docs = named_docs(nlp, texts)
    return {doc.doc_id: [quote.speaker.name for quote in find_quotes(doc) if quote.cue] for doc in docs}


@pytest.mark.parametrize("name", NOBODY_SPEAKS)
def test_no_speaker(speakers, name):
    assert not any(speakers[name])


@pytest.mark.parametrize("name", SPEAKERS)
def test_speaker(speakers, name):
    assert speakers[name] == [SPEAKERS[name][1]]


PHRASE_END = re.compile(
    r"\s(?:of|at|for|with|in|from|to|on|who|that|which|by|about|after|before|between)\s|[,;(]|[’']s "
)
QUANTITY = re.compile(r"(?:[\d.,%$]+|percent|half|(?:mon|tues|wednes|thurs|fri|satur|sun)day|morning|evening|night)\Z")
# Heads of sources that a reader of all sources without a name took for no speakers.
HEADS = Path(__file__).with_name("data") / "not_speakers.txt"


def head_of(name):
    """Return the last word of the first part of a source, in lower case and without the s of a plural."""
    words = re.findall(r"[\w%’'-]+", PHRASE_END.split(name)[0].lower())
    last = words[-1] if words else ""
    return last[:-1] if last.endswith("s") and not last.endswith("ss") else last


@pytest.mark.parametrize(
    ("name", "head"), [("strong antipathies of the voters", "antipathie"), ("22 percent", "percent"), ("", "")]
)
def test_the_head_of_a_source(name, head):
    assert head_of(name) == head


@pytest.mark.skipif(not TABLES, reason="NEWSLOOM_DEVELOPMENT names no tables of a run on the development articles")
def test_under_one_statement_in_a_hundred_has_no_speaker():
    """Of the 840 development articles, read once; the sources that are left are in the message."""
    columns = ["speaker", "speaker_type", "n_words"]
    quotes = read_parquet(Path(TABLES) / "quotes.parquet", columns).to_pylist()
    spoken = [row for row in quotes if row["speaker"] and row["n_words"]]
    named = ("person", "organisation", "government")
    unnamed = [row for row in spoken if row["speaker_type"] not in named or row["speaker"][0].islower()]
    heads = {line for line in HEADS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")}
    of_head = ((row["speaker"], head_of(row["speaker"])) for row in unnamed)
    left = Counter(speaker for speaker, head in of_head if head in heads or QUANTITY.match(head))
    assert 0 < left.total() < 0.01 * len(spoken), left.most_common()
