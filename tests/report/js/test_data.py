"""data.js unpacks what scripts/report/payload.py packs."""

import numpy as np

from scripts.report import payload
from scripts.report.payload import block, inert, rounded
from tests.report.js.node import needs_node, run

pytestmark = needs_node

RANDOM = np.random.default_rng(7)
UNSIGNED = [0, 1, 127, 128, 16_383, 16_384, 2**32 - 1, *RANDOM.integers(0, 2**32, 500).tolist()]
SIGNED = [0, -1, 1, 2**51, -(2**51), *RANDOM.integers(-(2**40), 2**40, 500).tolist()]
DECIMALS = [0.0, 0.5, -7.25, 123456.0, 1.2e-5, np.nan, *(10.0 ** RANDOM.uniform(-9, 9, 500)).tolist()]
TEXTS = ["", "a", "王😀", "</script>", 'say "x"\n', "\x00", "a"]
NAMES = ["", "Jo", "王"]
UNPACK = """async ({ text, names, words }) => {
    const corpus = { names, words: { unit: "form" }, norm: words };
    const { facts, ...columns } = await unpacked(text, corpus);
    return [facts, Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, [...values]]))];
}"""


def unpacked(columns, facts=None):
    return run(UNPACK, {"text": inert(block(columns, facts or {})), "names": NAMES, "words": ["x", "y", "z"]})


def test_every_coding_comes_back():
    made = {
        "unsigned": payload.unsigned(UNSIGNED),
        "signed": payload.signed(SIGNED),
        "differences": payload.differences(SIGNED),
        "texts": payload.texts(TEXTS),
        "coded": payload.coded(TEXTS),
        "named": payload.Column("named", payload.varints([2, 0, 1])),
        "worded": payload.Column("worded", payload.differences([2, 0, 1]).data),
    }
    facts, columns = unpacked(made, {"about": "王"})
    assert facts == {"about": "王"}
    assert columns == {
        "unsigned": UNSIGNED,
        "signed": SIGNED,
        "differences": SIGNED,
        "texts": TEXTS,
        "coded": TEXTS,
        "named": ["王", "", "Jo"],
        "worded": ["z", "x", "y"],
    }
    assert set(made) | {"decimal"} == set(run("() => Object.keys(CODINGS)"))


def test_decimals_come_back_to_five_digits_and_gaps_as_gaps():
    _, columns = unpacked({"decimal": payload.decimal(DECIMALS), "coded": payload.coded(np.array(DECIMALS))})
    expected = [None if np.isnan(value) else value for value in rounded(DECIMALS).tolist()]
    assert columns == {"decimal": expected, "coded": expected}


def test_blocks_of_every_length_and_empty_columns_come_back():
    for length in range(8):
        values = list(range(length))
        columns = {"n": payload.numbers(values), "t": payload.texts([str(n) for n in values])}
        assert unpacked(columns) == [{}, {"n": values, "t": [str(n) for n in values]}]
