"""`make lint` fails where the page's script has a fault of form, of rule or of type."""

import shutil
from pathlib import Path

import pytest

from tests.lint_javascript import SOURCES, are_installed, check

pytestmark = pytest.mark.skipif(not are_installed(), reason="no biome and tsc: run npm ci --prefix tests/browser")

FAULTS = {
    "form": "const  planted = 1;\n",
    "rule": "if (MAX_SCHEMES == 1) throw new Error();\n",
    "type": "byId(1);\n",
    "name": "nowhere();\n",
    "copy": "const MAX_SCHEMES = 7;\n",
}


@pytest.mark.parametrize("fault", ["", *FAULTS])
def test_a_planted_fault_is_seen(fault: str, tmp_path: Path) -> None:
    copy = shutil.copytree(SOURCES, tmp_path / "js")
    with (copy / "start.js").open("a", encoding="utf-8") as file:
        file.write(FAULTS.get(fault, ""))
    assert check(copy) == (not fault)


def test_no_line_is_longer_than_120_characters() -> None:
    long = [
        f"{path.name}, line {number}"
        for path in SOURCES.iterdir()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > 120
    ]
    assert long == []
