"""The templates' filters and the page's policy, which names what may act by its hash."""

import base64
import hashlib
import re

import pytest
from markupsafe import Markup

from scripts.report import rendering
from scripts.report.model import Cell, Figure, Reading, ShownColumn
from scripts.report.rendering import render, render_reader


@pytest.mark.parametrize(
    ("text", "number", "classes"),
    [
        ("12", True, ' class="num"'),
        ("a word", False, ""),
        ("word " * 12, False, ""),
        ("word " * 12 + "x", False, ' class="wide"'),
        ("x" * 24, False, ""),
        ("x" * 25, False, ' class="long"'),
        ("x" * 61, False, ' class="wide long"'),
        ("9" * 61, True, ' class="num long"'),
        ("2024-05-01", False, ' class="short"'),
        ("a half-way house", False, ""),
        ("", False, ""),
    ],
)
def test_a_cell_has_the_class_of_its_text(text, number, classes):
    pair = (Cell(text), ShownColumn("", "", number))
    assert str(rendering._environment().filters["cell_class"](pair)) == classes


@pytest.mark.parametrize(
    ("caption", "brief"),
    [
        ("Speakers: who is quoted", "Speakers"),
        ("Words (top ten)", "Words"),
        ("Frames; by voice", "Frames"),
        ("Frames, in the order of settings", "Frames"),
        ("Frames, by voice", "Frames, by voice"),
    ],
)
def test_a_caption_is_shortened(caption, brief):
    filters = rendering._environment().filters
    assert filters["brief"](caption) == brief
    assert filters["lower_first"](caption) == caption[0].lower() + caption[1:]
    assert filters["number"](1234) == "1,234"


def test_text_from_data_is_escaped_and_made_visible():
    template = rendering._environment().from_string(
        "<i>{{ text }}</i>{{ n }}\n{% if n %}\n  {% if n %}\nx\n  {% endif %}\n{% endif %}"
    )
    assert template.render(text="<b>\u202e", n=3) == "<i>&lt;b&gt;‹U+202E›</i>3\nx\n"


def test_what_stands_between_backticks_is_code_and_escaped():
    code = rendering._environment().filters["code"]
    assert code("Run `snakemake -n`, then `make`.") == "Run <code>snakemake -n</code>, then <code>make</code>."
    assert code("`<b>` \u202e <i>") == "<code>&lt;b&gt;</code> ‹U+202E› &lt;i&gt;"
    assert code(Markup("<b>a ` b</b> ` c")) == "<b>a ` b</b> ` c"


def test_the_policy_allows_the_one_script_by_its_hash():
    page = render_reader()
    script = re.search(r"<script>(.*?)</script>", page, re.S).group(1)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in page.replace("&#39;", "'")
    assert "default-src 'none'" in page.replace("&#39;", "'")


def test_a_document_page_has_its_style_and_its_script_by_their_hashes():
    reading = Reading("d1", "T", "", Markup("<p>One.</p>"))
    page = render("document.html.j2", "p { color: teal }", title="T", readings=[reading], schemes=[]).replace(
        "&#39;", "'"
    )
    style = re.search(r"<style>(.*?)</style>", page, re.S).group(1)
    assert style.endswith("p { color: teal }")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in page
    assert "frame-src" not in page


@pytest.mark.parametrize(("length", "is_there"), [(850, True), (900, False)])
def test_the_name_of_a_megabyte_is_no_key(length, is_there):
    shown = rendering._rows_key(("quotes", ["speaker"], ["L'<" + "x" * length]))
    assert shown.startswith(""" data-rows='["quotes",["speaker"],["L\\u0027\\u003cx""") if is_there else not shown


PARTS = {"title": "T", "readings": [Reading("d1", "T", "", Markup("<p>One.</p>"))], "schemes": []}


def test_only_a_page_with_files_beside_it_may_open_frames():
    page = render("document.html.j2", "", beside=True, **PARTS).replace("&#39;", "'")
    assert "form-action 'none'; frame-src 'self' file:;" in page
    assert "frame-src" not in render("document.html.j2", "", **PARTS)


def test_the_script_has_no_comments_and_knows_what_a_correction_may_be():
    script = re.search(r"<script>(.*?)</script>", render("document.html.j2", "", **PARTS), re.S).group(1)
    assert not re.search(r"^\s*/\*|^ ", script, re.MULTILINE)
    for name in ("DECISION_COLUMNS", "DECISION_KINDS", "ON_QUOTES", "ON_NAMES", "STATEMENT_TYPES", "FORMULA_SIGNS"):
        assert re.search(rf"^const {name} = .+;$", script, re.MULTILINE)


def test_a_setting_named_below_a_figure_is_set_as_one():
    figure = Figure("words", "Words", "See `report: css`.", Markup("<svg/>"), "", None)
    made = rendering._environment().get_template("report/figure.html.j2").render(block=figure)
    assert "See <code>report: css</code>." in made
