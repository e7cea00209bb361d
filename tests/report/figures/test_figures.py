"""Laws of all figures: the same bytes for the same tables, text that stays text, colours that differ."""

import hashlib
import re
import shutil
import xml.etree.ElementTree as ET

import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from scripts.core.schemas import table_schemas
from scripts.core.storage import WORKFLOW
from scripts.report.figures import style
from scripts.report.figures.catalogue import DRAWINGS
from scripts.report.figures.drawing import figure_style, name_labels, note, save_figure
from scripts.report.figures.gallery import draw, draw_all
from scripts.report.figures.style import label
from scripts.report.outlines import OUTLINES
from scripts.report.svg import read_graphic
from tests.report.corpus import HOSTILE, NAMES, write_corpus
from tests.report.figures.parts import SETTINGS, draw_svg_files


def digests(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """Return all figures of a corpus of hostile names and of long, Chinese and Arabic ones, some of several lines."""
    folder = tmp_path_factory.mktemp("figures")
    lines = [" ".join(f"w{n}" for n in range(first, first + 14)) for first in (0, 20)]
    draw_all(
        write_corpus(folder / "tables", [*NAMES, *(HOSTILE[at] for at in (1, 3, 4, 6, 7, 8, 9)), *lines]),
        folder / "figures",
        SETTINGS,
    )
    return folder


def drawn_tables():
    """Return the tables that the rule gives to the figures."""
    rules = (WORKFLOW / "rules" / "report.smk").read_text(encoding="utf-8")
    return set(re.findall(r'"(\w+)"', " ".join(re.findall(r"^DRAWN \+?= (\[.*?\])", rules, re.S | re.M))))


def test_the_tables_that_the_rule_gives_make_the_same_bytes_again(drawn, tmp_path):
    (tmp_path / "tables").mkdir()
    for name in drawn_tables():
        path = drawn / "tables" / f"{name}.parquet"
        if path.exists():
            shutil.copy(path, tmp_path / "tables")
    for drawing in DRAWINGS:
        draw(drawing.name, tmp_path / "tables", tmp_path / "figures", SETTINGS)
    assert digests(tmp_path / "figures") == digests(drawn / "figures")
    assert len(digests(tmp_path / "figures")) == len(DRAWINGS)
    assert drawn_tables() <= set(table_schemas())


@pytest.mark.parametrize("names", [[], ["Lin Jian"], [f"Speaker {n}" for n in range(200)]], ids=["none", "one", "many"])
def test_no_document_one_document_and_many_speakers(tmp_path, names):
    draw_svg_files(write_corpus(tmp_path / "tables", names), tmp_path / "figures")
    paths = list((tmp_path / "figures").glob("*.svg"))
    assert len(paths) == len(DRAWINGS)
    for path in paths:
        width, height = re.search(r'width="([\d.]+)pt" height="([\d.]+)pt"', path.read_text(encoding="utf-8")).groups()
        assert 0 < float(height) < 1200 and 0 < float(width) < 1200, path.name
        assert path.stat().st_size < 200_000, path.name


def test_svg_is_well_formed_has_a_title_and_says_nothing_of_when_or_with_what(drawn):
    for path in (drawn / "figures").glob("*.svg"):
        text = path.read_text(encoding="utf-8")
        root = ET.fromstring(text)
        assert root.findtext("{http://www.w3.org/2000/svg}title")
        assert root.findtext("{http://www.w3.org/2000/svg}desc")
        assert "matplotlib.org" not in text and "<dc:date>" not in text


def test_text_from_data_stays_text(drawn):
    shown = "".join(ET.parse(drawn / "figures" / "speakers.svg").getroot().itertext())
    assert "$x_{$" in shown
    assert "王毅" in shown
    assert "<img src=x" in shown
    assert "‹U+202E›" in shown
    assert "\x00" not in shown


@pytest.mark.parametrize(("first", "last", "tick"), [(1, 1000, "100"), (30, 200, "50"), (500, 9000, "5,000")])
def test_dollar_signs_and_logarithmic_ticks_are_no_mathtext(tmp_path, first, last, tick):
    with figure_style():
        figure = Figure()
        axes = figure.subplots()
        axes.plot([first, last], [1, 2])
        axes.set_xscale("log")
        axes.set_title("$x_{$ \\frac")
        save_figure(figure, tmp_path / "a", title="a < b & c", description="d")
    root = ET.parse(tmp_path / "a.svg").getroot()
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "$x_{$ \\frac" in texts and tick in texts
    assert not [text for text in texts if text and "mathdefault" in text]
    assert root.findtext("{http://www.w3.org/2000/svg}title") == "a < b & c"
    assert re.search(
        r">\n <title>a &lt; b &amp; c</title>\n <desc>d</desc>\n <", (tmp_path / "a.svg").read_text(encoding="utf-8")
    )


def test_inline_svg_has_no_style_and_no_foreign_identifier(drawn):
    names = set()
    for path in sorted((drawn / "figures").glob("*.svg")):
        if (figure := read_graphic(path)) is None:
            continue
        svg = figure.svg
        root = ET.fromstring(str(svg))
        assert figure.title
        assert not [each for each in root.iter() if "style" in each.attrib or each.tag == "style"]
        identifiers = [each.attrib["id"] for each in root.iter() if "id" in each.attrib]
        assert not names.intersection(identifiers)
        names.update(identifiers)
        referred = re.findall(r"url\(#([^)]*)\)", str(svg)) + re.findall(r'href="#([^"]*)"', str(svg))
        assert set(referred) <= set(identifiers)


def test_shapes_that_look_the_same_are_one_and_none_is_lost(tmp_path):
    with figure_style():
        figure = Figure()
        axes = figure.subplots()
        axes.barh(range(50), 1, color=style.BLUE)
        axes.plot(range(50), "o", color=style.ORANGE)
        save_figure(figure, tmp_path / "a", title="t", description="d")
    root = ET.fromstring(str(read_graphic(tmp_path / "a.svg").svg))
    bars = [each.attrib["d"] for each in root.iter("path") if each.attrib.get("fill") == style.BLUE]
    assert [bar.count("M") for bar in bars] == [50]
    dots = [each for each in root.iter("g") if each.attrib.get("fill") == style.ORANGE]
    assert [len(group) for group in dots] == [50]


def test_an_empty_figure_says_why(tmp_path):
    with figure_style():
        save_figure(note("Nothing to draw."), tmp_path / "a", title="t", description="d")
    assert read_graphic(tmp_path / "a.svg").nothing == "Nothing to draw."


def test_a_comparison_without_groups_is_left_out_of_the_report(drawn, tmp_path):
    assert read_graphic(drawn / "figures" / "word_contrast.svg") is None
    assert read_graphic(drawn / "figures" / "words.svg") is not None
    with figure_style():
        save_figure(note("Nothing to draw."), tmp_path / "a", title="t", description="d")
    assert read_graphic(tmp_path / "a.svg") is not None


def test_labels_are_cut_and_made_visible():
    assert label("x" * 100, 10) == "xxxxxxxxx…"
    assert label("a\u202eb") == "a‹U+202E›b"


def luminance(color):
    channels = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(color)]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def contrast(a, b):
    """Return the contrast ratio of two colours (WCAG 2.2, relative luminance)."""
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_by_its_published_ends():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_ink_is_readable_on_paper_and_shapes_have_an_edge():
    assert contrast(style.INK, style.PAPER) >= 7
    assert contrast(style.MUTED, style.PAPER) >= 4.5
    # Colours too pale against white for WCAG 1.4.11 (3:1): shapes in them are edged in ink.
    assert {c for c in style.PALETTE if contrast(c, style.PAPER) < 3} <= {
        style.SKY, style.ORANGE, style.YELLOW, style.PURPLE,
    }  # fmt: skip
    assert len(set(style.HATCHES)) == len(set(style.MARKERS)) == len(style.PALETTE)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_the_pages_own_colours_have_contrast(theme):
    css = (WORKFLOW / "templates" / "report.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{(.*?)\}", css, re.S)
    roots = [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", block)) for block in blocks]
    color = roots[0] | roots[theme]
    pairs = """ink/paper muted/paper muted/soft accent/paper accent/soft ink/target muted/target ink/quote-soft
        ink/frame-soft quote/paper frame/paper frame/frame-soft entity/entity-soft quote-soft/quote"""
    for text, ground in (pair.split("/") for pair in pairs.split()):
        assert contrast(color[text], color[ground]) >= 4.5, (text, ground)
    for shape, ground in (("bar-dark", "soft"), ("warn", "paper")):
        assert contrast(color[shape], color[ground]) >= 3, (shape, ground)


def test_the_report_shows_every_figure():
    assert {drawing.name for drawing in DRAWINGS} == {name for outline in OUTLINES for name in outline.figures}


def test_a_label_can_say_what_it_stands_for(tmp_path):
    with figure_style():
        figure = Figure()
        axes = figure.subplots()
        axes.set_yticks([0, 1], ["economic", "economic"])
        name_labels(axes.get_yticklabels(), [("generic", "economic"), ("policy", "economic")])
        save_figure(figure, tmp_path / "a", title="t", description="d")
    named = re.findall(r'data-row="([^"]*)">economic', read_graphic(tmp_path / "a.svg").svg)
    assert named == ["generic · economic", "policy · economic"]
