"""A note under five articles is no speaker, and words of the user's are topics; neither redoes what was parsed."""

import csv
import json

import pytest

from tests.workflow.project import run

TARGETS = [
    f"results/tables/{name}.csv"
    for name in ("boilerplate", "speakers", "quotes", "frequencies", "topic_documents", "problems", "concordance")
]
NOTE = "Editor's note: Council member Jo Gray said the mayor is a rampant liar."
SPARED = {"documents", "parses", "quotes", "counts", "frame_codes"}
ARTICLES = [
    "The tax on water will rise next year, Mayor Ann Smith said on Monday after a long meeting in the old town hall.",
    "Ann Smith, the mayor, said that no tax would be spent on the stadium, which three clubs want and neighbours fear.",
    "A tax on empty houses has brought the city two million, the mayor, Ann Smith, said, and schools are to have it.",
    "Drivers from the suburbs should pay a tax at the bridges, Mayor Ann Smith told reporters as snow fell.",
    "“We will lower the tax for bakers,” Mayor Ann Smith said in a hall full of flour and people who had not slept.",
]


def rows_of(project, name: str) -> list[dict[str, str]]:
    with (project / "results" / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)]


def speakers(project) -> set[str]:
    return {row["speaker"] for row in rows_of(project, "speakers")}


@pytest.mark.slow
def test_notes_do_not_count_and_topics_do(project):
    articles = [
        {"text": f"{text}\n\n{NOTE}", "date": f"2024-05-0{day}", "outlet": "The Globe"}
        for day, text in enumerate(ARTICLES, start=1)
    ]
    lines = "".join(f"{json.dumps(article)}\n" for article in articles)
    (project / "seeds" / "globe.jsonl").write_text(lines, encoding="utf-8")  # one batch
    topics = project / "topics.yaml"
    topics.write_text("money:\n  least: 1\n  words: [tax, lema:levy]\n", encoding="utf-8")
    config = project / "config.yaml"
    config.write_text(config.read_text(encoding="utf-8").replace("terms: []", "terms: [rampant, suburbs]"), "utf-8")
    done = run(project, *TARGETS)
    assert done.code == 0, done.output
    assert [row["term"] for row in rows_of(project, "concordance")] == ["suburbs"]
    (note,) = rows_of(project, "boilerplate")
    assert (note["outlet"], note["documents"], note["statements"]) == ("The Globe", "5", "5")
    assert note["all_words"] == "70" and int(note["mentions"]) >= 5
    assert "Jo Gray" not in speakers(project)
    words = {row["word"] for row in rows_of(project, "frequencies")}
    assert "tax" in words and "rampant" not in words
    assert "Jo Gray" not in {row["name"] for row in rows_of(project, "entities_corpus")}
    kinds = [row["type"] for row in rows_of(project, "quotes") if row["speaker"] == "Jo Gray"]
    assert kinds == ["boilerplate"] * 5
    assert {row["belongs"] for row in rows_of(project, "topic_documents")} == {"true"}
    assert {row["speaker"] for row in rows_of(project, "topic_speakers")} == {"Ann Smith"}
    assert [(row["term"], row["hits"]) for row in rows_of(project, "topic_terms")] == [("tax", "5")]
    assert "line 3: 'lema:levy': did you mean lemma:" in "".join(row["message"] for row in rows_of(project, "problems"))

    topics.write_text("money:\n  least: 1\n  words: [tax, rise]\n", encoding="utf-8")
    planned = run(project, *TARGETS, "--dry-run").planned
    assert planned.keys() & {"topic_hits", "topics", *SPARED} == {"topic_hits", "topics"}

    config.write_text(config.read_text(encoding="utf-8").replace("boilerplate: drop", "boilerplate: keep"), "utf-8")
    topics.unlink()
    done = run(project, *TARGETS[:4])
    assert done.code == 0, done.output
    assert done.rules & {*SPARED, "topic_hits", "topics"} == set()
    assert "Jo Gray" in speakers(project)
    assert "rampant" in {row["word"] for row in rows_of(project, "frequencies")}
