import pandas as pd

from scripts.core.storage import open_parquet, rows_to_table, write_parquet
from scripts.entities.corpus_names import names_between, read_names, renamed
from tests.report.corpus import row

MENTIONS = [("a", "Clinton", "Hillary Clinton"), ("a", "Trump", "Trump"), ("b", "Clinton", "Clinton")]


def test_only_the_document_that_resolves_a_name_has_it_replaced(tmp_path):
    rows = [row("entity_mentions", doc_id=doc, entity=entity, name=name) for doc, entity, name in MENTIONS]
    write_parquet(tmp_path / "entity_mentions.parquet", rows_to_table("entity_mentions", rows))
    names = read_names(tmp_path / "entity_mentions.parquet")
    with open_parquet(tmp_path / "entity_mentions.parquet") as file:
        assert names_between(file, "a", "b") == names_between(file, "a", "a") == names
        assert names_between(file, "b", "b") == {}
    quotes = pd.DataFrame({"doc_id": ["b", "a", "a", "a"], "speaker": ["Clinton", "Trump", "Clinton", ""]})
    quotes["target"] = quotes["speaker"]
    corpus_quotes = renamed(quotes, names)
    assert corpus_quotes["speaker"].tolist() == ["Clinton", "Trump", "Hillary Clinton", ""]
    assert corpus_quotes["target"].tolist() == quotes["target"].tolist()
    assert renamed(quotes, names, ["target"])["target"].tolist() == ["Clinton", "Trump", "Hillary Clinton", ""]


def test_nothing_to_rename_changes_nothing():
    quotes = pd.DataFrame({"doc_id": ["a"], "speaker": ["Clinton"]})
    assert renamed(quotes, {}).equals(quotes)
