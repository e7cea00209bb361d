"""Columns survive the way into the page: what is read from a block is what was put into it."""

from base64 import b85decode, b85encode

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.report.payload import (
    SIGNS_85,
    block,
    coded,
    decimal,
    differences,
    inert,
    numbers,
    rounded,
    signed,
    smallest,
    texts,
    unsigned,
)
from tests.report.blocks import headed, read_block, together, varints

NUMBERS = st.lists(st.integers(0, 2**40))
SIGNED = st.lists(st.integers(-(2**40), 2**40))
FLOATS = st.lists(st.floats(-1e15, 1e15).filter(lambda value: value == 0 or abs(value) > 1e-15) | st.just(float("nan")))


def back(column):
    return read_block(block({"x": column}, {"about": "x"}))[1]["x"]


@given(NUMBERS)
def test_whole_numbers_come_back(values):
    assert back(unsigned(values)) == values


@given(SIGNED)
def test_numbers_of_either_sign_come_back_from_both_codings(values):
    assert back(signed(values)) == values
    assert back(differences(values)) == values
    assert back(numbers(values)) == values


def test_the_largest_numbers_come_back():
    assert back(signed([2**62, -(2**62) - 1, 2**61])) == [2**62, -(2**62) - 1, 2**61]


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"]))))
def test_texts_come_back(values):
    assert back(texts(values)) == values
    assert back(coded(values)) == values


@given(FLOATS)
def test_decimals_come_back_to_five_digits_and_gaps_as_gaps(values):
    expected = rounded(values)
    np.testing.assert_allclose(back(decimal(values)), expected, rtol=1e-12, equal_nan=True)
    np.testing.assert_allclose(back(coded(np.array(values, float))), expected, rtol=1e-12, equal_nan=True)
    np.testing.assert_allclose(expected, values, rtol=5.1e-5, equal_nan=True)


@pytest.mark.parametrize("value", [0.0, 0.5, 12.0, 123456.0, 0.00012345, -7.25])
def test_a_rounded_number_is_rounded_to_itself(value):
    assert rounded(rounded([value])) == rounded([value])


def test_few_distinct_values_are_coded_once():
    many = ["a long name of a speaker", "another long name"] * 500
    assert smallest(texts(many), coded(many)).coding == "coded"
    assert smallest(texts(["x"]), coded(["x"])).coding == "texts"


def test_the_same_columns_make_the_same_bytes():
    assert block({"x": unsigned([1, 2])}, {"n": 2}) == block({"x": unsigned([1, 2])}, {"n": 2})


def test_numbers_take_the_coding_that_is_the_smallest():
    assert numbers(range(1000)).coding == "differences" and numbers([9, 0, 7]).coding == "signed"
    assert numbers([0.5, float("nan"), 12345.678]).coding == "decimal"
    assert numbers(np.random.default_rng(1).choice([0.25312, 0.12388, 7812.5], 999)).coding == "coded"
    # Beyond 2 ** 52 not every whole number is a float.
    assert numbers([2.0**52 - 1]).coding in ("signed", "differences") and numbers([2.0**52]).coding == "decimal"
    np.testing.assert_array_equal(back(numbers([0.5, float("nan"), -3.0])), [0.5, float("nan"), -3.0])


def test_a_block_is_inert_in_base_85():
    data = block({"x": unsigned([1, 300])}, {})
    assert b85decode(inert(data).replace(",", "<")) == data and read_block(inert(data))[1] == {"x": [1, 300]}
    assert set(inert(bytes(range(256)) * 9)) <= set(SIGNS_85) and not set("<'\"\\") & set(SIGNS_85)


def test_a_block_is_compressed_and_knows_no_time():
    assert block({"x": unsigned([1])}, {})[:8] == b"\x1f\x8b\x08\0" + bytes(4)
    assert len(block({"x": unsigned([1] * 1_000)}, {})) < 150


@pytest.mark.parametrize(
    ("values", "data"),
    [([], ""), ([0], "00"), ([127], "7f"), ([128], "80 01"), ([16_383, 1], "ff 7f 01"), ([16_384], "80 80 01")],
)
def test_seven_bits_go_into_a_byte(values, data):
    assert unsigned(values).data.hex(" ") == data and varints(unsigned(values).data) == values


def test_decimals_have_the_shortest_mantissa():
    mantissa, exponent = together(decimal([0.5, 12_000.0, 0.0, float("nan"), -123.456, 100.0]).data)
    assert (mantissa, exponent) == ([5, 12, 0, 0, -12346, 1], [-1, 3, 0, 99, -2, 2])


def test_distinct_numbers_are_sorted_and_texts_in_the_order_of_first_use():
    layout, _ = headed(coded(np.array([3.0, 1.0, 3.0])).data)
    distinct, rows = together(coded(np.array([3.0, 1.0, 3.0, float("nan")])).data)
    np.testing.assert_array_equal(distinct, [1.0, 3.0, float("nan")])
    assert (rows, [coding for coding, _ in layout]) == ([1, 0, 1, 2], ["decimal", "unsigned"])
    assert together(coded(["b", "a", "b"]).data) == [["b", "a"], [0, 1, 0]]


def test_of_equally_small_columns_the_first_is_taken():
    assert smallest(signed([1]), unsigned([2])).coding == "signed"
    assert smallest(unsigned([2]), signed([1])).coding == "unsigned"
    assert numbers([]).coding == "signed"


def test_numbers_near_the_least_that_there_are_keep_their_digits_or_are_none(recwarn):
    assert rounded([1.23456e-299, 1e-310, -1e-320, 1.7e308]).tolist() == [1.2346e-299, 0.0, 0.0, 1.7e308]
    assert not recwarn.list


def test_base_85_is_that_of_python_but_for_one_sign():
    for size in range(9):
        data = bytes(range(250, 250 - size, -1))
        assert inert(data) == b85encode(data).decode().replace("<", ",")
