"""The stance of cues: lists that hold each word once, particles, and what is in no list."""

import pandas as pd
import pytest

from scripts.core.lexicons import LEXICONS
from scripts.core.storage import read_yaml
from scripts.quotes.cue_stances import STANCES, cue_stance
from scripts.quotes.quote_sources import following


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


def test_text_after_a_cue():
    quotes = pd.DataFrame({"doc_id": ["a", "a", "b"], "cue_head_end": pd.array([11, None, 4], dtype="Int64")})
    texts = {"a": "Ann pointed out that the harbour closes.", "b": "Said"}
    assert following(quotes, texts) == [" out that th", "", ""]
