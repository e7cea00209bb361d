"""csv.js writes cells that no spreadsheet runs, and reads sheets as the pipeline does."""

import csv
import io
import random

import pytest

from scripts.core.csv_tables import FORMULA_SIGNS, escape_cell, unescape_cell
from scripts.core.sheets import csv_rows
from tests.report.corpus import HOSTILE
from tests.report.js.node import needs_node, run

pytestmark = needs_node

FORMULAS = [sign + "1+2" for sign in FORMULA_SIGNS] + ["''=1", "'=1", "'twas", "'", "", "=", "a\nb", 'say "x"', "a,b"]


def drawn() -> list[str]:
    draw = random.Random(8)
    signs = "ab'\"\n\r\t,;=+-@|% \uff1d王😀"
    return ["".join(draw.choices(signs, k=draw.randrange(0, 12))) for _ in range(2000)]


def test_a_cell_is_escaped_and_quoted_as_python_does_it():
    texts = [*HOSTILE, *FORMULAS, *drawn()]
    cells = run("(texts) => texts.map((text) => csvCell(text))", texts)
    assert [next(csv.reader(io.StringIO(cell, newline="")), [""]) for cell in cells] == [
        [escape_cell(text)] for text in texts
    ]
    assert run("(texts) => texts.map(unescaped)", [escape_cell(text) for text in texts]) == texts
    assert run("(texts) => texts.map(unescaped)", texts) == [unescape_cell(text) for text in texts]


def test_a_number_is_no_formula():
    assert run('() => [plainCell("-1.5"), csvCell("-1.5")]') == ["-1.5", "'-1.5"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_what_python_writes_comes_back(delimiter):
    rows = [["what", "old", "new"], *([text, "b", "c" + text] for text in [*HOSTILE, *drawn()])]
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    expected = [row.cells for row in csv_rows("x.csv", out.getvalue())]
    assert run("csvRows", out.getvalue()) == expected


@pytest.mark.parametrize(
    "text",
    [
        "sep=;\r\na,x;b\r\n1;2\r\n",
        '"Lima, Peru";title;outlet\n1;2;3\n',
        "a,b\r1,2\r",
        'a,b\n"x ""y""",2\n\n , \n',
        "",
        "\n\n",
        "a;b;c,d\n",
    ],
)
def test_sheets_are_read_as_the_pipeline_reads_them(text):
    assert run("csvRows", text) == [row.cells for row in csv_rows("x.csv", text)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_a_sheet_is_decoded(encoding):
    text = "what,new\nspeaker,Zoë\n"
    assert run("(bytes) => decodedSheet(Uint8Array.from(bytes).buffer)", list(text.encode(encoding))) == text
