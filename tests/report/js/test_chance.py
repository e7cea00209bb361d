"""chance.js draws what scripts/maths draws: weights of documents, and deals of them."""

import hashlib

import pytest

from scripts.maths.bootstrap import document_weights
from scripts.maths.permutation import deals
from tests.report.js.node import needs_node, run

pytestmark = needs_node


@pytest.mark.parametrize("length", [0, 1, 135, 166, 167, 168, 169, 336, 1000])
def test_shake128_is_that_of_the_standard(length):
    message = bytes(at % 251 for at in range(length))
    made = run("(bytes) => [...shake128(Uint8Array.from(bytes), 400)]", list(message))
    assert bytes(made) == hashlib.shake_128(message).digest(400)


def test_documents_have_the_weights_of_the_pipeline():
    names = ["seeds.csv#2", "ü 王毅 " * 60, "", "a/b.txt"]
    made = run("(names) => names.map((name) => [...documentWeights(name, 1000, 7)])", names)
    assert made == document_weights(names, seed=7).tolist()


@pytest.mark.parametrize(("size", "documents"), [(1, 2), (3, 8), (77, 177), (500, 1000)])
def test_documents_are_dealt_as_by_the_pipeline(size, documents):
    made = run(
        "([size, documents]) => { const deal = dealer(size, documents);"
        " return Array.from({ length: 40 }, () => [...deal()]); }",
        (size, documents),
    )
    assert made == [dealt.tolist() for dealt in deals(size, documents, draws=40)]
