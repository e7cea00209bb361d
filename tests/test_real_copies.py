"""Copies of real text: other names and numbers in the same sentences."""

import re
from itertools import islice

from benchmarks.real_copies import articles, copied, exchanged, name_words

TEXT = "Senator Burr met Allen on Monday, May 3, 2004. Allen gave $250 to Burr. Allen and Burr left; we burrow."
RELEASES = [
    {"doc_id": "one", "senator": "Burr", "party": "R", "date": "2004-05-03", "title": "Burr, Allen", "text": TEXT},
    {"doc_id": "two", "senator": "Allen", "party": "D", "date": "2004-11-30", "title": "Allen", "text": TEXT},
]


def test_words_of_names_have_a_capital_everywhere_and_are_no_days():
    assert name_words([TEXT, TEXT, "senator"]) == ["Allen", "Burr"]


def test_names_are_exchanged_alike_and_a_number_keeps_its_size():
    names = exchanged(["Allen", "Burr"], 3)
    assert sorted(names) == sorted(names.values())
    changed = copied(TEXT, {"Allen": "Burr", "Burr": "Allen"}, 3)
    assert re.sub(r"\d", "0", changed).startswith(
        "Senator Allen met Burr on Monday, May 0, 0000. Burr gave $000 to Allen."
    )
    assert "2" in changed and "burrow" in changed


def test_the_first_copy_is_the_releases_and_each_copy_is_the_same_again():
    texts = list(islice(articles(RELEASES), 6))
    assert texts == list(islice(articles(RELEASES), 6))
    assert texts[0][0] == f"Burr, Allen\n\n{TEXT}\n"
    assert [row["date"] for _, row in texts[::2]] == ["2004-05-03", "2004-08-01", "2004-10-30"]
    assert len({row["seed"] for _, row in texts}) == 6
