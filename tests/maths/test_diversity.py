import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.maths import diversity
from tests import references

TEXTS = st.lists(st.sampled_from("abcdefgh"), max_size=120)


def type_counts(words):
    return np.unique(words, return_counts=True)[1]


def spectrum_counts(spectrum):
    return np.repeat([int(frequency) for frequency in spectrum], list(spectrum.values()))


OF_SPECTRUM = {"yule_k": diversity.yule_k, "entropy_bits": diversity.entropy}


@pytest.mark.parametrize(("statistic", "inputs", "expected", "tolerance", "name"), references.published(*OF_SPECTRUM))
def test_published_of_a_spectrum(statistic, inputs, expected, tolerance, name):
    value = OF_SPECTRUM[statistic](spectrum_counts(inputs["spectrum"]))
    assert value == pytest.approx(expected, abs=tolerance), name


@pytest.mark.parametrize(
    ("statistic", "inputs", "expected", "tolerance", "name"),
    references.published("mattr", "mtld", "hdd"),
)
def test_published_of_a_text(statistic, inputs, expected, tolerance, name):
    if statistic == "hdd":
        result = diversity.hdd(type_counts(inputs["tokens"].split()), draws=inputs["draws"])
    else:
        options = {name: value for name, value in inputs.items() if name != "tokens"}
        result = getattr(diversity, statistic)(inputs["tokens"].split(), **options)
    assert result == pytest.approx(expected, abs=tolerance), name


def test_quanteda():
    for row in references.rows("quanteda/lexdiv.csv"):
        counts = type_counts(references.addresses()[row["document"]])
        assert diversity.yule_k(counts) == pytest.approx(float(row["K"]), rel=1e-9), row["document"]


# quanteda.textstats' MATTR tokenises each window again and drops numbers.
def test_quanteda_windows_of_addresses_without_a_number():
    for row in references.rows("quanteda/lexdiv.csv"):
        words = references.addresses()[row["document"]]
        if not any(character.isdigit() for word in words for character in word):
            for size in (50, 100, 500):
                assert diversity.mattr(words, window=size) == pytest.approx(float(row[f"MATTR{size}"]), rel=1e-9)


def test_quanteda_entropy():
    for row in references.rows("quanteda/entropy_documents.csv"):
        counts = type_counts(references.addresses()[row["document"]])
        assert diversity.entropy(counts) == pytest.approx(float(row["entropy"]), rel=1e-9)


# textacy's MTLD closes a factor below the threshold; McCarthy & Jarvis and lexicalrichness at it.
PEERS = [
    row for row in references.rows("peers/lexdiv_peers.csv") if (row["tool"], row["measure"]) != ("textacy", "mtld")
]
MEASURES = {
    "mattr50": diversity.mattr,
    "mtld": diversity.mtld,
    "hdd": lambda words: diversity.hdd(type_counts(words)),
    "yulek": lambda words: diversity.yule_k(type_counts(words)),
}


@pytest.mark.parametrize("measure", MEASURES)
def test_lexicalrichness(measure):
    rows = [row for row in PEERS if row["measure"] == measure and row["tool"] == "lexicalrichness"]
    assert len(rows) == 12
    for row in rows:
        value = MEASURES[measure](references.addresses()[row["doc_id"]])
        assert value == pytest.approx(float(row["value"]), rel=1e-9), row["doc_id"]


@given(TEXTS, st.integers(1, 20))
def test_mattr_by_its_definition(tokens, window):
    value = diversity.mattr(tokens, window=window)
    ratios = [len(set(tokens[at : at + window])) / window for at in range(len(tokens) - window + 1)]
    assert value == pytest.approx(np.mean(ratios)) if ratios else np.isnan(value)


@given(TEXTS)
def test_mtld_reads_the_same_backwards(tokens):
    assert diversity.mtld(tokens) == pytest.approx(diversity.mtld(tokens[::-1]), nan_ok=True)


def test_too_short_is_not_estimable():
    assert np.isnan(diversity.mattr(["a"] * 49))
    assert diversity.mattr(["a"] * 50) == 1 / 50
    assert np.isnan(diversity.hdd([1] * 41))
    assert diversity.hdd([1] * 42) == 1
    # Two of the tokens a, a, b are drawn: a and b in two of three cases.
    assert diversity.hdd([2, 1], draws=2) == pytest.approx((2 * 2 / 3 + 1 / 3) / 2)
    assert np.isnan(diversity.mtld([]))
    assert np.isnan(diversity.mtld(["a", "b", "c"]))
    assert np.isnan(diversity.yule_k([]))
