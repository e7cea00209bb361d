"""Corrected shares: numbers by hand from filled sheets of a made corpus."""

from functools import partial

import numpy as np
import pandas as pd
import pytest

from scripts.core.known_sources import planned_sources
from scripts.core.limits import Budget
from scripts.core.schemas import arrow_schema
from scripts.core.storage import rows_to_table, write_parquet
from scripts.review.attributed_words import MISSED, Shared, source_attributes
from scripts.review.corrected_shares import ReviewedStatements, corrected_shares, voiced_frames
from scripts.review.frames_said import Frames, count_frames
from scripts.review.reviewed import read_reviewed
from tests.review.filled import TEXTS, drawn, saved, units, write_mentions

# A cue of conflict in what is said in every third document, and one of resolution in the sentence that nobody says.
CODES = pd.DataFrame(
    [
        {"doc_id": doc_id, "scheme": "generic", "frame": frame, "sentence": sentence, "start": text.index(word),
         "end": text.index(word) + len(word)}
        for at, (doc_id, text) in enumerate(TEXTS.items())
        for frame, sentence, word in (("conflict", 1, "pay"), ("resolution", 2, "left"))
        if frame == "resolution" or at % 3 == 0
    ]
)  # fmt: skip
KIND = Shared("kind", ["official"] * 30, {"Ann Lee": "official", "Bo Ray": "citizen"})


@pytest.fixture
def folder(tmp_path):
    return write_mentions(tmp_path)


def shares(folder, rows, sentences=None, *, own=None, kind=KIND):
    corpus = units()
    files = {"ann_attributions.csv": saved(rows)}
    if sentences:
        files["ann_sentences.csv"] = saved(sentences)
    reviewed, _ = read_reviewed(files, folder, corpus)
    machine = corpus.by_sheet["attributions"]
    own = own or dict.fromkeys(TEXTS, True)
    count = partial(count_frames, sentences=corpus.by_sheet["sentences"], codes=CODES)
    return corrected_shares(reviewed["attributions"], reviewed["sentences"], machine, [kind], own, count)


def filled(*, wrong=(), nobody=(), size=30):
    """Return the sheet of attributions: in documents of `wrong` Bo Ray speaks, in those of `nobody` nobody does."""
    rows = drawn("attributions", size=size)
    for row in rows:
        row["right"] = "no" if row["doc_id"] in nobody else "yes"
        row["speaker_right"] = "no" if row["doc_id"] in wrong else "yes"
        row["whose"] = "Ray" if row["doc_id"] in wrong else ""
    return rows


def test_of_a_corpus_that_is_checked_from_end_to_end_the_shares_are_exact(folder) -> None:
    sentences = drawn("sentences", size=120)
    for row in sentences:
        row["missed"] = "'The sea rose'" if row["doc_id"] == "7.txt" and "experts" in row["text"] else "no"
        row["whose"] = "experts" if row["missed"] != "no" else ""
    table = shares(folder, filled(wrong={"1.txt", "2.txt"}, nobody={"3.txt"}), sentences)
    rows = table[table["group"] == "(all)"].set_index(["share", "value"])
    # Two words in each of 29 statements, and three words that were missed.
    assert rows.loc[("speaker", "Ann Lee"), "estimate"] == pytest.approx(54 / 61)
    assert rows.loc[("speaker", "Bo Ray"), "estimate"] == pytest.approx(4 / 61)
    assert rows.loc[("speaker", "experts"), "estimate"] == pytest.approx(3 / 61)
    assert rows.loc[("speaker", "Ann Lee"), "machine"] == 1
    assert rows.loc[("speaker", "Ann Lee"), ["lo", "hi"]].tolist() == pytest.approx([54 / 61] * 2)
    assert rows.loc[("speaker", "Ann Lee"), "method"] == "every unit was reviewed"
    assert rows.loc[("kind", "citizen"), "estimate"] == pytest.approx(4 / 61)
    assert rows.loc[("kind", "unknown"), "estimate"] == pytest.approx(3 / 61)
    assert rows.loc[("direct", "in quotation marks"), "estimate"] == pytest.approx(58 / 61)
    north = table[(table["group"] == "North") & (table["share"] == "speaker")].set_index("value")["estimate"]
    assert north.to_dict() == {
        "Ann Lee": pytest.approx(34 / 41), "Bo Ray": pytest.approx(4 / 41), "experts": pytest.approx(3 / 41),
    }  # fmt: skip


def test_documents_that_repeat_others_count_for_speakers_and_not_for_kinds(folder) -> None:
    own = {doc_id: doc_id != "1.txt" for doc_id in TEXTS}
    expert = Shared("kind", ["official", "expert", *["official"] * 28], KIND.of_speakers)
    made = shares(folder, filled(wrong={"1.txt"}), own=own, kind=expert)
    estimates = made.set_index(["share", "group", "value"])["estimate"]
    assert estimates["speaker", "(all)", "Bo Ray"] == pytest.approx(1 / 30)
    assert set(made.loc[made["share"] == "kind", "value"]) == {"official"}
    assert set(made.loc[made["share"] == "kind", "machine"]) == {1}


def test_a_sample_has_intervals_and_says_how_much_the_machine_helps(folder) -> None:
    table = shares(folder, filled(wrong={f"{n}.txt" for n in range(0, 30, 5)}, size=20))
    rows = table[table["group"] == "(all)"].set_index(["share", "value"]).loc[("speaker", "Bo Ray")]
    assert 0 < rows["lo"] < rows["estimate"] < rows["hi"] < 1
    assert rows["rows"] == 20 and 0 < rows["n"] < 20
    assert "no sentences were checked" in rows["method"]
    assert rows["machine"] == 0
    lee = table[table["group"] == "(all)"].set_index(["share", "value"]).loc[("speaker", "Ann Lee")]
    assert lee["machine"] == 1 and lee["human"] + rows["human"] == pytest.approx(1)


def test_few_rows_and_a_design_that_does_not_hold_are_not_estimated(folder) -> None:
    empty = {"right": "", "speaker_right": "", "whose": ""}
    few, enough = ([row | empty if at >= n else row for at, row in enumerate(filled())] for n in (9, 10))
    table = shares(folder, few)
    assert table["estimate"].isna().all() and set(table["method"]) == {"not estimable: fewer than 10 reviewed rows"}
    assert shares(folder, enough).set_index(["share", "group", "value"])["estimate"]["speaker", "(all)", "Ann Lee"] == 1
    edited = [row | {"stratum_size": "1"} for row in filled()]
    table = shares(folder, edited)
    assert table["estimate"].isna().all() and table["method"].str.contains("add up to").all()
    assert shares(folder, [row | {"right": "", "speaker_right": ""} for row in few]).empty


def test_frames_of_a_speaker_are_those_of_the_statements_that_are_his(folder) -> None:
    wrong = {f"{n}.txt" for n in range(0, 30, 6)}  # five of the ten statements with a cue of conflict
    rows = shares(folder, filled(wrong=wrong)).set_index(["share", "speaker", "value"])
    row = rows.loc[("frame", "Ann Lee", "generic.conflict")]
    assert (row["machine"], row["estimate"], row["rows"]) == (pytest.approx(1 / 3), pytest.approx(5 / 25), 30)
    assert rows.loc[("frame", "Ann Lee", "generic.resolution"), "estimate"] == 0
    assert ("frame", "Bo Ray") not in rows.index.droplevel(2)


def test_frames_are_of_the_ten_speakers_with_most_words(folder, monkeypatch) -> None:
    monkeypatch.setattr("scripts.review.corrected_shares.FEWEST", 1)
    corpus = units()
    machine = corpus.by_sheet["attributions"]
    machine = machine.assign(speaker=[f"Speaker {number % 11:02}" for number in range(len(machine))])
    corpus = corpus._replace(by_sheet={**corpus.by_sheet, "attributions": machine})
    reviewed, _ = read_reviewed({"ann.csv": saved(filled())}, folder, corpus)
    count = partial(count_frames, sentences=corpus.by_sheet["sentences"], codes=CODES)
    own = dict.fromkeys(TEXTS, True)
    made = corrected_shares(reviewed["attributions"], reviewed["sentences"], machine, [], own, count)
    assert set(made.loc[made["share"] == "frame", "speaker"]) == {f"Speaker {number:02}" for number in range(10)}


def test_sentences_and_cues_are_summed_apart_for_the_right_the_drawn_and_all_statements() -> None:
    def rows(*units: int, speaker: str = "AAB") -> pd.DataFrame:
        return pd.DataFrame({"unit": units, "part": [1.0, 0.5, 1.0], "speaker": [*speaker]})

    def counts(sentences: list[int], hits: list[int]) -> Frames:
        return Frames(["s.one"], np.array(sentences, float), np.array(hits, float)[:, None])

    frames = [counts([2, 4, 9], [1, 2, 9]), counts([3, 2, 9], [2, 0, 9]), counts([3, 8, 5], [3, 6, 5])]
    sums = voiced_frames(ReviewedStatements(rows(0, 1, 1), rows(0, 0, 1), rows(0, 1, 2, speaker="AAA")), frames, "A", 2)
    assert (sums.values, sums.x.tolist(), sums.y.tolist()) == (["s.one"], [2, 2], [[1], [1]])
    assert (sums.machine.x.tolist(), sums.machine.y.tolist()) == ([4, 0], [[2], [0]])
    assert (sums.machine.x_total, sums.machine.y_total.tolist()) == (12, [11])


def test_sentences_and_cues_of_statements_in_pieces() -> None:
    sentences = pd.DataFrame({"doc_id": "a", "end": [10, 20, 30]})
    codes = pd.DataFrame(
        [
            ("a", "s", "one", 0, 4, 6),
            ("a", "s", "one", 0, 6, 8),
            ("a", "s", "two", 1, 8, 12),
            ("a", "s", "two", 2, 22, 24),
        ],
        columns=["doc_id", "scheme", "frame", "sentence", "start", "end"],
    )
    statements = [("a", [(2, 9)]), ("a", [(2, 5), (21, 30)]), ("b", [(0, 3)]), ("a", [(10, 11)])]
    counted = count_frames(statements, sentences, codes)
    assert counted.names == ["s.one", "s.two"]
    assert counted.sentences.tolist() == [1, 2, 0, 1]
    # Two cues in one sentence are one; one that is only in part inside is none.
    assert counted.hits.tolist() == [[1, 0], [0, 1], [0, 0], [0, 0]]


def test_the_value_of_a_source_follows_its_true_speaker() -> None:
    rows = pd.DataFrame({"row": [0, 1, MISSED], "speaker": ["Ann Lee", "Bo Ray", "somebody"]})
    own_kind = Shared("kind", ["expert", "expert"], {"Ann Lee": "official", "Bo Ray": "citizen"})
    assert own_kind.values(rows, ["Ann Lee", "Ann Lee"]) == ["expert", "citizen", "unknown"]


def test_a_speaker_whom_only_a_reviewer_names_has_the_kind_that_the_name_or_the_users_table_tells(folder) -> None:
    quote = {"doc_id": "1.txt", "sentence": 1, "content_spans": [[11, 17]], "kind": "citizen"}
    for name in ("quotes", "quote_sources"):
        columns = arrow_schema(name).names
        quotes = [
            quote | {"quote": at, "speaker": speaker} for at, speaker in enumerate(("Ann Lee", "the mayor of Leeds"))
        ]
        rows = [dict.fromkeys(columns) | {key: row[key] for key in columns if key in row} for row in quotes]
        write_parquet(folder / f"{name}.parquet", rows_to_table(name, rows))
    table = folder / "sources.csv"
    table.write_text(
        "name,aliases,party,to\nBo Ray,,Green,2020\nBo Ray,,Green,\nCy Fox,,Red,2020\nCy Fox,,Blue,\n", encoding="utf-8"
    )
    (folder / "sources.jsonl").write_text(planned_sources(table, Budget())[0], encoding="utf-8")
    machine = units().by_sheet["attributions"]
    named = ["Ann Lee", "Bo Ray", "Cy Fox", "the mayor of Derry", "the mayor of Leeds", "somebody", ""]
    kind, party = source_attributes(folder, folder / "sources.jsonl", machine, named)
    # The statements of a speaker count for more than the name.
    by_speaker = {"Ann Lee": "citizen", "the mayor of Derry": "politician", "the mayor of Leeds": "citizen"}
    assert kind.of_speakers == by_speaker
    assert party.of_speakers == {"Bo Ray": "Green"}
    assert kind.of_rows == ["citizen"] * 30 and party.of_rows == ["unknown"] * 30
