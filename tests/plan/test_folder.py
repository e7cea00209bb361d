"""The results folder: somebody else's is refused, and only our files are removed or written over."""

from types import SimpleNamespace

import pytest

from scripts.core.own_files import MARKER, read_own, write_own
from scripts.plan.folder import (
    ForeignError,
    batch_names,
    check_folders,
    check_sheets,
    claim,
    make_way,
    of_others,
    own_files,
    remove,
    remove_leftovers,
    written_names,
)
from scripts.plan.record import record_written
from tests.core.test_recorded import edit

PATTERNS = {
    "batches/{batch,(?:reference/)?(?:all|[01]+)}/tokens.parquet",
    "logs/tokens/{batch,(?:reference/)?(?:all|[01]+)}.log",
    "groups/{group,[01]+}/vocabulary.parquet",
    "tables/tokens.parquet",
    "report.html",
    "exports/project.qdpx",
}


def made(folder, *names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("as it was")
    return folder


def files(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}


@pytest.fixture
def results(tmp_path):
    return tmp_path / "results"


def test_a_folder_that_is_not_there_or_is_empty_is_as_good_as_ours(results):
    assert own_files(results) == set()
    results.mkdir()
    assert own_files(results) == set()
    made(results, ".DS_Store", ".gitkeep", ".lock", f".{MARKER}.my.host.12.part")
    assert own_files(results) == set()


def test_a_folder_with_nothing_but_results_folders_of_their_own_is_as_good_as_ours(results):
    write_own(made(results / "senate", "report.html"), ["report.html"])
    assert own_files(results) == set()
    made(results, "thesis/report.html")
    with pytest.raises(ForeignError, match=r"did not write: thesis\."):
        own_files(results)


@pytest.mark.parametrize(
    "names",
    [
        ("batches/interviews/a.txt", "groups/focus1/b.txt", "report.html"),
        ("report.html",),
        ("stages/documents.json", "report.html"),  # not a fingerprint
        (".git/HEAD",),
        ("CACHEDIR.TAG",),
        (MARKER,),  # of another program
        ("downloads/.film.part",),
    ],
)
def test_a_folder_of_somebody_elses_is_refused_and_left_as_it_is(results, names):
    made(results, *names)
    with pytest.raises(ForeignError, match=r"did not write.*Set `results` in config.yaml"):
        own_files(results)
    assert files(results) == {*names}


def test_a_link_is_looked_through_and_a_file_is_no_folder(tmp_path, results):
    made(tmp_path / "home", "thesis.docx")
    results.symlink_to(tmp_path / "home")
    with pytest.raises(ForeignError, match=r"thesis\.docx"):
        own_files(results)
    for name, target in (("file", tmp_path / "home" / "thesis.docx"), ("dangling", tmp_path / "nowhere")):
        (tmp_path / name).symlink_to(target)
        with pytest.raises(ForeignError, match="is not a folder"):
            own_files(tmp_path / name)


def test_a_name_that_plays_with_the_terminal_is_shown_as_what_it_is(results):
    made(results, "\x1b[2Jgone")
    with pytest.raises(ForeignError) as refusal:
        own_files(results)
    assert "\x1b" not in str(refusal.value)


def test_a_file_is_in_the_list_before_it_is_written_and_stays_there(results):
    claim(results, own_files(results), ["report.html"])
    made(results, "report.html")
    claim(results, own_files(results), ["report.html", "stages/a.json"])
    assert read_own(results) == {"report.html", "stages/a.json"}


def test_a_file_that_we_did_not_write_is_not_written_over(results):
    listed = own_files(results)
    claim(results, listed, ["report.html"])
    made(results, "exports/project.qdpx")
    (results / "share.zip").symlink_to("elsewhere.zip")
    before = read_own(results)
    for name in ("exports/project.qdpx", "share.zip"):
        with pytest.raises(ForeignError, match=rf"{name}.*Move it elsewhere"):
            claim(results, listed, ["tables/a.csv", name])
    assert read_own(results) == before


def test_what_rules_and_jobs_write_is_taken_from_them(results):
    class File(str):
        is_storage = is_directory = False

    class Remote(File):
        is_storage = True

    class Folder(File):
        is_directory = True

    def maker(*output, log=()):
        return SimpleNamespace(output=output, log=log)

    inside, outside = File(results / "report.html"), File(results.parent / "elsewhere.txt")
    makers = [
        maker(inside, outside, log=[File(results / "logs" / "report.log")]),
        maker(Folder(results / "documents")),
        maker(Remote(results / "tables" / "a.csv")),
    ]
    assert written_names(results, makers) == {"report.html", "logs/report.log", "documents"}
    assert written_names(results, makers, folders=True) == {"documents"}


def test_files_of_batches_and_groups_that_are_gone_are_found_in_the_list():
    names = batch_names(PATTERNS, ["0", "1", "reference/all"], ["0", "1"])
    assert {"batches/0/manifest.jsonl", "logs/tokens/reference/all.log", "groups/1/vocabulary.parquet"} <= names
    of_reference = {name for name in names if "reference" in name}
    of_group = {"groups/1/vocabulary.parquet", "tables/tokens.parquet/1.parquet", "logs/reduce/1.log"}
    corpus = {"batches/duplicates.parquet", "logs/corpus.log", "tables/tokens.csv", "stages/words.json"}
    assert {*of_others(names | of_group | corpus, ["0", "1"], ["0"])} == of_reference | of_group


def test_only_files_of_the_list_are_removed_and_folders_that_are_empty_then(results):
    made(results, "batches/0/tokens.parquet", "batches/0/tokens.kept", "batches/0/corrected/tokens.parquet")
    made(results, "batches/1/tokens.parquet", "batches/1/notes.txt", "report.html")
    listed = files(results) - {"batches/0/tokens.kept", "batches/1/notes.txt"}
    write_own(results, listed)
    remove(results, listed, [*(listed - {"report.html"}), "batches/1/notes.txt"])
    assert files(results) == {"batches/1/notes.txt", "report.html", MARKER}
    assert not (results / "batches" / "0").exists()
    assert listed == read_own(results) == {"report.html"}


def test_a_folder_in_the_place_of_our_file_and_a_file_in_that_of_our_folder_stay(results):
    made(results, "batches/0/tokens.parquet/mine.txt", "batches/1")
    ours = ["batches/0/tokens.parquet", "batches/1/tokens.parquet"]
    remove(results, {*ours}, ours)
    assert files(results) - {MARKER} == {"batches/0/tokens.parquet/mine.txt", "batches/1"}


def test_what_killed_jobs_left_of_our_files_is_removed_and_no_other(results):
    ours = {"tables/.words.csv.my.host.1.part", "batches/0/.tokens.kept.host.22.part", "..written.json.host.3.part"}
    ours |= {"documents/.d1.html.host.4.part", f"documents/.{MARKER}.host.4.part"}
    others = {"tables/.film.part", "tables/.words.csv.part", "tables/.mine.csv.host.1.part", "downloads/.a.host.1.part"}
    made(results, *ours, *others)
    write_own(results / "documents", ["d1.html"])
    remove_leftovers(results, {"tables/words.csv", "batches/0/tokens.parquet", "documents"})
    assert files(results) == others | {f"documents/{MARKER}"}


@pytest.mark.parametrize("in_groups", [True, False])
def test_a_table_makes_way_for_what_it_will_be(results, in_groups):
    made(results, "tables/file.parquet", "tables/folder.parquet/0.parquet")
    listed = {"tables/file.parquet", "tables/folder.parquet/0.parquet"}
    for table in ("file", "folder"):
        make_way(results, listed, table, in_groups=in_groups)
    assert [path.name for path in (results / "tables").iterdir()] == ["folder.parquet" if in_groups else "file.parquet"]


@pytest.mark.parametrize(("name", "in_groups"), [("tokens.parquet", True), ("tokens.parquet/mine.txt", False)])
def test_a_table_that_is_not_ours_makes_no_way(results, name, in_groups):
    made(results, f"tables/{name}")
    with pytest.raises(ForeignError, match="Move it elsewhere"):
        make_way(results, set(), "tokens", in_groups=in_groups)
    assert (results / "tables" / name).read_text() == "as it was"


def test_a_folder_that_is_made_anew_may_hold_nothing_but_our_files(results):
    made(results, "documents/d1.html", "documents/.d1.html.host.4.part", "documents/.snakemake_timestamp")
    write_own(results / "documents", ["d1.html", "d2.html"])
    check_folders(results, ["documents", "not there"])
    made(results, "documents/more/mine.html")
    with pytest.raises(ForeignError, match=r"documents/more/mine\.html"):
        check_folders(results, ["documents"])


def test_a_filled_sheet_is_not_written_over(results):
    made(results, "review/names.csv", "review/sentences.csv")
    record_written(results)
    check_sheets(results, ["review/names.csv", "review/sentences.csv"])
    edit(results / "review/names.csv")
    check_sheets(results, ["review/sentences.csv"])
    with pytest.raises(ForeignError, match=r"review/names\.csv: edited since it was drawn"):
        check_sheets(results, ["review/names.csv", "review/sentences.csv"])
