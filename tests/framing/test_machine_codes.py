"""The machine's side of the correction: dictionary, another model's codes, and the choice among them."""

import numpy as np
import pytest

from scripts.framing.corrected import corrected
from scripts.framing.machine_codes import FOLDS, MachineCodes, cross_fitted, dictionary, folds_of, from_file, narrowest
from scripts.framing.people_sheets import SheetProblem
from tests.framing.made import N, coded_units, sentence_units, truth
from tests.framing.test_sampling import articles


@pytest.fixture
def units(used):
    return sentence_units(used[0])


@pytest.fixture
def coded(units):
    codes = [list(truth(at).values()) if at % 3 else [np.nan, np.nan] for at in range(N)]
    return coded_units(units, codes)


def test_a_model_has_not_seen_the_code_of_a_unit_that_it_is_compared_with():
    fold = np.arange(20) % FOLDS
    row, human = np.arange(20) * 2, np.arange(20) % 2.0
    of_coded, of_corpus = cross_fitted(lambda known: np.full(40, float(fold[known].sum())), fold, row, human)
    # The sum of the numbers of the other folds tells which one was left out.
    assert (of_coded == 40 - 4 * fold).all()
    assert (of_corpus == np.mean(40 - 4 * np.arange(5))).all()


def test_folds_are_of_whole_documents(used):
    units = articles(used[0], "AB")
    coded = coded_units(units, np.zeros((60, 2)))
    assert sorted(np.bincount(folds_of(units, coded)).tolist()) == [12] * 5


def test_dictionary_of_articles_has_as_many_as_the_coders(used):
    """Articles with any cue of a have two or one sentences with it; coders see it in those with two."""
    units = articles(used[0], "ABCD")
    units.share[::6, 0] = 0.1
    human = np.column_stack([units.share[:, 0] >= 0.2, np.zeros(120)]).astype(float)
    machine = dictionary(units, coded_units(units, human), np.arange(120) % FOLDS)
    assert (machine.coded[:, 0] == human[:, 0]).all()
    assert (machine.coded[:, 1] == 0).mean() > 0.7


def sheet(codes, *, columns="doc_id,sentence,a,b"):
    return "\n".join([columns, *(f"'=d.txt,{at},{a},{b}" for at, (a, b) in enumerate(codes))]).encode()


def test_codes_of_another_model_are_read_from_a_sheet(units, coded):
    codes = [(0.25, 1 - at % 2) for at in range(N)]
    machine, problems = from_file("model.csv", sheet(codes), ["a", "b"], units, coded)
    assert machine is not None and problems == []
    assert machine.name == ["model.csv"] * 2
    assert machine.corpus.tolist() == [list(code) for code in codes]
    assert machine.coded.shape == (len(coded.row), 2)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (sheet([(0, 1)] * (N - 2)), "2 of 200 sentences are missing; the first is =d.txt, sentence 198"),
        (sheet([(0, 1)] * (N - 1) + [(7, 1)]), "'7' is not a number from 0 to 1"),
        (sheet([(0, 1)] * (N - 1) + [("x", 1)]), "'x' is not a number from 0 to 1"),
        (sheet([(0, 1)] * N).replace(b",5,", b",five,"), "'five' is not a whole number: correct the row."),
        (sheet([(0, 1)] * N).replace(b",5,", b",4,"), "this sentence has two rows: correct the row."),
        (sheet([(0, 1)] * N, columns="doc_id,sentence,c,d"), "no column is one of a, b"),
        (b"a,b\n1,0\n", "no column doc_id, sentence"),
        (b"PK\x03\x04", "damaged"),
    ],
)
def test_codes_that_do_not_cover_the_corpus_are_refused(units, coded, data, message):
    machine, [problem] = from_file("model.csv", data, ["a", "b"], units, coded)
    assert machine is None and isinstance(problem, SheetProblem) and message in problem.message


def test_a_sheet_of_another_model_with_two_columns_of_a_frame_is_named(units, coded):
    data = sheet([(0, "1,1")] * N, columns="doc_id,sentence,a,b,b").replace(b",1,1\n", b",1,0\n", 1)
    machine, problems = from_file("model.csv", data, ["a", "b"], units, coded)
    assert machine is not None and machine.corpus[:, 1].tolist() == [1] * N
    assert [(problem.row, problem.code) for problem in problems] == [(2, "columns-twice")]


def test_the_machine_with_the_narrower_interval_is_chosen_frame_by_frame(units, used):
    generator = np.random.default_rng(4)
    human = (generator.random((N, 2)) < 0.4).astype(float)
    drawn = generator.random(N) < 0.5
    coded = coded_units(units, np.where(drawn[:, None], human, np.nan))
    good = np.where(generator.random((N, 2)) < 0.9, human, 1 - human)
    bad = (generator.random((N, 2)) < 0.4).astype(float)
    # The first is good at a alone, the second at b alone.
    left, right = (np.column_stack([first[:, 0], second[:, 1]]) for first, second in ((good, bad), (bad, good)))
    machines = [MachineCodes([name] * 2, codes[coded.row], codes) for name, codes in (("one", left), ("two", right))]
    fold = folds_of(units, coded)
    chosen = narrowest(machines, coded, fold)
    assert chosen.name == ["one", "two"]
    assert np.allclose(chosen.corpus, good) and (chosen.coded == good[coded.row]).all()
    unknown = MachineCodes(["none"] * 2, np.full((len(coded.row), 2), np.nan), np.full((N, 2), np.nan))
    assert narrowest([unknown, machines[0]], coded, fold).name == ["one", "one"]
    table = corrected(coded, used[0], units, chosen).set_index("frame")
    alone = corrected(coded, used[0], units, machines[1]).set_index("frame")
    assert table["machine_codes"].tolist() == ["one", "two"]
    assert table.loc["a", "hi"] - table.loc["a", "lo"] < 0.8 * (alone.loc["a", "hi"] - alone.loc["a", "lo"])


def test_a_unit_has_no_part_in_the_choice_of_the_machine_that_it_is_compared_with(units):
    """Of every 20 units one machine errs in one and in the whole first fold, the other in three."""
    human = np.column_stack([np.arange(N) % 2] * 2).astype(float)
    at, is_first = np.arange(N) % 20, np.arange(N) % FOLDS == 0
    wrong = (is_first | (at == 1), np.isin(at, [2, 3, 4]))
    first, second = (np.where(errs[:, None], 1 - human, human) for errs in wrong)
    coded = coded_units(units, np.where(np.arange(N)[:, None] < N / 2, human, np.nan))
    machines = [MachineCodes([name] * 2, codes[coded.row], codes) for name, codes in (("1", first), ("2", second))]
    chosen = narrowest(machines, coded, coded.row % FOLDS)
    assert chosen.name == ["2 (4 of 5 folds), 1 (1 of 5 folds)"] * 2
    assert (chosen.coded == np.where(is_first[:, None], first, second)[coded.row]).all()


def test_the_choice_does_not_bias_the_estimate(used):
    """Three useless machines and 60 codes: the choice of the luckiest must not shrink the coverage."""
    units = sentence_units(used[0])
    generator = np.random.default_rng(9)
    human = (generator.random((N, 2)) < 0.3).astype(float)
    covered, errors = 0, []
    for _ in range(150):
        drawn = np.zeros(N, bool)
        drawn[generator.choice(N, 60, replace=False)] = True
        coded = coded_units(units, np.where(drawn[:, None], human, np.nan))
        values = [(generator.random((N, 2)) < 0.3).astype(float) for _ in range(3)]
        machines = [MachineCodes([str(at)] * 2, each[coded.row], each) for at, each in enumerate(values)]
        table = corrected(coded, used[0], units, narrowest(machines, coded, folds_of(units, coded)))
        covered += int(((table["lo"] <= human.mean(axis=0)) & (human.mean(axis=0) <= table["hi"])).sum())
        errors.append(table["estimate"] - human.mean(axis=0))
    assert 0.92 <= covered / 300 <= 0.985
    assert abs(np.mean(errors)) < 0.01
