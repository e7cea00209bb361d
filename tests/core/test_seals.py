"""Each Parquet file has a seal over all of its bytes: any change of them is noticed, named, and made good."""

import ast
import random

import pyarrow.parquet as pq
import pytest

from scripts.core.seals import is_sound
from scripts.core.storage import ROOT, DamagedError, open_parquet, parquet_writer, read_parquet, to_table, write_parquet

NAMES = ("seed", "stage", "severity", "code", "message")
TABLE = to_table("problems", {**{name: [f"{name} {n}" for n in range(300)] for name in NAMES}, "offset": range(300)})


@pytest.fixture
def path(tmp_path):
    write_parquet(tmp_path / "t.parquet", TABLE)
    return tmp_path / "t.parquet"


def footer_place(data):
    return len(data) - 8 - int.from_bytes(data[-8:-4], "little")


def flipped(data, bit):
    return data[: bit // 8] + bytes([data[bit // 8] ^ 1 << bit % 8]) + data[bit // 8 + 1 :]


def test_no_flipped_bit_passes_with_other_data(path):
    sound = path.read_bytes()
    footer, bits = footer_place(sound), range(8 * len(sound))
    chosen = {*random.Random(1).sample(bits, 1200), *random.Random(2).sample(range(8 * footer, 8 * len(sound)), 500)}
    chosen |= {*bits[-8 * 12 :], *bits[8 * (footer - 12) : 8 * footer], *bits[:32]}
    silent = []
    for bit in sorted(chosen):
        path.write_bytes(flipped(sound, bit))
        try:
            assert read_parquet(path).equals(TABLE)
            silent.append(bit // 8)
        except DamagedError as error:
            assert str(path) in str(error) and not path.exists()
    # Without its mark it is a sound file of another program.
    assert all(footer - 12 <= place < footer - 4 for place in silent)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:-9],
        lambda data: data[:200],
        lambda data: b"",
        lambda data: b"\0" * len(data),
        lambda data: data[:100] + b"\0" * 300 + data[400:],
        lambda data: data + b"\n",
    ],
)
def test_a_file_cut_off_or_overwritten_is_noticed(path, spoil):
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(DamagedError, match="run again"):
        open_parquet(path)
    assert not path.exists()


def test_other_programs_read_it_and_what_they_write_is_read(path):
    assert pq.read_table(path).equals(TABLE)
    pq.write_table(TABLE, path)
    assert read_parquet(path).equals(TABLE)


def test_a_file_written_by_parts_is_sealed(tmp_path):
    path = tmp_path / "t.parquet"
    with parquet_writer(path, TABLE.schema) as writer:
        writer.write_table(TABLE.slice(0, 100))
        writer.write_table(TABLE.slice(100))
    assert read_parquet(path).equals(TABLE) and is_sound(path)
    path.write_bytes(flipped(path.read_bytes(), 8 * 50))
    assert not is_sound(path)


def test_text_that_looks_like_a_seal_does_no_harm(tmp_path):
    path = tmp_path / "t.parquet"
    table = to_table("problems", {**{name: ["\u00c9sealed\n"] for name in NAMES}, "offset": [1]})
    write_parquet(path, table)
    assert path.read_bytes().count(b"\x89sealed\n") > 1
    assert read_parquet(path).equals(table)


def test_a_missing_file_is_no_damaged_one(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_parquet(tmp_path / "none.parquet")


def touches_parquet(node):
    """Return True for a call of Arrow's or pandas's own functions for Parquet, or an import of them by another name."""
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").startswith(("pyarrow.parquet", "pyarrow.dataset"))
    if isinstance(node, ast.Import):
        return any(
            name.name.startswith(("pyarrow.parquet", "pyarrow.dataset")) and name.asname != "pq" for name in node.names
        )
    called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
    return called.startswith("pq.") or called.endswith((".read_parquet", ".to_parquet"))


def test_all_tables_are_read_and_written_by_way_of_storage():
    bare = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "scripts").rglob("*.py")
        if any(map(touches_parquet, ast.walk(ast.parse(path.read_text(encoding="utf-8")))))
    }
    assert bare == {"scripts/core/storage.py"}
