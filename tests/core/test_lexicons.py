"""Word lists: an entry a line, without comments; stop words as the settings have them."""

import pytest

from scripts.core import lexicons
from scripts.core.lexicons import stop_words, tab_rows, word_list


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(lexicons, "LEXICONS", tmp_path)
    word_list.cache_clear()
    yield tmp_path
    word_list.cache_clear()


def test_entries_stand_in_the_order_of_the_file_without_comments(folder):
    (folder / "list.txt").write_text("# a list\n\n tax cut # of the rich\n#no\nNaïve\n", encoding="utf-8")
    assert word_list("list.txt") == ("tax cut", "Naïve")
    (folder / "table.tsv").write_text("# word\tshare\ntax\t0.1\n\na#b\t\n", encoding="utf-8")
    assert tab_rows("table.tsv") == [["tax", "0.1"], ["a#b", ""]]


@pytest.mark.parametrize(("listed", "expected"), [("default", {"the", "said", "mr"}), ("none", {"said", "mr"})])
def test_stop_words_are_those_of_the_list_with_some_added_and_others_kept(folder, listed, expected):
    (folder / "stopwords.txt").write_text("the\nnot\n", encoding="utf-8")
    chosen = {"list": listed, "add": ["Said", "mr", "US"], "keep": ["NOT", "us"]}
    assert stop_words({"stop_words": chosen}) == expected
