"""Take the pictures of the report in docs/.

    python -m tests.browser.screenshots [FOLDER] [--only NAME...]

They are of examples/senate, which has been run; FOLDER is docs/images.
"""

import argparse
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from scripts.core.storage import ROOT
from tests.browser.chromium import Chromium

REPORT = ROOT / "results" / "senate" / "report.html"

_LIST = "location.hash = document.querySelector('.card a').getAttribute('href')"
_STATEMENTS = """location.hash = 'rows=' + encodeURIComponent(JSON.stringify(
    ['quotes', ['speaker'], ['Carter-Baker Commission'], '']))"""
_CUES = """location.hash = 'rows=' + encodeURIComponent(JSON.stringify(
    ['frame_codes', ['scheme', 'frame'], ['generic', 'conflict'], 'sentences']))"""
_TEXT = "location.hash = document.querySelector('#table-documents td a').getAttribute('href') + '-s5'"
_SEARCH = """(() => { const form = document.querySelector('#search form');
    form.elements.query.value = 'amnesty'; form.elements.group.value = 'group'; form.elements.sort.value = 'right';
    form.dispatchEvent(new Event('input')); document.querySelector('#search').scrollIntoView() })()"""
_ROWS = "/\\d/.test(document.querySelector('#rows p')?.textContent)"
_LINES = "document.querySelector('#search').dataset.milliseconds"
_SENTENCE = "document.getElementById(location.hash.slice(1))?.getBoundingClientRect().top > 0"


class Shot(NamedTuple):
    """A picture: the window, a script that is run first, what is true once it has been, the element to cut out."""

    look: dict[str, int]
    script: str = "0"
    ready: str = "true"
    element: str = ""


_WIDE = {"width": 1280, "height": 1040}
SHOTS = {
    "report-desktop": Shot(_WIDE),
    "report-dark": Shot(_WIDE | {"dark": True}),
    "report-phone": Shot({"width": 390, "height": 1180}),
    "report-evidence": Shot({"width": 1280, "height": 760}, _LIST, _ROWS),
    "report-reading": Shot({"width": 900, "height": 860}, _TEXT, _SENTENCE),
    "question-compare": Shot({"width": 900, "height": 900}, element="#figure-frames_by_group"),
    "question-word": Shot({"width": 1280, "height": 900}, _SEARCH, _LINES),
    "question-speakers": Shot({"width": 900, "height": 900}, element="#figure-speakers"),
    "question-profile": Shot({"width": 1000, "height": 820}, _LIST, _ROWS),
    "question-correct": Shot({"width": 1000, "height": 560}, _STATEMENTS, _ROWS),
    "question-frames": Shot({"width": 900, "height": 900}, element="#figure-frame_prevalence"),
    "question-check": Shot({"width": 1000, "height": 700}, _CUES, _ROWS),
    "question-cite": Shot({"width": 1100, "height": 620}, "location.hash = 'table-provenance'"),
}


def _box(browser: Chromium, element: str) -> dict[str, float]:
    """Return the place of an element on the page, with a margin."""
    script = f"""(() => {{ const shown = document.querySelector({element!r});
        shown.closest('details')?.setAttribute('open', '');
        const box = shown.getBoundingClientRect();
        return {{x: box.x + scrollX - 12, y: box.y + scrollY - 12,
            width: box.width + 24, height: box.height + 24}} }})()"""
    return browser.value(script)  # type: ignore[return-value]


def main() -> None:
    """Take the pictures; each is reduced to 256 colours, which halves it and is not seen."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "docs" / "images")
    parser.add_argument("--only", nargs="+", default=list(SHOTS), choices=list(SHOTS))
    options = parser.parse_args()
    with Chromium() as browser:
        for name in options.only:
            shot = SHOTS[name]
            browser.look(**shot.look)
            browser.open(REPORT)
            browser.value(shot.script)
            browser.until(shot.ready)
            browser.settle(1)
            path = options.folder / f"{name}.png"
            browser.screenshot(path, clip=_box(browser, shot.element) if shot.element else None)
            Image.open(path).convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main()
