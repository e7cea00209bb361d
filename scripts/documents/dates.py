"""Dates of publication as ISO 8601, from the many ways in which they are written."""

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

# News begins with the printing press. The bounds do not depend on today, so that neither do the tables.
FIRST_YEAR, LAST_YEAR = 1400, 2099

# fmt: off
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)
# fmt: on
_MONTH = {name[:length]: n for n, name in enumerate(_MONTHS, 1) for length in range(3, len(name) + 1)}
_WRITTEN = re.compile(
    r"(?:[a-z]{3,9},?[ ]+)?(?:(?P<m1>[a-z]{3,9})\.?[ ]+(?P<d1>[0-9]{1,2})(?:st|nd|rd|th)?,?[ ]+(?P<y1>[0-9]{4})"
    r"|(?P<d2>[0-9]{1,2})(?:st|nd|rd|th)?[ ]+(?P<m2>[a-z]{3,9})\.?,?[ ]+(?P<y2>[0-9]{4}))\Z"
)
_PARTIAL = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2]))?\Z")
_DAY = re.compile(r"[0-9]{4}[-/.]?[0-9]{2}[-/.]?[0-9]{2}\Z")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T]")
_LONGEST = 60  # characters of a date that is written out


def _parsed(value: str) -> str:
    """Return a date in ISO 8601 whatever its year. Raises ValueError, OverflowError, TypeError or IndexError."""
    if _PARTIAL.match(value):
        return value
    if _DAY.match(value):
        return date.fromisoformat(re.sub(r"[-/.]", "", value)).isoformat()
    if _MOMENT.match(value):
        return datetime.fromisoformat(value).isoformat(timespec="seconds")
    if written := _WRITTEN.match(value[:_LONGEST].lower()):
        year, month, day = (written[f"{part}1"] or written[f"{part}2"] for part in "ymd")
        return date(int(year), _MONTH.get(month, 0), int(day)).isoformat()
    return parsedate_to_datetime(value[:_LONGEST]).isoformat(timespec="seconds")


def iso_date(value: str) -> str:
    """Return a date as YYYY-MM-DD, with time and zone if given, or as YYYY-MM or YYYY; "" if it is not certain.

    Read are ISO 8601 itself, the dates of mail headers and feeds, YYYYMMDD, YYYY/MM/DD, and English dates with the
    month as a word. A year before 1400 or after 2099 is taken for a mistake.

    >>> iso_date("Thursday, 1st May 2025"), iso_date("Thu, 01 May 2025 12:30:00 +0200")
    ('2025-05-01', '2025-05-01T12:30:00+02:00')
    >>> iso_date("03/04/2025"), iso_date("0205-05-01")
    ('', '')
    """
    value = value.strip()
    if not value.isascii():
        return ""
    try:
        iso = _parsed(value)
    except (ValueError, OverflowError, TypeError, IndexError):
        return ""
    return iso if FIRST_YEAR <= int(iso[:4]) <= LAST_YEAR else ""
