"""From the coding sheet to corrected shares."""

import csv
import io

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.framing.coders import Coded, read_coded
from scripts.framing.reliability import confusion, corrected, reliability, term_precision
from scripts.framing.sampling import allocate, codebook, coding_sheet, draw, strata

N = 200


@pytest.fixture(scope="module")
def used(scheme):
    return scheme(a=["a"], b=["b"])


@pytest.fixture(scope="module")
def sentences():
    texts = [f"=SUM(1) sentence, {at}" if at == 7 else f"Sentence {at}\nof all." for at in range(N)]
    return pd.DataFrame({"doc_id": "=d.txt", "sentence": range(N), "text": texts})


@pytest.fixture(scope="module")
def codes():
    rows = [("=d.txt", at, "test", "a", "a") for at in range(0, N, 4)]
    rows += [("=d.txt", at, "test", "b", "b") for at in range(0, N, 50)]
    return pd.DataFrame(rows, columns=["doc_id", "sentence", "scheme", "frame", "term"])


@pytest.fixture(scope="module")
def sheet(sentences, codes, used):
    return coding_sheet(sentences, codes, used, size=60, seed=1)


@given(st.lists(st.integers(1, 60), min_size=1, max_size=8), st.integers(1, 200))
def test_allocation_gives_each_stratum_its_part(sizes, size):
    drawn = allocate(sizes, size)
    assert all(0 < each <= of for each, of in zip(drawn, sizes, strict=True))
    assert all(each >= min(2, of) for each, of in zip(drawn, sizes, strict=True))
    assert sum(drawn) == min(max(size, sum(min(2, of) for of in sizes)), sum(sizes)) or sum(drawn) >= size


def test_a_sentence_is_in_the_stratum_of_its_rarest_frame():
    keys = [("d", at) for at in range(4)]
    found = strata(keys, {keys[0]: {"a"}, keys[1]: {"a", "b"}, keys[2]: {"a"}})
    assert found == {"": [keys[3]], "a": [keys[0], keys[2]], "b": [keys[1]]}


def test_draw_is_seeded_and_does_not_depend_on_the_order():
    keys = [("d", at) for at in range(50)]
    one = draw({"": keys}, size=10, seed=1)
    assert one == draw({"": keys[::-1]}, size=10, seed=1) != draw({"": keys}, size=10, seed=2)


def test_sheet_shows_no_frame_and_no_formula(sheet):
    rows = list(csv.DictReader(io.StringIO(sheet)))
    assert len(rows) == 60
    assert all(row["a"] == row["b"] == "" for row in rows)
    assert all(not cell.startswith("=") for row in rows for cell in row.values())
    assert {row["corpus_size"] for row in rows} == {str(N)}
    sizes = {row["stratum"]: int(row["stratum_size"]) for row in rows}
    assert sum(sizes.values()) == N


def test_codebook_escapes(scheme):
    assert "<script>" not in codebook(scheme(a=["a"])._replace(title="<script>"))


def fill(tmp_path, sheet, name, code, encoding="utf-8", delimiter=","):
    """Save the sheet with a code for each frame, given the row."""
    rows = list(csv.DictReader(io.StringIO(sheet)))
    path = tmp_path / f"{name}.csv"
    with path.open("w", encoding=encoding, newline="") as handle:
        writer = csv.DictWriter(handle, rows[0].keys(), delimiter=delimiter)
        writer.writeheader()
        writer.writerows({**row, **code(int(row["sentence"]))} for row in rows)
    return path


def truth(at):
    """What a coder sees: half of the machine's a, all of b."""
    return {"a": int(at % 8 == 0), "b": int(at % 50 == 0)}


@pytest.fixture
def coded(tmp_path, sheet, sentences, codes, used):
    paths = [
        fill(tmp_path, sheet, "anna", truth),
        fill(tmp_path, sheet, "ben", lambda at: truth(at) if at % 3 else {}, encoding="utf-8-sig", delimiter=";"),
    ]
    texts = dict(zip(zip(sentences["doc_id"], sentences["sentence"], strict=True), sentences["text"], strict=True))
    return read_coded(paths, used, texts, set(zip(codes["doc_id"], codes["sentence"], codes["frame"], strict=True)))


def test_reliability_of_coders_and_machine(coded, used):
    table = reliability(coded, used).set_index(["frame", "measure"])
    assert table.loc[("a", "alpha, coders"), "estimate"] == 1
    assert table.loc[("a", "recall"), "estimate"] == 1
    assert table.loc[("b", "alpha, machine"), "estimate"] == 1
    assert table.loc[("a", "precision"), "estimate"] == pytest.approx(0.5, abs=0.2)
    assert table.loc[("a", "alpha, machine"), "lo"] < table.loc[("a", "alpha, machine"), "estimate"] < 1


def test_confusion_and_term_precision(coded, codes, used):
    row = confusion(coded, used).iloc[0]
    assert (row["both"] + row["machine_only"] + row["human_only"] + row["neither"], row["human_only"]) == (60, 0)
    terms = term_precision(coded, used, codes).set_index("term")
    assert terms.loc["a", "n"] == row["both"] + row["machine_only"]
    assert terms.loc["a", "estimate"] == pytest.approx(row["both"] / terms.loc["a", "n"])


def test_corrected_share_is_that_of_the_coders(coded, codes, used):
    present = codes[["doc_id", "sentence", "frame"]]
    documents = pd.DataFrame({"doc_id": ["=d.txt"], "group": [""], "n_sentences": [N]})
    table = corrected(coded, used, present, documents).set_index("frame")
    assert table.loc["a", "machine"] == 0.25
    assert table.loc["a", "lo"] <= 0.125 <= table.loc["a", "hi"]
    assert table.loc["a", "estimate"] == pytest.approx(0.125, abs=0.05)
    assert np.isnan(corrected(coded, used, present, documents.assign(n_sentences=N + 1))["estimate"]).all()


def test_groups_are_corrected_apart(used):
    """Outlet A is coded as the machine codes it, in B the machine is wrong every time; of C nothing is coded."""
    keys = [(doc_id, at) for doc_id in ("a", "b") for at in range(20)]
    machine = np.array([[at % 2, 0] for _, at in keys], float)
    human = np.where([[doc_id == "a"] for doc_id, _ in keys], machine, 1 - machine)[:, None]
    ones = np.ones(40, int)
    coded = Coded(keys, ["ann"], human, machine, 0 * ones, 150 * ones, {150})
    present = pd.DataFrame([(doc_id, at, "a") for doc_id in "abc" for at in range(1, 50, 2)])
    present.columns = ["doc_id", "sentence", "frame"]
    documents = pd.DataFrame({"doc_id": list("abc"), "group": list("ABC"), "n_sentences": 50})
    table = corrected(coded, used, present, documents).set_index(["group", "frame"])
    assert list(table.index.get_level_values("group").unique()) == ["(all)", "A", "B", "C"]
    assert table.loc[("(all)", "b"), "human"] == 0.5
    assert table.loc[("A", "b"), ["human", "n", "n_sentences"]].tolist() == [0, 20, 50]
    assert table.loc[("B", "b"), "human"] == 1
    assert (table["machine"].xs("a", level="frame") == 0.5).all()
    assert table.loc[("C", "a"), "method"] == "not estimable: fewer than 10 codes"
    assert np.isnan(table.loc["C"][["human", "estimate", "lo", "hi"]].to_numpy(float)).all()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: text.replace(",a,b\n", ",a,c\n", 1), r"anna\.csv: no column b"),
        (lambda text: text.replace(f",{N},", ",many,"), r"line \d+: sentence, corpus_size"),
        (lambda text: text.replace("Sentence ", "Another "), r"line \d+: the sentence is not in the corpus"),
        (lambda text: text.replace(",0,0\r\n", ",0,maybe\r\n"), r"'maybe' is neither 1 nor 0"),
    ],
)
def test_faulty_sheet_is_refused_with_its_line(tmp_path, sheet, sentences, used, change, message):
    path = fill(tmp_path, sheet, "anna", truth)
    text = path.read_bytes().decode()
    path.write_text(change(text.replace("a,b\r\n", "a,b\n", 1)), encoding="utf-8", newline="")
    texts = dict(zip(zip(sentences["doc_id"], sentences["sentence"], strict=True), sentences["text"], strict=True))
    with pytest.raises(ValueError, match=message):
        read_coded([path], used, texts, set())


def test_no_codes_say_what_to_do(used):
    with pytest.raises(ValueError, match="snakemake coding_sheet"):
        read_coded([], used, {}, set())
