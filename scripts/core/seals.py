"""A checksum in each Parquet file, over all of its bytes, so that none of them can change unnoticed.

Parquet has checksums of its pages, but none of the pages' headers and of the footer that names columns and rows. A
reader goes by the places that the footer names, so bytes of ours may stand between the last page and the footer: the
seal, which is `_MARK` and a CRC-32 (four bytes, little-endian) of all other bytes. Other programs do not see it.
"""

import mmap
import zlib
from pathlib import Path

_MARK = b"\x89sealed\n"
_SIZE = len(_MARK) + 4
_MAGIC = b"PAR1"  # the first and last bytes of each Parquet file
_TAIL = 8  # bytes after the footer: its length (four bytes, little-endian) and PAR1


def _footer_place(data: bytes | mmap.mmap) -> int:
    """Return where the footer of a Parquet file begins, as its last bytes say; negative if they cannot be right."""
    return len(data) - _TAIL - int.from_bytes(data[-_TAIL : 4 - _TAIL], "little")


def seal(path: Path) -> None:
    """Put a seal into a Parquet file that has none."""
    with path.open("r+b") as file:
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            place = _footer_place(data)
            footer, checksum = data[place:], zlib.crc32(data)
        file.seek(place)
        file.write(_MARK + checksum.to_bytes(4, "little") + footer)


def is_sound(path: Path) -> bool:
    """Return False for a Parquet file that is cut off, or whose seal is not of its bytes.

    A file without a seal, as another program writes it, is not known to be damaged. One in which a seal stands
    elsewhere than before the footer is: the length of the footer has changed.
    """
    with path.open("rb") as file:
        if path.stat().st_size < len(_MAGIC) + _TAIL:
            return False
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            if not data[:4] == data[-4:] == _MAGIC:
                return False
            end = _footer_place(data)
            place = max(end - _SIZE, 0)
            if data[place : place + len(_MARK)] != _MARK:
                return data.find(_MARK) < 0
            checksum = int.from_bytes(data[end - 4 : end], "little")
            with memoryview(data) as view, view[:place] as pages, view[end:] as footer:
                return zlib.crc32(footer, zlib.crc32(pages)) == checksum
