"""ZIP files whose bytes depend on their content alone: members sorted by name, with one fixed date."""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from scripts.core.storage import replacing

# The earliest date that a ZIP file can hold; a run must not depend on the clock.
DATE = "1980-01-01T00:00:00Z"
_DATE = (1980, 1, 1, 0, 0, 0)
_ANYBODY_READS = 0o644 << 16
_UNIX = 3
_DATED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def member(name: str) -> ZipInfo:
    """Return the header of a compressed member, with a fixed date and fixed permissions."""
    info = ZipInfo(name, _DATE)
    info.compress_type, info.external_attr, info.create_system = ZIP_DEFLATED, _ANYBODY_READS, _UNIX
    return info


def write_zip(path: Path, members: Mapping[str, bytes | Path]) -> None:
    """Write a ZIP file atomically; each member's content is its bytes or the path of a file."""
    with replacing(path) as part, ZipFile(part, "w") as archive:
        for name, content in sorted(members.items()):
            if isinstance(content, bytes):
                archive.writestr(member(name), content)
            else:
                with content.open("rb") as source, archive.open(member(name), "w", force_zip64=True) as target:
                    shutil.copyfileobj(source, target, 1 << 20)


def settle(path: Path) -> None:
    """Write an Office file anew with fixed dates, also in its core properties."""
    with ZipFile(path) as source, replacing(path) as part, ZipFile(part, "w") as archive:
        for name in source.namelist():
            if name == "docProps/core.xml":
                archive.writestr(member(name), _DATED.sub(rb"\g<1>" + DATE.encode(), source.read(name)))
            else:
                with source.open(name) as content, archive.open(member(name), "w", force_zip64=True) as target:
                    shutil.copyfileobj(content, target, 1 << 20)
