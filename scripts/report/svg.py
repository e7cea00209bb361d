"""Figures as part of the page: matplotlib's SVG without style attributes, in the colours of the page's theme."""

import re
import xml.etree.ElementTree as ET
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup, escape

from scripts.report.figures.style import COMMON_AXIS, GRID, GROUP_PANEL, INK, MUTED, NO_DATA, NO_GROUPS, PAPER, ROW
from scripts.report.model import Figure

_SVG, _XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
# The page's content policy blocks style attributes; presentation attributes have the same effect, and the theme can set
# them. The figure's own colours are the fallback, for a copy that a reader saves (js/take_away.js).
_VARIABLES = {INK: "ink", MUTED: "muted", GRID: "line", PAPER: "paper"}
_THEME = {colour: f"var(--{name},{colour})" for colour, name in _VARIABLES.items()}
_PLACES = ("href", "x", "y", "transform")
_LENGTHS = {"d", "x", "y", "width", "height", "points"}
_DECIMAL = re.compile(r"(?<!\d)\d+\.\d+")
_LINE = re.compile(r"([MLz])(?:(-?[\d.]+) (-?[\d.]+))?")
_LINES = re.compile(r"(?:[ML]-?[\d.]+ -?[\d.]+|z)+")
_SPACES = re.compile(r" ?([A-Za-z]) ?")
_UPRIGHT = re.compile(r"rotate\(-?0 [^)]*\)")
# How matplotlib begins the identifiers of legends.
_LEGEND = "legend_"
_REFERENCE = re.compile(r"url\(#([^)]*)\)")


class _Piece(NamedTuple):
    """An element: tag, attributes that neighbours may share, attributes of place (of a path: its data), and content."""

    tag: str
    look: str = ""
    place: str = ""
    inner: str = ""


def _straight(path: str) -> str:
    """Return the data of a path with H and V for horizontal and vertical lines, if it consists only of lines.

    >>> _straight("M1 2L5 2L5 9L4 8z")
    'M1 2H5V9L4 8z'
    """
    if not _LINES.fullmatch(path):
        return path
    parts, x, y = [], "", ""
    for letter, to_x, to_y in _LINE.findall(path):
        short = f"H{to_x}" if letter == "L" and to_y == y else f"V{to_y}" if letter == "L" and to_x == x else ""
        parts.append(short or f"{letter}{to_x} {to_y}" if letter != "z" else "z")
        x, y = to_x, to_y
    return "".join(parts)


def _attributes(element: ET.Element, names: dict[str, str]) -> dict[str, str]:
    """Return an element's attributes, including its style declarations; `names` maps used identifiers to new ones."""
    attributes = {key.removeprefix(_XLINK): value for key, value in element.attrib.items() if not key.startswith(_XML)}
    for declaration in attributes.pop("style", "").split(";"):
        key, colon, value = declaration.partition(":")
        if colon:
            attributes[key.strip()] = value.strip()
    attributes.pop("font-family", None)
    if element.tag == f"{_SVG}path" and attributes.get("id") in names:
        # Remove the stroke of a marker's definition: every use of it states its own colours.
        attributes = {key: value for key, value in attributes.items() if not key.startswith("stroke")}
    # Elements with an identifier are small (a marker, a letter) and used many times: they keep one more decimal.
    decimals = 2 if attributes.get("id") in names else 1
    themed = {}
    for key, value in attributes.items():
        if key == "id":
            value = names.get(value, "")
        elif key == "href":
            value = "#" + names[value.removeprefix("#")]
        elif key == "transform":
            value = _DECIMAL.sub(lambda at: f"{float(at.group()):.2f}", _UPRIGHT.sub("", value)).strip()
        elif key in _LENGTHS:
            value = _DECIMAL.sub(lambda at: f"{float(at.group()):.{decimals}f}".rstrip("0").rstrip("."), value)
            value = _SPACES.sub(r"\1", " ".join(value.split()))
            value = _straight(value) if key == "d" else value
        if value:
            themed[key] = _REFERENCE.sub(lambda at: f"url(#{names[at.group(1)]})", _THEME.get(value, value))
    return themed


def _markup(attributes: dict[str, str]) -> str:
    return "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())


def _pieces(element: ET.Element, names: dict[str, str], around: str = "") -> list[_Piece]:
    """Return an element and its content as pieces; `around` is the identifier of its legend, or of its group.

    Text in a group that is named after a row of the figure's table gets an attribute by which the page links it to that
    row (js/figures.js); text in a legend one by which the page links it to nothing.
    """
    tag = element.tag.removeprefix(_SVG)
    if tag in ("metadata", "style", "title", "desc"):
        return []
    identifier = element.get("id", "")
    if identifier.startswith(GROUP_PANEL):
        return _panel(element, names, identifier.removeprefix(GROUP_PANEL))
    inside = [
        piece
        for child in element
        for piece in _pieces(child, names, around if around.startswith(_LEGEND) else identifier)
    ]
    attributes = _attributes(element, names)
    if tag == "g" and (not attributes or not inside):
        return inside
    if tag == "path" and "id" not in attributes:
        return [_Piece("path", _markup(attributes) + " d=", drawn)] if (drawn := attributes.pop("d", "")) else []
    inner = _joined(inside)
    if tag not in ("text", "use"):
        return [_Piece(tag, "", _markup(attributes), inner)]
    place = {key: attributes.pop(key) for key in _PLACES if key in attributes}
    if around.startswith(ROW):
        place["data-row"] = around.removeprefix(ROW)
    if around.startswith(_LEGEND) and tag == "text":
        place["data-key"] = ""
    return [_Piece(tag, _markup(attributes), _markup(place), str(escape(element.text or "")) + inner)]


def _panel(element: ET.Element, names: dict[str, str], group: str) -> list[_Piece]:
    """Return the axes that a panel shares with others, and the rest of the panel, marked with its group."""
    common: list[_Piece] = []
    own: list[_Piece] = []
    for child in element:
        pieces = _pieces(child, names)
        (common if child.get("id", "").startswith(COMMON_AXIS) else own).extend(pieces)
    return [*common, _Piece("g", "", _markup({"data-group": group}), _joined(own))]


def _element(tag: str, attributes: str, inner: str) -> str:
    return f"<{tag}{attributes}>{inner}</{tag}>" if inner else f"<{tag}{attributes}/>"


def _joined(pieces: list[_Piece]) -> str:
    """Return the markup of elements; neighbours with the same look are joined in one path or group."""
    parts = []
    for (tag, look), neighbours in groupby(pieces, key=lambda piece: piece[:2]):
        # Draw coinciding points only once, unless they are translucent.
        alike = list(neighbours)
        if "opacity" not in look:
            alike = list(dict.fromkeys(alike))
        if tag == "path" and look:
            parts.append(f'<path{look}"{"".join(piece.place for piece in alike)}"/>')
        elif len(alike) > 1 and look:
            parts.append(_element("g", look, "".join(_element(tag, piece.place, piece.inner) for piece in alike)))
        else:
            parts += [_element(tag, look + piece.place, piece.inner) for piece in alike]
    return "".join(parts)


def read_graphic(path: Path) -> Figure | None:
    """Return a figure of results/figures for the page; None if it compares groups and there are none.

    Identifiers get a hash of the file's name as a prefix, so that two figures do not share one.
    """
    raw = path.read_text(encoding="utf-8")
    root = ET.fromstring(raw)
    if root.find(f".//{_SVG}g[@id='{NO_GROUPS}']") is not None:
        return None
    # The prefix is short because every use of a marker repeats it.
    prefix = f"g{sha256(path.stem.encode()).hexdigest()[:4]}-"
    used = dict.fromkeys([*re.findall(r'href="#([^"]*)"', raw), *_REFERENCE.findall(raw)])
    names = {name: f"{prefix}{number}" for number, name in enumerate(used)}
    body = _joined([piece for child in root for piece in _pieces(child, names)])
    title, description = (root.findtext(_SVG + key, "") for key in ("title", "desc"))
    reason = root.find(f".//{_SVG}g[@id='{NO_DATA}']")
    nothing = "".join(reason.itertext()).strip() if reason is not None else ""
    # Matplotlib sets the two stroke attributes once for all elements, in a style element that the policy would block.
    svg = Markup(
        f'<svg viewBox="{escape(root.attrib["viewBox"])}" role="img" aria-labelledby="{prefix}title {prefix}desc" '
        f'stroke-linejoin="round" stroke-linecap="butt"><title id="{prefix}title">{escape(title)}</title>'
        f'<desc id="{prefix}desc">{escape(description)}</desc>{body}</svg>'
    )
    return Figure(path.stem, title, description, svg, nothing)
