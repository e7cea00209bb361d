"""Sections: what stands open, what is folded, what is missing; the record of the run."""

from scripts.report.figures.style import NO_DATA, NO_GROUPS
from scripts.report.outlines import Outline
from scripts.report.sections import build_section, provenance_section
from scripts.report.store import Store
from scripts.report.views import make_view
from tests.report.corpus import row, write_tables


def test_a_record_of_many_seeds_is_cut_and_says_so():
    seeds = {f"{number:05}.txt": {"sha256": "0" * 64, "encoding": "utf-8"} for number in range(2000)}
    (table,) = provenance_section({"seeds": seeds, "settings": {"seeds": "seeds"}}).more
    assert table.rows[0][0].text == "settings.seeds"
    assert (len(table.rows), table.total, table.csv) == (40, 4001, "provenance.json")


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><title>T</title><desc>D</desc>{}</svg>'


def test_a_figure_stands_with_its_table_or_has_data_of_its_own(tmp_path):
    tables = {
        "documents": [{"doc_id": "a"}],
        "speakers": [{"speaker": "Ann", "n_quotes": 1}],
        "frame_prevalence": [{"scheme": "g", "frame": "war", "n": 1}],
    }
    write_tables(tmp_path, **tables)
    for name in ("of_view", "of_data", "bare"):
        (tmp_path / f"{name}.svg").write_text(SVG.format("<text>Ann</text>"))
    views = (
        make_view("speakers", {"columns": {"speaker": {}, "n_quotes": {}}}),
        make_view("frame_prevalence", {"figures": ["of_view"], "columns": {"frame": {}, "n": {}}}),
    )
    views += (views[1]._replace(name="own", figures=("of_data",), below_figure=True),)
    outline = Outline("x", "X", "", "", ("of_view", "of_data", "bare", "gone"))
    section = build_section(outline, views, Store(tmp_path), tmp_path)
    first, speakers, second, third, frames = [*section.blocks, *section.more]
    assert (first.table, first.data) == ("frame_prevalence", None) and "<text>Ann</text>" in first.svg
    assert (second.table, second.data.name) == ("", "own")
    assert (third.table, third.data) == ("", None)
    assert (speakers.name, frames.name, len(section.blocks)) == ("speakers", "frame_prevalence", 2)


def test_a_section_without_tables_says_so_and_nothing_else(tmp_path):
    outline = Outline("x", "X", "lead", "Nobody speaks.", ("gone",))
    views = (make_view("speakers", {"folded": True, "columns": {"speaker": {}}}),)
    section = build_section(outline, views, Store(tmp_path), tmp_path)
    assert (section.anchor, section.title, section.lead) == ("x", "X", "lead")
    assert [block.texts for block in section.blocks] == [["Nobody speaks."]]
    assert (section.more, section.absent) == ([], [])


def test_a_section_with_folded_tables_alone_says_that_there_is_nothing_else(tmp_path):
    write_tables(tmp_path, speakers=[row("speakers", speaker="Ann", n_quotes=1)])
    views = (make_view("speakers", {"folded": True, "columns": {"speaker": {}}}),)
    section = build_section(Outline("x", "X", "lead", "Nobody speaks.", ()), views, Store(tmp_path), tmp_path)
    assert [block.texts for block in section.blocks] == [["Nobody speaks."]]
    assert [table.name for table in section.more] == ["speakers"]


def test_figures_without_data_and_tables_that_are_missing_are_named(tmp_path):
    rows = [row("speakers", speaker=f"s{at}", n_quotes=1) for at in range(40)]
    write_tables(tmp_path, speakers=rows)
    (tmp_path / "none.svg").write_text(SVG.format(f'<g id="{NO_DATA}"><text>Nothing to draw.</text></g>'))
    (tmp_path / "alone.svg").write_text(SVG.format(f'<g id="{NO_GROUPS}"><text>One group.</text></g>'))
    views = (
        make_view("speakers", {"columns": {"speaker": {}, "n_quotes": {}}}),
        make_view("speakers", {"folded": True, "name": "folded", "columns": {"speaker": {}}}),
        make_view("blame", {"folded": True, "nothing": "Nobody is blamed.", "columns": {"speaker": {}}}),
        make_view("quotes", {"folded": True, "columns": {"speaker": {}}}),
        make_view("topic_terms", {"extra": "topics", "nothing": "No topic was asked for.", "columns": {"topic": {}}}),
    )
    outline = Outline("x", "X", "", "", ("none", "alone"))
    section = build_section(outline, views, Store(tmp_path), tmp_path)
    assert [(table.name, len(table.rows)) for table in section.blocks] == [("speakers", 10)]
    assert [(table.name, len(table.rows)) for table in section.more] == [("folded", 5)]
    assert section.absent == ["Nothing to draw.", "Nobody is blamed."]


def test_a_record_is_shown_by_dotted_names_with_the_seeds_last():
    record = {"b": {"d": [1, {"e": None}], "c": "x"}, "seeds": {"z.txt": {"sha256": "0"}}, "a": True}
    (table,) = provenance_section(record).more
    assert [[cell.text for cell in cells] for cells in table.rows] == [
        ["a", "True"], ["b.c", "x"], ["b.d[0]", "1"], ["b.d[1].e", ""], ["seeds.z.txt.sha256", "0"],
    ]  # fmt: skip
    assert (table.total, table.carried) == (5, 0)
    (prose,) = provenance_section({}).blocks
    assert prose.texts == ["No provenance was recorded."]
