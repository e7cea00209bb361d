"""sheets.js, marked.js, tables.js, figures.js, rows.js and titles.js: cells, orders, amounts, links and titles."""

import pytest

from scripts.report.corpus.blocks import corpus_blocks
from scripts.report.payload import inert
from scripts.report.sheets import sheet_block
from scripts.report.store import Store
from scripts.report.tables import TableView, build, sheet
from scripts.report.views import views
from tests.report.blocks import STATISTICS, WORDS
from tests.report.corpus import HOSTILE, NAMES, write_corpus
from tests.report.js.node import needs_node, packed, run

pytestmark = needs_node

PEOPLE = [*NAMES, *HOSTILE[:5]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_corpus(tmp_path_factory.mktemp("tables"), PEOPLE)


@pytest.fixture(scope="module")
def made(folder):
    return corpus_blocks(folder, {"group": ["A"] * len(PEOPLE)}, WORDS, STATISTICS)


CELLS = """async ({ corpus: packed, tables }) => {
    const corpus = await corpusFrom(packed), shown = {};
    for (const [key, text] of Object.entries(tables)) {
        const { rows, columns } = sheetOf(corpus, await unpacked(text, corpus));
        shown[key] = allRows(rows).map((row) => columns.map((column) => column.text(row)));
    }
    return shown;
}"""


def sheets(folder) -> tuple[dict[str, TableView], Store]:
    store = Store(folder)
    made = {view.key: sheet(view, store) for view in views() if not view.marks}
    return {key: each for key, each in made.items() if len(each.rows)}, store


def test_every_cell_of_every_table_reads_the_same_with_javascript_and_without(folder, made):
    tables, store = sheets(folder)
    doc_ids = store.load("documents", "doc_id")["doc_id"]
    numbers = {doc_id: number for number, doc_id in enumerate(doc_ids)}
    names, words = ({text: at for at, text in reversed([*enumerate(texts)])} for texts in (made.names, made.words))
    blocks = {key: inert(sheet_block(each, numbers, names, words)) for key, each in tables.items()}
    shown = run(CELLS, {"corpus": packed(made), "tables": blocks})
    assert len(shown) > 40
    for key, each in tables.items():
        table = build(each.view, store)
        assert table is not None
        written = [[cell.text for cell in row] for row in table.rows]
        assert shown[key][: len(written)] == written, key
    assert sum(len(rows) for rows in shown.values()) > 300


def test_rows_are_sorted_with_those_without_a_value_last():
    script = """({ keys, numeric, down }) => {
        const column = { value: (row) => keys[row] };
        return sortedRows([...keys.keys()], column, numeric, down).map((row) => keys[row]);
    }"""
    texts = ["b", "", "a10", "a9", "é", "A", ""]
    assert run(script, {"keys": texts, "numeric": False, "down": False}) == ["A", "a9", "a10", "b", "é", "", ""]
    assert run(script, {"keys": texts, "numeric": False, "down": True}) == ["é", "b", "a10", "a9", "A", "", ""]
    numbers = ["2", "", "10", "-1.5", "1e-3 to 2"]
    rising = ["-1.5", "1e-3 to 2", "2", "10", ""]
    assert run(script, {"keys": numbers, "numeric": True, "down": False}) == rising
    assert run(script, {"keys": numbers, "numeric": True, "down": True}) == [*rising[3::-1], ""]


def test_a_filter_takes_all_of_its_words():
    script = "([texts, filter]) => rowsWith(texts, filter)"
    texts = ["jo gray 12", "bo lee 12", "jo lee"]
    assert [run(script, [texts, words]) for words in ("JO", "lee 12", "  ", "x")] == [[0, 2], [1], [0, 1, 2], []]


def test_saved_rows_are_safe_in_a_spreadsheet():
    lines = run("""() => {
        const columns = [["=1", "a,b"], ["-2", "x"]].map((values) => ({ value: (row) => values[row] }));
        return csvLines(columns, ["name", "n"], [false, true], [0, 1]);
    }""")
    assert lines == [["name", "n"], ["'=1", "-2"], ['"a,b"', "x"]]


def test_marks_come_the_heaviest_first(made):
    script = """async (packed) => {
        const corpus = await corpusFrom(packed);
        return Object.keys(MARK_TABLES).map((table) => {
            const { rows, columns } = sheetOfMarks(corpus, table, ["doc_id", "sentence", "speaker"].filter((field) =>
                field !== "speaker" || table !== "mentions"));
            return [table, rows, allRows(rows).map((row) => columns.at(-1).value(row))];
        });
    }"""
    shown = {table: (rows, values) for table, rows, values in run(script, packed(made))}
    assert {table: rows for table, (rows, _) in shown.items()} == {
        "statements": len(PEOPLE),
        "unattributed": 0,
        "sources": len(PEOPLE),
        "mentions": 2 * len(PEOPLE),
        "codes": len(PEOPLE),
    }
    names = run("(names) => names.sort((a, b) => (a < b ? -1 : 1))", PEOPLE)
    assert shown["statements"][1] == names


def test_amounts_are_counted_by_unit():
    counted = run("""() => {
        const hits = [[{}, 0, 1, 5, 2, 7], [{}, 3, 1, 4, 0, 7], [{}, 9, 1, 1, 1, undefined]];
        const places = [[0, 0], [0, 1], [1, 1]].map(([document, sentence]) => ({ document, sentence }));
        return [Object.fromEntries(Object.keys(AMOUNTS).map((unit) => [unit, AMOUNTS[unit](hits, places)])),
            tally(hits, places, "statement", "rows"), tally(hits, places, "statement", "quoted"),
            tally(hits, places, "sentence", "sentences"), tally(hits, places, "document", "rows")];
    }""")
    amounts = {"rows": 3, "sentences": 3, "documents": 2, "words": 10, "quoted": 3, "reported": 7}
    assert counted == [
        {**amounts, "all sentences": 3, "values": 1, "speakers": 1, "outlets": 1},
        "3 statements: 3 sentences, 2 documents",
        "3 words in quotation marks: 3 statements, 3 sentences, 2 documents",
        "3 sentences: 2 documents",
        "3 documents",
    ]


TITLES = {
    ("quotes", "speaker", "Jo"): "Statements of Jo",
    ("quotes", "speaker side", "Jo documents"): "Statements of Jo · documents",
    ("frame_codes", "scheme frame speaker", "generic human_interest Jo"): "Cues of human interest · generic · Jo",
    ("tokens of a group", "word column group side", "tax outlet A reference"): "“tax” in all groups but A",
    ("tokens of a group", "word column group side", "tax doc_id d1 target"): "“tax” in Title",
    ("words of a speaker", "word speaker side", "tax Jo reference"): "“tax” in statements of all but Jo",
    ("documents of a group", "value by", "d1 doc_id"): "Title",
    ("documents of a group", "value by", "A outlet"): "Documents: A",
    ("documents of a group", "value side", "A reference"): "Documents: all groups but A",
    ("statements of a group", "value side", "A anybody"): "Statements in A · with or without a known speaker",
    ("frame_codes", "scheme frame group but", "generic war (the~others) A"): "Cues of war · generic · all groups but A",
    ("refusals", "speaker group", "Jo (all)"): "Refusals of Jo to speak",
    ("quote_reuse", "family side", "1 stories"): "Occurrences of passage 1 · without copies",
    ("entity_mentions", "name side", "Jo quoted"): "Mentions of Jo · within statements",
    ("quote_sources", "attribute value group side", "kind expert (all) total"): "Statements",
    ("quote_sources", "attribute value measure", "party kind first"): "Statements · party · kind · first",
    # The total of a share of doubting statements is all statements of the kind.
    ("quote_sources", "attribute value group measure side", "kind expert A doubting total"): "Statements · expert · A",
    ("quote_sources", "attribute value origin", "kind expert wire"): "Statements · expert · wire copy",
    ("sentences", "ngram", "tax"): "“tax”",
}


@pytest.mark.parametrize("key", TITLES)
def test_a_list_has_the_title_of_its_key(key):
    table, columns, values = key
    script = """(key) => listTitle({ docId: ["d1"], title: ["Title"] }, ...key)"""
    assert run(script, [table, columns.split(), [value.replace("~", " ") for value in values.split()]]) == TITLES[key]


def test_a_name_in_a_figure_leads_where_its_one_row_leads():
    script = """(texts) => {
        const names = ["Jo Gray", "Bo Lee", "Bo Lee", "Joan"], counts = ["3", "1,200", "5", "3"];
        const columns = [
            { text: (row) => names[row], value: (row) => names[row], href: (row) => `#${row}` },
            { text: (row) => counts[row], href: (row) => `#n${row}`, numeric: true },
        ];
        const corpus = { groups: new Map([["group", ["A", "A", "B"]]]) }, sheet = { rows: 4, columns };
        return texts.map((text) => figureLink(corpus, sheet, linksOf(sheet, ["text", "int"]).texts, text));
    }"""
    texts = ["Jo Gray", "Bo Lee", "Jo G…", "Jo…", "Jo Gray (3)", "Bo Lee (1,200)", "3", "12%", "nobody"]
    assert run(script, texts) == ["#0", "", "#0", "", "#n0", "#n1", "", "", ""]
    assert "documents%20of%20a%20group" in run(script, ["A (2)"])[0]


def test_a_label_that_stands_for_a_row_leads_where_the_counts_of_the_row_do():
    script = """(rows) => {
        const text = (at) => (row) => rows[row][at];
        const columns = [0, 1].map((at) => ({ text: text(at), value: text(at), href: () => "" }));
        columns.push({ text: () => "3", value: () => "3", href: (row) => rows[row][2], numeric: true });
        return Object.fromEntries(linksOf({ rows: rows.length, columns }, ["text", "text", "int"]).rows);
    }"""
    rows = [["generic", "war", "#1"], ["generic", "tax", ""], ["own", "war", "#2"], ["own", "war", "#3"]]
    assert run(script, rows) == {"generic": "#1", "generic · war": "#1", "own": "", "own · war": ""}


@pytest.mark.parametrize(
    ("text", "numeric", "kind"),
    [("Jo", False, ""), ("12", True, "num"), ("a-b", False, "short"), ("word " * 13, False, "wide"),
     ("x" * 24, False, ""), ("a " + "x" * 25, False, "long"), ("x" * 61, False, "wide long")],
)  # fmt: skip
def test_a_cell_with_a_long_word_may_break_it(text, numeric, kind):
    assert run("([text, numeric]) => cellClass({ numeric }, text)", [text, numeric]) == kind
