"""search.js reads the language of queries, and finds and sorts lines."""

from collections import Counter

import pyarrow.compute as pc
import pytest

from scripts.core.boilerplate import in_boilerplate, left_out_places
from scripts.core.storage import read_parquet
from scripts.maths.intervals import ENOUGH
from scripts.report.corpus.blocks import corpus_blocks
from tests.report.blocks import STATISTICS, WORDS
from tests.report.corpus import NAMES, write_corpus
from tests.report.js.node import needs_node, packed, run

pytestmark = needs_node

MONTHS = [f"2024-{1 + number // 8:02d}" for number in range(24)]
QUERIES = {
    "": [],
    "  Trade   War ": ["trade", "war"],
    '"trade war"': ["trade", "war"],
    "“trade war”": ["trade", "war"],
    "don't": ["do", "n't"],
    "China’s": ["china", "'s"],
    "lemma:say": ["lemma:say"],
    "LEMMA:Say so": ["lemma:say", "so"],
    "tariff*": ["tariff*"],
    "long-term": ["long", "-", "term"],
    "long–term": ["long", "-", "term"],
    "yes, no": ["yes", ",", "no"],
    "3-4": ["3-4"],
    "why?": ["why", "?"],
    "(.*": ["(", ".*"],
    "lemma:crop, so": ["lemma:crop", ",", "so"],
    "王毅": ["王毅"],
    "AT&T": ["at", "&", "t"],
    "COVID-19": ["covid", "-", "19"],
    "16-year-old": ["16", "-", "year", "-", "old"],
    "U.S.-Mexico": ["u.s.", "-", "mexico"],
    "Peña’s": ["peña", "'s"],
    "U.N.'s": ["u.n.", "'s"],
    "workers’": ["workers", "'"],
    "cannot": ["can", "not"],
    "gonna": ["gon", "na"],
    "$1,000": ["$", "1,000"],
    "US$5.5": ["us", "$", "5.5"],
    "50%": ["50", "%"],
    "8:30": ["8:30"],
    "#MeToo": ["#", "metoo"],
    "CNN/ORC": ["cnn", "/", "orc"],
    "s/he": ["s/he"],
    "Europe…": ["europe", "…"],
    "pre- and post-war": ["pre", "-", "and", "post", "-", "war"],
    "(D-Ohio)": ["(", "d", "-", "ohio", ")"],
}
# Queries, each as its alternatives, of which each is its phrases in one sentence.
PHRASES = {
    "tax cut & jobs": [[["tax", "cut"], ["jobs"]]],
    "“tax cut” & jobs | “war on” ": [[["tax", "cut"], ["jobs"]], [["war", "on"]]],
    "“R & D” & AT&T": [[["r", "&", "d"], ["at", "&", "t"]]],
    "tax &": [[["tax"]]],
    "& | &": [],
}


def test_queries_are_split_as_texts_are():
    assert dict(zip(QUERIES, run("(queries) => queries.map(queryWords)", [*QUERIES]), strict=True)) == QUERIES
    assert dict(zip(PHRASES, run("(queries) => queries.map(queryPhrases)", [*PHRASES]), strict=True)) == PHRASES


def test_a_name_is_found_with_any_apostrophe_quotation_mark_or_dash():
    names, asked = ["Pat O’Hara", 'Juan "Chico" Ruiz', "Jean-Luc Roy"], ["o'hara", "“Chico”", "jean–luc"]
    script = "({ names, asked }) => asked.map((name) => rowsWith(names.map(lettersOf), name))"
    assert run(script, {"names": names, "asked": asked}) == [[0], [1], [2]]
    script = "({ names, asked }) => asked.map((name) => namesWith({ names }, lettersOf(name)).indexOf(true))"
    assert run(script, {"names": names, "asked": asked}) == [0, 1, 2]


def test_an_unquoted_phrase_suggests_its_words_in_one_sentence():
    queries = {" white  house": "white & house", "“white house”": "", "a | b": "", "a & b": "", "house": "", "": ""}
    assert dict(zip(queries, run("(queries) => queries.map(bothOf)", [*queries]), strict=True)) == queries


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    groups = {"group": ["A", "B", "A", "B", "A"]}
    return packed(
        corpus_blocks(write_corpus(tmp_path_factory.mktemp("tables"), list(NAMES)), groups, WORDS, STATISTICS)
    )


SEARCH = """async ({ corpus: packed, asked }) => {
    const corpus = await corpusFrom(packed);
    return asked.map(([query, within, speaker]) => {
        const options = { query, within, speaker };
        const hits = searchCorpus(corpus, options);
        const words = wordsByDocument(corpus, options);
        const documents = new Set(documentsOf(hits)).size;
        return [told(corpus, hits).map((hit) => hit[2]), foundText(options, hits.length, documents, words.length)];
    });
}"""


@pytest.mark.parametrize(
    ("query", "within", "speaker", "lines"),
    [
        ("tariffs", "all", "", ["tariffs"] * 5),
        ("TARIFFS", "quotes", "", ["tariffs"] * 5),
        ("tariffs", "outside", "", []),
        ("blames", "outside", "", ["blames"] * 5),
        ("blames", "quotes", "", []),
        ("tar*s", "all", "", ["tariffs"] * 5),
        ("lemma:tariffs", "all", "", ["tariffs"] * 5),
        ("act on the", "all", "", ["act on the"] * 5),
        ("tariffs act", "all", "", []),
        ("the *", "quotes", "lin", ["the tariffs"]),
        ("", "all", "王", ["“We will act on the tariffs.”"]),
        ("tariffs & said", "quotes", "", ["tariffs"] * 5),
        ("on the & said lin", "all", "", []),
        ("blames & tariffs", "all", "", []),
        ("act & on & on the | blames & side", "all", "", ["act", "blames"] * 5),
        ("(.*", "all", "", []),
        (".*", "all", "", ["."] * 10),
        ("lemma:", "all", "", []),
        ("", "all", "", []),
    ],
)
def test_lines_are_found(corpus, query, within, speaker, lines):
    [[matches, sentence]] = run(SEARCH, {"corpus": corpus, "asked": [[query, within, speaker]]})
    assert matches == lines
    assert sentence.startswith(f"{len(lines)} line" if lines else "Nothing" if query or speaker else "")


def test_groups_are_counted_and_lines_sorted(corpus):
    groups, left, dates = run(
        """async (packed) => {
            const corpus = await corpusFrom(packed);
            const hits = searchCorpus(corpus, { query: "will", within: "all", speaker: "" });
            const documents = documentsOf(hits), values = corpus.groups.get("group");
            const sorted = (how) => sortHits(corpus, [...hits], documents, how, values).map(([part, at]) =>
                placed(part, at).document);
            const counts = groupCounts(
                countGroups(countsByDocument(values.length, documents), values, corpus.nWords), true);
            return [counts, sorted("left"), sorted("date")];
        }""",
        corpus,
    )
    assert [(each["group"], each["hits"], each["documents"], each["of"], each["words"]) for each in groups] == [
        ("A", 3, 3, 3, 42),
        ("B", 2, 2, 2, 28),
    ]
    assert groups[0]["rate"] == pytest.approx(3e6 / 42)
    assert sorted(left) == dates == [0, 1, 2, 3, 4]


def test_rates_of_few_documents_and_of_no_name_come_last():
    five = [[row, 100] for row in range(ENOUGH)]
    tallies = [["", [[0, 9]], five], ["few", [[0, 1]], five[1:]], ["many", [[0, 1]], five], ["most", [[0, 2]], five]]
    order = run(
        "(rows) => groupCounts(rows.map(([group, hits, words]) =>"
        " ({ group, hits: new Map(hits), words: new Map(words) })), true).map(({ group }) => group)",
        tallies,
    )
    assert order == ["most", "many", "few", ""]


def test_statements_are_counted_without_a_rate_and_those_who_say_most_come_first():
    script = """() => {
        const tallies = [["A", 9, 900], ["B", 10, 2000]].map(([group, hits, words]) => ({
            group, hits: new Map([[0, hits]]), words: new Map([0, 1, 2, 3, 4].map((row) => [row, words])) }));
        return countLines({}, { by: "group", counts: groupCounts(tallies, false), areRated: false });
    }"""
    assert run(script) == [["group", "lines", "documents_with_it", "documents"], ["B", 10, 1, 5], ["A", 9, 1, 5]]


def test_a_line_of_the_concordance_has_its_sentence_and_who_says_it(corpus):
    lines, saved = run(
        """async (packed) => {
            const corpus = await corpusFrom(packed);
            corpus.title[0] = '=1+2, "x"';
            const hits = searchCorpus(corpus, { query: "tariffs", within: "all", speaker: "" });
            const lines = concordanceLines(corpus, hits);
            return [lines, lines[1].map((cell) => csvCell(String(cell)))];
        }""",
        corpus,
    )
    heads, *rows = lines
    first = dict(zip(heads, rows[0], strict=True))
    assert len(rows) == 5 and first["match"] == "tariffs" and first["sentence"] == 0
    assert first["after"] == ".” Lin Jian blames the other side for the conflict."
    assert (first["speaker"], first["cue"]) == ("Lin Jian", "said")
    assert first["text"] == "Lin Jian said: “We will act on the tariffs.”"
    assert saved[3] == '"\'=1+2, ""x"""'


@pytest.fixture(scope="module")
def counted(made_tables):
    """Return how often tax* is said: by month, by what it stands in, in all; and the speakers of all statements."""
    return run(
        """async (packed) => {
            const corpus = await corpusFrom(packed);
            const options = { query: "tax*", within: "all", speaker: "" };
            const hits = searchCorpus(corpus, options);
            const rows = (tallies) => groupCounts(tallies).map((row) =>
                [row.group, row.hits, row.documents, row.of, row.words, ...rateInterval(corpus, row.tally)]);
            const by = Object.fromEntries(Object.keys(STRETCHES).map((name) =>
                [name, rows(countStretches(corpus, name, hits, options))]));
            const counts = countsByDocument(corpus.docId.length, documentsOf(hits));
            const months = countGroups(counts, corpus.groups.get("month"), corpus.nWords);
            const statements = searchCorpus(corpus, { query: "", within: "quoted", speaker: "" });
            return { ...by, month: rows(months), all: hits.length, statements: statements.length,
                speaking: rows(countStretches(corpus, "speaker", statements, { ...options, within: "quoted" })) };
        }""",
        packed(corpus_blocks(made_tables, {"month": MONTHS}, WORDS, STATISTICS)),
    )


def tax_tokens(made_tables):
    tokens = read_parquet(made_tables / "tokens.parquet")
    tokens = tokens.filter(pc.invert(in_boilerplate(tokens, left_out_places(made_tables)))).to_pandas()
    return tokens[tokens["norm"].str.startswith("tax")]


def test_months_stand_in_the_order_of_time_and_have_all_lines(counted, made_tables):
    taxes = tax_tokens(made_tables)
    assert counted["all"] == len(taxes)
    assert [row[0] for row in counted["month"]] == ["2024-01", "2024-02", "2024-03"]
    assert sum(row[1] for row in counted["month"]) == len(taxes)
    assert all(lo < 1e6 * hits / words < hi for _, hits, _, _, words, lo, hi in counted["month"])


def test_sentences_with_a_frame_have_all_their_lines_and_words(counted, made_tables):
    codes = read_parquet(made_tables / "frame_codes.parquet").to_pandas().query("frame == 'conflict'")
    tokens = read_parquet(made_tables / "tokens.parquet").to_pandas()
    of_frame = tokens.merge(codes[["doc_id", "sentence"]].drop_duplicates())
    row = next(row for row in counted["frame"] if row[0] == "conflict")
    assert row[1] == of_frame["norm"].str.startswith("tax").sum() and row[4] == of_frame["is_word"].sum()
    assert {row[0] for row in counted["topic"]} == {"money", "war and peace"}


def test_a_word_is_said_by_one_the_innermost_of_statements_that_overlap(counted, made_tables):
    quotes = read_parquet(made_tables / "quotes.parquet").to_pandas()
    spoken = quotes[quotes["n_words"] > 0]
    assert counted["statements"] == len(spoken)
    assert {row[0] for row in counted["speaking"]} == set(spoken["speaker"])
    speaker = {}
    for each in sorted(spoken.itertuples(), key=lambda row: row.content_spans[0][0] - row.content_spans[0][1]):
        [[start, end]] = each.content_spans
        speaker |= {(each.doc_id, at): each.speaker for at in range(start, end)}
    taxes = tax_tokens(made_tables)
    places = zip(taxes["doc_id"], taxes["start"], strict=True)
    assert {row[0]: row[1] for row in counted["speaker"]} == Counter(speaker[at] for at in places if at in speaker)
