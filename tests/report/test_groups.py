"""The columns by which a reader may group documents: those in which at least one document has a value."""

from scripts.report.groups import document_groups, grouping_columns

DOCUMENTS = [{"doc_id": "a", "date": "2024-05-01", "outlet": "Globe"}, {"doc_id": "b"}]


def test_a_column_counts_if_any_document_has_a_value_in_it(store):
    tables = store(documents=DOCUMENTS, document_groups=[{"doc_id": "a", "group": "Globe"}])
    groups = document_groups(tables, ["outlet", "month", "folder"])
    assert groups == {"group": ["Globe", ""], "outlet": ["Globe", ""], "month": ["2024-05", ""]}
    assert document_groups(store(documents=DOCUMENTS[1:], document_groups=[]), ["outlet", "month"]) == {}


def test_other_tables_name_further_columns(store):
    keyness = [{"column": name} for name in ("doc_id", "party", "corpus", "outlet")]
    assert grouping_columns(store(keyness=keyness, rates=[{"column": "party"}])) == ["outlet", "month", "party"]
