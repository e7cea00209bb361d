import time
from math import isnan

import pytest

from scripts.maths import readability
from tests import references

FORMULAS = {"flesch": readability.flesch, "flesch_kincaid": readability.flesch_kincaid}


@pytest.mark.parametrize(("statistic", "inputs", "expected", "tolerance", "name"), references.published(*FORMULAS))
def test_published(statistic, inputs, expected, tolerance, name):
    assert FORMULAS[statistic](**inputs) == pytest.approx(expected, abs=tolerance), name


def test_quanteda_from_its_own_counts():
    for row in references.rows("quanteda/readability.csv"):
        words, sentences, sounds, complex_words = (int(row[name]) for name in ("W", "St", "Sy", "W3Sy"))
        assert readability.flesch(words, sentences, sounds) == pytest.approx(float(row["Flesch"]), rel=1e-9)
        grade = readability.flesch_kincaid(words, sentences, sounds)
        assert grade == pytest.approx(float(row["Flesch.Kincaid"]), rel=1e-9)
        assert readability.gunning_fog(words, sentences, complex_words) == pytest.approx(float(row["FOG"]), rel=1e-9)


def test_syllables_of_words():
    # Syllables as the CMU Pronouncing Dictionary has them.
    for word, expected in {
        "the": 1, "people": 2, "table": 2, "nations": 2, "wanted": 2, "called": 1, "create": 2, "reality": 4,
        "government": 3, "responsibility": 6, "safely": 2, "being": 2, "didn't": 2, "science": 2, "mr": 2, "3": 1,
        "a": 1, "nt": 1,
    }.items():  # fmt: skip
        assert readability.syllables(word) == expected, word


def test_syllables_of_a_text_are_near_those_of_the_dictionary():
    # quanteda takes the first pronunciation of the CMU dictionary, where "our" and "hour" have two syllables.
    for row in references.rows("quanteda/readability.csv"):
        words = references.addresses()[row["document"]]
        rate = sum(map(readability.syllables, words)) / len(words)
        assert rate == pytest.approx(int(row["Sy"]) / int(row["W"]), rel=0.03), row["document"]


def test_nothing_to_read_is_not_estimable():
    assert isnan(readability.flesch(0, 0, 0)) and isnan(readability.gunning_fog(3, 0, 0))
    assert isnan(readability.flesch_kincaid(0, 1, 0)) and isnan(readability.flesch(3, 0, 3))


@pytest.mark.slow
def test_a_hostile_word_is_counted_in_time():
    begin = time.process_time()
    readability.syllables("e" * 500_000 + "ia" * 250_000)
    assert time.process_time() - begin < 3
