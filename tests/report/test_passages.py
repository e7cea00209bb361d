"""Passages line by line: cuts and additions marked, text escaped, cells that lead to sentences."""

from markupsafe import Markup

from scripts.core.storage import read_parquet, rows_to_table, write_parquet
from scripts.report.evidence import Evidence
from scripts.report.index import Index
from scripts.report.passages import marked_words, passages_block
from scripts.report.store import Store
from tests.report.corpus import row, write_corpus

WORDS = {"unit": "lemma", "pattern": None, "other_languages": False, "window": 5}


def test_long_cuts_and_long_passages_are_shortened():
    assert marked_words("we [-" + "a b c d e f g h i j-] go") == Markup("we <del>a b c … (10 words)</del> go")
    assert marked_words("word " * 100).count("word") == 60 and marked_words("word " * 100).endswith("…")


def test_text_is_escaped():
    assert marked_words("we {+<b>+} [-&-]") == Markup("we <ins>&lt;b&gt;</ins> <del>&amp;</del>")


def made(folder, occurrences, **family):
    """Return the block of one family with occurrences: document, outlet, marked words."""
    tables = write_corpus(folder / "tables", ["Ann", "Bo", "Cy"])
    doc_ids = read_parquet(tables / "documents.parquet", ["doc_id"])["doc_id"].to_pylist()
    reuse = [
        row("quote_reuse", family=1, doc_id=doc_ids[document], sentence=1, outlet=outlet, kind="cut", marked=marked)
        for document, outlet, marked in occurrences
    ]
    families = [row("quote_families", family=1, documents=3, stories=2, text="we will go", **family)] if reuse else []
    for name, rows in (("quote_reuse", reuse), ("quote_families", families)):
        write_parquet(tables / f"{name}.parquet", rows_to_table(name, rows))
    evidence = Evidence(Index(tables, WORDS))
    return passages_block(Store(tables), evidence, 100), evidence, doc_ids


def test_lines_and_outlets(tmp_path):
    block, evidence, doc_ids = made(
        tmp_path,
        [
            (0, "Globe", "we will go"),
            (1, "Post", "we [-will go-]"),
            (2, "Post", "we will [-go-]"),
            (2, "", "we will go"),
        ],
        speakers="Ann; Bo",
        speakers_differ=True,
        negation=1,
        without_second_half="Post",
    )
    (passage,) = block.passages
    facts = ["3 documents", "2 stories", "said by Ann; Bo", "its speakers differ", "a negation differs"]
    assert passage.about == " · ".join([*facts, "second half left out by Post"])
    assert [line.outlet for line in passage.lines] == ["Globe", "Post", "Post", "Cy"]
    assert passage.lines[1].text == Markup("we <del>will go</del>")
    assert block.outlets == ["Globe", "Post"]
    ((name, cells),) = block.rows
    assert name == "1: we will go" and [cell.text for cell in cells] == ["100%", "67%"]
    assert evidence.cited == {doc_id: {1} for doc_id in doc_ids}
    assert cells[1].href == passage.lines[2].href != passage.lines[1].href


def test_no_more_than_eight_lines(tmp_path):
    block, _, _ = made(tmp_path, [(0, "Globe", "we will go")] * 11)
    assert (len(block.passages[0].lines), block.passages[0].more) == (8, 3)


def test_no_passages(tmp_path):
    assert made(tmp_path, [])[0] is None
