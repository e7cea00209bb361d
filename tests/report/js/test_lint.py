"""`make lint` fails where the page's script has a fault of form, of rule or of type."""

import re
import shutil
from pathlib import Path

import pytest

from tests.lint_javascript import SOURCES, are_installed, faults_of

pytestmark = pytest.mark.skipif(not are_installed(), reason="no biome and tsc: run npm ci --prefix tests/browser")

# Lines that are at fault, each with what is said of it; a constant that is there already is said twice.
FAULTS = {
    "const  planted = 1;": ["format"],
    "if (document.title == String(planted)) throw new Error();": ["lint/suspicious/noDoubleEquals"],
    "byId(1);": ["error TS2345"],
    "nowhere();": ["error TS2304"],
    "const MAX_SCHEMES = 7;": ["error TS2451", "error TS2451"],
}


@pytest.mark.slow
def test_each_planted_fault_is_seen_and_there_is_no_other(tmp_path: Path) -> None:
    """The script itself is looked at by `make lint`."""
    copy = shutil.copytree(SOURCES, tmp_path / "js")
    with (copy / "start.js").open("a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in FAULTS)
    listed = re.findall(r"^\S+\.js\S* (lint/\S+|format|error TS\d+)", faults_of(copy), re.MULTILINE)
    assert sorted(listed) == sorted(fault for faults in FAULTS.values() for fault in faults)


def test_no_line_is_longer_than_120_characters() -> None:
    long = [
        f"{path.name}, line {number}"
        for path in SOURCES.iterdir()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > 120
    ]
    assert long == []
