"""A table that was damaged on the disk stops the report; its numbers never come from such a table."""

from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.report.store import Store
from tests.report.corpus import row, write_tables

READS: dict[str, tuple[str, Callable[[Path], object]]] = {
    "titles": ("documents", lambda folder: Store(folder).title("d299")),
    "first rows": ("documents", lambda folder: Store(folder).first("documents", 5)),
    "rows of a document": ("tokens", lambda folder: Store(folder).of_documents("tokens", ["d299"], ["token", "norm"])),
}


@pytest.mark.parametrize("read", READS)
def test_damage_is_noticed(read, tmp_path):
    table, make = READS[read]
    documents = [row("documents", doc_id=f"d{n}", title=f"Title {n}", n_tokens=n) for n in range(300)]
    tokens = [row("tokens", doc_id="d299", token=n, norm=f"word{n}", lemma=f"word{n}") for n in range(300)]
    write_tables(tmp_path, documents=documents)
    write_tables(tmp_path, tokens=tokens)
    make(tmp_path)
    path = tmp_path / f"{table}.parquet"
    data = bytearray(path.read_bytes())
    for at in range(200, len(data) - 20_000 if len(data) > 40_000 else len(data) // 2, 50):
        data[at] ^= 0xFF
    path.write_bytes(bytes(data))
    with pytest.raises(OSError, match=r"damaged|CRC|corrupt|checksum|deserialize|thrift|Thrift"):
        make(tmp_path)
