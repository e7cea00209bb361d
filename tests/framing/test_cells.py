"""Cells of ranges of documents."""

import numpy as np
import pytest

from scripts.framing import cells
from scripts.framing.cells import (
    NameCells,
    blocks_of_names,
    cells_by_document,
    cells_of,
    chosen,
    counted_cells,
    drawn,
    narrow,
)
from scripts.maths.bootstrap import document_weights

RANGES = (slice(0, 3), slice(3, 4), slice(4, 8))


@pytest.fixture(scope="module")
def parts():
    """Return five names in eight documents and two columns as cells of three ranges, and as one."""
    name, document, column = np.random.default_rng(5).integers(0, [5, 8, 2], (60, 3)).T
    of_ranges = []
    for documents in RANGES:
        mine = (document >= documents.start) & (document < documents.stop)
        place = name[mine], document[mine] - documents.start, column[mine]
        size = documents.stop - documents.start
        of_ranges.append(counted_cells(*place, first=documents.start, documents=size, columns=2))
    return of_ranges, counted_cells(name, document, column, first=0, documents=8, columns=2)


@pytest.mark.parametrize("block", [1, 7, 1000])
def test_parts_are_put_together_for_some_names_at_a_time(parts, block, monkeypatch):
    monkeypatch.setattr(cells, "_BLOCK", block)
    of_ranges, undivided = parts
    blocks = list(blocks_of_names(of_ranges, names=9))
    assert (len(blocks) == 1) == (block == 1000)
    for of_blocks, expected in zip(zip(*blocks, strict=True), undivided, strict=True):
        assert np.concatenate(of_blocks).tolist() == expected.tolist()


def test_cells_of_a_name_are_those_of_all_parts(parts):
    of_ranges, undivided = parts
    for name in range(6):
        expected = chosen(undivided, undivided.name == name)
        assert [array.tolist() for array in cells_of(of_ranges, name)] == [array.tolist() for array in expected]


def test_sums_of_ranges_add_up(parts):
    of_ranges, undivided = parts
    weights = document_weights([f"d{at}" for at in range(8)], resamples=20)
    sums = [
        drawn(cells_by_document(each, first=at.start, documents=at.stop - at.start, columns=2), weights[at])
        for each, at in zip(of_ranges, RANGES, strict=True)
    ]
    of_all = drawn(cells_by_document(undivided, first=0, documents=8, columns=2), weights)
    assert of_all.documents.tolist() == [len({*undivided.document[undivided.column == at]}) for at in range(2)]
    for added, expected in zip(map(sum, zip(*sums, strict=True)), of_all, strict=True):
        assert np.array_equal(added, expected)


def test_no_names_have_no_blocks():
    nothing = NameCells(*(np.array([], int) for _ in range(4)))
    assert not any(len(block.n) for block in blocks_of_names([nothing], names=0))


@pytest.mark.parametrize(("largest", "kind"), [(255, np.uint8), (256, np.uint16), (2**16, np.uint32)])
def test_counts_take_the_bytes_of_the_largest(largest, kind):
    assert narrow(np.array([0, largest])).dtype == kind
