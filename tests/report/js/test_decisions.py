"""decisions.js keeps a reader's corrections and writes the sheet that the pipeline reads."""

import csv
import io

from scripts.core.csv_tables import unescape_cell
from scripts.review.conflicts import conflicts
from scripts.review.decisions import DECISION_COLUMNS, parse_decision
from tests.report.corpus import HOSTILE
from tests.report.js.node import needs_node, run

pytestmark = needs_node


def decision(kind="speaker", start="3", old="A", new="B", **others):
    values = {
        "doc_id": "d1",
        "text_sha256": "0" * 64,
        "start": start,
        "end": "99",
        "what": kind,
        "old": old,
        "new": new,
    }
    return {**values, "who": "x", "date": "2024-01-02", "note": "", "context": "", **others}


SCOPE = {"doc_id": "*", "text_sha256": "", "start": "", "end": ""}
WHATS = ("speaker", "type", "reject_quote", "add_quote", "label", "entity", "reject_name", "reject_frame", "merge")


def new_value(kind, at):
    """Return the first or second of two values that a decision of a kind may have."""
    return ("PERSON", "ORG")[at] if kind == "label" else ("direct", "mixed")[at]


def test_hostile_texts_go_through_the_sheet_and_back():
    texts = [*HOSTILE, "a\nb", "a\r\nb", 'say "x"', "'=1", "a;b\tc", "-1"]
    made = [decision(old=text, new=f"={text}", start=str(at)) for at, text in enumerate(texts)]
    text, back = run(
        """(made) => {
            const text = sheetOfDecisions(made).map((line) => `${line.join(",")}\\n`).join("");
            return [text, decisionsOfSheet(text)];
        }""",
        made,
    )
    stripped = [{name: value.strip() for name, value in each.items()} for each in made]
    assert back == {"read": stripped, "unread": 0}
    heads, *rows = csv.reader(io.StringIO(text, newline=""))
    assert heads == list(DECISION_COLUMNS)
    cells = [dict(zip(heads, map(unescape_cell, row), strict=True)) for row in rows]
    assert [{name: value.strip() for name, value in each.items()} for each in cells] == stripped
    assert not any(cell[:1] in "=+@|%\t\r\n" for row in rows for cell in row if cell)
    assert [parse_decision("c.csv", 2, each).new for each in cells] == [each["new"] for each in stripped]


def test_decisions_are_opposed_where_the_pipeline_says_they_conflict():
    # Merges are resolved over all rows of all sheets, which the page does not have.
    kinds = [kind for kind in WHATS if kind not in ("merge", "apart")]
    pairs = [
        (decision(first, new=new_value(first, 0)), decision(second, new=new_value(second, 1), **place))
        for first in kinds
        for second in kinds
        for place in ({}, {"start": "4"}, {"old": "Z"})
    ]
    parsed = [
        [parse_decision("c.csv", at, each) for at, each in enumerate(pair)]
        for pair in pairs
    ]  # fmt: skip
    expected = [len(conflicts(pair)) == 2 for pair in parsed]
    assert 20 < sum(expected) < len(expected) - 20
    assert run("(pairs) => pairs.map((pair) => opposed(...pair))", pairs) == expected


def test_decisions_on_names_are_opposed_where_the_pipeline_says_so_of_the_two_alone():
    pairs = [
        (decision(first, **names, **SCOPE), decision(second, **others, **SCOPE))
        for first in ("merge", "apart")
        for second in ("merge", "apart")
        for names in ({"old": "A", "new": "B"}, {"old": "B", "new": "A"})
        for others in ({"old": "A", "new": "B"}, {"old": "A", "new": "C"}, {"old": "C", "new": "D"})
        if (first, names) != (second, others) and not (first == second == "apart" and names["new"] == "A")
    ]
    expected = [
        len(conflicts([parse_decision("c.csv", at, each) for at, each in enumerate(pair)])) == 2 for pair in pairs
    ]
    assert 3 < sum(expected) < len(expected) - 3
    assert run("(pairs) => pairs.map((pair) => opposed(...pair))", pairs) == expected
    elsewhere = [decision("merge", **SCOPE), decision("merge", new="C", **SCOPE | {"doc_id": "d1"})]
    assert run("(pair) => opposed(...pair)", elsewhere) is False


def test_a_name_of_nobody_is_of_one_article():
    pairs = [["Lee", "Ann Lee"], ["media", "unnamed media"], ["Lee", "Lee (Ann or Bo)"], ["", ""]]
    scopes = run("(pairs) => pairs.map((pair) => scopesOf(...pair).map(([scope]) => scope))", pairs)
    assert scopes == [["article", "corpus"], ["article"], ["article"], []]


def test_a_decision_replaces_what_it_contradicts_and_one_without_a_change_takes_it_back():
    first, second, typed = decision(new="B"), decision(new="C"), decision("type", old="direct", new="mixed")
    unchanged, rejecting = decision(new="A"), decision("reject_quote", new="A")
    script = "(made) => made.reduce(withDecision, [])"
    assert run(script, [first, typed, second]) == [typed, second]
    assert run(script, [first, typed, unchanged]) == [typed]
    assert run(script, [first, typed, rejecting]) == [rejecting]


def test_a_sheet_is_added_without_what_is_known_and_what_contradicts():
    known = decision()
    read = [{**known, "who": "another"}, decision(new="C"), decision("label", old="ORG", new="GPE")]
    assert run("([known, read]) => withSheet([known], read)", [known, read]) == {
        "together": [known, read[2]],
        "added": 1,
        "differing": 1,
    }


def test_a_sheet_is_read_by_its_heads_whatever_their_order():
    text = "New;What ;text_sha256\nB;Reject Quote;" + "0" * 64 + "\nB;nonsense;1\n"
    back = run("decisionsOfSheet", text)
    assert [(each["what"], each["new"], each["doc_id"]) for each in back["read"]] == [("reject_quote", "B", "")]
    assert back["unread"] == 1
    assert run("decisionsOfSheet", "a,b\n1,2\n") is None and run("decisionsOfSheet", "") is None


def test_no_date_of_an_article_is_suggested_as_a_name():
    script = """() => namesInArticle({
        corpus: { names: ["March", "Ann Lee", "Rome"], labels: ["DATE", "PERSON", "GPE"].map((label) => ({ label })) },
        part: { document: 4, documentToken: [0, 9, 12], own: { mention: new Map() },
            mentions: { first: [1, 3, 10], name: [0, 1, 2], label: [0, 1, 2] } },
        row: 4,
    })"""
    assert run(script) == ["Ann Lee"]
