"""Batches by the bits of the names alone, groups of them, and the manifests that tell what has changed."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.documents.seeds import Seed
from scripts.plan.batches import group_batches, manifests, split


@given(st.sets(st.text(max_size=5), max_size=40), st.integers(1, 9))
def test_a_batch_holds_no_more_than_its_size_and_no_name_is_lost(names, size):
    batches = split(names, size=size)
    assert sorted(name for members in batches.values() for name in members) == sorted(names)
    assert all(members == sorted(members) and 0 < len(members) <= size for members in batches.values())
    assert [*batches] == sorted(batches)


def test_there_is_one_batch_until_it_is_full_and_an_added_name_leaves_the_others_alone():
    names = [f"{number}.txt" for number in range(8)]
    assert split(names, size=8) == {"all": names}
    assert [*split(names, size=7)] == ["0", "1"]
    assert split([], size=3) == {}


@pytest.mark.parametrize(
    ("documents", "groups"),
    [
        (100, {"00": ["00"], "010": ["010"], "011": ["011"], "1": ["1"]}),
        (299, {"00": ["00"], "01": ["010", "011"], "1": ["1"]}),
        (300, {"0": ["00", "010", "011"], "1": ["1"]}),
        (400, {}),
        (50, {"00": ["00"], "010": ["010"], "011": ["011"], "1": ["1"]}),
    ],
)
def test_groups_hold_as_many_batches_as_their_documents_allow(documents, groups):
    assert group_batches(["00", "010", "011", "1"], batch_size=100, documents=documents) == groups


def test_a_manifest_has_a_line_a_seed_whatever_the_order_of_the_documents_in_the_sheet():
    def seeds(*documents, outlet="X"):
        metadata = {document: {"outlet": outlet, "date": "2025"} for document in documents}
        return [Seed("b.txt", "b.txt", "2", {}), Seed("a.zip", "a.zip", "1", metadata)]

    batches = {"0": ["a.zip"], "1": ["b.txt"]}
    texts = manifests(seeds("x", "y"), batches)
    assert texts == manifests(seeds("y", "x"), batches)
    (line,) = texts["0"].splitlines()
    assert json.loads(line)["doc_id"] == "a.zip" and texts["0"].endswith("\n")
    assert [*json.loads(line)["metadata"]["x"]] == ["outlet", "date"]
    edited = manifests(seeds("x", "y", outlet="Y"), batches)
    assert (edited["0"] == texts["0"], edited["1"] == texts["1"]) == (False, True)
