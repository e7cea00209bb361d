"""search.js reads the language of queries, and finds and sorts lines."""

import pytest

from scripts.report.corpus.blocks import corpus_blocks
from tests.report.blocks import STATISTICS, WORDS
from tests.report.corpus import NAMES, write_corpus
from tests.report.js.node import needs_node, packed, run

pytestmark = needs_node

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
    "(.*": ["(.*"],
    "王毅": ["王毅"],
}


def test_queries_are_split_as_texts_are():
    assert dict(zip(QUERIES, run("(queries) => queries.map(queryWords)", [*QUERIES]), strict=True)) == QUERIES


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
        return [told(corpus, hits).map((hit) => hit[2]), foundText(options, hits, documentsOf(hits), words.length)];
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
            return [groupCounts(documents, values, corpus.nWords), sorted("left"), sorted("date")];
        }""",
        corpus,
    )
    assert [(each["group"], each["hits"], each["documents"], each["of"], each["words"]) for each in groups] == [
        ("A", 3, 3, 3, 42),
        ("B", 2, 2, 2, 28),
    ]
    assert groups[0]["rate"] == pytest.approx(3e6 / 42)
    assert sorted(left) == dates == [0, 1, 2, 3, 4]


def test_a_line_of_the_concordance_is_safe_in_a_spreadsheet(corpus):
    lines = run(
        """async (packed) => {
            const corpus = await corpusFrom(packed);
            corpus.title[0] = '=1+2, "x"';
            return concordanceLines(corpus, searchCorpus(corpus, { query: "tariffs", within: "all", speaker: "" }));
        }""",
        corpus,
    )
    assert lines[0][:3] == ["before", "match", "after"] and len(lines) == 6
    assert lines[1][1:4] == ["tariffs", ".” Lin Jian blames the other side for the conflict.", '"\'=1+2, ""x"""']
