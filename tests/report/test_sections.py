"""Links of the names in a figure."""

from scripts.core.storage import rows_to_table, write_parquet
from scripts.report.evidence import Evidence
from scripts.report.figures.style import NO_DATA, NO_GROUPS
from scripts.report.index import Index
from scripts.report.model import Cell, ShownColumn, Table
from scripts.report.outlines import Outline
from scripts.report.sections import build_section, figure_links, provenance_section
from scripts.report.store import Store
from scripts.report.views import make_view
from tests.report.corpus import row


def test_a_cell_leads_to_its_row_a_document_to_itself_and_an_ambiguous_name_nowhere():
    columns = [
        ShownColumn("name", ""),
        ShownColumn("kind", ""),
        ShownColumn("document", ""),
        ShownColumn("mentions", "", True),
    ]
    rows = [
        [Cell("Ann"), Cell("person"), Cell("a.txt", href="#a"), Cell("2", href="#ann-a")],
        [Cell("Ann"), Cell("person"), Cell("b.txt", href="#b"), Cell("1", href="#ann-b")],
        [Cell("Rome"), Cell("place"), Cell("a.txt", href="#a"), Cell("3", href="#rome")],
    ]
    table = Table("entities_documents", "", "", columns, rows, 3, [], "")
    assert figure_links(table) == {
        "Ann · person · a.txt": "#ann-a",
        "Ann · person · b.txt": "#ann-b",
        "Rome · place · a.txt": "#rome",
        "Rome": "#rome",
        "a.txt": "#a",
        "b.txt": "#b",
    }


def test_a_row_is_named_by_the_values_of_its_cells_and_one_without_an_address_by_none():
    columns = [ShownColumn("frame", ""), ShownColumn("n", "", True), ShownColumn("documents", "", True)]
    rows = [
        [Cell("human interest", "human_interest"), Cell("2"), Cell("1", href="#documents")],
        [Cell("war"), Cell("1"), Cell("1")],
    ]
    table = Table("frame_prevalence", "", "", columns, rows, 2, [], "")
    assert figure_links(table) == {"human interest": "#documents", "human_interest": "#documents"}
    assert figure_links(table._replace(columns=columns[1:], rows=[cells[1:] for cells in rows[:1]])) == {
        "": "#documents",
        "2": "#documents",
    }


def test_a_group_is_no_name_of_a_row_as_other_rows_have_it_too():
    columns = [ShownColumn("word", ""), ShownColumn("group", ""), ShownColumn("count", "", True)]
    rows = [[Cell("tax"), Cell(month), Cell("2", href=f"#{month}")] for month in ("2024-01", "2024-02")]
    assert set(figure_links(Table("rates", "", "", columns, rows, 9, [], ""))) == {"tax · 2024-01", "tax · 2024-02"}


def test_a_record_of_many_seeds_is_cut_and_says_so():
    seeds = {f"{number:05}.txt": {"sha256": "0" * 64, "encoding": "utf-8"} for number in range(2000)}
    (table,) = provenance_section({"seeds": seeds, "settings": {"seeds": "seeds"}}).more
    assert table.rows[0][0].text == "settings.seeds"
    assert (len(table.rows), table.total, table.csv) == (40, 4001, "provenance.json")


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><title>T</title><desc>D</desc>{}</svg>'


def test_labels_of_a_figure_lead_to_the_rows_of_its_table_and_of_the_first_of_the_section(tmp_path):
    tables = {
        "documents": [{"doc_id": "a"}],
        "quotes": [{"doc_id": "a", "sentence": 0, "speaker": "Ann"}],
        "blame": [{"doc_id": "a", "sentence": 1, "speaker": "Ann", "target": "Bo"}],
        "speakers": [{"speaker": "Ann", "n_quotes": 1}],
        "frame_codes": [{"doc_id": "a", "sentence": 0, "scheme": "g", "frame": "war"}],
        "frame_prevalence": [{"scheme": "g", "frame": "war", "n": 1}],
    }
    for name, rows in tables.items():
        write_parquet(tmp_path / f"{name}.parquet", rows_to_table(name, [row(name, **each) for each in rows]))
    for name in ("of_view", "of_data", "bare"):
        (tmp_path / f"{name}.svg").write_text(SVG.format("<text>Ann</text><text>war</text>"))
    by_frame = {"rows_of": "frame_codes", "by": ["scheme", "frame"]}
    views = (
        make_view(
            "speakers",
            {"columns": {"speaker": {}, "n_quotes": {"opens": {"rows_of": "quotes", "by": ["speaker"]}}}},
        ),
        make_view(
            "frame_prevalence",
            {
                "figures": ["of_view"],
                "columns": {"frame": {}, "n": {"opens": by_frame}},
            },
        ),
    )
    views += (views[1]._replace(name="own", figures=("of_data",), below_figure=True),)
    outline = Outline("x", "X", "", "", ("of_view", "of_data", "bare", "gone"))
    evidence = Evidence(Index(tmp_path, {"unit": "lemma", "window": 5}))
    section = build_section(outline, views, Store(tmp_path), tmp_path, evidence, most=9, folded=9)
    first, speakers, second, third, frames = [*section.blocks, *section.more]
    assert [figure.svg.count("<a ") for figure in (first, second, third)] == [2, 2, 1]
    assert (first.table, first.data) == ("frame_prevalence", None)
    assert (second.table, second.data.name) == ("", "own")
    assert (third.table, third.data) == ("", None) and ">Ann</a>" in third.svg
    assert (speakers.name, frames.name, len(section.blocks)) == ("speakers", "frame_prevalence", 2)


def evidence_of(folder):
    write_parquet(folder / "documents.parquet", rows_to_table("documents", [row("documents", doc_id="a")]))
    return Evidence(Index(folder, {"unit": "lemma", "window": 5}))


def test_a_section_without_tables_says_so_and_nothing_else(tmp_path):
    outline = Outline("x", "X", "lead", "Nobody speaks.", ("gone",))
    views = (make_view("speakers", {"columns": {"speaker": {}}}),)
    section = build_section(outline, views, Store(tmp_path), tmp_path, evidence_of(tmp_path), most=9, folded=9)
    assert (section.anchor, section.title, section.lead) == ("x", "X", "lead")
    assert [block.texts for block in section.blocks] == [["Nobody speaks."]]
    assert (section.more, section.absent) == ([], [])


def test_figures_without_data_and_tables_that_are_missing_are_named(tmp_path):
    rows = [row("speakers", speaker=f"s{at}", n_quotes=1) for at in range(5)]
    write_parquet(tmp_path / "speakers.parquet", rows_to_table("speakers", rows))
    (tmp_path / "none.svg").write_text(SVG.format(f'<g id="{NO_DATA}"><text>Nothing to draw.</text></g>'))
    (tmp_path / "alone.svg").write_text(SVG.format(f'<g id="{NO_GROUPS}"><text>One group.</text></g>'))
    views = (
        make_view("speakers", {"columns": {"speaker": {}, "n_quotes": {}}}),
        make_view("speakers", {"folded": True, "name": "folded", "columns": {"speaker": {}}}),
        make_view("blame", {"folded": True, "nothing": "Nobody is blamed.", "columns": {"speaker": {}}}),
        make_view("quotes", {"folded": True, "columns": {"speaker": {}}}),
    )
    outline = Outline("x", "X", "", "", ("none", "alone"))
    section = build_section(outline, views, Store(tmp_path), tmp_path, evidence_of(tmp_path), most=3, folded=2)
    assert [(table.name, len(table.rows)) for table in section.blocks] == [("speakers", 3)]
    assert [(table.name, len(table.rows)) for table in section.more] == [("folded", 2)]
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
