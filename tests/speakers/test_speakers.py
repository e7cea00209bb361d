"""Speakers: words add up, shares too, and intervals are those of whole documents."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.core.corpus_names import with_corpus_names
from scripts.core.storage import rows_to_table
from scripts.maths.document_shares import METHOD, share_interval, sums_of
from scripts.maths.intervals import TOO_FEW
from scripts.speakers.speakers import speakers, with_joint
from tests.report.corpus import row


def quotes(*rows):
    columns = ["doc_id", "quote", "sentence", "speaker", "speaker_type", "role", "n_words", "n_quoted"]
    return pd.DataFrame(rows, columns=columns).assign(type="mixed")


ROWS = quotes(
    ("a", 0, 1, "Lin", "person", "", 10, 10),
    ("a", 1, 3, "Trump", "person", "president", 20, 0),
    ("b", 0, 0, "Lin", "person", "spokesman", 30, 10),
    ("b", 1, 2, "", "unnamed", "", 50, 50),
)
FIVE = list("abcde")  # the fewest documents of an interval; nobody is quoted in the last three


def test_the_role_and_the_type_that_most_documents_give():
    rows = quotes(
        *(("a", number, number, "Lin", "group", "rival", 5, 0) for number in range(9)),
        *((doc, 0, 0, "Lin", "person", "spokesman", 5, 0) for doc in "bc"),
    )
    table = speakers(rows, ["a", "b", "c"])
    assert table[["speaker_type", "role", "other_roles"]].values.tolist() == [["person", "spokesman", "rival"]]


def test_words_shares_and_first_statement():
    table = speakers(ROWS, FIVE).set_index("speaker")
    assert list(table.index) == ["Lin", "Trump"]
    assert table.loc["Lin", ["n_quotes", "n_documents", "words", "words_direct", "words_indirect"]].tolist() == [
        2,
        2,
        40,
        20,
        20,
    ]
    assert table["share"].tolist() == pytest.approx([40 / 60, 20 / 60])
    assert table["direct_share"].tolist() == [1, 0]
    assert table.loc["Lin", "role"] == "spokesman"
    assert table.loc["Lin", ["doc_id", "sentence"]].tolist() == ["a", 1]
    assert set(table["method"]) == {METHOD}


def test_of_as_many_words_those_in_quotation_marks_come_first():
    rows = quotes(*(("a", at, at, name, "person", "", 5, at * 5) for at, name in enumerate(("Ann", "Bo"))))
    assert speakers(rows, FIVE)["speaker"].tolist() == ["Bo", "Ann"]


def test_two_documents_tell_little_of_a_share():
    table = speakers(ROWS, FIVE).set_index("speaker")
    lo, hi = table.loc["Lin", ["lo", "hi"]]
    assert lo < 1 / 3 and hi > 0.9


def test_intervals_are_those_of_the_whole_table_of_documents_and_speakers():
    generator = np.random.default_rng(6)
    words = generator.integers(1, 40, (12, 5)) * (generator.random((12, 5)) < 0.5)
    words[0] = 0
    cells = [
        (f"d{at:02}", who, 0, f"S{who}", "person", "", words[at, who], words[at, who] // 2)
        for at, who in zip(*np.nonzero(words), strict=True)
    ]
    doc_ids = [f"d{at:02}" for at in range(12)]
    table = speakers(quotes(*cells), doc_ids).set_index("speaker")
    lo, hi = share_interval(sums_of(words, words.sum(axis=1)[:, None]))
    assert table.loc[[f"S{who}" for who in range(5)], "lo"].tolist() == pytest.approx(lo)
    assert table.loc[[f"S{who}" for who in range(5)], "hi"].tolist() == pytest.approx(hi)


def test_who_says_nothing_between_quotation_marks_may_still_do_so():
    table = speakers(ROWS, FIVE).set_index("speaker")
    assert (
        table.loc["Trump", ["direct_share", "direct_lo"]].tolist() == [0, 0] and table.loc["Trump", "direct_hi"] > 0.5
    )
    nobody = speakers(ROWS.assign(n_quoted=0), FIVE)
    assert nobody[["direct_share", "direct_lo", "direct_hi"]].isna().all().all()
    assert nobody["lo"].notna().all()


@pytest.mark.parametrize("documents", [["a"], ["a", "b"], FIVE[:4]])
def test_too_few_documents_have_no_interval(documents):
    table = speakers(ROWS[:2], documents)
    assert table["lo"].isna().all() and table["hi"].isna().all()
    assert set(table["method"]) == {TOO_FEW}


def test_documents_without_quotes_count_as_documents_and_tell_nothing_of_a_share():
    table = speakers(ROWS[:2], FIVE)
    assert set(table["method"]) == {METHOD}
    ends = [f"{prefix}{end}" for prefix in ("", "direct_") for end in ("lo", "hi")]
    pd.testing.assert_frame_equal(speakers(ROWS[:2], [*FIVE, *"fghijklmnopqrst"])[ends], table[ends])


def test_nobody_speaks():
    assert speakers(ROWS[3:], ["b"]).empty
    assert speakers(quotes(), ["b"]).empty


def test_refusals_are_counted_and_have_no_words():
    silence = quotes(
        ("c", 0, 1, "Lin", "person", "", 0, 0),
        ("c", 1, 2, "Mill", "organisation", "", 0, 0),
    ).assign(type="no comment")
    table = speakers(pd.concat([ROWS, silence], ignore_index=True), FIVE).set_index("speaker")
    counted = ["n_quotes", "n_no_comment", "n_documents", "words"]
    assert table.loc["Lin", counted].tolist() == [2, 1, 2, 40]
    assert table.loc["Mill", counted].tolist() == [0, 1, 0, 0]
    assert table.loc["Lin", "share"] == pytest.approx(40 / 60)
    assert table.loc["Mill", "share"] == 0


def test_who_says_a_statement_with_its_speaker_is_counted_and_has_no_words():
    further = [("a", "Mill", "organisation", 1), ("a", "Trump", "person", 0), ("b", "Trump", "person", 0)]
    joint = pd.DataFrame(further, columns=["doc_id", "speaker", "speaker_type", "sentence"])
    rows = with_joint(
        ROWS.astype(dict.fromkeys(["doc_id", "type", "speaker", "speaker_type", "role"], "category")), joint
    )
    table = speakers(rows, FIVE).set_index("speaker")
    counted = ["n_quotes", "n_joint", "n_no_comment", "n_documents", "words", "sentence"]
    assert table.loc["Trump", counted].tolist() == [1, 2, 0, 1, 20, 3]
    assert table.loc["Mill", counted].tolist() == [0, 1, 0, 0, 0, 1]
    assert table.loc["Mill", ["speaker_type", "role", "doc_id"]].tolist() == ["organisation", "", "a"]
    pd.testing.assert_frame_equal(table.loc[["Lin", "Trump"]].drop(columns="n_joint"),
                                  speakers(ROWS, FIVE).set_index("speaker").drop(columns="n_joint"))  # fmt: skip


NAMES = ("Ann", "Bo", "Bo Lee", "")


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(NAMES), st.integers(1, 50)), min_size=1, max_size=20))
def test_a_pivot_of_quotes_gives_the_speakers_to_the_last_word(statements) -> None:
    rows = [
        row("quotes", doc_id=doc_id, quote=number, speaker=speaker, n_words=n, type="indirect")
        for number, (doc_id, speaker, n) in enumerate(statements)
    ]
    named = with_corpus_names(rows_to_table("quotes", rows), {(doc_id, "Bo"): "Bo Lee" for doc_id in "ab"}, ["speaker"])
    named = named.to_pandas()
    table = speakers(named, ["a", "b", "c"])
    pivot = named[named["speaker"] != ""].groupby("speaker")["n_words"].sum()
    assert dict(zip(table["speaker"], table["words"], strict=True)) == pivot.to_dict() if len(table) else pivot.empty
