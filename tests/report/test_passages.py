"""Passages line by line: cuts and additions marked, text escaped, cells that lead to sentences."""

from markupsafe import Markup

from scripts.core.anchors import sentence_anchor
from scripts.core.storage import read_parquet, rows_to_table, write_parquet
from scripts.report.passages import marked_words, passages_block
from scripts.report.store import Store
from tests.report.corpus import row, write_corpus, write_tables


def test_long_cuts_and_long_passages_are_shortened():
    assert marked_words("we [-" + "a b c d e f g h i j-] go") == Markup("we <del>a b c … (10 words)</del> go")
    assert marked_words("we [-" + "a b c d e f g h i-] go") == Markup("we <del>a b c d e f g h i</del> go")
    assert marked_words("we {+" + "a b c d e f g h i j+}") == Markup("we <ins>a b c d e f g h i j</ins>")
    assert marked_words(" ".join(["word"] * 61)) == Markup(" ".join(["word"] * 60) + " …")
    assert marked_words(" ".join(["word"] * 60)) == Markup(" ".join(["word"] * 60))
    assert marked_words(" ".join(["word"] * 60) + " {+more+}") == Markup(" ".join(["word"] * 60) + " …")
    assert marked_words(" ".join(["word"] * 59) + " {+more+}").endswith("word <ins>more</ins>")
    assert marked_words("[-a b c d e f g h i j-] " + " ".join(["word"] * 57)).count("word") == 57
    assert marked_words("[-a b c d e f g h i j-] " + " ".join(["word"] * 56)).endswith("word")
    assert marked_words("x" * 40 + " " + "y" * 41) == Markup("x" * 40 + " " + "y" * 39 + "…")


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
    write_tables(tables, quote_reuse=reuse, quote_families=families)
    return passages_block(Store(tables)), doc_ids


def test_lines_and_outlets(tmp_path):
    block, doc_ids = made(
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
    facts = ["3 documents", "2 without copies", "said by Ann; Bo", "its speakers differ", "a negation differs"]
    assert passage.about == " · ".join([*facts, "second half left out by Post"])
    assert [line.outlet for line in passage.lines] == ["Globe", "Post", "Post", "Cy"]
    assert passage.lines[1].text == Markup("we <del>will go</del>")
    assert block.outlets == ["Globe", "Post"]
    ((name, cells),) = block.rows
    assert name == "1: we will go" and [cell.text for cell in cells] == ["100%", "67%"]
    assert [line.place for line in passage.lines] == [sentence_anchor(doc_ids[at], 1) for at in (0, 1, 2, 2)]
    assert cells[1].place == passage.lines[2].place


def test_a_reference_form_that_may_be_the_altered_one_is_told(tmp_path):
    for reason, is_unknown in (("unknown", True), ("earliest", False)):
        block, *_ = made(tmp_path / reason, [(0, "Globe", "we will go"), (1, "Post", "we go")], reference=reason)
        assert ("nothing shows which form came first" in block.passages[0].about) == is_unknown


def test_the_share_of_a_word_or_of_nothing(tmp_path):
    block, *_ = made(tmp_path, [(0, "Globe", "go"), (1, "Post", "")])
    assert [cell.text for cell in block.rows[0][1]] == ["100%", "0%"]


def test_no_more_than_eight_lines(tmp_path):
    block, _ = made(tmp_path, [(0, "Globe", "we will go")] * 11)
    assert (len(block.passages[0].lines), block.passages[0].more) == (8, 3)


def test_two_passages_have_lines_and_no_more_than_eight_stand_beside_as_many_outlets(tmp_path):
    tables = write_corpus(tmp_path, ["Ann"])
    (doc_id,) = read_parquet(tables / "documents.parquet", ["doc_id"])["doc_id"].to_pylist()
    reuse = [
        row("quote_reuse", family=number, doc_id=doc_id, outlet=f"outlet {at}", kind="exact", marked="we will go")
        for number in range(10)
        for at in range(10 - number)
    ]
    families = [row("quote_families", family=number, documents=1, stories=1, text="w" * 61) for number in range(10)]
    write_tables(tables, quote_reuse=reuse, quote_families=families)
    block = passages_block(Store(tables))
    assert [passage.number for passage in block.passages] == [0, 1]
    assert block.outlets == [f"outlet {at}" for at in range(8)]
    assert [name for name, _ in block.rows] == [f"{number}: {'w' * 59}…" for number in range(8)]
    assert [len(passage.lines) + passage.more for passage in block.passages] == [10, 9]
    assert [cell.text for cell in block.rows[7][1]] == ["100%"] * 3 + [""] * 5


def test_a_line_says_who_speaks_how_it_differs_and_whether_it_is_a_copy(tmp_path):
    tables = write_corpus(tmp_path, ["Ann"])
    (doc_id,) = read_parquet(tables / "documents.parquet", ["doc_id"])["doc_id"].to_pylist()
    lines = [
        {"outlet": "o" * 41, "speaker": "Bo", "kind": "altered", "copy_of": "a", "date": "2024-01-02"},
        {"outlet": "p" * 40, "speaker": None, "kind": "reference", "copy_of": None},
    ]
    reuse = [row("quote_reuse", family=1, doc_id=doc_id, marked="we go", **each) for each in lines]
    family = {"documents": 1, "stories": 1, "speakers": "s" * 101, "number": 1, "hidden": 1, "text": "we go"}
    write_tables(tables, quote_reuse=reuse, quote_families=[row("quote_families", family=1, **family)])
    (passage,) = passages_block(Store(tables)).passages
    assert passage.about == (f"1 document · said by {'s' * 99}… · a number differs · an ellipsis hides words")
    assert [(line.outlet, line.speaker, line.date) for line in passage.lines] == [
        ("o" * 39 + "…", "Bo, words changed, copy of a text above", "2024-01-02"),
        ("p" * 40, "the reference form", ""),
    ]


def test_families_without_occurrences_are_no_passages(tmp_path):
    made(tmp_path, [(0, "Globe", "we will go")])
    for name in ("quote_reuse", "quote_families"):
        tables = tmp_path / "tables"
        table = (tables / f"{name}.parquet").read_bytes()
        write_parquet(tables / f"{name}.parquet", rows_to_table(name, []))
        assert passages_block(Store(tables)) is None
        (tables / f"{name}.parquet").write_bytes(table)


def test_no_passages(tmp_path):
    assert made(tmp_path, [])[0] is None
