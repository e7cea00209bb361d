"""The largest stories on the page: articles by date, speakers by outlet side by side, and the first screen."""

from collections.abc import Sequence
from pathlib import Path

from scripts.core.anchors import document_anchor
from scripts.core.storage import read_parquet
from scripts.report.model import StoryTimeline
from scripts.report.page import render_report
from scripts.report.store import Store
from scripts.report.stories import stories_block
from tests.report.corpus import row, write_corpus, write_tables
from tests.report.test_page import OPTIONS

OUTLETS = ("Globe", "Herald", "Globe")


def tables_of(
    folder: Path,
    *,
    stories: int = 1,
    dates: tuple[str, ...] = ("2020-01-02",) * 3,
    speakers: Sequence[str] = ("Ann", "Bo", "Cy"),
    outlets: Sequence[str] = OUTLETS,
) -> Path:
    """Write a corpus of a document by each speaker that are one story, or the same one several times."""
    tables = write_corpus(folder / "tables", [*speakers])
    doc_ids = read_parquet(tables / "documents.parquet", ["doc_id"])["doc_id"].to_pylist()
    names = [f"story {at}" for at in range(stories)]
    rows = {
        "stories": [
            row(
                "stories",
                story=name,
                title=f"<b>{name}",
                documents=3,
                n_outlets=2,
                first="2020-01-02",
                last="2020-01-02",
            )
            for name in names
        ],
        "story_documents": [
            row("story_documents", story=name, doc_id=doc_id, outlet=outlet, date=date, title=f"By {outlet}")
            for name in names
            for doc_id, outlet, date in zip(doc_ids, outlets, dates, strict=True)
        ],
        "story_passages": [
            row(
                "story_passages",
                story=names[0],
                text="<i>We pay",
                speaker="Ann",
                documents=2,
                outlets="Globe",
                others="Herald",
                doc_id=doc_ids[0],
                sentence=0,
            )
        ],
    }
    write_tables(tables, **rows)
    return tables


def block(tables: Path) -> StoryTimeline | None:
    return stories_block(Store(tables))


def test_a_story_has_its_articles_and_the_statements_of_each_speaker_by_outlet(tmp_path: Path) -> None:
    made = block(tables_of(tmp_path))
    assert made is not None
    (story,) = made.stories
    assert [(row["outlet"], row["title"]) for row in story.articles] == [(each, f"By {each}") for each in OUTLETS]
    assert story.outlets == ["Globe", "Herald"]
    assert [(name, [cell.text for cell in cells]) for name, cells in story.rows] == [
        ("Ann", ["1", ""]),
        ("Bo", ["", "1"]),
        ("Cy", ["1", ""]),
    ]
    assert story.rows[0][1][0].place and not story.rows[0][1][1].place
    # Three articles of one day, the two of the Globe in its look.
    assert [(dot.x, dot.y, dot.look, dot.text) for dot in story.dots] == [
        (12, 6, 1, "2020-01-02 · Globe"), (12, 18, 2, "2020-01-02 · Herald"), (12, 30, 1, "2020-01-02 · Globe")
    ]  # fmt: skip
    assert (story.height, made.first, made.last, made.looks) == (36, "2020-01-02", "2020-01-02", ["Globe", "Herald"])
    assert [row["text"] for row in story.passages] == ["<i>We pay"]
    assert not made.others


def test_articles_of_other_days_lie_to_the_right_and_one_without_a_day_is_no_dot(tmp_path: Path) -> None:
    tables = tables_of(tmp_path, dates=("2020-01-31", "2020-01-01", ""))
    made = block(tables)
    assert made is not None
    assert [(dot.x, dot.y) for dot in made.stories[0].dots] == [(732, 6), (12, 6)]


def test_of_the_articles_of_a_day_six_are_dots(tmp_path: Path) -> None:
    made = block(tables_of(tmp_path, dates=("2020-01-02",) * 7, speakers=[*"abcdefg"], outlets=["Globe"] * 7))
    assert made is not None and [dot.y for dot in made.stories[0].dots] == [6, 18, 30, 42, 54, 66]
    assert made.stories[0].outlets == []  # one outlet stands beside no other


def test_whom_most_outlets_quote_comes_before_whom_one_quotes_most(tmp_path: Path) -> None:
    speakers, outlets = ["Zoe", "Zoe", "Bo", "Bo", "Bo"], ["Globe", "Herald", "Globe", "Globe", "Globe"]
    made = block(tables_of(tmp_path, dates=("2020-01-02",) * 5, speakers=speakers, outlets=outlets))
    assert made is not None
    assert [(name, [cell.text for cell in cells]) for name, cells in made.stories[0].rows] == [
        ("Zoe", ["1", "1"]),
        ("Bo", ["3", ""]),
    ]


def test_the_six_outlets_with_most_articles_have_a_look_of_their_own(tmp_path: Path) -> None:
    outlets = [*"GFEDCBAG"]
    dates = tuple(f"2020-0{month}-01" for month in range(1, 9))
    made = block(tables_of(tmp_path, dates=dates, speakers=[*"stuvwxyz"], outlets=outlets))
    assert made is not None and made.looks == [*"GABCDE"] and made.others
    assert [dot.look for dot in made.stories[0].dots] == [1, 0, 6, 5, 4, 3, 2, 1]


def test_there_are_three_stories_at_most_and_none_without_any(tmp_path: Path) -> None:
    tables = tables_of(tmp_path, stories=5)
    made = block(tables)
    assert made is not None and len(made.stories) == 3
    (tables / "stories.parquet").unlink()
    assert block(tables) is None


def test_the_page_says_when_the_articles_are_of_and_how_many_stories_there_are(tmp_path: Path) -> None:
    for number, dates, heading, dots in (
        (1, ("2020-01-02", "2020-01-02", ""), "The largest story, outlet by outlet", "all from 2020-01-02:"),
        (2, ("2020-01-01", "2020-01-31", ""), "The largest stories, outlet by outlet",
         "from 2020-01-01 on the left to 2020-01-31 on the right:"),
    ):  # fmt: skip
        tables = tables_of(tmp_path / str(number), stories=number, dates=dates)
        page = render_report(tables, tmp_path, {"seeds": []}, OPTIONS).page
        assert f"<h3>{heading}</h3>" in page
        assert f"A dot is an article with a date, {dots}" in page
        assert "<b>&lt;b&gt;story 0</b> <span>3 documents · 2 outlets · 2020-01-02</span>" in page
        anchor = document_anchor(read_parquet(tables / "documents.parquet", ["doc_id"])["doc_id"][0].as_py())
        date = f"{dates[0]}, Globe"
        assert f'<li><span>{date}</span><span><a data-place="{anchor}">By Globe</a></span></li>' in page
        passage = f'<q><a data-place="{anchor}-s0">&lt;i&gt;We pay</a></q>'
        assert f"<li><span>Ann · 2 documents · in Globe · not in Herald</span>{passage}</li>" in page
        assert f"{heading.partition(',')[0]}: “" in page


def test_of_many_speakers_and_outlets_the_most_quoted_have_a_row_and_a_column(tmp_path: Path) -> None:
    # Nine outlets quote a speaker each; two quote Zed too, and one of them quotes Yan twice.
    outlets = [*(f"outlet {at}" for at in range(9)), "outlet 0", "outlet 1", "outlet 0", "outlet 0"]
    speakers = [*(f"speaker {at}" for at in range(9)), "Zed", "Zed", "Yan", "Yan"]
    made = block(tables_of(tmp_path, speakers=speakers, outlets=outlets, dates=("2020-01-02",) * len(outlets)))
    assert made is not None
    (story,) = made.stories
    assert story.outlets == [f"outlet {at}" for at in range(8)]
    names = ["Zed", "Yan", *(f"speaker {at}" for at in range(6))]
    assert [name for name, _ in story.rows] == names
    doc_ids = read_parquet(tmp_path / "tables" / "documents.parquet", ["doc_id"])["doc_id"].to_pylist()
    yan = story.rows[1][1][0]
    assert (yan.text, yan.place.partition("-")[0]) == ("2", document_anchor(doc_ids[11]))
