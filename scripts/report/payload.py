"""Columns as compact bytes for the page, unpacked there by templates/report/js/data.js.

A block is a gzipped JSON header, followed by the bytes of the columns one after another. The header gives the name of
each column, its coding and its length in bytes. For each coding, data.js has a decoder of the same name:

    unsigned     whole numbers, as LEB128 varints
    differences  whole numbers as differences between neighbours, as zigzag varints
    signed       whole numbers, as zigzag varints
    decimal      numbers of at most five significant digits: `signed` mantissas, then `signed` exponents of ten
    texts        a JSON list of texts
    named        texts as their numbers in the corpus's list of names, as varints
    worded       words as the numbers of their entries in the corpus's vocabulary, as `differences`
    coded        texts or decimals: each distinct value once, then for each row the number of its value
"""

import gzip
import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from scripts.core.arrays import Ints

DIGITS = 5
# The base-85 alphabet: Python's, with a comma for <, which could open a comment in a script element.
SIGNS_85 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;,=>?@^_`{|}~"
_SIGN_BYTES = np.frombuffer(SIGNS_85.encode(), np.uint8)
# A smaller number becomes 0: the power of ten needed to scale it would be outside the range of a float.
_LEAST = 1e-300
# Exponent of a missing number.
MISSING = 99


class Column(NamedTuple):
    """A column of a block: its coding, and its values as bytes."""

    coding: str
    data: bytes


def varints(values: ArrayLike) -> bytes:
    """Return non-negative integers as LEB128: seven bits per byte, the lowest first, the high bit set if more follow.

    >>> varints([1, 300]).hex(" ")
    '01 ac 02'
    """
    left: NDArray[np.uint64] = np.asarray(values, np.uint64)
    if not len(left):
        return b""
    rounds = max(1, -(-int(np.max(left)).bit_length() // 7))
    table = np.zeros((len(left), rounds), np.uint8)
    used = np.zeros((len(left), rounds), bool)
    more = np.ones(len(left), bool)
    for place in range(rounds):
        used[:, place] = more
        rest = left >> np.uint64(7)
        table[:, place] = (left & np.uint64(127)).astype(np.uint8) | ((rest > 0).astype(np.uint8) << 7)
        left, more = rest, rest > 0
    return table[used].tobytes()


def zigzag(values: ArrayLike) -> NDArray[np.int64]:
    """Return 0, -1, 1, -2, ... as 0, 1, 2, 3, ..., so that small numbers of either sign stay small.

    >>> zigzag([0, -1, 1, -2]).tolist()
    [0, 1, 2, 3]
    """
    numbers = np.asarray(values, np.int64)
    return (numbers << 1) ^ (numbers >> 63)


def unsigned(values: ArrayLike) -> Column:
    """Return non-negative integers as a column."""
    return Column("unsigned", varints(values))


def signed(values: ArrayLike) -> Column:
    """Return integers of either sign as a column."""
    return Column("signed", varints(zigzag(values)))


def differences(values: ArrayLike) -> Column:
    """Return integers as a column of differences, which is short if neighbours are close."""
    return Column("differences", varints(zigzag(np.diff(np.asarray(values, np.int64), prepend=0))))


def texts(values: Sequence[str]) -> Column:
    """Return texts as a column, each written out."""
    return Column("texts", json.dumps(list(values), ensure_ascii=False, separators=(",", ":")).encode())


def _scientific(values: ArrayLike) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Return the five-digit mantissas and exponents of ten of numbers, and a mask of the finite ones."""
    numbers = np.asarray(values, np.float64)
    known = np.isfinite(numbers)
    numbers = np.where(np.abs(numbers) < _LEAST, 0.0, numbers)
    size = np.where(known & (numbers != 0), np.abs(numbers), 1.0)
    exponent = np.floor(np.log10(size)).astype(np.int64) - (DIGITS - 1)
    return np.rint(np.where(known, numbers, 0.0) / 10.0**exponent).astype(np.int64), exponent, known


def rounded(values: ArrayLike) -> NDArray[np.float64]:
    """Return numbers as the page gets them: rounded to five significant digits, with NaN for infinite values.

    >>> rounded([0.1234567, 98765.4321]).tolist()
    [0.12346, 98765.0]
    """
    mantissa, exponent, known = _scientific(values)
    up, down = 10.0 ** np.maximum(exponent, 0), 10.0 ** np.maximum(-exponent, 0)
    return np.where(known, mantissa * up / down, np.nan)


def decimal(values: ArrayLike) -> Column:
    """Return numbers rounded to five significant digits as a column; NaN is a missing value."""
    mantissa, exponent, known = _scientific(values)
    for _ in range(DIGITS):
        even = mantissa % 10 == 0
        mantissa, exponent = np.where(even, mantissa // 10, mantissa), np.where(even, exponent + 1, exponent)
    exponent = np.where(known, np.where(mantissa == 0, 0, exponent), MISSING)
    return Column("decimal", _together(signed(mantissa), signed(exponent)))


def coded(values: Sequence[str] | NDArray[np.float64]) -> Column:
    """Return texts or numbers with many repetitions as a column: distinct texts by first use, numbers sorted."""
    if isinstance(values, np.ndarray):
        of_row, distinct = pd.factorize(values, sort=True, use_na_sentinel=False)
        return Column("coded", _together(decimal(distinct), unsigned(of_row)))
    of_row, distinct = pd.factorize(np.array(values, object))
    return coded_texts([*map(str, distinct)], of_row)


def coded_texts(distinct: Sequence[str], of_row: Ints) -> Column:
    """Return texts as a column, from the distinct texts and for each row the number of its text."""
    return Column("coded", _together(texts(distinct), unsigned(of_row)))


def smallest(*columns: Column) -> Column:
    """Return the column that is smallest after fast compression; the first in a tie."""
    return min(columns, key=lambda column: len(gzip.compress(column.data, 1, mtime=0)))


def numbers(values: ArrayLike) -> Column:
    """Return numbers as a column in whichever coding is smallest; NaN is a missing value."""
    array = np.asarray(values, np.float64)
    if np.all(np.isfinite(array)) and np.all(array == np.rint(array)) and np.abs(array).max(initial=0) < 2**52:
        return smallest(signed(array), differences(array))
    return smallest(decimal(array), coded(array))


def _together(*columns: Column) -> bytes:
    """Return columns as bytes: a JSON line with the coding and length of each, then their bytes."""
    head = json.dumps([[column.coding, len(column.data)] for column in columns], separators=(",", ":"))
    return head.encode() + b"\n" + b"".join(column.data for column in columns)


def block(columns: Mapping[str, Column], facts: Mapping[str, object]) -> bytes:
    """Return columns and facts (JSON values) as a block; the same input always gives the same bytes."""
    layout = [[name, column.coding, len(column.data)] for name, column in columns.items()]
    head = json.dumps({"facts": dict(facts), "columns": layout}, ensure_ascii=False, separators=(",", ":"))
    data = head.encode() + b"\n" + b"".join(column.data for column in columns.values())
    # Level 9 makes a page 0.4 % smaller, at four times the time.
    return gzip.compress(data, 6, mtime=0)


def inert(data: bytes) -> str:
    """Return a block as the text of a script element that browsers do not run: base 85, five characters per four bytes.

    >>> inert(b"four"), inert(b"fives")
    ('W^Z+J', 'W@&b1a{')
    """
    added = -len(data) % 4
    rest = np.frombuffer(data + bytes(added), ">u4").astype(np.uint32)
    signs = np.empty((len(rest), 5), np.uint8)
    for place in reversed(range(5)):
        rest, digits = np.divmod(rest, np.uint32(85))
        signs[:, place] = _SIGN_BYTES[digits]
    return signs.tobytes()[: signs.size - added].decode()


def block_script(name: str, *blocks: str) -> str:
    """Return a script file that hands `inert` blocks to reader.js; their characters need no escaping."""
    return f"give({json.dumps(name)}, {json.dumps(blocks)});\n"
