"""Rendering of the page: templates that escape all text from data, and a content policy that lets nothing else act."""

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup, escape

from scripts.core.anchors import document_anchor, sentence_anchor
from scripts.core.planned import planned_hashes, read_planned_text
from scripts.core.storage import WORKFLOW, read_settings
from scripts.core.visible import shortened
from scripts.report.figures.style import percent
from scripts.report.markup import fit, interval_in_words, number, plural
from scripts.report.model import Cell, ShownColumn
from scripts.report.shared import constants_script

TEMPLATES = WORKFLOW / "templates"
_LONGEST_KEY = 900
_BACKTICKS = re.compile("`([^`<]+)`")
# Type annotations before a value, comments on lines of their own, and the indentation of lines.
_COMMENTS = re.compile(r"/\*\* @type [^\n]*?\*/ |^\s*/\*(?:(?!\*/).)*\*/\s*?\n|^\s+", re.MULTILINE | re.DOTALL)
# The modules of the page's script, joined in this order.
SCRIPTS = (
    "page.js", "numbers.js", "csv.js", "data.js", "corpus.js", "find.js", "sources.js", "chance.js", "statistics.js",
    "reading.js", "decisions.js", "corrections.js", "correction_form.js", "content_ends.js", "review.js",
    "review_form.js", "titles.js", "groups.js", "rows.js", "speaker.js", "sheets.js", "marked.js", "tables.js",
    "figures.js", "search.js", "choice.js", "measures.js", "rates.js", "deals.js", "take_away.js", "workbook.js",
    "ask_view.js", "ask.js", "counted.js", "curves.js", "timeline.js", "toolbox.js", "ask_form.js", "curves_form.js",
    "search_lines.js", "search_form.js", "start.js",
)  # fmt: skip
# Modules that need the whole corpus in the page; a page with its corpus in files beside it has others instead.
_WHOLE_CORPUS = {"workbook.js", "timeline.js", "toolbox.js", "ask_form.js", "curves_form.js", "start.js"}
LARGE_SCRIPTS = (
    *(name for name in SCRIPTS if name not in _WHOLE_CORPUS),
    *("large_files.js", "large_index.js", "large_search.js", "large_rows.js", "large_start.js"),
)
# The page that runs in a frame of the report and loads the scripts beside it.
READER = "reader.html"


@cache
def _environment() -> Environment:
    """Return the template environment with its filters; all text is escaped."""
    environment = Environment(
        loader=FileSystemLoader([TEMPLATES, TEMPLATES / "report"]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: fit(value) if isinstance(value, str) and not isinstance(value, Markup) else value,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        **{"cell_class": _cell_class, "number": number, "plural": plural, "percent": percent, "shortened": shortened},
        **{"anchor": document_anchor, "sentence_anchor": sentence_anchor, "interval_in_words": interval_in_words},
        **{"code": _code, "rows_key": _rows_key},
        "share": lambda row: percent(row["estimate"]) + interval_in_words(row["lo"], row["hi"]),
        # The beginning of a caption, without its explanations.
        "brief": lambda caption: re.split(r"[:;(]|, in the order", caption)[0].strip(),
        "lower_first": lambda text: text[:1].lower() + text[1:],
    }
    return environment


def _code(text: str) -> Markup:
    """Return a sentence as markup, with text between backticks as code."""
    shown = text if isinstance(text, Markup) else escape(fit(text))
    # As a plain text: until Python 3.11, `re` joins the pieces by the method of their type, which would escape them.
    return Markup(_BACKTICKS.sub(r"<code>\1</code>", str(shown)))


def _rows_key(key: Sequence[object]) -> Markup:
    """Return the attribute of a link with the key of its rows (js/find.js); empty if the key is absurdly long."""
    text = htmlsafe_json_dumps(key, separators=(",", ":"))
    return Markup(f" data-rows='{text}'") if len(text) < _LONGEST_KEY else Markup("")


def _cell_class(pair: tuple[Cell, ShownColumn]) -> Markup:
    """Return the class attribute of a cell, or "".

    "num" is a number; "wide" a text that needs room; "short" a date or another short text with a hyphen, which must not
    be broken; "long" a text with a word so long that it must be broken."""
    cell, column = pair
    is_short = len(cell.text) <= 12 and "-" in cell.text
    kinds = ["num"] if column.number else ["wide"] if len(cell.text) > 60 else ["short"] if is_short else []
    if max(map(len, cell.text.split()), default=0) > 24:
        kinds.append("long")
    return Markup(f' class="{" ".join(kinds)}"' if kinds else "")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def script_source(names: Sequence[str] = SCRIPTS, *, constants: bool = True) -> str:
    """Return modules of the page's script as one, without comments, and with the `constants` before them."""
    source = "\n".join((TEMPLATES / "report" / "js" / name).read_text(encoding="utf-8") for name in names)
    return constants_script() * constants + _COMMENTS.sub("", source)


def read_own_style(settings: Path) -> str:
    """Return the style sheet that the setting `report.css` names, or ""; `settings` is the step's fingerprint file."""
    css = read_settings(settings)["report"]["css"]
    return read_planned_text(css, planned_hashes(settings)) if css else ""


def render(template: str, css: str, *, beside: bool = False, **parts: object) -> str:
    """Return a page rendered from a template; `css` is added to the report's own style sheet.

    The page's content policy allows only its own style sheet and script, by their hashes. If there is data in files
    `beside` the page, it also allows local frames, in which these files are loaded.
    """
    style = _COMMENTS.sub("", (TEMPLATES / "report.css").read_text(encoding="utf-8")) + css
    source = script_source(LARGE_SCRIPTS) if parts.get("large") else script_source()
    script = f'"use strict";\n(() => {{\n{source}}})();\n'
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; img-src data:; "
        "base-uri 'none'; form-action 'none';" + (" frame-src 'self' file:;" if beside else "")
    )
    return _environment().get_template(template).render(
        policy=policy, style=Markup(style), script=Markup(script), beside=beside, **parts
    )  # fmt: skip


def opening_macros() -> Any:  # noqa: ANN401
    """Return the macros of the opening's template: functions that return its sentences as markup."""
    return _environment().get_template("opening.html.j2").module


def render_text(template: str, **parts: object) -> str:
    """Return plain text rendered from a template, without escaping."""
    return _environment().overlay(autoescape=False, finalize=None).get_template(template).render(**parts) + "\n"


def render_reader() -> str:
    """Return the page that runs in a frame of the report, loads scripts from its own folder when the report asks for
    them, and sends the report the text that they hold."""
    script = script_source(("reader.js",), constants=False)
    policy = f"default-src 'none'; script-src '{_hash(script)}' 'self' file:; base-uri 'none'; form-action 'none';"
    return _environment().get_template("reader.html.j2").render(policy=policy, script=Markup(script))
