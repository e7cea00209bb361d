"""The copies of which the memory of stories is measured are other documents, with families of quotes of their own."""

import pyarrow as pa

from benchmarks.story_memory import copied


def test_a_copy_has_names_families_and_words_of_its_own() -> None:
    table = pa.table({"doc_id": ["a", "b"], "duplicate_of": ["", "a"], "family": [0, 4]})
    assert copied(table, 0, {}).to_pylist() == table.to_pylist()
    assert copied(table, 2, {}).to_pylist() == [
        {"doc_id": "a~0002", "duplicate_of": "", "family": 10},
        {"doc_id": "b~0002", "duplicate_of": "a~0002", "family": 14},
    ]
    words = pa.table({"norm": ["aid", "the", "bill"]})
    assert copied(words, 1, {"aid": "bill", "bill": "aid"})["norm"].to_pylist() == ["bill", "the", "aid"]
