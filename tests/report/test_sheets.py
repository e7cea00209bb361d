"""Tables in the page's data: every row, and how each column is shown and where it leads."""

import pytest

from scripts.report.sheets import sheet_block
from scripts.report.store import Store
from scripts.report.tables import sheet
from scripts.report.views import make_view
from tests.report.blocks import read_block
from tests.report.corpus import write_tables


@pytest.fixture
def block(tmp_path):
    def of(view, rows, names=(), words=()):
        tables = {"documents": [{"doc_id": "a"}, {"doc_id": "b"}], view.table: rows}
        write_tables(tmp_path, **tables)
        view_sheet = sheet(view, Store(tmp_path))
        numbers = ({text: at for at, text in enumerate(texts)} for texts in (names, words))
        return read_block(sheet_block(view_sheet, {"a": 0, "b": 1}, *numbers))

    return of


def kinds(facts):
    return [column["kind"] for column in facts["columns"]]


def test_a_share_has_ends_and_a_link_its_key(block):
    opens = {"rows_of": "quotes", "by": ["speaker"], "and": {"type": "direct"}}
    view = make_view(
        "speakers", {"columns": {"speaker": {}, "n_quotes": {"opens": opens}, "share": {"ends": ["lo", "hi"]}}}
    )
    speakers = [
        {"speaker": name, "n_quotes": n, "share": 0.5, "lo": 0.1, "hi": 0.9} for name, n in (("x", 3), ("y", 1))
    ]
    facts, columns = block(view, speakers, names=["y", "x"])
    assert (facts["rows"], facts["total"]) == (2, 2)
    assert facts["columns"] == [
        {"kind": "text", "of": ["speaker"]},
        {"kind": "int", "of": ["n_quotes"], "key": ["speaker"], "table": "quotes", "there": ["speaker", "type"],
         "constant": ["direct"]},
        {"kind": "share", "of": ["share"]},
        {"kind": "share ends", "of": ["lo", "hi"]},
    ]  # fmt: skip
    assert columns == {"speaker": [1, 0], "n_quotes": [3, 1], "share": [0.5] * 2, "lo": [0.1] * 2, "hi": [0.9] * 2}


def test_a_difference_of_shares_is_in_points(block):
    frames = [{"scheme": "g", "frame": "war", "share": 0.5, "estimate": -0.1, "lo": -0.2, "hi": 0.1}]
    facts, _ = block(
        make_view("frame_contrasts", {"columns": {"share": {}, "estimate": {"ends": ["lo", "hi"]}}}), frames
    )
    assert kinds(facts) == ["share", "points", "points ends"]


def test_a_sentence_brings_its_document_by_number_from_one(block):
    codes = [
        {"doc_id": d, "sentence": s, "scheme": "g", "frame": "war", "negated": s > 3} for d, s in (("b", 4), ("a", 0))
    ]
    facts, columns = block(make_view("frame_codes", {"columns": {"sentence": {}, "frame": {}, "negated": {}}}), codes)
    assert kinds(facts) == ["sentence", "frame", "bool"]
    assert columns == {"doc_id": [2, 1], "sentence": [4, 0], "frame": ["war"] * 2, "negated": [1, 0]}
    pairs = [{"doc_id": "a", "other": "b", "estimate": 0.5}, {"doc_id": "b", "other": "gone", "estimate": 0.25}]
    facts, columns = block(make_view("similarity", {"columns": {"doc_id": {}, "other": {}, "estimate": {}}}), pairs)
    assert kinds(facts)[:2] == ["document", "document"]
    assert (columns["doc_id"], columns["other"]) == ([1, 2], [2, 0])


def test_probabilities_and_other_numbers(block):
    words = [{"column": "outlet", "target": "Globe", "word": "tax", "estimate": 1.5, "lo": 1.0, "hi": 2.0, "q": 0.01}]
    facts, columns = block(
        make_view("keyness", {"columns": {"word": {}, "estimate": {"ends": ["lo", "hi"]}, "q": {}}}),
        words,
        names=["law"],
    )
    assert kinds(facts) == ["text", "number", "ends", "probability"]
    assert (columns["word"], columns["q"]) == (["tax"], [0.01])


def test_a_group_brings_the_column_that_it_is_a_value_of(block):
    words = [
        {"column": "doc_id", "target": "b", "reference": "r", "word": "tax", "count_target": n, "p": None}
        for n in (1, 2)
    ]
    facts, columns = block(
        make_view("keyness", {"columns": {"target": {}, "word": {}, "count_target": {}, "estimate": {}}}), words
    )
    assert kinds(facts) == ["group", "text", "int", "number"]
    assert (columns["column"], columns["target"]) == (["doc_id"] * 2, ["b"] * 2)
    alone, columns = block(make_view("keyness", {"name": "words alone", "columns": {"word": {}}}), words)
    assert (kinds(alone), list(columns)) == (["text"], ["word"])


def test_names_that_the_corpus_has_are_its_numbers_and_others_are_texts(block):
    speakers = [{"speaker": name, "role": role} for name, role in (("x", "chair"), ("y", None), ("x", "chair"))]
    for names, coding in ((["y", "x", "z"], [1, 0, 1]), (["x"], ["x", "y", "x"])):
        _, columns = block(
            make_view("speakers", {"name": str(names), "columns": {"speaker": {}, "role": {}}}), speakers, names=names
        )
        assert columns == {"speaker": coding, "role": ["chair", "", "chair"]}


def test_intervals_of_other_numbers_than_shares_are_ends(block):
    entities = [{"name": "x", "estimate": 2.0, "lo": 1.0, "hi": 3.0}]
    facts, _ = block(
        make_view("entities_corpus", {"columns": {"name": {}, "estimate": {"ends": ["lo", "hi"]}}}), entities
    )
    assert kinds(facts) == ["text", "number", "ends"]


def test_words_are_numbers_of_the_vocabulary_where_all_are_in_it(block):
    view = make_view("frequencies", {"columns": {"word": {}, "count": {}}})
    counts = [{"word": word, "count": 9} for word in ("tariff", "tax", "vote", "wall", "war")]
    words = [row["word"] for row in counts]
    assert block(view, counts, words=["gone", *words])[1]["word"] == [1, 2, 3, 4, 5]
    assert block(view, counts, words=["gone", *words[1:]])[1]["word"] == words
