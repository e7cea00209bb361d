"""The attributions of the shipped article."""

from dataclasses import replace

import pyarrow.parquet as pq
import pytest

from scripts.attribution.__main__ import quote_rows
from scripts.attribution.document import MIN_CONFIDENCE, find_quotes
from scripts.core.schemas import arrow_schema
from scripts.core.storage import rows_to_table, write_parquet
from scripts.entities.recognition import find_entities


@pytest.fixture(scope="module")
def parsed(article):
    return replace(article, mentions=find_entities(article))


@pytest.fixture(scope="module")
def rows(parsed):
    return list(quote_rows([parsed]))


def holding(rows, words):
    return [row for row in rows if words in row["content"]]


def test_there_are_at_least_fifteen(rows):
    assert sum(bool(row["speaker"]) for row in rows) >= 15


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("America’s problem, not China’s", "Chinese Foreign Ministry spokesperson Lin Jian"),
        ("China has repeatedly made its position clear", "Lin"),
        ("The United States bears the primary responsibility", "Lin"),
        ("If the United States genuinely wants", "he"),
        ("The path forward lies in constructive dialogue", "Lin"),
        ("We are willing to work with the U.S.", "Lin"),
    ],
)
def test_the_six_stretches_in_marks(rows, words, source):
    (row,) = holding(rows, words)
    assert row["type"] in ("direct", "mixed")
    assert row["source"] == source
    assert row["speaker"] == "Lin Jian"
    assert row["speaker_type"] == "person"
    assert row["role"] == "Chinese Foreign Ministry spokesperson"


def test_pieces_around_a_cue_are_one_attribution(rows):
    (row,) = holding(rows, "China has repeatedly made its position clear")
    assert "The United States bears the primary responsibility" in row["content"]
    assert len(row["content_spans"]) == 2
    assert row["type"] == "direct"


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("that China will soon begin sentencing", "Donald Trump"),
        ("that China is preparing to impose capital punishment", "Donald Trump"),
        ("such actions have severely impacted", "Lin Jian"),
        ("that its efforts should be met", "China"),
        ("that simply focusing on supply chains", "unnamed experts"),
        ("must go beyond finger-pointing", "unnamed experts"),
        ("that unless the U.S. and China can establish", "unnamed analysts"),
        ("root causes of the issue", "Lin Jian"),
    ],
)
def test_indirect_speech(rows, words, speaker):
    assert speaker in {row["speaker"] for row in holding(rows, words)}


def test_a_doubtful_statement_is_found_with_a_lower_bar(parsed, rows):
    words = "that it has taken comprehensive steps"
    assert holding(rows, words) == []
    (quote,) = (
        quote
        for quote in find_quotes(parsed, min_confidence=0.3)
        if any(words in parsed.text[start:end] for start, end in quote.content)
    )
    assert quote.speaker.name == "China" and quote.confidence < MIN_CONFIDENCE


def test_the_article_is_no_speech_where_it_tells(rows):
    for words in ("In May 2019, under pressure", "As the fentanyl crisis continues", "The issue of fentanyl"):
        assert holding(rows, words) == []


def test_columns_and_spans(rows, parsed, tmp_path):
    assert set(rows[0]) == set(arrow_schema("quotes").names)
    for row in rows:
        pieces = [parsed.text[start:end] for start, end in row["content_spans"]]
        assert row["content"] == " ... ".join(pieces)
        assert 0 <= row["n_quoted"] <= row["n_words"]
        assert 0 <= row["confidence"] <= 1
        if row["source"]:
            assert parsed.text[row["source_start"] : row["source_end"]] == row["source"]
    path = tmp_path / "quotes.parquet"
    write_parquet(path, rows_to_table("quotes", rows))
    first = path.read_bytes()
    write_parquet(path, rows_to_table("quotes", list(quote_rows([parsed]))))
    assert path.read_bytes() == first
    assert pq.read_table(path).num_rows == len(rows)


def test_confidence_sets_the_bar(parsed):
    every, few = (len(find_quotes(parsed, min_confidence=least)) for least in (0.2, 0.8))
    assert every > few
    assert all(quote.confidence >= 0.8 for quote in find_quotes(parsed, min_confidence=0.8) if quote.cue)


def test_an_unparsed_document_gives_its_quotations_alone(parsed):
    none = [""] * len(parsed.word)
    bare = replace(parsed, lemma=none, pos=none, tag=none, dep=none, head=list(range(len(none))), mentions=[])
    quotes = find_quotes(bare)
    assert len(quotes) == 6
    assert all(quote.cue is None and not quote.speaker.name for quote in quotes)
