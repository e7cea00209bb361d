"""Documents that repeat an earlier one, and pairs that resemble each other: one signature, so the two agree."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.core.storage import write_parquet
from scripts.documents.duplicates import find_repetitions, read_clusters, read_signatures
from scripts.documents.signatures import signature_table
from scripts.maths.minhash import HASHES

_STORY = " ".join(f"word{number}" for number in range(60))


def repetitions(texts):
    """Return the original of each repetition among (doc_id, date, text)."""
    rows = [dict(zip(("doc_id", "date", "text"), text, strict=True)) for text in texts]
    return find_repetitions(read_signatures([signature_table(rows)]))


def test_the_earliest_stays():
    texts = [
        ("a", "", _STORY),
        ("b", "2025-05-02", f"REUTERS - {_STORY} more"),
        ("c", "2025-05-01", f"\n{_STORY}\n"),
        ("d", "2025-04-01", " ".join(reversed(_STORY.split()))),
    ]
    assert repetitions(texts).original == {"a": "c", "b": "c"}


def test_short_texts_only_if_they_are_the_same():
    texts = [("a", "", "Hello."), ("b", "", "Hello.\n"), ("c", "", "Hello you."), ("d", "", "")]
    assert repetitions(texts).original == {"b": "a"}
    assert repetitions(texts).pairs.num_rows == 0


@pytest.mark.parametrize("texts", [[], [("a", "", "...")], [("a", "", _STORY)]])
def test_nothing_to_compare_with(texts):
    assert repetitions(texts).original == {}
    assert repetitions(texts).pairs.num_rows == 0


def test_more_documents_than_are_signed_at_once():
    texts = [(f"{number:04}", "", f"{_STORY} {number}") for number in range(1_100)]
    assert set(repetitions(texts).original.values()) == {"0000"}


def version(number):
    """Return the story after `number` edits; each replaces its ten first words and adds ten at its end."""
    return " ".join(f"word{place}" for place in range(10 * number, 10 * number + 80))


def test_a_chain_of_versions_does_not_make_its_ends_the_same():
    texts = [(f"v{number}", "", version(number)) for number in range(9)]
    result = repetitions(texts)
    assert set(texts[0][2].split()).isdisjoint(texts[8][2].split())
    alike = {(row["doc_id"], row["other"]) for row in result.pairs.to_pylist()}
    assert result.original and "v8" in {name for pair in alike for name in pair}
    for doc_id, original in result.original.items():
        assert abs(int(doc_id[1:]) - int(original[1:])) < 5, "the two share half of their sequences"
        assert original not in result.original


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 12), st.sampled_from(["", "2025-05-01", "2025-05-02"])), max_size=14))
def test_each_repetition_is_alike_its_original_and_a_pair_of_the_table(versions):
    texts = [(f"d{number:02}", date, version(v)) for number, (v, date) in enumerate(versions)]
    result = repetitions(texts)
    pairs = {(row["doc_id"], row["other"]): row["estimate"] for row in result.pairs.to_pylist()}
    place = {doc_id: (not date, date, doc_id) for doc_id, date, _ in texts}
    for doc_id, original in result.original.items():
        assert pairs[tuple(sorted((doc_id, original)))] >= 0.5
        assert place[original] < place[doc_id]
        assert original not in result.original


def test_versions_of_a_wire_story_are_pairs_with_their_resemblance():
    random = np.random.default_rng(2)
    story = [f"w{number}" for number in random.integers(0, 900, 400)]
    wire = {}
    for at in range(5):
        changes = set(random.integers(0, 400, 2 * at).tolist())
        wire[f"wire{at}"] = [f"other{place}" if place in changes else word for place, word in enumerate(story)]
    others = {f"other{at}": [f"w{number}" for number in random.integers(0, 900, 300)] for at in range(20)}
    rows = repetitions([(name, "", " ".join(words)) for name, words in (wire | others).items()]).pairs.to_pylist()
    assert {row["doc_id"] for row in rows} | {row["other"] for row in rows} == set(wire)
    assert {row["cluster"] for row in rows} == {"wire0"}
    for row in rows:
        left, right = ({tuple(wire[row[name]][at : at + 5]) for at in range(396)} for name in ("doc_id", "other"))
        assert row["estimate"] == pytest.approx(len(left & right) / len(left | right), abs=4 * np.sqrt(0.25 / HASHES))


def test_both_documents_of_a_pair_are_in_its_cluster(tmp_path):
    texts = [("a", "", _STORY), ("b", "", f"{_STORY} more"), ("c", "", " ".join(reversed(_STORY.split())))]
    write_parquet(tmp_path / "near_duplicates.parquet", repetitions(texts).pairs)
    assert read_clusters(tmp_path) == {"a": "a", "b": "a"}
