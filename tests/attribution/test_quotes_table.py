"""The reader's quotes have the corpus's names, so that a pivot of them gives the table of speakers."""

from hypothesis import given
from hypothesis import strategies as st

from scripts.core.corpus_names import with_corpus_names
from scripts.core.schemas import arrow_schema
from scripts.core.storage import rows_to_table
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
