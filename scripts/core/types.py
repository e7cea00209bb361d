"""Types that many modules share: a row of a table, a stretch of text."""

from typing import Any

Row = dict[str, Any]
# Start and end; the end is exclusive.
Span = tuple[int, int]
