"""CSV whose quotation marks break its rules: what is lost, what is named, and how long it takes."""

import csv
import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.core.cells import Oddity, SheetCells
from scripts.core.strict_csv import strict_rows

CSV = "title,text,outlet\n"
TSV = CSV.replace(",", "\t")


def read(text, mark=",", **limit):
    """Return the cells of the rows below the header, and the numbers of the rows that were read in another way."""
    entries = [*strict_rows(text, mark, **limit)]
    cells = [entry.cells for entry in entries if isinstance(entry, SheetCells)]
    return cells[1:], [entry.number for entry in entries if isinstance(entry, Oddity)]


@pytest.mark.parametrize(
    ("text", "rows", "odd"),
    [
        # Not closed, and a later mark opens a cell of its own.
        (
            'A,"text a, and,Globe\nB,text b,Post\nC,"text c",Herald\n',
            [["A", '"text a, and', "Globe"], ["B", "text b", "Post"], ["C", "text c", "Herald"]],
            [2],
        ),
        # A later mark closes it, so that three rows would be one with as many cells as the header.
        (
            'A,"text a,Globe\nB,text b,Post\nC,text c",Herald\n',
            [["A", '"text a', "Globe"], ["B", "text b", "Post"], ["C", 'text c"', "Herald"]],
            [2],
        ),
        ('A,a,Globe\nB,"text b\nC,c,Post\n', [["A", "a", "Globe"], ["B", '"text b'], ["C", "c", "Post"]], [3]),
        # A mark that is all of a cell.
        ('A,",X\n', [["A", '"', "X"]], [2]),
        ('A,"","\n', [["A", "", '"']], [2]),
        # Not doubled within a cell.
        ('A,"He said ""yes"" or "no", and left",X\n', [["A", 'He said "yes" or "no", and left', "X"]], [2]),
        (
            'A,"One, two.\n\nHe said "no" to\nit.",X\r\nB,b,Y\n',
            [["A", 'One, two.\n\nHe said "no" to\nit.', "X"], ["B", "b", "Y"]],
            [2],
        ),
        ('A,"or "no", and left",""\n', [["A", 'or "no", and left', ""]], [2]),
        # As the rules are.
        ('A,"One, ""two"".\n\nThree, four",X\nB,"",\n', [["A", 'One, "two".\n\nThree, four', "X"], ["B", "", ""]], []),
        ('A,"one, two\nthree, four",X\n', [["A", "one, two\nthree, four", "X"]], []),
        ('A,b "c" d,X\n', [["A", 'b "c" d', "X"]], []),
    ],
)
def test_a_row_whose_marks_break_the_rules_is_named_and_swallows_no_other(text, rows, odd):
    assert read(CSV + text) == (rows, odd)


@pytest.mark.parametrize(
    ("text", "rows", "odd"),
    [
        ('text\n"one\ntwo"\n', [["one\ntwo"]], []),
        ('a,b\nA,"x\nB,y"\n', [["A", '"x'], ["B", 'y"']], [2]),
    ],
)
def test_lines_of_a_cell_are_rows_where_each_has_the_cells_of_two_columns(text, rows, odd):
    assert read(text) == (rows, odd)


def test_a_line_may_be_as_long_as_a_cell_wherever_it_stands():
    rows = "a,b\n" + "x,y\n" * 9 + 'z,"123456789\n'
    assert read(rows, longest_cell=12)[0][-1] == ["z", '"123456789']
    with pytest.raises(csv.Error, match="longer than a cell"):
        read(rows.replace("9\n", "90\n"), longest_cell=12)


def test_two_files_that_are_read_in_turn_keep_their_limits():
    text = CSV + 'A,"{}",X\n'.format("a" * 200_000) * 3
    limit = csv.field_size_limit()
    pairs = zip(strict_rows(text, ","), strict_rows("a,b\n" * 9, ",", longest_cell=9), strict=False)
    assert [type(entry) for entry, _ in pairs] == [SheetCells] * 4
    assert csv.field_size_limit() == limit


def test_literal_marks_of_a_tsv_file_stay_in_their_rows():
    text = '"A\ttext a\tGlobe\n"B" said\ttext b\tPost\nC\t"text c"\tHerald\n'
    rows = [['"A', "text a", "Globe"], ['"B" said', "text b", "Post"], ["C", "text c", "Herald"]]
    assert read(TSV + text, "\t") == (rows, [2, 3])


def test_an_oddity_names_the_line_in_the_file_and_how_it_was_read():
    text = CSV + 'A,"a\nb",X\nB,"He said "no" to\nit",Y'
    for end in ("", "\n", "\r\n"):
        [oddity] = [entry for entry in strict_rows(text + end, ",", first_line=2) if isinstance(entry, Oddity)]
        assert oddity[:2] == (3, "quotes")
        assert oddity.message.startswith("Line 5 has a quotation mark that is not closed")
        assert "lines 5 to 6 were read as one row" in oddity.message
        alone = strict_rows(CSV + 'A,"a "b" c",X' + end, ",", first_line=2)
        assert ["the line was read by itself" in entry.message for entry in alone if isinstance(entry, Oddity)] == [
            True
        ]


@given(
    st.lists(st.lists(st.text('ab",;\n\r\t “', max_size=6), min_size=3, max_size=3), max_size=6),
    st.sampled_from(",;\t"),
)
def test_what_csv_writes_is_read_as_csv_reads_it_unless_each_line_is_a_row(rows, mark):
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows([["a", "b", "c"], *rows])
    cells, odd = read(out.getvalue(), mark)
    if not odd:
        assert cells == rows


@given(st.text('ab",\n\r\t ', max_size=80), st.sampled_from(",\t"))
def test_no_letter_of_any_text_is_lost(text, mark):
    entries = [*strict_rows(text, mark)]
    read_letters = "".join("".join(entry.cells) for entry in entries if isinstance(entry, SheetCells))
    assert [sign for sign in read_letters if sign in "ab"] == [sign for sign in text if sign in "ab"]


@pytest.mark.parametrize(
    "lines",
    ['a,"b\n', '"a,b\n', 'a,b"\n"c\n', '"a\n', 'a,"b\n""\n', '"a","b\n', 'a,"b"c\n', "a,b,c\n"],
)
def test_a_hundred_thousand_broken_lines_take_seconds(lines):
    begin = time.process_time()
    assert sum(1 for _ in strict_rows('a,b\n"' + lines * 100_000 + '",b', ",")) > 1
    assert time.process_time() - begin < 10  # about one; some 100 if each line looked at all others
