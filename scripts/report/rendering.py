"""From parts to HTML: the templates, with every text from data escaped, and a policy that lets nothing else act."""

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
# Types before a value, comments that have lines of their own, and the white space that lines begin with.
_COMMENTS = re.compile(r"/\*\* @type [^\n]*?\*/ |^\s*/\*(?:(?!\*/).)*\*/\s*?\n|^\s+", re.MULTILINE | re.DOTALL)
# In this order, as one script.
SCRIPTS = (
    "page.js", "numbers.js", "csv.js", "data.js", "corpus.js", "find.js", "sources.js", "chance.js", "statistics.js",
    "reading.js", "decisions.js", "corrections.js", "correction_form.js", "content_ends.js", "review.js",
    "review_form.js", "titles.js", "groups.js", "rows.js", "speaker.js", "sheets.js", "marked.js", "tables.js",
    "figures.js", "search.js", "choice.js", "measures.js", "rates.js", "deals.js", "take_away.js", "workbook.js",
    "ask_view.js", "ask.js", "counted.js", "curves.js", "timeline.js", "toolbox.js", "ask_form.js", "curves_form.js",
    "search_lines.js", "search_form.js", "start.js",
)  # fmt: skip
# A page whose corpus lies beside it has other modules in place of those that need the whole corpus.
_WHOLE_CORPUS = {"workbook.js", "timeline.js", "toolbox.js", "ask_form.js", "curves_form.js", "start.js"}
LARGE_SCRIPTS = (
    *(name for name in SCRIPTS if name not in _WHOLE_CORPUS),
    *("large_files.js", "large_index.js", "large_search.js", "large_rows.js", "large_start.js"),
)
# The page that reads the scripts beside a page, in a frame of it.
READER = "reader.html"


@cache
def _environment() -> Environment:
    """Return the templates with their filters; every text is escaped."""
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
        **{"anchor": document_anchor, "sentence_anchor": sentence_anchor, "interval": interval_in_words},
        **{"code": _code, "rows_key": _rows_key},
        "share": lambda row: percent(row["estimate"]) + interval_in_words(row["lo"], row["hi"]),
        # A caption without what it explains.
        "brief": lambda caption: re.split(r"[:;(]|, in the order", caption)[0].strip(),
        "lower_first": lambda text: text[:1].lower() + text[1:],
    }
    return environment


def _code(text: str) -> Markup:
    """Return a sentence with what stands between backticks as code."""
    shown = text if isinstance(text, Markup) else escape(fit(text))
    return Markup(_BACKTICKS.sub(r"<code>\1</code>", shown))


def _rows_key(key: Sequence[object]) -> Markup:
    """Return the attribute of a link with the key of its rows, as in js/find.js; none for the name of a megabyte."""
    text = htmlsafe_json_dumps(key, separators=(",", ":"))
    return Markup(f" data-rows='{text}'") if len(text) < _LONGEST_KEY else Markup("")


def _cell_class(pair: tuple[Cell, ShownColumn]) -> Markup:
    """Return the class attribute of a cell: a number, a text that needs room, a date or another short word with a
    hyphen, which is not broken, or a long one that must be."""
    cell, column = pair
    is_short = len(cell.text) <= 12 and "-" in cell.text
    kinds = ["num"] if column.number else ["wide"] if len(cell.text) > 60 else ["short"] if is_short else []
    if max(map(len, cell.text.split()), default=0) > 24:
        kinds.append("long")
    return Markup(f' class="{" ".join(kinds)}"' if kinds else "")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def script_source(names: Sequence[str] = SCRIPTS, *, constants: bool = True) -> str:
    """Return the constants, if they are asked for, and modules of the page's script as one, without comments."""
    source = "\n".join((TEMPLATES / "report" / "js" / name).read_text(encoding="utf-8") for name in names)
    return constants_script() * constants + _COMMENTS.sub("", source)


def read_own_style(settings: Path) -> str:
    """Return the style sheet that `report.css` names, "" for none; `settings` is the stage's fingerprint file."""
    css = read_settings(settings)["report"]["css"]
    return read_planned_text(css, planned_hashes(settings)) if css else ""


def render(template: str, css: str, *, beside: bool = False, **parts: object) -> str:
    """Return a page of a template; `css` is added to the report's own style sheet.

    The page's policy allows the one style sheet and the one script by their hashes, and nothing from anywhere else;
    where data are in files `beside` it also these, in frames.
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
    """Return the sentences of the opening as functions that return markup."""
    return _environment().get_template("opening.html.j2").module


def render_text(template: str, **parts: object) -> str:
    """Return a text of a template, in which nothing is escaped."""
    return _environment().overlay(autoescape=False, finalize=None).get_template(template).render(**parts) + "\n"


def render_reader() -> str:
    """Return the page that loads a script of its folder when the report in whose frame it is asks for it, and sends it
    the text that the script gives."""
    script = script_source(("reader.js",), constants=False)
    policy = f"default-src 'none'; script-src '{_hash(script)}' 'self' file:; base-uri 'none'; form-action 'none';"
    return _environment().get_template("reader.html.j2").render(policy=policy, script=Markup(script))
