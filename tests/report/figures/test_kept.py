"""Figures kept from the last run change the time that a run takes, and no byte of their files."""

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from scripts.core.storage import read_parquet, write_parquet
from scripts.report.figures import gallery
from scripts.report.figures.catalogue import DRAWINGS, drawn_data
from scripts.report.figures.gallery import draw_all, figure_key, read_kept_figures, write_kept
from tests.report.corpus import NAMES, write_corpus, write_tables
from tests.report.figures.parts import SETTINGS
from tests.report.figures.test_figures import digests

FIGURES = {"a": b"<svg/>", "b": b"<svg />"}


@pytest.fixture
def three(monkeypatch):
    """Draw three figures in place of all, which takes less time."""
    drawings = tuple(drawing for drawing in DRAWINGS if drawing.name in ("speakers", "timeline", "words"))
    monkeypatch.setattr(gallery, "DRAWINGS", drawings)


def redrawn(folder, tables, **options):
    """Draw the figures into a folder; return the names of figures that were not taken from the last run."""
    before = {*read_kept_figures(folder / "figures.kept")}
    for path in folder.glob("figures/*"):
        path.unlink()
    draw_all(tables, folder / "figures", SETTINGS, **options)
    fingerprint = options.get("fingerprint", b"")
    keys = {
        drawing.name: figure_key(fingerprint, drawing.name, drawn_data(drawing, tables)) for drawing in gallery.DRAWINGS
    }
    assert {*read_kept_figures(folder / "figures.kept")} == {*keys.values()}
    return {name for name, key in keys.items() if key not in before}


@pytest.mark.usefixtures("three")
def test_any_history_makes_the_bytes_of_a_run_from_nothing(tmp_path):
    tables = write_corpus(tmp_path / "tables", NAMES)
    assert redrawn(tmp_path / "run", tables) == {"speakers", "timeline", "words"}
    assert redrawn(tmp_path / "run", tables) == set()
    speakers = read_parquet(tables / "speakers.parquet")
    write_parquet(tables / "speakers.parquet", speakers.slice(1))
    assert redrawn(tmp_path / "run", tables) == {"speakers"}
    draw_all(tables, tmp_path / "anew" / "figures", SETTINGS)
    assert digests(tmp_path / "run" / "figures") == digests(tmp_path / "anew" / "figures")
    assert (tmp_path / "run" / "figures.kept").read_bytes() == (tmp_path / "anew" / "figures.kept").read_bytes()
    assert redrawn(tmp_path / "run", tables, fingerprint=b"another font") == {"speakers", "timeline", "words"}


def test_what_is_drawn_is_all_that_a_figure_depends_on(tmp_path):
    tables = write_corpus(tmp_path / "tables", NAMES)
    for drawing in DRAWINGS:
        data = drawn_data(drawing, tables)
        key = figure_key(b"", drawing.name, data)
        assert key == figure_key(b"", drawing.name, [frame.copy() for frame in data])
        assert key != figure_key(b"", drawing.name, [*data, pd.DataFrame()])
        assert key != figure_key(b"", f"{drawing.name}2", data) and key != figure_key(b"x", drawing.name, data)


def test_one_other_value_makes_another_key():
    frame = pd.DataFrame({"name": ["Ann", None], "n": [1.0, 2.0]})
    keys = {figure_key(b"", "f", [each]) for each in (frame, frame.assign(n=[1.0, 2.5]), frame.fillna(""), frame[::-1])}
    assert len(keys) == 4


def test_a_share_that_is_written_the_same_draws_nothing_anew(tmp_path):
    tables = write_corpus(tmp_path / "tables", NAMES)
    (speakers,) = (drawing for drawing in DRAWINGS if drawing.name == "speakers")
    before = figure_key(b"", "speakers", drawn_data(speakers, tables))
    rows = read_parquet(tables / "speakers.parquet").to_pandas()
    schema = pq.read_schema(tables / "speakers.parquet")
    for factor, same in ((1.0000001, True), (0.5, False)):
        changed = rows.assign(share=rows["share"] * factor)
        write_parquet(
            tables / "speakers.parquet",
            type(read_parquet(tables / "speakers.parquet")).from_pandas(changed, schema=schema),
        )
        assert (figure_key(b"", "speakers", drawn_data(speakers, tables)) == before) == same


def test_a_memory_that_is_absent_or_damaged_keeps_nothing(tmp_path):
    file = tmp_path / "figures.kept"
    assert read_kept_figures(file) == {}
    write_kept(file, FIGURES)
    assert read_kept_figures(file) == FIGURES
    file.write_bytes(file.read_bytes()[:-9])
    assert read_kept_figures(file) == {} and not file.exists()


def changed(tables, name, rows):
    """Add rows to a table; return the figures that are drawn anew."""
    before = {drawing.name: figure_key(b"", drawing.name, drawn_data(drawing, tables)) for drawing in DRAWINGS}
    path = tables / f"{name}.parquet"
    table = read_parquet(path)
    values = [dict.fromkeys(table.column_names) | each for each in rows]
    write_parquet(path, pa.concat_tables([pa.Table.from_pylist(values, table.schema), table]))
    return {
        drawing.name
        for drawing in DRAWINGS
        if figure_key(b"", drawing.name, drawn_data(drawing, tables)) != before[drawing.name]
    }


def test_rows_that_no_figure_shows_draw_nothing_anew(tmp_path):
    tables = write_corpus(tmp_path / "tables", NAMES)
    groups = [{"doc_id": f"{n}.txt", "group": f"outlet {n // 2}"} for n in range(20)]
    write_tables(tables, document_groups=groups)
    assert (
        changed(tables, "document_groups", [{"doc_id": "x", "group": ""}, {"doc_id": "y", "group": "small"}]) == set()
    )
    assert "speakers_by_group" in changed(tables, "document_groups", [{"doc_id": "z", "group": "outlet 0"}])
    # An undated document is on no axis, and its title in no other figure.
    assert changed(tables, "documents", [{"doc_id": "x", "title": "X", "n_tokens": 0, "n_sentences": 1}]) == set()
    assert changed(tables, "documents", [{"doc_id": "w", "date": "2025-01-02", "n_tokens": 0, "n_sentences": 1}]) == {
        "timeline"
    }
