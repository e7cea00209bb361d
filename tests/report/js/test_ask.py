"""The page counts what is chosen as the pipeline counts a view: every number of twenty choices, and of two sides."""

import json
import math
from base64 import b64decode
from itertools import pairwise
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from scripts.report.choices.paragraph import view_paragraph
from scripts.report.choices.results import view_tables
from scripts.report.choices.view_files import parse_view
from scripts.report.corpus.blocks import corpus_blocks
from tests.report.blocks import STATISTICS, WORDS
from tests.report.choices.made import CHOICES, random_choices
from tests.report.js.node import needs_node, packed, run

pytestmark = needs_node
SETTINGS = {"words": WORDS, **STATISTICS}
CURVES = [
    {"what": kind, "value": value}
    for kind, value in (
        ("words", "tax | the peace"),
        ("name", "Paris"),
        ("speaker", "Ann Lee"),
        ("kind", "expert"),
        ("frame", "conflict"),
        ("speaker", "Nobody"),
    )
]
EMPTY = {"choose": {"words": "nothing like this"}, "against": "others"}
MIXED = {"choose": {"groups": ["Globe"], "words": "tax", "take": "sentences"}, "against": {"groups": ["Post"]}}
VIEWS = [
    *({"choose": choice} for choice in CHOICES),
    *({"choose": choice, "against": "others"} for choice in CHOICES[1:]),
    {"choose": {"speaker": "ann", "take": "sentences"}, "against": {"speaker": "bo", "take": "sentences"}},
    {"choose": {"groups": ["Globe"], "words": "tax"}, "against": {"groups": ["Post"]}},
    MIXED,
    {"choose": {}, "curves": CURVES},
    {"choose": {"words": "tax*", "take": "sentences"}, "against": "others", "curves": CURVES},
    *({"choose": choice, "against": against} for choice, against in pairwise(random_choices(1, 21))),
]
COUNTED = """async ({ packed, views }) => {
    const written = (lines) =>
        lines.map((line) => line.map((cell) => typeof cell === "number" ? plainNumber(cell) : cell));
    const corpus = await corpusFrom(packed);
    return Promise.all(views.map(async (given) => {
        const view = viewFrom(JSON.stringify(given));
        const sides = sidesOf(corpus, view);
        const numbers = sides.map(({ chosen }) => numbersOf(corpus, chosen));
        const shares = sides.flatMap((_, at) =>
            [...numbers[at].shares, ...numbers[at].rates].map(([name, rows]) => ["AB"[at], name, rows]));
        const both = sides.length > 1;
        const pairs = both
            ? MEASURES.map((measure) => [measure, pairOf(
                corpus, measure, sides.map(({ chosen }) => chosen), numbers.map(({ counted }) => counted))])
            : [];
        const contrasts = await contrastsOfAll(pairs, async () => {});
        const words = sides.map(({ chosen }) => countWords(corpus, chosen));
        const keyWords = both ? keyWordsOf(corpus, ...words, weightsFor(corpus, corpus.statistics.bootstrap)) : [];
        const drawn = sides.flatMap(({ chosen }, side) => (view.curves ?? []).map((curve) =>
            ({ side, curve, points: curvePoints(corpus, chosen, curve, periodsOf(corpus)) })));
        return {
            file: viewFile(view),
            told: toldSides(sides.map((side) => ({ ...side, size: "none" }))),
            texts: sides.map(({ text, chosen }) => `${text}: ${sizeText(corpus, chosen)}.`),
            view_shares: written(shareLines(shares)),
            view_contrasts: written(contrastLines(contrasts.map(([{ name }, rows]) => [name, rows]))),
            view_key_words: written(keyWordLines(keyWords)),
            view_curves: written(curveLines(drawn)),
        };
    }));
}"""


@pytest.fixture(scope="module")
def page(made_tables):
    """Return the numbers of the page for each view."""
    documents = [f"{group}" for group in ("Globe", "Post") * 12]
    blocks = packed(corpus_blocks(made_tables, {"group": documents}, WORDS, STATISTICS))
    return run(COUNTED, {"packed": blocks, "views": VIEWS})


def cells(lines):
    """Return the rows of a CSV by name of column, in a total order; numbers as numbers."""
    heads, *rows = lines
    texts = {"side", "measure", "name", "word", "what", "value", "period"}

    def value(head, text):
        return text if head in texts else math.nan if text in ("", None) else float(text)

    made = [{head: value(head, cell) for head, cell in zip(heads, each, strict=True)} for each in rows]
    return sorted(made, key=lambda each: [str(each[head]) for head in heads if head in texts])


@pytest.mark.parametrize("at", range(len(VIEWS)), ids=lambda at: json.dumps(VIEWS[at], ensure_ascii=False))
def test_the_page_and_the_pipeline_have_the_same_numbers(page, made_corpus, at):
    made = page[at]
    view = parse_view("views/made.yaml", made["file"].encode())
    sides, tables = view_tables(made_corpus, view, SETTINGS, scheme="generic")
    text = view_paragraph(made_corpus, view, sides, tables, [])
    for each in made["texts"]:
        assert each in text.replace("\\", "").replace("**A**: ", "").replace("**B**: ", "")
    for name, table in tables.items():
        heads = made[name][0]
        here, there = cells(made[name]), cells([heads, *([row[head] for head in heads] for row in table.to_pylist())])
        assert len(here) == len(there), name
        for mine, theirs in zip(here, there, strict=True):
            for head in heads:
                same = mine[head] == theirs[head] or pytest.approx(mine[head], rel=1e-9, nan_ok=True) == theirs[head]
                assert same, (name, head, mine, theirs)


def test_the_choices_are_no_empty_ones(page):
    rows = [len(each["view_shares"]) for each in page[: len(CHOICES)]]
    assert sorted(rows)[0] == 1 and sorted(rows)[3] > 10
    assert sum(len(each["view_contrasts"]) > 10 for each in page) > 15


def test_an_empty_side_is_told_and_has_no_key_words(page):
    sides = {json.dumps(view): each["told"] for view, each in zip(VIEWS, page, strict=True)}
    first, second = sides[json.dumps(EMPTY)]
    assert first.startswith("A: ") and first.endswith(" (none). A is empty, so nothing is compared with it")
    assert second.startswith("B: ") and second.endswith(" (none)")
    others = (*sides[json.dumps({"choose": EMPTY["choose"]})], *sides[json.dumps(MIXED)])
    assert others[0].endswith(" (none). Nothing in the corpus fits")
    assert [text[-7:] for text in others[1:]] == [" (none)"] * 2
    assert len(page[VIEWS.index(EMPTY)]["view_key_words"]) == 1 < len(page[VIEWS.index(MIXED)]["view_key_words"])


def test_a_copied_comparison_has_its_differences():
    share = '{ name: "human_interest", value, n: 1, total: 4, lo: Number.NaN, hi: Number.NaN }'
    script = f"""(value) => shareText("Frames", [[{share}], [{share}]],
        [{{ name: "human_interest", value: 0.1, lo: 0.05, hi: 0.15, p: 0.0001, q: 0.02 }}])"""
    assert run(script, 0.25).split("\n") == [
        "Frames",
        "A human interest: 25% (95% interval not estimable; 1 of 4)",
        "B human interest: 25% (95% interval not estimable; 1 of 4)",
        "A minus B, human interest: 10 pp (95% interval 5.0 to 15.0 pp; p < 0.001, adjusted 0.020)",
    ]


def test_all_others_than_those_of_a_time_may_have_no_date(made_corpus):
    corpus = made_corpus._replace(documents=made_corpus.documents.assign(date=["", *made_corpus.documents["date"][1:]]))
    view = parse_view("views/made.yaml", b"choose: {from: 2024-01-10}\nagainst: others\n")
    sides, tables = view_tables(corpus, view, SETTINGS, scheme="generic")
    text = "All others, also those without a date (not documents from 2024-01-10)"
    assert text in view_paragraph(corpus, view, sides, tables, [])
    script = "(date) => othersText({ stories: [], date }, { from: '2024-01-10' })"
    assert run(script, ["", "2024"]) == text and run(script, ["2024"]) == text.replace(
        ", also those without a date", ""
    )


def test_no_sentence_of_boilerplate_is_one_without_a_cue_or_the_narrators(made_tables):
    are_counted = run(
        """async (packed) => {
            const corpus = await corpusFrom(packed);
            const { sentences } = chosenOf(corpus, {});
            return [["no frame", { scheme: "generic" }], ["sentences of a voice", { name: NARRATOR }]].map(
                ([finder, wanted]) => FINDERS[finder](corpus, wanted).map(
                    ([part, at]) => sentences.get(part)[sentenceAt(part, at)]));
        }""",
        packed(corpus_blocks(made_tables, {}, WORDS, STATISTICS)),
    )
    assert [{*each} for each in are_counted] == [{1}, {1}]


def test_a_search_counts_no_line_in_boilerplate_as_its_words_are_not_counted(made_tables):
    lines = run(
        """async (packed) => {
            const corpus = await corpusFrom(packed);
            const { sentences } = chosenOf(corpus, {});
            return ["follow", "tax"].map((query) => searchCorpus(corpus, { query, within: "all", speaker: "" }).map(
                ([part, at]) => sentences.get(part)[sentenceAt(part, at)]));
        }""",
        packed(corpus_blocks(made_tables, {}, WORDS, STATISTICS)),
    )
    assert [{*each} for each in lines] == [set(), {1}]


def test_key_words_that_too_few_documents_have_for_a_p_come_last(made_tables):
    words = run(
        """async (packed) => {
            const corpus = await corpusFrom(packed);
            const sizes = new Float64Array(24).fill(100);
            const side = (documents, words) => ({
                documents, sizes, words: words.map(([name, numbers, count]) => ({
                    name, n: numbers.length * count, documents: numbers.length,
                    each: (visit) => numbers.forEach((number) => visit(number, count)),
                })),
            });
            const [first, second] = [[0, 1, 2, 3, 4, 5], [6, 7, 8, 9, 10, 11]];
            const own = side(first, [["burst", [0, 1, 2], 60], ["some", first, 3], ["more", [0, 1, 2, 3, 4], 5]]);
            const other = side(second, [["some", [6, 7], 1], ["more", [6], 1]]);
            const weights = weightsFor(corpus, corpus.statistics.bootstrap);
            return keyWordsOf(corpus, own, other, weights).map(({ word, q }) => [word, Number.isNaN(q)]);
        }""",
        packed(corpus_blocks(made_tables, {}, WORDS, STATISTICS)),
    )
    assert words[-1] == ["burst", True] and sorted(words[:-1]) == [["more", False], ["some", False]]


def test_sentences_and_documents_are_not_compared_in_what_only_documents_have(page):
    mixed = page[VIEWS.index(MIXED)]
    assert "quoted" in {line[1] for line in mixed["view_shares"]}
    measures = {line[0] for line in mixed["view_contrasts"]}
    assert "direct" in measures and "quoted" not in measures


def test_a_name_with_most_on_one_side_has_what_it_has_on_the_other(made_tables):
    most, both, every = run(
        """async (packed) => {
            const corpus = await corpusFrom(packed);
            const sides = ["Globe 0", "Post 1"].map((name) => chosenOf(corpus, { outlets: [name] }));
            const counted = [1, 50].map((most) =>
                sides.map((chosen) => new Map([["speakers", countMeasure(corpus, SPEAKERS, chosen, most)]])));
            const told = (pair) => pair.map(({ rows }) =>
                Object.fromEntries(rows.map(({ name, hits }) => [name, hits.reduce((sum, n) => sum + n, 0)])));
            return [counted[0].map((side) => side.get("speakers").rows[0].name),
                ...counted.map((each) => told(pairOf(corpus, SPEAKERS, sides, each)))];
        }""",
        packed(corpus_blocks(made_tables, {}, WORDS, STATISTICS)),
    )
    assert most[0] != most[1] and [*both[0]] == most
    assert both == [{name: side[name] for name in most} for side in every]
    assert all(n > 0 for side in both for n in side.values())


def test_the_list_of_a_pair_has_the_documents_that_are_counted(made_tables):
    pairs = run(
        """async (packed) => {
            const corpus = await corpusFrom(packed);
            const side = sideOf(corpus, { choice: { words: "tax*", take: "statements" }, isOthers: false });
            const measure = MEASURES.find(({ name }) => name === "pairs");
            return sharesOf(measure, countMeasure(corpus, measure, side.chosen)).map(({ name, n }) => {
                const [table, columns, values, unit] = measure.link(name, corpus);
                const every = FINDERS[table](corpus, keyOf(columns, values), side.chosen.text);
                const hits = hitsOfSide(side, table, every);
                return [n, AMOUNTS[unit](hits, placesOf(hits)), FINDERS[table](corpus, keyOf(columns, values)).length];
            });
        }""",
        packed(corpus_blocks(made_tables, {}, WORDS, STATISTICS)),
    )
    assert len(pairs) > 3
    assert all(counted == listed < everywhere for counted, listed, everywhere in pairs)


def test_an_address_or_a_file_of_a_view_is_no_more_than_its_conditions():
    address = {
        "choose": {"words": "  tax ", "groups": ["a", 3, ""], "take": "sentences", "x": 1, "to": 5},
        "against": {"kind": "", "take": "sentences"},
    }
    view, file, empty = run(
        "(given) => { const view = viewFrom(JSON.stringify(given)); return [view, viewFile(view),"
        " viewFile({choose: {}, against: {}})]; }",
        address,
    )
    assert view == {"choose": {"words": "tax", "groups": ["a"], "take": "sentences"}, "against": {}}
    assert file == 'choose:\n  words: "tax"\n  groups: ["a"]\n  take: "sentences"\nagainst: {}\n'
    assert empty == "choose: {}\nagainst: {}\n"


def test_statements_are_saved_with_their_whole_sentences(made_tables):
    blocks = packed(corpus_blocks(made_tables, {}, WORDS, STATISTICS))
    lines = run(
        "async (packed) => { const corpus = await corpusFrom(packed);"
        " return statementLines(corpus, chosenOf(corpus, { speaker: 'ann', take: 'sentences' })); }",
        blocks,
    )
    heads, *rows = lines
    made = [dict(zip(heads, row, strict=True)) for row in rows]
    assert made and {each["speaker"] for each in made} == {"Ann Lee"}
    # Only the first word of a sentence is outside of what is said.
    assert all(each["content"] in each["sentences"] for each in made)
    assert all(each["sentences"].startswith(("Paris", "Rome")) for each in made)


def test_a_workbook_opens_with_its_sheets_and_texts_that_are_no_formulas(tmp_path):
    sheets = [
        ["about", [["Source: <x> & \u202ey"], ["=1+2"]]],
        ["numbers & more", [["name", "n"], ["王毅", 0.25]]],
    ]
    made = run(
        """async (sheets) => {
            sheets[1][1].push(["", NaN]);
            return btoa(String.fromCharCode(...new Uint8Array(await workbookOf(sheets).arrayBuffer())));
        }""",
        sheets,
    )
    path = tmp_path / "made.xlsx"
    path.write_bytes(b64decode(made))
    with ZipFile(path) as archive:
        assert archive.testzip() is None
    book = load_workbook(path)
    rows = {sheet.title: [[cell.value for cell in row] for row in sheet] for sheet in book}
    assert rows["about"] == [["Source: <x> & ‹U+202E›y"], ["=1+2"]]
    assert rows["numbers & more"] == [["name", "n"], ["王毅", 0.25], [None, None]]
    assert book["about"]["A2"].data_type == "s"


def test_the_statements_told_of_a_choice_are_the_rows_of_its_file(made_tables):
    text, lines = run(
        "async (packed) => { const corpus = await corpusFrom(packed); const chosen = chosenOf(corpus, {});"
        " return [sizeText(corpus, chosen), statementLines(corpus, chosen)]; }",
        packed(corpus_blocks(made_tables, {}, WORDS, STATISTICS)),
    )
    heads, *rows = lines
    named = sum(bool(row[heads.index("speaker")]) for row in rows)
    assert 0 < named < len(rows)
    counts, _, repeats = text.partition("; ")
    assert counts.endswith(f", {len(rows)} statements, {named} with a speaker")
    assert repeats == "kinds of source leave out 1 repeated document"
