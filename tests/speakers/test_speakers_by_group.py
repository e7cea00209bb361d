"""Speakers of each group of documents."""

import pandas as pd
import pytest

from scripts.maths.document_shares import METHOD
from scripts.maths.intervals import TOO_FEW
from scripts.speakers.speakers import MOST_SPEAKERS, speakers_by_group


def quotes(rows):
    table = pd.DataFrame(rows, columns=["doc_id", "speaker", "n_words"])
    return table.assign(
        quote=range(len(table)), sentence=0, type="mixed", speaker_type="person", role="", ids="", n_quoted=0
    )


GLOBE = [f"g{at}" for at in range(5)]
GROUPS = pd.Series({**dict.fromkeys(GLOBE, "Globe"), "p": "Post", "n": ""})


def test_shares_are_of_the_words_of_the_group():
    rows = [(doc_id, "Ann", 3) for doc_id in GLOBE] + [
        ("g0", "Bo", 5),
        ("p", "Ann", 1),
        ("p", "Bo", 9),
        ("n", "Cy", 99),
    ]
    table = speakers_by_group(quotes(rows), GROUPS)
    shares = table.set_index(["group", "speaker"])["share"].to_dict()
    assert shares == {("Globe", "Ann"): 0.75, ("Globe", "Bo"): 0.25, ("Post", "Bo"): 0.9, ("Post", "Ann"): 0.1}
    assert table["group_documents"].tolist() == [5, 5, 1, 1]
    assert table["lo"].isna().tolist() == table["hi"].isna().tolist() == [False, False, True, True]
    assert table["method"].tolist() == [METHOD] * 2 + [TOO_FEW] * 2


def test_a_group_that_quotes_nobody_has_no_rows():
    assert set(speakers_by_group(quotes([("p", "Ann", 1)]), GROUPS)["group"]) == {"Post"}


def test_the_fifty_most_quoted_of_each_group_are_listed():
    rows = [(doc_id, f"s{at:02}", 100 - at) for doc_id in ("g0", "p") for at in range(60)]
    table = speakers_by_group(quotes(rows), GROUPS)
    listed = [f"s{at:02}" for at in range(MOST_SPEAKERS)]
    assert MOST_SPEAKERS == 50 and table.groupby("group")["speaker"].agg(list).to_dict() == {
        "Globe": listed,
        "Post": listed,
    }


@pytest.mark.parametrize("groups", [GROUPS.head(5), GROUPS.head(0), GROUPS.where(GROUPS == "", "")])
def test_no_rows_without_two_groups(groups):
    assert speakers_by_group(quotes([("g0", "Ann", 1)]), groups).empty


def test_an_article_of_one_group_leaves_the_intervals_of_the_others_as_they_are():
    rows = [(doc_id, who, 3 + at) for at, doc_id in enumerate(GLOBE) for who in ("Ann", "Bo")[: 1 + at % 2]]
    before = speakers_by_group(quotes([*rows, ("p", "Ann", 1)]), GROUPS)
    groups = pd.concat([pd.Series({"a new one": "Post"}), GROUPS])
    after = speakers_by_group(quotes([*rows, ("p", "Ann", 1), ("a new one", "Bo", 9)]), groups)
    globe = [table[table["group"] == "Globe"] for table in (before, after)]
    assert globe[0]["lo"].notna().all()
    pd.testing.assert_frame_equal(*globe)
