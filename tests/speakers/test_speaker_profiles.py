"""Leading speakers by group and month, and beside whom they are quoted."""

import pandas as pd
import pytest

from scripts.core.statements import NO_COMMENT
from scripts.speakers.speaker_profiles import MOST_BESIDE, neighbours, periods, speaker_cells

DOCUMENTS = pd.DataFrame(
    [("a", "Globe", "2025-01"), ("b", "Globe", "2025-02"), ("c", "Post", "2025-02"), ("d", "", "")],
    columns=["doc_id", "group", "month"],
)


def quotes(*rows):
    """Return a table quotes with its texts encoded, as the step reads it."""
    table = pd.DataFrame(rows, columns=["doc_id", "speaker", "n_words", "n_quoted"])
    return table.assign(type="mixed").astype(dict.fromkeys(("doc_id", "speaker", "type"), "category"))


STATEMENTS = quotes(
    ("a", "Ann", 6, 2), ("a", "Ann", 4, 4), ("a", "Bo", 10, 0), ("b", "Ann", 5, 5), ("c", "Bo", 5, 0),
    ("d", "Ann", 9, 9), ("d", "", 9, 9),
)  # fmt: skip


def test_words_are_counted_in_each_group_and_month_against_all_that_are_attributed_there():
    table = periods(speaker_cells(STATEMENTS, DOCUMENTS), ["Ann"])
    columns = ["by", "value", "statements", "words", "words_direct", "words_indirect", "documents", "total", "share"]
    assert table[columns].values.tolist() == [
        ["group", "Globe", 3, 15, 11, 4, 2, 25, 0.6],
        ["month", "2025-01", 2, 10, 6, 4, 1, 20, 0.5],
        ["month", "2025-02", 1, 5, 5, 0, 1, 10, 0.5],
    ]
    both = periods(speaker_cells(STATEMENTS, DOCUMENTS), ["Bo", "Ann"])
    assert both["speaker"].tolist() == ["Bo"] * 4 + ["Ann"] * 3


def test_who_is_quoted_in_the_same_documents_is_set_against_chance():
    table = neighbours(speaker_cells(STATEMENTS, DOCUMENTS), ["Bo", "Ann"])
    columns = ["speaker", "other", "documents_both", "documents", "documents_other", "n_documents"]
    assert table[columns].values.tolist() == [["Bo", "Ann", 1, 2, 3, 4], ["Ann", "Bo", 1, 3, 2, 4]]
    assert table["estimate"].tolist() == pytest.approx([1 * 4 / (2 * 3)] * 2)


def test_who_is_always_quoted_alone_has_nobody_beside():
    alone = quotes(("a", "Ann", 6, 2), ("b", "Bo", 1, 0))
    assert neighbours(speaker_cells(alone, DOCUMENTS), ["Ann", "Bo"]).empty


def test_a_refusal_to_speak_and_a_statement_without_a_speaker_count_nothing():
    silent = quotes(("a", "Cy", 0, 0)).assign(type=NO_COMMENT)
    cells = speaker_cells(pd.concat([STATEMENTS, silent]), DOCUMENTS)
    assert set(cells["speaker"]) == {"Ann", "Bo"}


def test_one_group_and_one_month_are_nothing_to_tell_apart():
    same = DOCUMENTS.assign(group="Globe", month="2025-01")
    assert periods(speaker_cells(STATEMENTS, same), ["Ann"]).empty


def test_only_the_others_with_most_documents_in_common_are_listed():
    many = quotes(*[("a", f"s{at:02}", 1, 0) for at in range(30)], ("b", "s29", 1, 0), ("b", "s00", 9, 0))
    table = neighbours(speaker_cells(many, DOCUMENTS), ["s00"])
    assert len(table) == MOST_BESIDE == 20 and table["other"].iloc[0] == "s29"


def test_of_as_many_documents_the_others_whom_chance_explains_least_come_first_then_those_first_in_the_alphabet():
    rows = quotes(
        *(("a", name, 1, 0) for name in ("Ann", "Rare", "Common", "Also rare", "Twice")),
        *(("b", name, 1, 0) for name in ("Ann", "Twice")),
        *((doc_id, name, 1, 0) for doc_id in "cd" for name in ("Common", "Twice")),
    )  # fmt: skip
    table = neighbours(speaker_cells(rows, DOCUMENTS), ["Ann"])
    assert table["other"].tolist() == ["Twice", "Also rare", "Rare", "Common"]
    assert table["estimate"].tolist() == pytest.approx([2 * 4 / (2 * 4), 4 / 2, 4 / 2, 4 / (2 * 3)])
