"""Files beside the page: the same bytes for the same corpus, and new ones only where a document changed."""

import json
import shutil

import pyarrow.compute as pc
import pytest

from scripts.core.storage import read_parquet, write_parquet
from scripts.report.large import files
from scripts.report.large.files import write_files
from tests.report.blocks import STATISTICS, WORDS
from tests.report.choices.made import write_made
from tests.report.corpus import row, write_tables


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    """Let a small corpus have several segments and parts."""
    monkeypatch.setattr(files, "SEGMENT_DOCUMENTS", 8)
    monkeypatch.setattr(files, "PART_DOCUMENTS", 2)


def written(tables, folder, memory, fingerprint=b""):
    made = write_files(tables, folder, memory, fingerprint, WORDS, STATISTICS)
    assert sorted(made.files) == sorted(path.name for path in folder.iterdir())
    return {name: (folder / name).read_text(encoding="utf-8") for name in made.files}


def without(tables, doc_id):
    """Take a document out of the tables that have rows of it."""
    for path in tables.glob("*.parquet"):
        rows = read_parquet(path)
        if "doc_id" in rows.column_names:
            write_parquet(path, rows.filter(pc.not_equal(rows["doc_id"], doc_id)))


def test_a_document_less_changes_its_texts_and_the_index_of_its_segment_alone(tmp_path):
    tables = write_made(tmp_path / "tables")
    before = written(tables, tmp_path / "first", tmp_path / "memory")
    times = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "memory").iterdir()}
    assert len([name for name in before if name.startswith("documents-")]) > 2
    without(tables, "05.txt")
    after = written(tables, tmp_path / "second", tmp_path / "memory")
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert 0 < len([name for name in changed if name.startswith("texts-")]) <= 2
    [segment] = [
        name.removeprefix("documents-").removesuffix(".js") for name in changed if name.startswith("documents")
    ]
    others = [name for name in changed if not name.startswith("texts-")]
    assert all(segment in name for name in others)
    # Files that are the same were not written again, and those that are gone are not remembered.
    memory = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "memory").iterdir() if path.suffix == ".js"}
    assert memory.keys() == after.keys()
    assert {name for name, time in memory.items() if times.get(name) != time} == changed & after.keys()
    # As it would be without a memory.
    assert written(tables, tmp_path / "third", tmp_path / "no memory") == after


def test_segments_that_are_the_same_are_not_made_again(tmp_path, monkeypatch):
    tables = write_made(tmp_path / "tables")
    before = written(tables, tmp_path / "first", tmp_path / "memory")
    made = []
    make = files._segment_files
    monkeypatch.setattr(files, "_segment_files", lambda own, name, *rest: made.append(name) or make(own, name, *rest))
    # Counts of the corpus, which change with each document, are of no segment.
    write_tables(tables, rates=[row("rates", column="outlet")])
    assert written(tables, tmp_path / "second", tmp_path / "memory") == before and made == []
    # Another version of the code, a file that is gone, and keys that nobody can read.
    assert written(tables, tmp_path / "third", tmp_path / "memory", b"new") == before
    segments = [name.removeprefix("documents-").removesuffix(".js") for name in before if name.startswith("documents-")]
    assert made == sorted(segments)
    (tmp_path / "memory" / f"documents-{made[0]}.js").unlink()
    written(tables, tmp_path / "fourth", tmp_path / "memory", b"new")
    assert made[len(segments) :] == segments[:1]
    (tmp_path / "memory" / "keys.json").write_text("{", encoding="utf-8")
    assert written(tables, tmp_path / "fifth", tmp_path / "memory", b"new") == before
    assert len(made) == 2 * len(segments) + 1


class Killed(Exception):
    """The end of a run before it has done its work."""


def test_a_run_that_ended_early_is_gone_on_with(tmp_path, monkeypatch):
    tables = write_made(tmp_path / "tables")
    expected = written(tables, tmp_path / "first", tmp_path / "other memory", b"new")
    make, made, most = files._segment_files, [], 2

    def make_until_killed(own, name, *rest):
        made.append(name)
        if len(made) > most:
            raise Killed
        return make(own, name, *rest)

    monkeypatch.setattr(files, "_segment_files", make_until_killed)
    with pytest.raises(Killed):
        written(tables, tmp_path / "second", tmp_path / "memory", b"new")
    first, most = made[:2], 100
    made.clear()
    assert written(tables, tmp_path / "third", tmp_path / "memory", b"new") == expected
    assert made and set(made).isdisjoint(first)


def test_a_segment_whose_files_were_written_over_is_not_taken_for_the_old_one(tmp_path, monkeypatch):
    tables = write_made(tmp_path / "tables")
    before = written(tables, tmp_path / "first", tmp_path / "memory")
    make = files._segment_files

    def cut_short(own, name, *rest):
        yield from [*make(own, name, *rest)][:-1]
        raise Killed

    monkeypatch.setattr(files, "_segment_files", cut_short)
    unchanged = tmp_path / "unchanged"
    shutil.copytree(tables, unchanged)
    without(tables, "05.txt")
    with pytest.raises(Killed):
        written(tables, tmp_path / "second", tmp_path / "memory")
    monkeypatch.setattr(files, "_segment_files", make)
    assert written(unchanged, tmp_path / "third", tmp_path / "memory") == before


def test_a_damaged_file_is_made_again_although_its_second_name_is_damaged_too(tmp_path):
    before = written(write_made(tmp_path / "tables"), tmp_path / "first", tmp_path / "memory")
    damaged = tmp_path / "first" / max(before)
    with damaged.open("r+b") as file:
        file.write(b"?")
    damaged.unlink()
    assert written(tmp_path / "tables", tmp_path / "second", tmp_path / "memory") == before


def test_a_file_is_a_call_of_one_function_with_texts_that_need_no_escape(tmp_path):
    for name, text in written(write_made(tmp_path / "tables"), tmp_path / "folder", tmp_path / "memory").items():
        assert text.startswith(f'give("{name}", [') and text.endswith("]);\n") and text.count("\n") == 1
        blocks = json.loads(text[len(f'give("{name}", ') : -len(");\n")])
        assert len(blocks) == 1 + name.startswith("texts-") and not {*"".join(blocks)} & {*"\\\"'<\n"}
