"""Batches depend on the names alone, and their manifests change only when they must."""

import hashlib
import json

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
    for batch, members in batches.items():
        assert 0 < len(members) <= size
        for name in members:
            bits = f"{int(hashlib.sha256(name.encode()).hexdigest(), 16):0256b}"
            assert batch == SINGLE_BATCH or bits.startswith(batch)


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


def test_a_new_batch_leaves_other_groups_alone():
    batches = ["000", "001", "01", "10", "11"]
    before, after = (
        group_batches(each, batch_size=10, documents=20) for each in (batches, [*batches[:-1], "110", "111"])
    )
    assert before == {"00": ["000", "001"], "01": ["01"], "1": ["10", "11"]}
    assert after == {"00": ["000", "001"], "01": ["01"], "10": ["10"], "11": ["110", "111"]}


def test_a_group_has_so_many_documents_whatever_the_size_of_a_batch():
    batches = [f"{number:06b}" for number in range(64)]
    numbers = [
        {len(members) for members in group_batches(batches, batch_size=size, documents=8192).values()}
        for size in (256, 1024, 9999)
    ]
    assert numbers == [{32}, {8}, {1}]


def test_manifests():
    seeds = [Seed("a b.txt", "a b.txt", "0" * 64, {}), Seed(r"n\x0a.txt", "n\n.txt", "1" * 64, {"n": {"date": "2024"}})]
    batches = split([seed.doc_id for seed in seeds], size=10)
    assert batches == {SINGLE_BATCH: ["a b.txt", r"n\x0a.txt"]}
    texts = manifests(reversed(seeds), batches)
    assert [Seed(**json.loads(line)) for line in texts[SINGLE_BATCH].splitlines()] == seeds


def test_no_seeds():
    assert manifests([], split([], size=10)) == {}
