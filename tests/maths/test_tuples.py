from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scripts.maths.tuples import count_rows, pack, sum_packed, unpack

# Sizes that fit into one number of 63 bits, and sizes that need several.
TABLES = st.sampled_from([[3, 4], [2**20, 2**21, 2**21], [2**40, 2**40, 5], [2**62, 2**62, 2**62]]).flatmap(
    lambda sizes: st.tuples(
        st.just(sizes),
        st.lists(st.tuples(*[st.integers(0, min(size, 4) - 1).map(lambda v, s=size: s - 1 - v) for size in sizes])),
    )
)


def columns_of(rows, sizes):
    return [np.array([row[place] for row in rows], np.int64) for place in range(len(sizes))]


@given(TABLES)
def test_unpack_undoes_pack(table):
    sizes, rows = table
    columns = columns_of(rows, sizes)
    for unpacked, column in zip(unpack(pack(columns, sizes), sizes), columns, strict=True):
        assert unpacked.tolist() == column.tolist()


def test_rows_that_one_whole_number_with_a_sign_does_not_hold_are_packed_into_two():
    columns = [np.array([1, 0]), np.array([7, 8])]
    assert len(pack(columns, [2**31, 2**32])) == 2 and len(pack(columns, [2**31, 2**32 - 1])) == 1


@given(TABLES)
def test_rows_are_counted_and_in_order(table):
    sizes, rows = table
    distinct, counts = count_rows(columns_of(rows, sizes), sizes)
    expected = sorted(Counter(rows).items())
    assert list(zip(*(column.tolist() for column in distinct), strict=True)) == [row for row, _ in expected]
    assert counts.tolist() == [count for _, count in expected]


@given(TABLES)
def test_values_of_equal_rows_are_summed(table):
    sizes, rows = table
    packed, (sums,) = sum_packed(pack(columns_of(rows, sizes), sizes), np.arange(len(rows)))
    expected = Counter()
    for value, row in enumerate(rows):
        expected[row] += value
    unpacked = zip(*(column.tolist() for column in unpack(packed, sizes)), strict=True)
    assert dict(zip(unpacked, sums.tolist(), strict=True)) == dict(expected)
