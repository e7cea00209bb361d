"""Paragraphs: as written, in blocks and lines, and as a program has wrapped them."""

from textwrap import fill

import pandas as pd
import pytest

from scripts.core.storage import ROOT
from scripts.parsing.paragraphs import paragraphs
from scripts.parsing.tokens import segment


def test_single_lines_are_paragraphs_unless_wrapped():
    lines = "A headline\nThe first paragraph ends here.\nThe second too."
    assert len(paragraphs(lines)) == 3
    assert len(paragraphs("the same width " * 4 + "\n" + "the same width " * 4)) == 2
    wrapped = "\n".join(["the same width " * 4] * 3 + ["end."])
    assert len(paragraphs(wrapped)) == len(paragraphs(wrapped.partition("\n")[2])) == 1
    assert len(paragraphs(f"{wrapped}\n\n{wrapped}")) == 2


WIRE = """The central bank's president, Ann Lee, said on Monday that
rates would rise.
    "We have no choice," she told reporters in the capital,
where ministers met.
    Analysts had expected it.
 REUTER"""


@pytest.mark.parametrize("indent", ["    ", "\t"])
def test_indented_lines_begin_the_paragraphs_of_a_wrapped_block(indent):
    text = WIRE.replace("    ", indent)
    assert [text[start:end].split()[0] for start, end in paragraphs(text)] == ["The", '"We', "Analysts", "REUTER"]
    bank, *_ = segment(text)[0]
    assert text[bank.start : bank.end].split()[-2:] == ["would", "rise."]


def test_a_short_line_ends_a_paragraph_unless_the_next_goes_on_in_lower_case():
    full = "that is a line of text as a program wraps it at its width\n"
    text = f"A headline\nThis begins:\n{full * 3}to its end.\nBo Li, the mayor,\n{full * 2}said so."
    assert [text[start:end].split("\n")[0] for start, end in paragraphs(text)] == [
        "A headline", "This begins:", "Bo Li, the mayor,"
    ]  # fmt: skip


@pytest.mark.parametrize("width", [60, 72, 95])
@pytest.mark.parametrize(("indent", "between"), [("", "\n\n"), ("    ", "\n")], ids=["blank lines", "indented"])
def test_real_articles_keep_their_paragraphs_when_a_program_wraps_them(width, indent, between):
    """Nineteen of twenty are the same: not those of lists, nor those of two short lines."""
    texts = pd.read_csv(ROOT / "examples/wikinews/seeds/wikinews.csv")["text"]
    n_same = n_all = 0
    for text in texts:
        expected = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
        wrapped = [fill(each, width, initial_indent=indent, break_on_hyphens=False) for each in expected]
        joined = between.join(wrapped)
        same = {" ".join(joined[start:end].split()) for start, end in paragraphs(joined)} & set(expected)
        n_same, n_all = n_same + len(same), n_all + len(set(expected))
    assert n_same >= 0.95 * n_all


@pytest.mark.parametrize(
    "text",
    [
        "flour and a good deal of salt\nmilk\neggs\nsugar\nbutter",
        "Lee 4 12 8\nSmith, captain 11 9\nBo 3\nOkonkwo 22 1",
        "    Shr 34 cts\n    Net 807,000 vs 2,000\n    Revs 7 mln",
        "Q. Who are you?\nA. Bo.\nQ. And what did you see there on the night?\nA. Nothing.",
    ],
    ids=["list", "table", "indented table", "interview"],
)
def test_lines_of_lists_and_tables_are_paragraphs(text):
    assert len(paragraphs(text)) == text.count("\n") + 1
