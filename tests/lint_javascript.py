"""Lint of the page's script and style: `python -m tests.lint_javascript` exits with 1 where there is a fault.

It looks at rules, form, and the types of the script.

The tools are those of tests/browser/package.json, for developers alone. Without them it says that nothing is checked.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from scripts.report.rendering import TEMPLATES
from scripts.report.shared import constants_script

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / "tests" / "browser"
SOURCES, STYLE = TEMPLATES / "report" / "js", TEMPLATES / "report.css"
_TYPES = {
    "allowJs": True, "checkJs": True, "noEmit": True, "strict": True, "noUnusedLocals": True,
    "noUnusedParameters": True, "noImplicitReturns": True, "target": "es2023",
    "lib": ["es2023", "dom", "dom.iterable"], "types": [], "moduleDetection": "legacy",
}  # fmt: skip


def are_installed() -> bool:
    """Return True where Node and the tools are installed."""
    return shutil.which("node") is not None and (TOOLS / "node_modules" / "@biomejs" / "biome").exists()


def _tool(name: str, *arguments: str) -> str:
    """Return the output of a tool that finds faults, "" if it finds none."""
    command = ["node", str(TOOLS / "node_modules" / name), *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")
    return done.stdout if done.returncode else ""


def faults_of(sources: Path) -> str:
    """Return the faults of the style and of the modules in a folder, with the constants from Python before them."""
    checked = ("--error-on-warnings", f"--config-path={TOOLS}", str(STYLE), str(sources))
    formatted = _tool("@biomejs/biome/bin/biome", "check", *checked)
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        (project / "constants.js").write_text(constants_script(), encoding="utf-8")
        settings = {"compilerOptions": _TYPES, "files": ["constants.js"], "include": [f"{sources}/*"]}
        (project / "tsconfig.json").write_text(json.dumps(settings), encoding="utf-8")
        typed = _tool("typescript/bin/tsc", "-p", str(project))
    return formatted + typed


def main() -> int:
    """Return 1 if the page's script has a fault, else 0."""
    if not are_installed():
        print("JavaScript is not checked: install Node and run npm ci --prefix tests/browser")
        return 0
    faults = faults_of(SOURCES)
    print(faults, end="")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
