"""A checksum in each Parquet file, over all of its bytes, so that none of them can change unnoticed.

Parquet has checksums of its pages, but not of the pages' headers or of the footer, which describes columns and rows. A
reader goes to the offsets that the footer names, so we can put bytes of our own between the last page and the footer:
the seal, which is `_MARK` and a CRC-32 (four bytes, little-endian) of all other bytes. Other programs ignore it.
"""

import mmap
import zlib
from pathlib import Path
from typing import BinaryIO

_MARK = b"\x89sealed\n"
_SIZE = len(_MARK) + 4
_MAGIC = b"PAR1"  # the first and last bytes of each Parquet file
_AT_A_TIME = 1 << 20
_TAIL = 8  # bytes after the footer: its length (four bytes, little-endian) and PAR1


def _footer_place(tail: bytes, size: int) -> int:
    """Return the offset of a Parquet file's footer, from its last bytes and its size; negative if they are damaged."""
    return size - _TAIL - int.from_bytes(tail[-_TAIL : 4 - _TAIL], "little")


def _read(file: BinaryIO, first: int, size: int) -> bytes:
    file.seek(first)
    return file.read(size)


def _checksum(file: BinaryIO, first: int, last: int, value: int = 0) -> int:
    """Return the CRC-32 of the bytes from `first` to before `last`, continued from `value`.

    They are read a megabyte at a time, because a memory-mapped file counts as memory of the process, however large.
    """
    for place in range(first, last, _AT_A_TIME):
        value = zlib.crc32(_read(file, place, min(_AT_A_TIME, last - place)), value)
    return value


def seal(path: Path) -> None:
    """Put a seal into a Parquet file that has none."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        place = _footer_place(_read(file, size - _TAIL, _TAIL), size)
        footer, checksum = _read(file, place, size - place), _checksum(file, 0, size)
        file.seek(place)
        file.write(_MARK + checksum.to_bytes(4, "little") + footer)


def is_sound(path: Path) -> bool:
    """Return False for a Parquet file that is cut off, or whose seal does not match its bytes.

    A file without a seal, such as one from another program, counts as sound. A file with a seal anywhere but before the
    footer is damaged: the length of the footer has changed.
    """
    size = path.stat().st_size
    if size < len(_MAGIC) + _TAIL:
        return False
    with path.open("rb") as file:
        tail = _read(file, size - _TAIL, _TAIL)
        if not _read(file, 0, 4) == tail[-4:] == _MAGIC:
            return False
        end = _footer_place(tail, size)
        place = max(end - _SIZE, 0)
        mark = _read(file, place, _SIZE)
        if not mark.startswith(_MARK):
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                return data.find(_MARK) < 0
        return _checksum(file, end, size, _checksum(file, 0, place)) == int.from_bytes(mark[-4:], "little")
