"""The stance of cues: lists that hold each word once, particles, and what is in no list."""

import pyarrow as pa
import pytest

from scripts.core.lexicons import LEXICONS
from scripts.core.storage import read_yaml, write_parquet
from scripts.sources import quote_sources
from scripts.sources.batch_sources import joined_sources
from scripts.sources.cue_stances import STANCES, cue_stance
from scripts.sources.quote_sources import collected, read_ranges


@pytest.mark.parametrize(
    "lemma, after, stance",
    [
        ("say", " that the harbour", "neutral"),
        ("accord", "ing to", "neutral"),
        ("claim", " that", "doubting"),
        ("allege", "", "doubting"),
        ("point", " out", "endorsing"),
        ("point", " OUT", "endorsing"),
        ("point", " to the harbour", "other"),
        ("point", "", "other"),
        ("find", " out that", "endorsing"),
        ("admit", ",", "endorsing"),
        ("warn", " that", "other"),
        (":", " ", "neutral"),
        ("insist", "", "neutral"),
        ("show", " that", "endorsing"),
        ("", " said", ""),
    ],
)
def test_stance(lemma, after, stance):
    assert cue_stance(lemma, after) == stance


def test_every_word_has_one_stance():
    content = read_yaml(LEXICONS / "cue_stances.yaml")
    of_word: dict[str, set[str]] = {}
    for stance in STANCES:
        for words in content[stance].values():
            for word in words:
                of_word.setdefault(word, set()).add(stance)
    assert set(content) == set(STANCES)
    assert {word for word, stances in of_word.items() if len(stances) > 1} == set()


CUES = [
    # doc_id, cue_lemma, cue_head_end, speaker, speaker_type
    ("a", "point", 11, "Ann Lee", "person"),
    ("a", None, None, "Ann Lee", "person"),
    ("b", "say", 4, None, None),
]
TEXTS = {"a": "Ann pointed out that Ann Lee, a pilot, left.", "b": "Said"}


@pytest.mark.parametrize("at_a_time", [1, 9])
def test_texts_are_read_some_at_a_time(tmp_path, monkeypatch, at_a_time):
    """The text after a cue tells its stance; the documents are listed with their origins."""
    monkeypatch.setattr(quote_sources, "_AT_A_TIME", at_a_time)
    same = {"source": "she", "role": "", "n_words": 3, "n_quoted": 0, "type": "direct", "corrected_by": ""}
    columns = ("doc_id", "cue_lemma", "cue_head_end", "speaker", "speaker_type")
    quotes = [
        {
            **dict(zip(columns, row, strict=True)),
            **same,
            "quote": number,
            "sentence": number,
            "speaker_in_document": row[3],
        }
        for number, row in enumerate(CUES)
    ]
    write_parquet(tmp_path / "quotes.parquet", pa.Table.from_pylist(quotes))
    of_all = {"outlet": "Globe", "metadata": "{}", "date": None, "n_sentences": 9}
    documents = [{"doc_id": name, "text": text, **of_all} for name, text in TEXTS.items()]
    write_parquet(tmp_path / "documents.parquet", pa.Table.from_pylist(documents))
    pair = {"cluster": "b", "doc_id": "b", "other": "c"}
    write_parquet(tmp_path / "near_duplicates.parquet", pa.Table.from_pylist([pair]))
    origins: list[pa.Table] = []
    doc_ids = pa.chunked_array([[*TEXTS]])
    rows = collected(read_ranges(tmp_path, doc_ids, origins), joined_sources([], {}), [])
    assert pa.concat_tables(origins).select(["doc_id", "origin"]).to_pydict() == {
        "doc_id": ["a", "b"],
        "origin": ["own", "own"],
    }
    table = quote_sources.quote_sources(rows, slice(None))
    assert table["stance"].to_pylist() == ["endorsing", "", "neutral"]
    assert table["kind"].to_pylist() == ["citizen", "citizen", "unknown"]
