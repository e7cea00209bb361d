"""Names within documents are replaced by those over the corpus, document by document."""

import pyarrow as pa

from scripts.core.corpus_names import read_changed_names, renamed, with_corpus_names
from scripts.core.storage import open_parquet, rows_to_table, write_parquet
from tests.report.corpus import row

MENTIONS = [("a", "Clinton", "Hillary Clinton"), ("a", "Trump", "Trump"), ("b", "Clinton", "Clinton")]


def test_only_the_document_that_resolves_a_name_has_it_replaced(tmp_path):
    rows = [row("entity_mentions", doc_id=doc, entity=entity, name=name) for doc, entity, name in MENTIONS]
    write_parquet(tmp_path / "entity_mentions.parquet", rows_to_table("entity_mentions", rows))
    names = read_changed_names(tmp_path / "entity_mentions.parquet")
    assert names == {("a", "Clinton"): "Hillary Clinton"}
    people = ["Clinton", "Trump", "Clinton", ""]
    quotes = pa.table({"doc_id": ["b", "a", "a", "a"], "speaker": people, "target": people})
    ordered = quotes.sort_by("doc_id")
    with open_parquet(tmp_path / "entity_mentions.parquet") as file:
        assert renamed(ordered, ["speaker"], file).equals(with_corpus_names(ordered, names, ["speaker"]))
        assert renamed(quotes.slice(0, 1), ["speaker"], file).equals(quotes.slice(0, 1))
        assert renamed(quotes.slice(0, 0), ["speaker"], file).num_rows == 0
    named = with_corpus_names(quotes, names, ["speaker"])
    assert named.schema == quotes.schema
    assert named["speaker"].to_pylist() == ["Clinton", "Trump", "Hillary Clinton", ""]
    assert named["target"].to_pylist() == people
    assert with_corpus_names(quotes, names, ["speaker", "target"])["target"].to_pylist() == named["speaker"].to_pylist()
    assert with_corpus_names(quotes, {}, ["speaker"]).equals(quotes)


def test_a_campaign_has_the_name_of_its_owner():
    quotes = pa.table({"doc_id": ["a", "b"], "speaker": ["Clinton campaign", "Clinton campaign"]})
    named = with_corpus_names(quotes, {("a", "Clinton"): "Hillary Clinton"}, ["speaker"])
    assert named["speaker"].to_pylist() == ["Hillary Clinton campaign", "Clinton campaign"]
    assert with_corpus_names(quotes, {("a", "Clinton"): "Hillary Clinton"}, ["speaker"], bodies=False) == quotes


def test_encoded_names_stay_encoded():
    encoded = pa.table({"doc_id": ["a", "b"], "entity": ["Clinton", "Clinton"]})
    encoded = encoded.set_column(1, "entity", encoded["entity"].dictionary_encode())
    named = with_corpus_names(encoded, {("a", "Clinton"): "Hillary Clinton"}, ["entity"])
    assert named.schema == encoded.schema and named["entity"].to_pylist() == ["Hillary Clinton", "Clinton"]
