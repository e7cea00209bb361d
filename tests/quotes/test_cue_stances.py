"""The stance of cues: lists that hold each word once, particles, and what is in no list."""

import pandas as pd
import pyarrow as pa
import pytest

from scripts.core.lexicons import LEXICONS
from scripts.core.storage import read_yaml, write_parquet
from scripts.quotes import quote_sources
from scripts.quotes.cue_stances import STANCES, cue_stance
from scripts.quotes.quote_sources import stances, with_texts


@pytest.mark.parametrize(
    "lemma, after, stance",
    [
        ("say", " that the harbour", "neutral"),
        ("accord", "ing to", "neutral"),
        ("claim", " that", "doubting"),
        ("allege", "", "doubting"),
        ("point", " out", "endorsing"),
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


CUES = pd.DataFrame(
    {
        "doc_id": ["a", "b", "a"],
        "cue_lemma": ["point", "say", None],
        "cue_head_end": pd.array([11, 4, None], dtype="Int64"),
        "speaker": ["Ann Lee", None, "Ann Lee"],
        "speaker_type": ["person", None, "person"],
    }
)
TEXTS = {"a": "Ann pointed out that Ann Lee, a pilot, left.", "b": "Said"}


def test_the_text_after_a_cue_tells_its_stance():
    assert stances(CUES, TEXTS) == ["endorsing", "neutral", ""]


@pytest.mark.parametrize("at_a_time", [1, 9])
def test_texts_are_read_some_at_a_time(tmp_path, monkeypatch, at_a_time):
    monkeypatch.setattr(quote_sources, "_AT_A_TIME", at_a_time)
    rows = [{"doc_id": name, "outlet": "Globe", "metadata": "{}", "text": text} for name, text in TEXTS.items()]
    write_parquet(tmp_path / "documents.parquet", pa.Table.from_pylist(rows))
    origins, table = with_texts(tmp_path / "documents.parquet", CUES, frozenset("b"))
    assert origins.to_pydict() | {"agency": 0} == {
        "doc_id": ["a", "b"],
        "origin": ["own", "wire"],
        "agency": 0,
        "evidence": ["", "shared"],
    }
    assert table["stance"].tolist() == ["endorsing", "neutral", ""]
    assert table["description"].tolist() == ["a pilot", "", "a pilot"]
