"""Figures as part of the page: matplotlib's SVG without style attributes, in the colours of the page's theme."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

from markupsafe import Markup, escape

from scripts.figures import GRID, INK, MUTED, NOTHING, PAPER

_SVG, _XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
# The page's policy blocks style attributes; presentation attributes say the same, and the theme can set them.
_THEME = {INK: "var(--ink)", MUTED: "var(--muted)", GRID: "var(--line)", PAPER: "var(--paper)"}
_POINT = re.compile(r"(?<!\d)\d+\.\d{3,}")
_REFERENCE = re.compile(r"url\(#([^)]*)\)")


def _attributes(element: ET.Element) -> dict[str, str]:
    given = {
        key.removeprefix(_XLINK): value
        for key, value in element.attrib.items()
        if not key.startswith("{http://www.w3.org/XML")
    }
    for declaration in given.pop("style", "").split(";"):
        if ":" in declaration:
            key, value = declaration.split(":", 1)
            given[key.strip()] = value.strip()
    return {key: _THEME.get(value, value) for key, value in given.items()}


def _render(element: ET.Element, prefix: str, used: set[str], parts: list[str]) -> None:
    name = element.tag.removeprefix(_SVG)
    if name in ("metadata", "style", "title", "desc"):
        return
    attributes = _attributes(element)
    if attributes.get("id") not in used:
        attributes.pop("id", None)
    for key in ("id", "href"):
        if key in attributes and (key == "id" or attributes[key].startswith("#")):
            attributes[key] = attributes[key].replace("#", "#" + prefix) if key == "href" else prefix + attributes[key]
    written = []
    for key, value in attributes.items():
        if key == "font-family":
            continue
        value = _REFERENCE.sub(rf"url(#{prefix}\1)", value)
        if key in ("d", "x", "y", "transform", "width", "height", "points"):
            value = _POINT.sub(
                lambda found: f"{float(found.group()):.2f}".rstrip("0").rstrip("."), value.replace("\n", "")
            )
        written.append(f' {key}="{escape(value)}"')
    parts.append(f"<{name}{''.join(written)}>")
    parts.append(str(escape((element.text or "").strip("\n"))) if name in ("text", "tspan") else "")
    for child in element:
        _render(child, prefix, used, parts)
    parts.append(f"</{name}>")


def inline_svg(path: Path) -> tuple[str, str, Markup, str]:
    """Title, description and markup of a figure of results/figures, for use in the page; why it is empty, if it is.

    Identifiers get the file's name as a prefix, so that two figures do not share one.
    """
    root = ET.parse(path).getroot()
    prefix = f"{path.stem}-"
    title, description = (root.findtext(_SVG + key, "") for key in ("title", "desc"))
    raw = path.read_text(encoding="utf-8")
    used = set(re.findall(r'href="#([^"]*)"', raw)) | set(_REFERENCE.findall(raw))
    parts: list[str] = []
    for child in root:
        _render(child, prefix, used, parts)
    # What matplotlib says once for all elements, in a style element that the policy would block.
    head = (
        f'<svg viewBox="{escape(root.attrib["viewBox"])}" role="img" aria-labelledby="{prefix}title {prefix}desc" '
        f'stroke-linejoin="round" stroke-linecap="butt"><title id="{prefix}title">{escape(title)}</title>'
        f'<desc id="{prefix}desc">{escape(description)}</desc>'
    )
    empty = root.find(f".//{_SVG}g[@id='{NOTHING}']")
    nothing = "".join(empty.itertext()).strip() if empty is not None else ""
    return title, description, Markup(head + "".join(parts) + "</svg>"), nothing
