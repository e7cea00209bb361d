"""Where the names in a figure lead."""

from scripts.report.model import Cell, Column, Table
from scripts.report.sections import figure_links, provenance


def test_a_cell_leads_to_its_row_a_document_to_itself_and_an_ambiguous_name_nowhere():
    columns = [Column("name", ""), Column("kind", ""), Column("document", ""), Column("mentions", "", True)]
    rows = [
        [Cell("Ann"), Cell("person"), Cell("a.txt", href="#a"), Cell("2", href="#ann-a")],
        [Cell("Ann"), Cell("person"), Cell("b.txt", href="#b"), Cell("1", href="#ann-b")],
        [Cell("Rome"), Cell("place"), Cell("a.txt", href="#a"), Cell("3", href="#rome")],
    ]
    table = Table("entities_documents", "", columns, rows, 3, [], "")
    assert figure_links(table) == {
        "Ann · person · a.txt": "#ann-a",
        "Ann · person · b.txt": "#ann-b",
        "Rome · place · a.txt": "#rome",
        "Rome": "#rome",
        "a.txt": "#a",
        "b.txt": "#b",
    }


def test_a_record_of_many_seeds_is_cut_and_says_so():
    seeds = {f"{number:05}.txt": {"sha256": "0" * 64, "encoding": "utf-8"} for number in range(2000)}
    (table,) = provenance({"seeds": seeds, "settings": {"seeds": "seeds"}}).blocks
    assert table.rows[0][0].text == "settings.seeds"
    assert (len(table.rows), table.total, table.csv) == (150, 4001, "provenance.json")
