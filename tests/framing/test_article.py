"""The shipped article, from its text to frame codes and blame statements."""

from collections import defaultdict
from dataclasses import replace

import pytest

from scripts.attribution.__main__ import quote_rows
from scripts.entities.recognition import find_entities
from scripts.framing.__main__ import code_batch
from scripts.framing.schemes import load_schemes


@pytest.fixture(scope="module")
def quotes(article):
    return list(quote_rows([replace(article, mentions=find_entities(article))]))


@pytest.fixture(scope="module")
def tables(article, quotes):
    doc = replace(article, mentions=find_entities(article))
    codes, blame = code_batch([doc], {doc.doc_id: quotes}, load_schemes(["generic", "policy"]))
    return codes.to_pylist(), blame.to_pylist()


@pytest.fixture(scope="module")
def sentences(tables):
    """Return sentences by scheme and frame."""
    sentences = defaultdict(set)
    for row in tables[0]:
        sentences[row["scheme"], row["frame"]].add(row["sentence"])
    return {key: len(each) for key, each in sentences.items()}


def test_generic_frames(article, sentences):
    assert len(article.sentences) == 27
    assert 10 <= sentences["generic", "conflict"] <= 14
    assert 10 <= sentences["generic", "resolution"] <= 14
    assert 8 <= sentences["generic", "responsibility"] <= 12
    assert 2 <= sentences["generic", "economic"] <= 3
    assert ("generic", "human_interest") not in sentences


def test_policy_frames(sentences):
    policy = {frame: n for (scheme, frame), n in sentences.items() if scheme == "policy"}
    first, *next_two = sorted(policy, key=lambda frame: -policy[frame])[:3]
    assert first == "external_regulation"
    assert set(next_two) == {"health_safety", "crime_punishment"}


def test_what_stands_in_quotation_marks_is_said_by_lin(tables, quotes):
    direct = {row["quote"] for row in quotes if row["type"] == "direct"}
    assert {row["speaker"] for row in tables[0] if row["quote"] in direct} == {"Lin Jian"}


def test_who_blames_whom(tables):
    statements = {(row["speaker"], row["target"], row["stance"]) for row in tables[1]}
    assert {
        ("Lin Jian", "United States", "accepted"),
        ("unnamed officials", "United States", "accepted"),
        ("U.S. officials", "Chinese firms", "accepted"),
        ("Donald Trump", "China", "accepted"),
        ("Donald Trump", "Mexico", "accepted"),
        ("Lin Jian", "China", "rejected"),
    } <= statements
    assert ("Lin Jian", "China", "accepted") not in statements


def test_offsets_lead_to_the_cue(article, tables):
    for row in tables[0]:
        sentence = article.sentences[row["sentence"]]
        assert sentence.start <= row["start"] < row["end"] <= sentence.end
    for row in tables[1]:
        assert article.text[row["start"] : row["end"]].lower() == row["cue"].lower()
