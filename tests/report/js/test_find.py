"""corpus.js, find.js, sources.js: the page finds the sentences that Python finds in the tables."""

from itertools import groupby, pairwise

import pytest

from scripts.core.storage import read_parquet
from scripts.report.corpus import blocks
from scripts.report.corpus.blocks import corpus_blocks
from tests.report.blocks import STATISTICS, WORDS
from tests.report.corpus import HOSTILE, NAMES, row, write_corpus, write_tables
from tests.report.js.node import needs_node, packed, run

pytestmark = needs_node

PEOPLE = [*NAMES, *NAMES[:3], *HOSTILE[:4], "Speaker 1", "Speaker 2"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = write_corpus(tmp_path_factory.mktemp("tables"), PEOPLE)
    documents = read_parquet(folder / "documents.parquet")["doc_id"].to_pylist()
    groups = [{"doc_id": doc_id, "group": "AB"[at % 2]} for at, doc_id in enumerate(documents)]
    write_tables(folder, document_groups=groups)
    named = [
        row("entity_mentions", doc_id=each["doc_id"], sentence=each["sentence"], mention=each["mention"],
            name=each["entity"], kind="person")
        for each in read_parquet(folder / "entities.parquet").to_pylist()
    ]  # fmt: skip
    write_tables(folder, entity_mentions=named)
    return folder


@pytest.fixture(scope="module", params=[400_000, 60], ids=["one part", "parts"])
def corpus(request, folder):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "PART_TOKENS", request.param)
        groups = {"group": ["AB"[at % 2] for at in range(len(PEOPLE))], "outlet": list(PEOPLE)}
        made = corpus_blocks(folder, groups, WORDS, STATISTICS)
    assert (len(made.parts) > 1) == (request.param == 60)
    return packed(made)


FIND = """async ({ corpus: packed, questions }) => {
    const corpus = await corpusFrom(packed);
    return questions.map(([table, columns, values]) =>
        told(corpus, findRows(corpus, table, columns, values)).map(([docId, sentence]) => [docId, sentence]));
}"""
PEOPLE_KEYS = [(name,) for name in dict.fromkeys(PEOPLE)] + [("nobody",)]
QUESTIONS = [
    ("quotes", ("speaker",), PEOPLE_KEYS),
    ("entities", ("entity",), PEOPLE_KEYS),
    ("entity_mentions", ("name",), PEOPLE_KEYS),
    ("frame_codes", ("scheme", "frame"), [("generic", "conflict"), ("generic", "economic")]),
    ("frame_codes", ("scheme", "frame", "speaker"), [("generic", "conflict", NAMES[0]), ("generic", "conflict", "x")]),
    ("tokens", ("word",), [("tariffs",), ("lin",), ("nowhere",), ("“",), ("王毅",)]),
    ("sentences", ("ngram",), [("act on the tariffs",), ("blames the",), ("tariffs act",)]),
    ("tokens near each other", ("word1", "word2"), [("act", "tariffs"), ("we", "said"), ("other", "conflict")]),
    ("tokens of a group", ("word", "column", "group", "side"),
     [("tariffs", "outlet", name, way) for name in NAMES[:2] for way in ("target", "reference")]),
]  # fmt: skip


def at_sentence(each):
    return each["doc_id"], each["sentence"]


def sentences_with(folder, table, columns, key):
    """Return the sentences that rows of a table have, found one by one: the tokens of this corpus are all counted."""
    conditions = dict(zip(columns, key, strict=True))
    if table in ("quotes", "entities", "entity_mentions", "frame_codes"):
        rows = read_parquet(folder / f"{table}.parquet").to_pylist()
        return {at_sentence(each) for each in rows if conditions.items() <= each.items()}
    sentences = set()
    for document in read_parquet(folder / "documents.parquet").to_pylist():
        tokens = read_parquet(folder / "tokens.parquet").to_pylist()
        for place, sentence in groupby(
            (each for each in tokens if each["doc_id"] == document["doc_id"]), key=at_sentence
        ):
            words = [each["lemma"] or each["norm"] for each in sentence if each["is_word"]]
            is_inside = (document["outlet"] == conditions.get("group")) == (conditions.get("side") != "reference")
            if table == "tokens of a group" and not is_inside:
                continue
            if table == "sentences":
                has_words = conditions["ngram"] in " ".join(words)
            elif table == "tokens near each other":
                places = [[at for at, word in enumerate(words) if word == each] for each in key]
                has_words = any(
                    0 < abs(first - second) <= WORDS["window"] for first in places[0] for second in places[1]
                )
            else:
                has_words = conditions["word"] in words
            if has_words:
                sentences.add(place)
    return sentences


def test_the_page_finds_the_sentences_that_the_tables_have(folder, corpus):
    questions = [(table, columns, key) for table, columns, keys in QUESTIONS for key in keys]
    expected = [sentences_with(folder, *question) for question in questions]
    hits = run(FIND, {"corpus": corpus, "questions": questions})
    for question, places, sentences in zip(questions, expected, hits, strict=True):
        assert {(doc_id, sentence) for doc_id, sentence in sentences} == places, question
    assert sum(map(bool, expected)) > 30


def test_words_of_the_corpus_and_its_texts_come_back(folder, corpus):
    texts = run(
        """async (packed) => {
            const corpus = await corpusFrom(packed);
            return corpus.parts.flatMap((part) => Array.from(part.sentenceToken.subarray(0, -1), (from, sentence) =>
                textOf(corpus, part, from, part.sentenceToken[sentence + 1])));
        }""",
        corpus,
    )
    shown = run("(texts) => texts.map(visible)", read_parquet(folder / "sentences.parquet")["text"].to_pylist())
    assert texts == shown


def test_a_token_stands_in_its_sentence_and_document(corpus):
    places = run(
        """async (packed) => {
            const corpus = await corpusFrom(packed);
            return corpus.parts.flatMap((part) => Array.from(part.tokens, (_, token) => {
                const place = placed(part, token);
                return [place.document, place.sentence, Number(place.from <= token && token < place.to)];
            }));
        }""",
        corpus,
    )
    assert {inside for *_, inside in places} == {1}
    assert all(first[:2] <= second[:2] for first, second in pairwise(places))
    assert {(document, sentence) for document, sentence, _ in places} == {
        (document, sentence) for document in range(len(PEOPLE)) for sentence in (0, 1)
    }


def test_shares_refusals_and_openings_are_found(folder, corpus):
    questions = [
        ("quote_sources", ["attribute", "value", "group", "measure"], ["kind", NAMES[0], "(all)", "words"]),
        ("quote_sources", ["attribute", "value", "group", "measure"], ["kind", NAMES[0], "A", "words"]),
        ("quote_sources", ["attribute", "value", "group", "measure"], ["kind", NAMES[0], "(wire)", "words"]),
        ("quote_sources", ["attribute", "value", "measure"], ["kind", NAMES[0], "doubting"]),
        ("quote_sources", ["attribute", "value", "measure"], ["kind", NAMES[0], "neutral"]),
        ("refusals", ["speaker"], [NAMES[0]]),
        ("documents opened by", ["speaker", "group"], [NAMES[0], "A"]),
        ("documents of a group", ["value"], ["B"]),
    ]
    hits = run(FIND, {"corpus": corpus, "questions": questions})
    first = [at for at, name in enumerate(PEOPLE) if name == NAMES[0]]
    in_a = [at for at in first if at % 2 == 0]
    counts = [len(first), len(in_a), 0, 0, len(first), 0, len(in_a), len(PEOPLE) // 2]
    assert [len(each) for each in hits] == counts


def test_a_name_that_ends_beyond_a_statement_is_not_in_it():
    script = """(length) => {
        const quotes = { speaker: [0], piece: [0, 1], pieceFirst: [0], pieceLength: [3] };
        const mentions = { name: [1], first: [2], length: [length], label: [0] };
        const corpus = { names: ["Ann Lee", "Derry"], labels: [{ kind: "place" }],
            parts: [{ number: 0, tokens: new Uint32Array(6), quotes, mentions }] };
        return saidAbout(corpus, { speaker: "Ann Lee", name: "Derry" }).map(([, first]) => first);
    }"""
    assert run(script, 1) == [2] and run(script, 2) == []
