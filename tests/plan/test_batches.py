"""Batches by the bits of the names alone, groups of them, and the manifests that tell what has changed."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.core.batches import SINGLE_BATCH
from scripts.documents.seeds import Seed
from scripts.plan.batches import group_batches, manifests, split

NAMES = st.lists(st.text(min_size=1, max_size=8), unique=True, max_size=60)


@given(NAMES, st.integers(1, 10), st.randoms())
def test_every_name_is_in_one_batch_of_its_bits(names, size, random):
    batches = split(names, size=size)
    shuffled = list(names)
    random.shuffle(shuffled)
    assert split(shuffled, size=size) == batches
    assert sorted(name for members in batches.values() for name in members) == sorted(names)
    assert [*batches] == sorted(batches)
    for batch, members in batches.items():
        assert 0 < len(members) <= size and members == sorted(members)
        for name in members:
            bits = f"{int(hashlib.sha256(name.encode()).hexdigest(), 16):0256b}"
            assert batch == SINGLE_BATCH or bits.startswith(batch)


def test_there_is_one_batch_until_it_is_full():
    names = [f"{number}.txt" for number in range(8)]
    assert split(names, size=8) == {"all": names}
    assert [*split(names, size=7)] == ["0", "1"]
    assert split([], size=3) == manifests([], {}) == {}


def test_adding_a_name_leaves_other_batches_alone():
    names = [f"article-{n}.txt" for n in range(200)]
    before, after = split(names, size=20), split([*names, "new.txt"], size=20)
    assert sum(before.get(batch) != members for batch, members in after.items()) <= 2


@given(NAMES, st.integers(1, 10), st.integers(1, 5))
def test_groups_of_batches_are_fixed_by_their_names(names, size, most):
    batches = [*split(names, size=size)]
    groups = group_batches(batches[::-1], batch_size=size, documents=size * most)
    assert (groups == {}) == (len(batches) <= most)
    assert not groups or [batch for group in groups.values() for batch in group] == batches
    for group, members in groups.items():
        # So a job finds the batches of its group by their names.
        assert members == [batch for batch in batches if batch.startswith(group)]
        assert len(members) <= most


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


def test_the_number_of_groups_is_limited():
    batches = [f"{number:010b}" for number in range(1024)]
    assert len(group_batches(batches, batch_size=100, documents=100)) == 64
    assert len(group_batches(batches[:100], batch_size=100, documents=100)) == 100


def test_manifests():
    seeds = [Seed("a b.txt", "a b.txt", "0" * 64, {}), Seed(r"n\x0a.txt", "n\n.txt", "1" * 64, {"n": {"date": "2024"}})]
    batches = split([seed.doc_id for seed in seeds], size=10)
    assert batches == {SINGLE_BATCH: ["a b.txt", r"n\x0a.txt"]}
    texts = manifests(reversed(seeds), batches)
    assert [Seed(**json.loads(line)) for line in texts[SINGLE_BATCH].splitlines()] == seeds


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
