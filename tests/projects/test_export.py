"""The project for other tools: valid by the published schema, the same bytes, and back again with equal offsets."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from scripts.core.storage import read_parquet
from scripts.projects.decisions import project_decisions
from scripts.projects.export import read_marked_documents, write_project
from scripts.projects.places import place
from scripts.projects.positions import READINGS, PositionReading
from scripts.projects.qdpx import read_project
from tests.made_projects import NAMESPACE, SCHEMA, exported, frame, in_windows, members, name, statement

TEXT = "\U0001d4b3 e\u0301 said:\n“We will act.”\n\nAnn\u200d blames the other side.\n"
MARKS = [statement("\U0001d4b3 é", (11, 25)), name("PERSON", "Ann", 27, 30), frame("conflict", 32, 38)]


@pytest.fixture(scope="module")
def made(tables: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the project of the corpus of hostile documents."""
    folder = tmp_path_factory.mktemp("project")
    documents = read_marked_documents(tables, {})
    speakers = {"Lin Jian": {"speaker_type": "person", "role": "<spokesman>", "kind": "official"}}
    for path in (folder / "a.qdpx", folder / "b.qdpx"):
        write_project(path, documents, speakers, {}, title="News & views")
    assert (folder / "a.qdpx").read_bytes() == (folder / "b.qdpx").read_bytes()
    return (folder / "a.qdpx").read_bytes()


def test_it_is_valid_by_the_published_schema(made: bytes) -> None:
    SCHEMA.assertValid(etree.fromstring(members(made)["project.qde"]))


def test_the_schema_notices_a_fault(made: bytes) -> None:
    broken = members(made)["project.qde"].replace(b"isCodable", b"isCoded")
    assert not SCHEMA.validate(etree.fromstring(broken))


def test_all_references_lead_to_something(made: bytes) -> None:
    root = etree.fromstring(members(made)["project.qde"])
    guids = [element.get("guid") for element in root.iter() if element.get("guid")]
    assert len(guids) == len(set(guids))
    targets = {element.get("targetGUID") for element in root.iter() if element.get("targetGUID")}
    assert targets <= set(guids)
    texts = {name for name in members(made) if name.startswith("sources/")}
    paths = [element.get("plainTextPath") for element in root.iter(f"{{{NAMESPACE}}}TextSource")]
    assert {path.replace("internal://", "sources/") for path in paths} == texts


def test_statements_are_cases_with_variables_and_notes_with_rule_and_confidence(made: bytes) -> None:
    root = etree.fromstring(members(made)["project.qde"])
    space = {"q": NAMESPACE}
    (case,) = root.xpath("//q:Case[@name='Lin Jian'][q:SelectionRef]", namespaces=space)
    assert "<spokesman>" in case.xpath(".//q:TextValue/text()", namespaces=space)
    (outlet,) = root.xpath("//q:Case[@name='Lin Jian'][q:SourceRef]", namespaces=space)
    assert len(outlet.xpath("q:SourceRef", namespaces=space)) == 1
    notes = root.xpath("//q:Note/q:PlainTextContent/text()", namespaces=space)
    assert any(re.fullmatch(r"rule: Lin Jian; confidence: 0.90; .*", note) for note in notes)


def test_what_comes_back_unchanged_changes_nothing(made: bytes, tables: Path) -> None:
    project = read_project("p.qdpx", made)
    texts = {row["doc_id"]: row["text"] for row in read_parquet(tables / "documents.parquet").to_pylist()}
    for source in project.sources:
        placed = place(source, origin=project.origin)
        assert placed.record is not None and placed.text == texts[placed.record.doc_id]
        spans = {(*span, code) for mark in placed.record.marks for span in mark.spans for code in mark.codes}
        assert {(each.start, each.end, each.code) for each in placed.codings} == spans
    assert project_decisions("p.qdpx", project) == ([], [])


# Line ends, characters of two UTF-16 units, combining marks, joiners.
TEXTS = st.text(st.sampled_from("\n\nab \U0001d4b3\U0001f600e\u0301\u0327\u200d“"), min_size=6, max_size=80)
PLACES = st.integers(0, 80)


@settings(max_examples=60)
@example("aa\U0001d4b3a\na", READINGS[2], [(0, 3), (0, 4)])
@given(TEXTS, st.sampled_from(READINGS), st.lists(st.tuples(PLACES, PLACES), min_size=1, max_size=4))
def test_offsets_come_back_equal_from_a_tool_that_counts_otherwise(
    tmp_path_factory: pytest.TempPathFactory, text: str, reading: PositionReading, places: list[tuple[int, int]]
) -> None:
    bounds = ((min(place), min(len(text), max(place))) for place in places)
    spans = list(dict.fromkeys((start, end) for start, end in bounds if start < end))
    marks = [frame("conflict", *span) for span in spans]
    sent = exported(tmp_path_factory.mktemp("sent") / "p.qdpx", {"a.txt": (text, marks)})
    for back in (sent, in_windows(sent, reading)):
        SCHEMA.assertValid(etree.fromstring(members(back)["project.qde"]))
        project = read_project("p.qdpx", back)
        placed = place(project.sources[0], origin=project.origin)
        assert placed.record is not None and placed.text == text
        assert sorted((each.start, each.end) for each in placed.codings) == sorted(spans)
        assert project_decisions("p.qdpx", project) == ([], [])
