"""The pictures of the report in docs/: `python -m tests.browser.screenshots results/report.html docs/images`."""

import argparse
from pathlib import Path

from PIL import Image

from tests.browser.chromium import Chromium

_LIST = "location.hash = document.querySelector('.card a').getAttribute('href')"
_TEXT = "document.querySelector('.reading').scrollIntoView()"
# File name: what is done first, and how the page is looked at.
_SHOTS = {
    "report-desktop": ("", {"width": 1280, "height": 1040}),
    "report-dark": ("", {"width": 1280, "height": 1040, "dark": True}),
    "report-phone": ("", {"width": 390, "height": 1180}),
    "report-evidence": (_LIST, {"width": 1280, "height": 760}),
    "report-reading": (_TEXT, {"width": 900, "height": 860}),
    "report-figures": ("document.querySelector('#framing').scrollIntoView()", {"width": 1280, "height": 1040}),
}


def main() -> None:
    """Take the pictures; each is reduced to 256 colours, which halves it and is not seen."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("report", type=Path)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    with Chromium() as browser:
        for name, (script, look) in _SHOTS.items():
            browser.look(**look)
            browser.open(options.report)
            browser.value(script or "0")
            browser.settle(0.3)
            path = options.folder / f"{name}.png"
            browser.screenshot(path)
            Image.open(path).convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main()
