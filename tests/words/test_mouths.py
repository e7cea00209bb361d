"""Words inside statements and their speakers, counted over tokens and statements that are written here."""

import numpy as np
import pytest

from scripts.core.storage import rows_to_table, write_parquet
from scripts.words.mouths import GroupWords, say_who
from tests.report.corpus import row

# Each word takes two characters.
TEXTS = {"a": "xyxz", "b": "xxy", "c": "x"}


def statement(doc_id: str, quote: int, speaker: str, first: int, last: int, **columns: object) -> dict:
    """Return a statement from a word to before another."""
    return row("quotes", doc_id=doc_id, quote=quote, speaker=speaker, content_spans=[[2 * first, 2 * last]], **columns)


@pytest.fixture
def folder(tmp_path):
    tokens = [row("tokens", doc_id=doc_id, start=2 * at, end=2 * at + 1, norm=word, lemma=word, is_word=True)
              for doc_id, text in TEXTS.items() for at, word in enumerate(text)]  # fmt: skip
    quotes = [
        statement("a", 0, "Lin", 0, 3),
        statement("a", 1, "Ann", 2, 3),
        statement("b", 0, "Ann", 0, 2),
        statement("b", 1, "", 2, 3),
        statement("c", 0, "Ann", 0, 1, type="no comment"),
    ]
    for name, rows in (("tokens", tokens), ("quotes", quotes)):
        write_parquet(tmp_path / f"{name}.parquet", rows_to_table(name, rows))
    return tmp_path


def test_words_inside_statements_are_counted_with_their_speakers(folder):
    everywhere = GroupWords(np.ones(3, bool), ["x", "y", "z", "never"])
    only_b = GroupWords(np.array([False, True, False]), ["y", "x"])
    every, of_b = say_who(folder, [*TEXTS], [everywhere, only_b], unit="lemma")
    # The second x of a stands in two statements; nobody is named as the speaker of y in b.
    assert every.n.tolist() == [4, 2, 0, 0]
    assert every.speakers == ["Ann (3), Lin (2)", "Lin (1)", "", ""]
    assert (of_b.n.tolist(), of_b.speakers) == ([1, 2], ["", "Ann (2)"])


def test_of_many_speakers_the_first_three_are_named(tmp_path):
    names = ["Di", "Al", "Cy", "Bo"]
    token = {"doc_id": "a", "norm": "x", "lemma": "x", "is_word": True}
    tokens = [row("tokens", start=2 * at, end=2 * at + 1, **token) for at in range(4)]
    quotes = [statement("a", at, name, at, at + 1) for at, name in enumerate(names)]
    for name, rows in (("tokens", tokens), ("quotes", quotes)):
        write_parquet(tmp_path / f"{name}.parquet", rows_to_table(name, rows))
    (mouths,) = say_who(tmp_path, ["a"], [GroupWords(np.ones(1, bool), ["x"])], unit="form")
    assert (mouths.n.tolist(), mouths.speakers) == ([4], ["Al (1), Bo (1), Cy (1)"])


def test_without_a_statement_nobody_says_anything(tmp_path):
    for name in ("tokens", "quotes"):
        write_parquet(tmp_path / f"{name}.parquet", rows_to_table(name, []))
    (mouths,) = say_who(tmp_path, [], [GroupWords(np.zeros(0, bool), ["x"])], unit="form")
    assert (mouths.n.tolist(), mouths.speakers) == ([0], [""])
