"""Figures as part of the page: matplotlib's SVG without style attributes, in the colours of the page's theme."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup, escape

from scripts.figures import GRID, INK, MUTED, NOTHING, PAPER

_SVG, _XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
# The page's policy blocks style attributes; presentation attributes say the same, and the theme can set them.
_THEME = {INK: "var(--ink)", MUTED: "var(--muted)", GRID: "var(--line)", PAPER: "var(--paper)"}
_LENGTHS = {"d", "x", "y", "transform", "width", "height", "points"}
_POINT = re.compile(r"(?<!\d)\d+\.\d{3,}")
_REFERENCE = re.compile(r"url\(#([^)]*)\)")
_COUNT = re.compile(r" \([\d,]+\)$")


class Inline(NamedTuple):
    """A figure for the page: title, description, markup, and why there is nothing to see if there is not."""

    title: str
    description: str
    svg: Markup
    nothing: str


def _attributes(element: ET.Element, prefix: str, used: set[str]) -> str:
    """The attributes of an element as markup; identifiers, where anything refers to them, get the prefix."""
    given = {key.removeprefix(_XLINK): value for key, value in element.attrib.items() if not key.startswith(_XML)}
    for declaration in given.pop("style", "").split(";"):
        key, colon, value = declaration.partition(":")
        if colon:
            given[key.strip()] = value.strip()
    if given.get("id") not in used:
        given.pop("id", None)
    given.pop("font-family", None)
    written = []
    for key, value in given.items():
        if key == "id":
            value = prefix + value
        elif key == "href":
            value = "#" + prefix + value.removeprefix("#")
        elif key in _LENGTHS:
            value = _POINT.sub(lambda found: f"{float(found.group()):.2f}".rstrip("0").rstrip("."), value)
            value = value.replace("\n", "")
        value = _REFERENCE.sub(rf"url(#{prefix}\1)", _THEME.get(value, value))
        written.append(f' {key}="{escape(value)}"')
    return "".join(written)


def _render(element: ET.Element, prefix: str, used: set[str], links: dict[str, str]) -> str:
    name = element.tag.removeprefix(_SVG)
    if name in ("metadata", "style", "title", "desc"):
        return ""
    inner = "".join(_render(child, prefix, used, links) for child in element)
    if name == "text":
        text = element.text or ""
        inner = str(escape(text)) + inner
        if href := links.get(_COUNT.sub("", text)):
            inner = f'<a href="{escape(href)}">{inner}</a>'
    return f"<{name}{_attributes(element, prefix, used)}>{inner}</{name}>"


def inline_svg(path: Path, links: dict[str, str]) -> Inline:
    """A figure of results/figures for use in the page.

    A label that is a key of `links`, with a count in brackets after it or without, leads there. Identifiers get the
    file's name as a prefix, so that two figures do not share one.
    """
    raw = path.read_text(encoding="utf-8")
    root = ET.fromstring(raw)
    prefix = f"{path.stem}-"
    used = set(re.findall(r'href="#([^"]*)"', raw)) | set(_REFERENCE.findall(raw))
    body = "".join(_render(child, prefix, used, links) for child in root)
    title, description = (root.findtext(_SVG + key, "") for key in ("title", "desc"))
    # An image has no parts for assistive technology; one with links is a group. The two stroke attributes are what
    # matplotlib says once for all elements, in a style element that the policy would block.
    role = "group" if "<a href" in body else "img"
    svg = Markup(
        f'<svg viewBox="{escape(root.attrib["viewBox"])}" role="{role}" aria-labelledby="{prefix}title {prefix}desc" '
        f'stroke-linejoin="round" stroke-linecap="butt"><title id="{prefix}title">{escape(title)}</title>'
        f'<desc id="{prefix}desc">{escape(description)}</desc>{body}</svg>'
    )
    empty = root.find(f".//{_SVG}g[@id='{NOTHING}']")
    return Inline(title, description, svg, "".join(empty.itertext()).strip() if empty is not None else "")
