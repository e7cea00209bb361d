"""Stories: articles about one event come together, and nothing but these."""

import csv
import random
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from scripts.core.storage import read_parquet, rows_to_table, write_parquet, write_text
from scripts.stories import own_words, stories, story_vectors
from scripts.stories.stories import (
    article_vectors,
    by_date,
    day_of,
    find_stories,
    originals_of,
    read_articles,
    story_tables,
)

ROOT = Path(__file__).resolve().parents[2]
FIRE = "Harbour fire in Lisbon kills 14 dockers . Mayor Almeida visits the burned warehouse and mourns with families ."
VOTE = "Senate passes tariff bill 51 to 49 . Senator Whitfield calls the vote a betrayal of farmers in Kansas ."
REUSE = pa.table({"family": pa.array([], pa.int64()), "doc_id": pa.array([], pa.string())})


def tokens(texts: dict[str, str]) -> pa.Table:
    """Return texts as rows of the table tokens: capitals are names, digits numbers, all else nouns."""
    rows = []
    for doc_id, text in texts.items():
        sentence = 0
        for word in text.split():
            pos = "NUM" if word[0].isdigit() else "PROPN" if word[0].isupper() else "NOUN"
            stop = word in {"in", "the", "and", "a", "to", "of", "with"}
            rows.append((doc_id, sentence, word.lower(), pos, word.isalnum(), stop))
            sentence += word == "."
    return pa.table(dict(zip(stories.COLUMNS, map(list, zip(*rows, strict=True)), strict=True)))


def article(doc_id: str, *, date: str = "", outlet: str = "", original: str = "") -> dict[str, str]:
    return {"doc_id": doc_id, "date": date, "outlet": outlet, "title": f"About {doc_id}", "original": original}


def tables_of(
    articles: Sequence[dict[str, str]],
    texts: dict[str, str],
    *,
    reuse: pa.Table = REUSE,
    parts: int = 1,
    names: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> list:
    """Return the rows of stories and story_documents for articles."""
    table = by_date(pa.Table.from_pylist(articles))
    doc_ids = sorted(texts)
    blocks = [tokens({doc_id: texts[doc_id] for doc_id in doc_ids[at::parts]}) for at in range(parts)]
    vectors = article_vectors(blocks, reuse, originals_of(table))
    return story_tables(find_stories(table, vectors.rows), table, vectors, names)


TEXTS = {
    "a": FIRE,
    "b": "In Lisbon 14 dockers died in a harbour fire . Almeida the mayor mourns them at the warehouse .",
    "c": VOTE,
    "d": "Kansas farmers angry as Senate votes 51 to 49 for the tariff bill . Whitfield speaks of betrayal .",
    "e": "Kittens win a prize at the village show near Ghent . Nobody is quite sure why they did .",
}
ARTICLES = [article(doc_id, date="2020-01-02", outlet=f"outlet {doc_id}") for doc_id in TEXTS]


def test_articles_about_one_event_are_a_story_named_as_the_earliest_and_others_are_in_none() -> None:
    rows, members = tables_of(ARTICLES, TEXTS)
    assert [(row["story"], row["documents"], row["outlets"]) for row in rows] == [
        ("a", 2, "outlet a; outlet b"),
        ("c", 2, "outlet c; outlet d"),
    ]
    assert [(row["story"], row["doc_id"]) for row in members] == [("a", "a"), ("a", "b"), ("c", "c"), ("c", "d")]
    assert {"harbour", "lisbon", "dockers"} <= set(rows[0]["words"].split(", "))
    assert sum(row["central"] for row in members) == 2
    assert all(0 < row["distance"] < 1 for row in members)


def test_stories_are_the_same_whatever_the_parts_and_an_added_article_changes_its_story_alone() -> None:
    tables = tables_of(ARTICLES, TEXTS)
    assert tables_of(ARTICLES, TEXTS, parts=3) == tables
    more = [*ARTICLES, article("f", date="2020-01-03", outlet="outlet f")]
    text = "Lisbon mourns : 14 dockers dead after the harbour fire . Mayor Almeida visits the warehouse ."
    rows, members = tables_of(more, {**TEXTS, "f": text})
    assert [(row["story"], row["documents"], row["title"]) for row in rows] == [
        ("a", 3, "About f"),
        ("c", 2, "About d"),
    ]
    nearest = min(members[:3], key=lambda row: row["distance"])
    assert nearest["central"] and nearest["doc_id"] == rows[0]["doc_id"] == "f"
    before, after = ([row for row in table if row["story"] == "c"] for table in (tables[1], members))
    assert [row["doc_id"] for row in after] == [row["doc_id"] for row in before] == ["c", "d"]
    assert [row["distance"] for row in after] == pytest.approx([row["distance"] for row in before], abs=0.01)


def test_stories_are_the_same_however_little_is_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    outlets = [article(doc_id, date="2020-01-02", outlet=f"outlet {at % 2}") for at, doc_id in enumerate(TEXTS)]
    monkeypatch.setattr(story_vectors, "_HOUSE", 2)
    tables = tables_of(outlets, TEXTS)
    monkeypatch.setattr(own_words, "_CELLS", 7)
    for module in (own_words, story_vectors):
        monkeypatch.setattr(module, "_AT_A_TIME", 1)
    monkeypatch.setattr(story_vectors, "_WAITING", 0)
    assert tables_of(outlets, TEXTS, parts=5) == tables


def test_a_copy_belongs_to_the_story_of_its_original_and_has_no_say_in_it() -> None:
    copies = [article(f"copy {at}", date="2020-01-03", original="a") for at in range(5)]
    rows, members = tables_of([*ARTICLES, *copies], TEXTS)
    assert [(row["story"], row["documents"]) for row in rows] == [("a", 7), ("c", 2)]
    distance = {row["doc_id"]: row["distance"] for row in members}
    assert {distance[each["doc_id"]] for each in copies} == {distance["a"]}
    assert distance["b"] == {row["doc_id"]: row["distance"] for row in tables_of(ARTICLES, TEXTS)[1]}["b"]


def test_a_copy_that_stands_before_its_original_moves_no_other_article() -> None:
    _, members = tables_of([*ARTICLES, article("0", date="2020-01-02", original="c")], TEXTS)
    assert [(row["story"], row["doc_id"]) for row in members] == [
        ("0", "0"), ("0", "c"), ("0", "d"), ("a", "a"), ("a", "b")
    ]  # fmt: skip


def test_names_of_half_the_articles_describe_a_story_and_its_words_are_others() -> None:
    names = {"a": ["Almeida", "Lisbon"], "b": ["Lisbon"], "copy": ["Lisbon", "Harbour Fire"], "c": ["Kansas"]}
    articles = [*ARTICLES, article("copy", date="2020-01-02", original="a")]
    fire, vote = sorted(tables_of(articles, TEXTS, names=names)[0], key=lambda row: row["story"])
    assert (fire["names"], vote["names"]) == ("Lisbon", "Kansas")
    assert "lisbon" not in fire["words"].split(", ") and "almeida" in fire["words"].split(", ")


def test_six_names_and_eight_words_at_most_describe_a_story() -> None:
    names = [f"Name {at}" for at in range(9)]
    (fire, _), _ = tables_of(ARTICLES, TEXTS, names={"a": names, "b": names[1:]})
    assert fire["names"] == "; ".join(names[1:7])
    assert len(fire["words"].split(", ")) == 8
    articles = [*ARTICLES, *(article(f"a{at}", date="2020-01-02") for at in range(2))]
    texts = {**TEXTS, "a0": f"{FIRE} Dog cat", "a1": f"{FIRE} Dog cat"}
    rows, _ = tables_of(articles, texts, names={"a": ["Half", "Rare"], "a0": ["Half"]})
    assert (rows[0]["documents"], rows[0]["names"]) == (4, "Half")


def test_stories_of_most_articles_come_first_of_equals_those_of_most_outlets_then_the_earliest() -> None:
    dates = {"a": "2020-01-04T09:30", "b": "2020-01-03", "c": "2020-01-02", "d": "2020-01-05"}
    outlets = {"c": "one", "d": "one"}
    articles = [article(each, date=dates.get(each, ""), outlet=outlets.get(each, each)) for each in TEXTS]
    rows, members = tables_of(articles, TEXTS)
    assert [(row["story"], row["first"], row["last"], row["n_outlets"]) for row in rows] == [
        ("b", "2020-01-03", "2020-01-04", 2), ("c", "2020-01-02", "2020-01-05", 1)
    ]  # fmt: skip
    assert [row["doc_id"] for row in members] == ["b", "a", "c", "d"]
    more = [*articles, article("f", outlet="one")]
    assert [row["story"] for row in tables_of(more, {**TEXTS, "f": TEXTS["d"]})[0]] == ["c", "b"]
    alike = [article(each, date=dates.get(each, ""), outlet="one") for each in TEXTS]
    assert [row["story"] for row in tables_of(alike, TEXTS)[0]] == ["c", "b"]


def test_articles_are_in_the_order_of_their_dates_and_a_lacking_title_is_the_first_line(tmp_path: Path) -> None:
    columns = {"doc_id": "abcd", "date": [None, "2020-02", "2020-01-05", "2020-01-05"], "outlet": [None, *"xyz"]}
    titles = {"title": ["", None, "T" * 130, "A title"], "duplicate_of": [None, None, None, "c"]}
    text = ["\n  \n First line \nsecond", None, "text", "text"]
    write_parquet(
        tmp_path / "documents.parquet", pa.table({**{k: [*v] for k, v in columns.items()}, **titles, "text": text})
    )
    articles = read_articles(tmp_path / "documents.parquet").to_pylist()
    assert [(row["doc_id"], row["row"], row["outlet"], row["original"]) for row in articles] == [
        ("c", 0, "y", ""), ("d", -1, "z", "c"), ("b", 1, "x", ""), ("a", 2, "", "")
    ]  # fmt: skip
    cut, *others = [row["title"] for row in articles]
    assert others == ["A title", "", "First line"]
    assert len(cut) == 120 and cut.startswith("T" * 100)


def test_an_article_and_its_copy_alone_are_a_story_without_distances() -> None:
    rows, members = tables_of([article("e"), article("e again", original="e")], {"e": TEXTS["e"]})
    assert [(row["story"], row["documents"]) for row in rows] == [("e", 2)]
    assert [(row["doc_id"], row["distance"], row["central"]) for row in members] == [
        ("e", None, True), ("e again", None, False)
    ]  # fmt: skip


def test_dates_far_apart_keep_events_that_recur_apart() -> None:
    texts = {f"year {at}": FIRE + f" Extra words {at} here ." for at in range(2)}
    days = ["2020-01-01", "2020-06-01"]
    assert len(tables_of([article(doc_id, date="2020-01-01") for doc_id in texts], texts)[0]) == 1
    assert tables_of([article(doc_id, date=day) for doc_id, day in zip(texts, days, strict=True)], texts) == ([], [])


def random_words(seed: int, n: int) -> str:
    return " ".join("".join(random.Random(f"{seed} {at}").choices("abcdefgh", k=6)) for at in range(n))


@pytest.mark.parametrize(("outlets", "stories_found"), [(1, 0), (2, 1), (12, 1)])
def test_what_an_outlet_always_writes_makes_no_story(outlets: int, stories_found: int) -> None:
    """The same lines in all articles of one outlet say nothing; in those of two or more they are in common."""
    texts = {f"{at:02}": f"{random_words(at, 8)} . {FIRE}" for at in range(12)}
    articles = [article(doc_id, outlet=f"outlet {int(doc_id) % outlets}") for doc_id in texts]
    assert len(tables_of(articles, texts)[0]) == stories_found


def test_a_quote_in_common_brings_articles_together() -> None:
    texts = {name: f"Kraków mourns two miners today . {random_words(at, 12)} ." for at, name in enumerate("ab")}
    assert tables_of([article("a"), article("b")], texts) == ([], [])
    reuse = pa.table({"family": [1, 1, 2, 2, 3, 3, 4, 4], "doc_id": ["a", "b"] * 4})
    rows, _ = tables_of([article("a"), article("b")], texts, reuse=reuse)
    assert [row["documents"] for row in rows] == [2]
    assert "family" not in rows[0]["words"]


def test_a_corpus_of_one_article_has_no_stories_and_dates_may_be_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert day_of("March 2020") is None
    nothing = dict.fromkeys(("seed", "sha256", "language", "encoding", "metadata", "text_sha256"), "")
    numbers = dict.fromkeys(("n_paragraphs", "n_sentences", "n_tokens", "n_words"), 0)
    row = {**nothing, **numbers, "doc_id": "a", "title": None, "date": None, "outlet": None, "parsed": True}
    write_parquet(
        tmp_path / "documents.parquet", rows_to_table("documents", [{**row, "duplicate_of": None, "text": FIRE}])
    )
    write_parquet(tmp_path / "tokens.parquet", tokens({"a": FIRE}))
    write_parquet(tmp_path / "quote_reuse.parquet", REUSE)
    write_parquet(tmp_path / "entities_documents.parquet", pa.table({"doc_id": ["a"], "name": ["Lisbon"]}))
    write_text(tmp_path / "settings.json", '{"settings": {"tables": {"csv_max_rows": 10}}}')
    options = ["--settings", f"{tmp_path}/settings.json", "--folder", str(tmp_path)]
    monkeypatch.setattr("sys.argv", ["stories", *options])
    stories.main()
    assert [read_parquet(tmp_path / f"{name}.parquet").num_rows for name in ("stories", "story_documents")] == [0, 0]


def test_an_article_more_or_less_changes_no_story_of_others_among_real_articles() -> None:
    """Each article of the stories, and as many others, is left out of 70 of Wikinews in its turn."""
    with (ROOT / "examples" / "wikinews" / "seeds" / "wikinews.csv").open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)][60:130]
    texts = {f"{at:03}": f"{row['title']} . {row['text'][:1000]}" for at, row in enumerate(rows)}
    articles = [article(doc_id, date=row["date"]) for doc_id, row in zip(texts, rows, strict=True)]

    rows_of_all = tokens(texts)

    def stories_of(chosen: Sequence[dict[str, str]]) -> set[frozenset[str]]:
        table = by_date(pa.Table.from_pylist(chosen))
        blocks = [rows_of_all.filter(pc.is_in(rows_of_all["doc_id"], table["doc_id"]))]
        rows = article_vectors(blocks, REUSE, table).rows
        return {frozenset(table["doc_id"].take(story).to_pylist()) for story in find_stories(table, rows)}

    stories_found = stories_of(articles)
    in_stories = [each for each in articles if any(each["doc_id"] in story for story in stories_found)]
    assert len(stories_found) >= 4
    for left in [*in_stories[::3], *articles[::17]]:
        others = stories_of([each for each in articles if each is not left])
        own = {story for story in stories_found if left["doc_id"] in story}
        assert others >= stories_found - own
        assert all(any(story & mine for mine in own) for story in others - stories_found), (
            left,
            others - stories_found,
        )
