"""The file topics.yaml: what it may hold, and what each faulty line becomes."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.core.limits import Budget
from scripts.core.storage import WORKFLOW
from scripts.stories.topic_words import parse_topics, problem_rows, read_topics, topics_manifest

FILE = Path("topics.yaml")


def parsed(text: str):
    topics, problems = parse_topics(FILE, text.encode())
    return {topic.name: topic for topic in topics}, [problem.message for problem in problems]


def test_topics_have_words_entities_and_what_an_article_needs():
    topics, problems = parsed(
        "taxes:\n  least: 3\n  share: 0.1\n  words: [lemma:tax, tax cut*, 'entity:The IRS*', 2024]\nfarm: [farm*]\n"
    )
    assert problems == []
    assert topics["taxes"].words() == ["lemma:tax", "tax cut*", "2024", "entity:The IRS*"]
    assert topics["taxes"].entities == {"entity:The IRS*": "the irs*"}
    assert (topics["taxes"].least, topics["taxes"].share) == (3, 0.1)
    assert (topics["farm"].least, topics["farm"].share) == (2, 0.0)


@pytest.mark.parametrize(
    ("text", "line", "advice"),
    [
        ("taxes:\n  words:\n    - tax\n    - lema:levy\n", 4, "did you mean lemma:"),
        ("taxes:\n  words: [tax]\n  shares: 0.1\n", 3, "did you mean share?"),
        ("taxes:\n  words: [tax, yes]\n", 2, "put it in quotation marks"),
        ("taxes:\n  words: [tax, 'entity: ']\n", 2, "a name follows entity:"),
        ("taxes:\n  words: [tax]\n  least: none\n", 3, "a whole number of 1 or more"),
        ("taxes:\n  words: [tax]\n  share: 7\n", 3, "a share from 0 to 1"),
        ("taxes:\n  words: [tax, 're:(']\n", 2, "left out"),
        ("a: [tax]\na: [levy]\n", 2, "Put its words there"),
    ],
)
def test_a_faulty_line_is_named_and_the_rest_is_used(text, line, advice):
    topics, (message,) = parsed(text)
    assert message.startswith(f"line {line}: ") and advice in message
    assert next(topic.words() for topic in topics.values())[0] == "tax"


@pytest.mark.parametrize(
    ("setting", "least", "share", "n_faults"),
    [
        ("least: 1", 1, 0, 0),
        ("least: 0", 2, 0, 1),
        ("least: 2.5", 2, 0, 1),
        ("least: [3]", 2, 0, 1),
        ("share: 0", 2, 0, 0),
        ("share: 1", 2, 1, 0),
        ("share: 1.01", 2, 0, 1),
        ("share: -0.01", 2, 0, 1),
        ("share: .nan", 2, 0, 1),
    ],
)
def test_least_is_a_whole_number_from_1_and_share_is_from_0_to_1(setting, least, share, n_faults):
    topics, problems = parsed(f"taxes:\n  words: [tax]\n  {setting}\n")
    assert (topics["taxes"].least, topics["taxes"].share, len(problems)) == (least, share, n_faults)


def test_every_fault_has_its_own_line_and_a_word_twice_is_one():
    topics, problems = parsed(
        "taxes:\n  colour: red\n  words:\n    - 'entity:  New   York’s '\n    - tax\n    - tax\n    - null\n"
        "    - lemma: tax\n"
    )
    assert topics["taxes"].words() == ["tax", "entity:  New   York’s "]
    assert topics["taxes"].entities["entity:  New   York’s "] == "new york's"
    assert [message.split(": ")[0] for message in problems] == ["line 2", "line 7", "line 8"]
    assert problems[0].endswith("there are words, least, share.")


@pytest.mark.parametrize(
    "text",
    [
        "taxes: 7\n",
        "taxes:\n  words: []\n",
        "- a\n- b\n",
        "a: [b\n",
        "\ttaxes: [a]\n",
        "? [a]\n: [b]\n",
        "' ': [b]\n",
        "\0",
    ],
)
def test_a_file_without_a_topic_is_a_problem(text):
    topics, problems = parsed(text)
    assert topics == {}
    assert len(problems) >= 1


def test_an_empty_file_has_no_topics_and_no_problem():
    assert parsed("# nothing yet\n") == ({}, [])


@given(st.text(alphabet="ab:-[]{}*&!'\"#\n 1?|>", max_size=60))
def test_no_text_raises(text):
    parse_topics(FILE, text.encode())


@given(st.binary(max_size=40))
def test_no_bytes_raise(data):
    parse_topics(FILE, data)


def test_the_manifest_has_the_file_and_the_sheets_and_a_change_ends_the_step(tmp_path):
    file, sheets, manifest = tmp_path / "topics.yaml", tmp_path / "topics", tmp_path / "files.jsonl"
    assert topics_manifest(file, sheets, Budget()) == ""
    manifest.write_text("")
    assert read_topics(manifest) == ([], [])
    file.write_text("taxes: [tax, lema:x]\n")
    sheets.mkdir()
    for sheet in ("anna.csv", "Bo.XLSX"):
        (sheets / sheet).write_text("about_it\n")
    for ignored in ("notes.txt", "~$anna.xlsx", ".hidden.csv"):
        (sheets / ignored).write_text("no sheet\n")
    manifest.write_text(topics_manifest(file, sheets, Budget()))
    assert [Path(json.loads(line)["path"]).name for line in manifest.read_text().splitlines()] == [
        "topics.yaml", "Bo.XLSX", "anna.csv"
    ]  # fmt: skip
    topics, problems = read_topics(manifest)
    (row,) = problem_rows(manifest, problems)
    assert [topic.name for topic in topics] == ["taxes"]
    assert (row["seed"], row["severity"], row["stage"]) == (str(file), "warning", "topics")
    file.write_text("taxes: [levy]\n")
    with pytest.raises(SystemExit, match="changed while"):
        read_topics(manifest)


def test_the_example_has_no_problem():
    path = WORKFLOW / "templates" / "topics.yaml"
    topics, problems = parse_topics(path, path.read_bytes())
    assert [topic.name for topic in topics] == ["taxes", "public health"]
    assert problems == []
