"""The reader's quotes have the corpus's names, so that a pivot of them gives the table of speakers."""

from hypothesis import given
from hypothesis import strategies as st

from scripts.core.corpus_names import with_corpus_names
from scripts.core.known_sources import ids_by_name, parse_known
from scripts.core.schemas import arrow_schema
from scripts.core.storage import read_parquet, rows_to_table, write_parquet
from scripts.core.tables import join_batches
from scripts.speakers.speakers import speakers


def attribution(doc_id: str, quote: int, speaker: str, n_words: int) -> dict:
    row = dict.fromkeys(arrow_schema("quotes").names, "")
    numbers = {f"{place}_{side}": None for place in ("cue", "cue_head", "source", "ref") for side in ("start", "end")}
    spans = {"content_spans": [[0, 9]], "confidence": 0.9, "sentence": 0, "n_quoted": 0, "type": "indirect"}
    return {**row, **numbers, **spans, "doc_id": doc_id, "quote": quote, "speaker": speaker, "n_words": n_words}


NAMES = ("Ann", "Bo", "Bo Lee", "")


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(NAMES), st.integers(1, 50)), min_size=1, max_size=20))
def test_a_pivot_of_quotes_gives_the_speakers_to_the_last_word(statements) -> None:
    rows = [attribution(doc_id, number, speaker, n) for number, (doc_id, speaker, n) in enumerate(statements)]
    named = with_corpus_names(rows_to_table("quotes", rows), {(doc_id, "Bo"): "Bo Lee" for doc_id in "ab"}, ["speaker"])
    named = named.to_pandas()
    table = speakers(named, ["a", "b", "c"])
    pivot = named[named["speaker"] != ""].groupby("speaker")["n_words"].sum()
    assert dict(zip(table["speaker"], table["words"], strict=True)) == pivot.to_dict() if len(table) else pivot.empty


def test_the_ids_of_a_speaker_are_those_of_the_name_over_all_documents(tmp_path) -> None:
    rows = [attribution("a", number, name, 2) for number, name in enumerate(("Bo", "Ann", ""))]
    (tmp_path / "batch").mkdir()
    write_parquet(tmp_path / "batch" / "quotes.parquet", rows_to_table("quotes", rows))
    mention = {"doc_id": "a", "mention": 0, "sentence": 0, "kind": "person", "entity": "Bo", "name": "Bo Lee"}
    write_parquet(tmp_path / "entity_mentions.parquet", rows_to_table("entity_mentions", [mention]))
    write_parquet(tmp_path / "boilerplate_places.parquet", rows_to_table("boilerplate_places", []))
    known = parse_known("s.csv", b"name,wikidata,parliament_id\nBo Lee,Q1,7\n").rows
    join_batches("quotes", [tmp_path / "batch"], tmp_path, csv_max_rows=9, ids=ids_by_name(known))
    table = read_parquet(tmp_path / "quotes.parquet", ["speaker", "ids"]).to_pylist()
    assert [(row["speaker"], row["ids"]) for row in table] == [
        ("Bo Lee", "wikidata: Q1; parliament_id: 7"), ("Ann", ""), ("", "")
    ]  # fmt: skip
