import csv
from datetime import date
from pathlib import Path

import pytest
import yaml

from scripts.plan.settings import check
from scripts.report.choices.view_files import parse_view
from scripts.stories.topic_words import parse_topics

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.mark.parametrize("folder", sorted(path.name for path in EXAMPLES.iterdir()))
def test_settings_and_sheets_fit_the_files(folder):
    config = check(yaml.safe_load((EXAMPLES / folder / "config.yaml").read_text(encoding="utf-8")))
    assert config["results"] == f"results/{folder}"
    sheets = sorted((EXAMPLES.parent / config["seeds"]).glob("*.csv"))
    rows = [row for sheet in sheets for row in rows_of(sheet)]
    assert rows and all(row["text"] for row in rows)
    assert config["groups"] in {*rows[0], "year"}
    assert all(date.fromisoformat(row["date"]) for row in rows)
    assert sum(path.stat().st_size for path in (EXAMPLES / folder).rglob("*") if path.is_file()) < 1_100_000


def test_the_articles_of_wikinews_have_their_addresses():
    rows = rows_of(EXAMPLES / "wikinews" / "seeds" / "wikinews.csv")
    assert all(row["url"].startswith("https://en.wikinews.org/") and row["title"] for row in rows)
    assert len({row["url"] for row in rows}) == len(rows) == 257


def test_the_senators_who_write_are_in_the_table_of_known_sources():
    releases = rows_of(EXAMPLES / "senate" / "seeds" / "releases.csv")
    party = {row["name"]: row["party"] for row in rows_of(EXAMPLES / "senate" / "sources.csv")}
    assert {(row["outlet"], row["party"]) for row in releases} <= set(party.items())
    assert len(releases) == 234


def test_the_sheets_of_the_senate_are_filled_and_say_by_whom():
    folder = EXAMPLES / "senate"
    statements = rows_of(folder / "review" / "language_model_attributions.csv")
    assert len(statements) == 120 and {row["right"] for row in statements} == {"yes", "no"}
    assert all((row["right"] == "yes") == (row["speaker_right"] != "") for row in statements)
    assert len(rows_of(folder / "review" / "language_model_sentences.csv")) == 40
    coded = rows_of(folder / "coding" / "language_model.csv")
    assert len(coded) == 150 and {row["conflict"] for row in coded} == {"0", "1"}
    corrections = rows_of(folder / "review" / "corrections.csv")
    assert len(corrections) == 8 and {row["who"] for row in corrections} == {"language_model"}
    assert "A language model" in (folder / "README.md").read_text(encoding="utf-8")


def test_topics_and_views_of_the_examples_can_be_used():
    path = EXAMPLES / "wikinews" / "topics.yaml"
    topics, faults = parse_topics(path, path.read_bytes())
    assert (len(topics), faults) == (4, [])
    view = EXAMPLES / "senate" / "views" / "amnesty.yaml"
    assert parse_view(str(view), view.read_bytes()).choose.groups == ("Republican",)
