"""The copy for others: what is in it, what is not, and that it does not tell where it was made."""

import json
import re
import sys
from pathlib import Path
from zipfile import ZipFile

import pyarrow as pa
import pytest
import yaml
from matplotlib.figure import Figure

from scripts.core.annotation import text_sha256
from scripts.core.limits import Budget
from scripts.core.storage import read_parquet, write_parquet
from scripts.framing.people_sheets import letters
from scripts.framing.sheet_files import coding_manifest
from scripts.plan.copied_files import own_files_manifest
from scripts.plan.settings import check
from scripts.report.choices.view_files import views_manifest
from scripts.report.exports import share
from scripts.report.exports.own_files import cut, read_files_without_texts, strings, texts_of_own
from scripts.report.exports.portable import own_paths
from scripts.report.exports.reduced import reduce_tables, shared_runs
from scripts.report.exports.share import leaks, settings_of_copy
from scripts.report.figures.drawing import figure_style, save_figure
from scripts.report.runs import common, has_run, runs_of
from scripts.stories.topic_words import topics_manifest
from tests.report.corpus import NAMES, write_tables
from tests.report.exports.test_metadata import PROVENANCE

SECRET = "a sentence that no number leads to"
LEDE = "the mayor of the old harbour town said that she would not close it"


@pytest.fixture
def make(tables: Path, names: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Return a function that packs the corpus and returns the members by name."""
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "plan.svg").write_text("<svg/>", encoding="utf-8")
    for folder in ("review", "coding", "frames", "topics", "views"):
        (tmp_path / folder).mkdir()
    header = "doc_id,text_sha256,start,end,what,old,new,who,date,note\n"
    (tmp_path / "review" / "corrections.csv").write_text(f"{header}*,,,,merge,'=A,B,cm,,{LEDE}\n")
    (tmp_path / "review" / "study.qdpx").write_text(SECRET)
    (tmp_path / "review" / "notes.txt").write_text(SECRET)
    (tmp_path / "review" / "notes.yaml").write_text("of: nobody else")
    (tmp_path / "coding" / "ann.csv").write_text(f"doc_id,before,text,after,conflict\na,{SECRET},{SECRET},,1\n")
    (tmp_path / "frames" / "own.yaml").write_text("title: Own\n")
    (tmp_path / "my_topics.yaml").write_text("money: [tax]\n")
    (tmp_path / "topics" / "ann.csv").write_text(f"about_it,left,hit,right,topic,doc_id\nyes,{SECRET},x,y,money,a\n")
    (tmp_path / "views" / "all.yaml").write_text("choose: {}\n")
    settings = yaml.safe_load(Path("config.yaml").read_text(encoding="utf-8"))
    settings["framing"] |= {"folder": str(tmp_path / "frames")}
    settings["review"]["folder"] = str(tmp_path / "review")
    settings["topics"] |= {"file": str(tmp_path / "my_topics.yaml"), "folder": str(tmp_path / "topics")}
    settings["views"] = str(tmp_path / "views")
    settings["seeds"] = str(tmp_path / "news" / "seeds")

    def planned() -> str:
        budget = Budget()
        coding = coding_manifest({"folder": str(tmp_path / "coding"), "machines": ["dictionary"]}, [], budget)
        review = budget.read_all(sorted((tmp_path / "review").iterdir()))
        topics = topics_manifest(tmp_path / "my_topics.yaml", tmp_path / "topics", budget)
        views = views_manifest(tmp_path / "views", budget)
        return own_files_manifest(review, coding, "", topics, views, [tmp_path / "frames" / "own.yaml"], budget)

    def packed(*, texts: bool = False, title: str = "T", plan: str = "") -> dict[str, bytes]:
        provenance = PROVENANCE
        settings["share"] = {"texts": texts}
        settings["report"]["title"] = title
        (tmp_path / "own.json").write_text(plan or planned())
        record = {
            **provenance,
            "counts": {"documents": 3, "words": 9, "seeds_left_out": 0, "corrections_by_status": {}},
            "settings": {**settings, **provenance["settings"]},
        }
        (tmp_path / "provenance.json").write_text(json.dumps(record))
        (tmp_path / "settings.json").write_text(json.dumps({"settings": settings, "user_files": {}}))
        places = {"folder": tables, "figures": tmp_path / "figures", "output": tmp_path / "share.zip"}
        places |= {name: tmp_path / f"{name}.json" for name in ("provenance", "own", "settings")}
        arguments = [str(part) for name, path in places.items() for part in (f"--{name}", path)]
        monkeypatch.setattr(sys, "argv", ["share", *arguments, "--tables", *names])
        share.main()
        with ZipFile(tmp_path / "share.zip") as archive:
            assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert archive.namelist() == sorted(archive.namelist())
            return {name: archive.read(name) for name in archive.namelist()}

    packed.planned = planned
    return packed


def test_with_texts_all_is_in_it_as_it_is(make) -> None:
    members = make(texts=True)
    assert b"data-part-0" in members["report.html"] and "tables/tokens.parquet" in members
    assert SECRET.encode() in members["coding/ann.csv"] and members["review/study.qdpx"] == SECRET.encode()


def test_the_same_input_makes_the_same_bytes_also_where_links_are_forbidden(
    make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make()
    first = (tmp_path / "share.zip").read_bytes()

    def refuse(path: Path, target: Path) -> None:
        raise OSError(1314, "A required privilege is not held by the client")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    make()
    assert (tmp_path / "share.zip").read_bytes() == first


def test_without_texts_nothing_of_the_articles_is_in_it_and_no_path_of_this_machine(make, tmp_path: Path) -> None:
    members = make()
    page = members["report.html"].decode()
    assert "data-part-0" not in page and "data-corpus" not in page.partition("<script>")[0]
    assert '<article class="reading"' not in page and "This copy is without the articles" in page
    assert "tables/tokens.parquet" not in members and '"tokens"' not in members["datapackage.json"].decode()
    for name in ("documents", "sentences", "project_codings"):
        (tmp_path / "t.parquet").write_bytes(members[f"tables/{name}.parquet"])
        assert set(read_parquet(tmp_path / "t.parquet")["text"].to_pylist()) == {""}
    assert SECRET not in b"".join(members.values()).decode(errors="replace")
    coded = members["coding/ann.csv"].decode().splitlines()
    assert coded == ["doc_id,conflict,text_sha256", f"a,1,{text_sha256(letters(SECRET))}"]
    assert f"merge,'=A,B,cm,,{LEDE}" in members["review/corrections.csv"].decode()
    assert members["frames/own.yaml"] == b"title: Own\n"
    assert members["topics/my_topics.yaml"] == b"money: [tax]\n"
    assert members["topics/ann.csv"] == b"about_it,topic,doc_id\nyes,money,a\n"
    assert members["views/all.yaml"] == b"choose: {}\n"
    readme = members["README.md"].decode()
    assert "not included" in readme
    assert "without their texts: review/notes.txt, review/notes.yaml, review/study.qdpx." in readme
    for name, content in members.items():
        assert str(tmp_path).encode() not in content, name
    settings = yaml.safe_load(members["config.yaml"])
    assert settings["seeds"] == "seeds" and settings["framing"]["coding"]["folder"] == "coding"
    assert settings["topics"]["file"] == "topics/my_topics.yaml" and settings["topics"]["folder"] == "topics"


def test_a_path_in_an_article_table_stops_the_copy(make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "frames" / "own.yaml").write_text(f"source: {tmp_path}/news/seeds/a.txt\n", encoding="utf-8")
    (tmp_path / "share.zip").unlink(missing_ok=True)
    with pytest.raises(SystemExit, match=r"frames/own\.yaml names "):
        make()
    assert not (tmp_path / "share.zip").exists()


def test_the_settings_of_a_copy_name_nothing_that_is_not_in_it() -> None:
    settings = check({"keyness": {"reference": "more"}, "reference_texts": "speeches"})
    settings["framing"]["coding"]["machines"] = ["dictionary", "model.csv"]
    copied = yaml.safe_load(settings_of_copy(settings, ["sources/mine.csv"]))
    assert not {"more", "speeches", "model.csv"} & set(strings(copied))
    assert copied["sources"] == "sources/mine.csv"


def test_names_are_looked_for_in_what_the_copy_words_itself() -> None:
    members = {"README.md": b"made by ann on ann-laptop", "tables/quotes.csv": b"said ann"}
    assert leaks(members, paths=[], names=["ann-laptop", "ann"]) == ["README.md names ann-laptop, ann"]
    windows = {"provenance.json": json.dumps({"seeds": r"C:\Users\ann\news"}).encode()}
    assert leaks(windows, paths=[r"C:\Users\ann"], names=[]) == [r"provenance.json names C:\Users\ann"]


def test_own_paths_are_the_longest_first_and_none_of_one_part() -> None:
    paths = own_paths([Path("/app"), Path("/data/news")])
    assert "/app" not in paths and "/data/news" in paths
    assert [len(path) for path in paths] == sorted((len(path) for path in paths), reverse=True)


def test_a_sheet_keeps_its_formula_signs_when_its_texts_are_taken_out() -> None:
    own = read_files_without_texts({("coding", "a.csv"): b"Text;note;doc_id;context\nlong;'=1+1;a;long\n"})
    assert cut(own, runs_of([])) == ({"coding/a.csv": b"note,doc_id\n'=1+1,a\n"}, [])


@pytest.mark.parametrize("columns", [2, 3, 4, 14])
def test_a_passage_that_goes_on_in_the_next_cell_or_row_is_cut(columns: int) -> None:
    words = LEDE.split()
    size = -(-len(words) // columns)
    cells = [" ".join(words[at : at + size]) for at in range(0, len(words), size)]
    header = ["doc_id", *(f"c{number}" for number in range(len(cells) - 1))]
    rows = [header, ["a", *cells[1:]], [cells[0], *cells[1:]], [*cells[:-1], "own"], [cells[-1], *cells[1:]]]
    data = "\n".join(map(",".join, rows)).encode()
    own = read_files_without_texts({("review", "a.csv"): data})
    runs = common(runs_of(texts_of_own(own)), [LEDE])
    (sheet,) = cut(own, runs)[0].values()
    assert has_run(data.decode(), runs) and not has_run(sheet.decode(), runs)
    assert [line.count(b",") for line in sheet.splitlines()] == [len(cells) - 1] * len(rows)
    assert sheet.splitlines()[0] == data.splitlines()[0] and sheet.splitlines()[3].endswith(b",own")


def test_a_statement_whose_words_cue_and_source_stand_in_a_row_is_cut_there(tmp_path: Path) -> None:
    words, cue, source = "We will pay for all of it", "said", "the mayor of the old harbour town"
    article = {"doc_id": "a.txt", "text": f"{words}, {cue} {source}.", "metadata": "{}"}
    quotes = [{"doc_id": "a.txt", "content": words, "cue": cue, "source": source}]
    write_tables(tmp_path, documents=[article], quotes=quotes)
    runs = shared_runs(tmp_path, ["quotes"], [], frozenset())
    (tmp_path / "copy").mkdir()
    reduce_tables(tmp_path, tmp_path / "copy", ["quotes"], runs, frozenset(), csv_max_rows=10)
    (row,) = read_parquet(tmp_path / "copy" / "quotes.parquet", ["content", "cue", "source"]).to_pylist()
    assert row["content"] == words and not has_run(" ".join(row.values()), runs)


def test_two_sheets_of_one_name_are_both_in_it() -> None:
    files = {("coding", f"a.{suffix}"): b"doc_id,x\na,1\n" for suffix in ("csv", "txt")}
    assert sorted(read_files_without_texts(files).sheets) == ["coding/a.csv", "coding/a.txt.csv"]


def test_words_of_an_article_in_the_title_of_the_report_stop_the_copy(make, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"share: .*report\.html.*: there are 12 words in a row from an article"):
        make(title=f"On {NAMES[3]}")
    assert not (tmp_path / "share.zip").exists()


def test_words_of_an_article_in_a_figure_stop_the_copy_wherever_their_lines_end(make, tmp_path: Path) -> None:
    words = NAMES[3].split()
    with figure_style():
        figure = Figure()
        figure.text(0.5, 0.5, "\n".join([" ".join(words[:5]), " ".join(words[5:])]))
        save_figure(figure, tmp_path / "figures" / "plan", title="Plan", description="")
    with pytest.raises(SystemExit, match=r"share: figures/plan\.svg: there are 12 words in a row from an article"):
        make()
    assert not (tmp_path / "share.zip").exists()


@pytest.mark.parametrize(("table", "column"), [("documents", "doc_id"), ("documents", "seed"), ("problems", "seed")])
def test_words_of_an_article_in_the_name_of_a_file_stop_the_copy(
    make, tables: Path, tmp_path: Path, table: str, column: str
) -> None:
    path = tables / f"{table}.parquet"
    before = read_parquet(path)
    name = f"mail/{NAMES[3].replace(' ', '-')}.txt"
    at = before.column_names.index(column)
    changed = [name, *before[column].to_pylist()[1:]]
    write_parquet(path, before.set_column(at, before.schema.field(at), pa.array(changed, pa.string())))
    try:
        with pytest.raises(
            SystemExit, match=rf"share: names of files have 12 words in a row .*: {re.escape(name)}\. Give"
        ):
            make()
    finally:
        write_parquet(path, before)


def test_words_of_an_article_in_the_name_of_a_sheet_stop_the_copy(make, tmp_path: Path) -> None:
    name = f"{NAMES[3].replace(' ', '_')}.csv"
    (tmp_path / "coding" / name).write_text("doc_id,conflict\na,1\n")
    with pytest.raises(SystemExit, match=rf"share: .*coding/{re.escape(name)}.*: there are 12 words"):
        make()


def test_a_file_that_changed_after_it_was_planned_stops_the_copy(make, tmp_path: Path) -> None:
    plan = make.planned()
    (tmp_path / "frames" / "own.yaml").write_text("title: Another\n")
    with pytest.raises(SystemExit, match=r"own\.yaml changed while the pipeline ran\. Run it again\."):
        make(plan=plan)
    assert not (tmp_path / "share.zip").exists()
