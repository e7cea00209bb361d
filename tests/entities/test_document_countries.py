"""The country of a document, of its outlet and of the corpus, from the mentions of countries."""

import numpy as np
import pyarrow as pa
import pytest

from scripts.entities.document_countries import Sources, sources_of
from scripts.entities.occurrences import CONTEXT, OCCURRENCE_COLUMNS, occurrences_of
from tests.entities.made import FACTS


def sources(documents: dict[str, str], *, outlets: str = "", date: str = "2025-03-04") -> Sources:
    """Return the facts of documents, by the countries that each names; `outlets` has the outlet of each, a letter."""
    doc_ids = sorted(documents)
    rows = [(doc_id, name) for doc_id in doc_ids for name in documents[doc_id].split()]
    values = {"doc_id": [doc_id for doc_id, _ in rows], "label": ["GPE"] * len(rows)}
    values |= {column: [name for _, name in rows] for column in ("text", "entity")}
    table = pa.table(
        {name: pa.array(values.get(name, [""] * len(rows)), pa.string()) for name in (*OCCURRENCE_COLUMNS, *CONTEXT)}
    )
    numbers = np.array([doc_ids.index(doc_id) for doc_id, _ in rows], int)
    occurrences, _ = occurrences_of([(table, numbers)])
    named = [outlet.strip() or None for outlet in outlets or " " * len(doc_ids)]
    return sources_of(occurrences, pa.table([doc_ids, named, [date] * len(doc_ids)], schema=FACTS))


def homes(made: Sources) -> list[str]:
    return [made.of(document).home for document in range(len(made.home))]


@pytest.mark.parametrize(("documents", "home"), [(2, ""), (3, "Kenya"), (4, "Kenya")])
def test_an_outlet_is_at_home_where_three_documents_of_it_are(documents, home):
    texts = {f"k{n}": "Kenya" for n in range(documents)} | {f"g{n}": "Ghana" for n in range(6)}
    # In the order of the names: those of Ghana first, which have no outlet.
    made = sources(texts, outlets=" " * 6 + "x" * documents)
    assert homes(made)[6:] == [home] * documents
    assert homes(made)[:6] == [""] * 6
    later = {f"z{n}": "Ghana" for n in range(6)} | {f"k{n}": "Kenya" for n in range(documents)}
    assert homes(sources(later, outlets="x" * documents + " " * 6)) == [home] * documents + [""] * 6


def test_an_outlet_is_not_at_home_in_a_country_that_another_comes_near():
    near = {"a": "Kenya", "b": "Kenya", "c": "Kenya", "d": "Ghana", "e": "Ghana"}
    assert homes(sources(near, outlets="xxxxx")) == [""] * 5
    twice = {**near, "f": "Kenya"}
    assert homes(sources(twice, outlets="xxxxxx")) == ["Kenya"] * 6


def test_a_document_that_names_a_country_often_has_one_vote():
    texts = {"a": "Ghana " * 9, "b": "Kenya", "c": "Kenya Kenya Kenya Ghana"}
    assert homes(sources(texts, outlets="xxx")) == [""] * 3
    assert homes(sources({**texts, "d": "Kenya"}, outlets="xxxx")) == ["Kenya"] * 4


def test_documents_without_an_outlet_are_at_home_where_nearly_all_of_the_corpus_is():
    nearly = {f"k{n}": "Kenya" for n in range(8)} | {"g0": "Ghana", "g1": "Ghana"}
    assert set(homes(sources(nearly))) == {"Kenya"}
    assert set(homes(sources({**nearly, "g2": "Ghana"}))) == {""}
    assert set(homes(sources({"a": "Kenya", "b": "Kenya"}))) == {""}


def test_a_document_is_about_the_country_of_more_than_half_of_its_mentions_two_at_least():
    kenya = {f"k{n}": "Kenya" for n in range(9)}
    for named, about in (
        ("Ghana Ghana", "Ghana"), ("Ghana", "Kenya"), ("Ghana Ghana Togo Togo", "Kenya"), ("", "Kenya"),
    ):  # fmt: skip
        made = sources({"a": named, **kenya}, outlets=" " + "x" * 9)
        assert made.countries[made.about[0]] == about
        assert made.of(0).country() == ("Ghana" if about == "Ghana" else "")
    made = sources({"a": "Ghana Ghana Togo Togo Togo"})
    assert made.of(0).country() == "Togo"
    assert made.of(0).country(frozenset(["Ghana"])) == "Ghana"
    assert made.of(0).country(frozenset(["Kenya"])) == ""


@pytest.mark.parametrize(("documents", "others", "home"), [(10, 0, "Kenya"), (9, 0, ""), (12, 4, "Kenya"), (12, 5, "")])
def test_an_outlet_is_at_home_where_its_regions_are_though_it_names_other_countries(documents, others, home):
    texts = {f"a{n:02}": "Mombasa" for n in range(documents)} | {f"b{n}": "Karachi" for n in range(others)}
    abroad = dict(zip((f"c{n}" for n in range(6)), ["Togo", "Togo", "Ghana", "Ghana", "Peru", "Peru"], strict=True))
    made = sources({**texts, **abroad}, outlets="x" * (documents + others + 6))
    assert set(homes(made)) == {home}


def test_regions_tell_the_country_of_a_document_that_no_country_tells():
    made = sources({"a": "Mombasa Kisumu", "b": "Mombasa Kisumu Togo Togo Togo", "c": "Mombasa Kisumu Togo Ghana Peru"})
    assert [made.of(at).country() for at in range(3)] == ["Kenya", "Togo", ""]
    assert made.of(0).country(frozenset(["Ghana"])) == "" and made.of(0).country(frozenset(["Kenya"])) == "Kenya"
    assert [made.countries[at] if at >= 0 else "" for at in made.about.tolist()] == ["Kenya", "Togo", ""]


def test_outlets_and_days():
    made = sources({"a": "Kenya", "b": "Kenya", "c": "Kenya", "d": "Kenya"}, outlets="x xy")
    assert made.outlet[0] == made.outlet[2] >= 0
    assert sources({"a": "Kenya"}).outlet[0] < 0
    assert made.outlet[3] not in (made.outlet[0], made.outlet[1]) and made.outlet[1] < 0
    assert set(made.day.tolist()) == {739314}
    assert set(sources({"a": "Kenya"}, date="2025").day.tolist()) == {0}
    assert set(sources({"a": "Kenya"}, date="2025-03-04T10:00:00").day.tolist()) == {739314}
