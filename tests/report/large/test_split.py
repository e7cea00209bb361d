"""Tables cut by the hashes of their documents: each row goes to one segment, in the order of the hashes."""

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from scripts.core.anchors import document_anchor
from scripts.core.storage import open_parquet, parquet_files, read_parquet, write_parquet
from scripts.report.large.split import BITS, EVERY_DOCUMENT, hash_ranges, hashes, read_hashes, sort_tables, split_tables
from tests.report.choices.made import write_made
from tests.report.corpus import in_groups

HASHES = st.lists(st.integers(0, 2**BITS - 1), min_size=1, max_size=40).map(sorted)


def ranges(numbers, most):
    """Return the ranges of at most `most` documents."""
    return hash_ranges(np.array(numbers), np.ones(len(numbers)), most, len(numbers))


def of_prefix(prefix, number):
    return prefix == EVERY_DOCUMENT or f"{number:0{BITS}b}".startswith(prefix)


@given(HASHES, st.integers(1, 9))
def test_ranges_have_all_documents_once_and_no_more_than_fit(numbers, most):
    made = ranges(numbers, most)
    assert [each for _, first, last in made for each in numbers[first:last]] == numbers
    for prefix, first, last in made:
        assert [number for number in numbers if of_prefix(prefix, number)] == numbers[first:last]
        assert last - first <= most or len({*numbers[first:last]}) == 1


def test_documents_are_together_up_to_both_limits():
    two = np.array([0, 2 ** (BITS - 1)]), np.array([5, 5])
    assert [len(hash_ranges(*two, *limits)) for limits in ((2, 10), (1, 10), (2, 9))] == [1, 2, 2]


@given(HASHES, st.integers(0, 2**BITS - 1), st.integers(2, 9))
def test_a_document_more_changes_the_range_that_it_joins_alone(numbers, added, most):
    before = {prefix: last - first for prefix, first, last in ranges(numbers, most)}
    after = {prefix: last - first for prefix, first, last in ranges(sorted([*numbers, added]), most)}
    assert all(of_prefix(prefix, added) for prefix, size in before.items() if after.get(prefix) != size)


def test_the_hash_of_a_document_is_what_its_anchor_has():
    assert [f"d{number:010x}" for number in hashes(["a.txt", "王.txt"]).tolist()] == [
        document_anchor("a.txt"),
        document_anchor("王.txt"),
    ]


def test_each_segment_has_the_rows_of_its_documents_in_the_order_of_their_hashes(tmp_path):
    tables = write_made(tmp_path / "tables")
    ordered, tokens = read_hashes(tables)
    segments = [each.prefix for each in ranges(ordered, 7)]
    assert len(segments) > 2 and len(tokens) == len(ordered)
    split_tables(tables, tmp_path / "segments", segments)
    for segment in segments:
        sort_tables(tmp_path / "segments" / segment)
    for name in ("documents", "sentences", "quotes", "entities", "frame_codes"):
        stored = read_parquet(tables / f"{name}.parquet")
        parts = [read_parquet(tmp_path / "segments" / segment / f"{name}.parquet") for segment in segments]
        rows = pa.concat_tables(parts)
        order = np.argsort(hashes(stored["doc_id"].to_pylist()), kind="stable")
        assert rows.equals(stored.select(rows.column_names).take(pa.array(order)))


def test_tokens_of_a_file_that_is_of_one_segment_are_not_written_again(tmp_path):
    tables = write_made(tmp_path / "tables")
    in_groups(tables / "tokens.parquet")
    split_tables(tables, tmp_path / "whole", [EVERY_DOCUMENT])
    files = parquet_files(tmp_path / "whole" / EVERY_DOCUMENT / "tokens.parquet")
    assert [file.resolve() for file in files] == parquet_files(tables / "tokens.parquet")
    split_tables(tables, tmp_path / "cut", ["0", "1"])
    rows = 0
    for segment in "01":
        for file in parquet_files(tmp_path / "cut" / segment / "tokens.parquet"):
            assert not file.is_symlink()
            doc_ids = read_parquet(file)["doc_id"].to_pylist()
            # As in the file that they come from, by document.
            assert doc_ids == sorted(doc_ids) and {f"{each:040b}"[0] for each in hashes(doc_ids).tolist()} == {segment}
            rows += len(doc_ids)
    assert rows == sum(read_parquet(file).num_rows for file in parquet_files(tables / "tokens.parquet"))


def test_a_table_that_is_not_there_is_left_out(tmp_path):
    write_parquet(tmp_path / "tables" / "documents.parquet", pa.table({"doc_id": ["a"], "text": ["x"]}))
    split_tables(tmp_path / "tables", tmp_path / "segments", [EVERY_DOCUMENT])
    assert [path.name for path in (tmp_path / "segments" / EVERY_DOCUMENT).iterdir()] == ["documents.parquet"]


def test_a_segment_has_no_texts_of_other_segments(tmp_path):
    """Encoded columns keep all texts of the file that they come from, which 128 segments had 128 times."""
    tables = write_made(tmp_path / "tables")
    split_tables(tables, tmp_path / "segments", ["0", "1"])
    for name in ("documents", "sentences", "quotes", "tokens"):
        for segment in "01":
            for path in parquet_files(tmp_path / "segments" / segment / f"{name}.parquet"):
                with open_parquet(path, dictionaries=["doc_id"]) as file:
                    texts = {text for batch in file.iter_batches() for text in batch["doc_id"].dictionary.to_pylist()}
                assert texts and {f"{each:040b}"[0] for each in hashes(texts).tolist()} == {segment}
