"""Columns as compact bytes for the page, unpacked there by templates/report/js/data.js.

A block is gzip over a JSON header and the columns' bytes, one after the other. The header names each column, its coding
and its length in bytes. Codings, each undone by a function of the same name in data.js:

    unsigned  whole numbers, LEB128 varints
    steps     whole numbers as differences between neighbours, zigzag varints
    signed    whole numbers, zigzag varints
    decimal   numbers of at most five significant digits: `signed` mantissas, then `signed` exponents of ten
    texts     a JSON list of texts
    named     texts of the list of names that the corpus has, as its numbers
    worded    words of the vocabulary that the corpus has, as the `steps` between the numbers of their entries
    coded     texts or decimals, each distinct value once, then for each row the number of its value
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
# The signs of base 85 in their order: Python's, with a comma for <, which could open a comment in a script element.
SIGNS_85 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;,=>?@^_`{|}~"
_SIGN_BYTES = np.frombuffer(SIGNS_85.encode(), np.uint8)
# A smaller number is shown as 0: a power of ten that it could be divided by is beyond what a computer has.
_LEAST = 1e-300
# Exponent of a missing number.
MISSING = 99


class Column(NamedTuple):
    """A column of a block: its coding, and its values as bytes."""

    coding: str
    data: bytes


def varints(values: ArrayLike) -> bytes:
    """Return whole numbers of 0 and more as LEB128: seven bits a byte, the least first, the high bit if more follow.

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
    """Return 0, -1, 1, -2, ... as 0, 1, 2, 3, ...: small numbers of either sign stay small.

    >>> zigzag([0, -1, 1, -2]).tolist()
    [0, 1, 2, 3]
    """
    numbers = np.asarray(values, np.int64)
    return (numbers << 1) ^ (numbers >> 63)


def unsigned(values: ArrayLike) -> Column:
    """Return whole numbers of 0 and more as a column."""
    return Column("unsigned", varints(values))


def signed(values: ArrayLike) -> Column:
    """Return whole numbers of either sign as a column."""
    return Column("signed", varints(zigzag(values)))


def differences(values: ArrayLike) -> Column:
    """Return whole numbers that are near their neighbours as a column."""
    return Column("steps", varints(zigzag(np.diff(np.asarray(values, np.int64), prepend=0))))


def texts(values: Sequence[str]) -> Column:
    """Return texts as a column, each as it is."""
    return Column("texts", json.dumps(list(values), ensure_ascii=False, separators=(",", ":")).encode())


def _scientific(values: ArrayLike) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Return five-digit mantissas and exponents of ten of numbers, and which of them are numbers."""
    numbers = np.asarray(values, np.float64)
    known = np.isfinite(numbers)
    numbers = np.where(np.abs(numbers) < _LEAST, 0.0, numbers)
    size = np.where(known & (numbers != 0), np.abs(numbers), 1.0)
    exponent = np.floor(np.log10(size)).astype(np.int64) - (DIGITS - 1)
    return np.rint(np.where(known, numbers, 0.0) / 10.0**exponent).astype(np.int64), exponent, known


def rounded(values: ArrayLike) -> NDArray[np.float64]:
    """Return numbers as the page gets them: to five significant digits, what is no number as NaN.

    >>> rounded([0.1234567, 98765.4321]).tolist()
    [0.12346, 98765.0]
    """
    mantissa, exponent, known = _scientific(values)
    up, down = 10.0 ** np.maximum(exponent, 0), 10.0 ** np.maximum(-exponent, 0)
    return np.where(known, mantissa * up / down, np.nan)


def decimal(values: ArrayLike) -> Column:
    """Return numbers to five significant digits as a column; NaN is missing."""
    mantissa, exponent, known = _scientific(values)
    for _ in range(DIGITS):
        even = mantissa % 10 == 0
        mantissa, exponent = np.where(even, mantissa // 10, mantissa), np.where(even, exponent + 1, exponent)
    exponent = np.where(known, np.where(mantissa == 0, 0, exponent), MISSING)
    return Column("decimal", _together(signed(mantissa), signed(exponent)))


def coded(values: Sequence[str] | NDArray[np.float64]) -> Column:
    """Return texts or numbers, many of them the same, as a column; texts in order of first use."""
    if isinstance(values, np.ndarray):
        of_row, distinct = pd.factorize(values, sort=True, use_na_sentinel=False)
        return Column("coded", _together(decimal(distinct), unsigned(of_row)))
    of_row, distinct = pd.factorize(np.array(values, object))
    return coded_texts([*map(str, distinct)], of_row)


def coded_texts(distinct: Sequence[str], of_row: Ints) -> Column:
    """Return texts as a column by the distinct ones and the number that each row has of these."""
    return Column("coded", _together(texts(distinct), unsigned(of_row)))


def smallest(*columns: Column) -> Column:
    """Return the column that is the smallest when compressed in haste, in a tie the first."""
    return min(columns, key=lambda column: len(gzip.compress(column.data, 1, mtime=0)))


def numbers(values: ArrayLike) -> Column:
    """Return numbers in the coding that is the smallest for them; NaN is missing."""
    array = np.asarray(values, np.float64)
    if np.all(np.isfinite(array)) and np.all(array == np.rint(array)) and np.abs(array).max(initial=0) < 2**52:
        return smallest(signed(array), differences(array))
    return smallest(decimal(array), coded(array))


def _together(*columns: Column) -> bytes:
    """Return columns as bytes: for each its coding and length in a line, then the columns."""
    head = json.dumps([[column.coding, len(column.data)] for column in columns], separators=(",", ":"))
    return head.encode() + b"\n" + b"".join(column.data for column in columns)


def block(columns: Mapping[str, Column], facts: Mapping[str, object]) -> bytes:
    """Return columns and facts about them (JSON values) as a block; the same input gives the same bytes."""
    layout = [[name, column.coding, len(column.data)] for name, column in columns.items()]
    head = json.dumps({"facts": dict(facts), "columns": layout}, ensure_ascii=False, separators=(",", ":"))
    data = head.encode() + b"\n" + b"".join(column.data for column in columns.values())
    # Level 9 makes a page 0.4 % smaller, at four times the time.
    return gzip.compress(data, 6, mtime=0)


def inert(data: bytes) -> str:
    """Return a block as the text of a script element that no browser runs: base 85, five signs for four bytes.

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
    """Return `inert` blocks as a script beside the page, which hands them to reader.js; their signs need no escape."""
    return f"give({json.dumps(name)}, {json.dumps(blocks)});\n"
