"""CSV read strictly, by RFC 4180; a row whose quotation marks break its rules is read in another way, and reported.

So a quotation mark that is not closed, or not doubled within a cell, never joins rows unnoticed.
"""

import csv
import io
import re
from collections.abc import Iterator

from scripts.core.cells import Oddity, SheetCells

LONGEST_CELL = 1_000_000  # characters
_LINE_END = re.compile(r"\r\n|\r|\n")
_FARTHEST = 200_000  # characters within which the end of a cell is looked for
_PATIENCE = 100  # rows without such an end, after which it is no longer looked for
_MESSAGE = (
    "Line {line} has a quotation mark that is not closed, or that is inside a cell and not doubled: {how}, and "
    'its marks as text. Compare the row with the file; close the mark, or write it twice (""), and save it again.'
)
# Patterns by delimiter: a delimiter between cells (a comma or semicolon before a space is punctuation), the quotation
# mark that closes a cell, and a cell without quotation marks.
_TIGHT = {",": re.compile(r",(?! )"), ";": re.compile(r";(?! )"), "\t": re.compile(r"\t")}
_CLOSING = {
    ",": re.compile(r'"(?=[,\r\n]|\Z)'),
    ";": re.compile(r'"(?=[;\r\n]|\Z)'),
    "\t": re.compile(r'"(?=[\t\r\n]|\Z)'),
}
_BARE = {",": re.compile(r"[^,\r\n]*"), ";": re.compile(r"[^;\r\n]*"), "\t": re.compile(r"[^\t\r\n]*")}


def _are_rows(record: str, mark: str, width: int) -> bool:
    """Return True for several lines that each have as many cells as the header, so that each is a row of its own."""
    lines = _LINE_END.split(record.rstrip("\r\n"))
    tight = _TIGHT[mark]
    return width > 1 and len(lines) > 1 and all(len(tight.findall(line)) == width - 1 for line in lines)


def _undoubled(text: str, start: int, mark: str, width: int) -> tuple[list[str], int] | None:
    """Return the cells and end of a row in which only a quotation mark before a delimiter or line end closes a cell.

    Return None if the row, read in this way, does not have as many cells as the header.
    """
    farthest = min(len(text), start + _FARTHEST)
    cells: list[str] = []
    at = start
    while len(cells) < width:
        if text.startswith('"', at):
            end = _CLOSING[mark].search(text, at + 1, farthest)
            if end is None:
                return None
            cells.append(text[at + 1 : end.start()].replace('""', '"'))
            at = end.end()
        else:
            cell = _BARE[mark].match(text, at)
            assert cell is not None
            cells.append(cell[0])
            at = cell.end()
        if not text.startswith(mark, at):
            break
        at += 1
    line_end = _LINE_END.match(text, at)
    ends = line_end is not None or at == len(text)
    return (cells, line_end.end() if line_end else at) if ends and len(cells) == width else None


def _read_otherwise(
    text: str, start: int, mark: str, width: int, *, joined: bool, longest_cell: int
) -> tuple[list[str], int, bool]:
    """Return the cells of a row that breaks the rules, where it ends, and True if it was read as a single line.

    Without `joined`, only the single line is tried. Raises csv.Error for a line that is longer than a cell may be.
    """
    row = _undoubled(text, start, mark, width) if joined else None
    if row and not _are_rows(text[start : row[1]], mark, width):
        return *row, False
    line_end = _LINE_END.search(text, start)
    end = line_end.start() if line_end else len(text)
    if end - start > longest_cell:
        raise csv.Error("a line is longer than a cell may be")
    tight = _TIGHT[mark].split(text[start:end])
    cells = tight if len(tight) == width else text[start:end].split(mark)
    bare = [cell[1:-1].replace('""', '"') if re.fullmatch('".*"', cell, re.DOTALL) else cell for cell in cells]
    return bare, line_end.end() if line_end else end, True


def strict_rows(
    text: str, mark: str, *, first_line: int = 1, longest_cell: int = LONGEST_CELL
) -> Iterator[SheetCells | Oddity]:
    """Yield the rows of a CSV text, the header first; an oddity comes before each row that was read in another way.

    `mark` is the delimiter, `first_line` the number of the first line in the file. Raises csv.Error for a line of more
    than `longest_cell` characters with an unclosed quotation mark.
    """
    source = io.StringIO(text, newline="")
    reader = csv.reader(source, delimiter=mark, strict=True)
    line, width, number, patience = first_line, 0, 0, _PATIENCE
    while True:
        number += 1
        start, before, broken = source.tell(), reader.line_num, False
        cells: list[str] = []
        limit = csv.field_size_limit(longest_cell)  # one for all readers of the process
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            broken = True
        finally:
            csv.field_size_limit(limit)
        lines = reader.line_num - before
        if broken or (lines > 1 and _are_rows(text[start : source.tell()], mark, width)):
            joined = broken and patience > 0
            cells, end, alone = _read_otherwise(text, start, mark, width, joined=joined, longest_cell=longest_cell)
            patience -= broken and alone
            source.seek(end)
            reader = csv.reader(source, delimiter=mark, strict=True)
            lines = len(_LINE_END.findall(text[start:end].rstrip("\r\n"))) + 1
            is_one = alone or lines == 1
            how = (
                "the line was read by itself" if is_one else f"lines {line} to {line + lines - 1} were read as one row"
            )
            yield Oddity(number, "quotes", _MESSAGE.format(line=line, how=how))
        yield SheetCells(number, cells)
        width = width or len(cells)
        line += lines
