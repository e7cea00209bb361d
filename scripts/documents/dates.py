"""Dates of publication as ISO 8601, from the many ways in which they are written.

Only Gregorian dates with a four-digit year are read. The current years of other calendars (1446, 1403, 2568) lie
outside the bounds, so that none is mistaken for a Gregorian one.
"""

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

# The first newspapers appeared in 1605. The bounds do not depend on today's date, so neither do the tables.
FIRST_YEAR, LAST_YEAR = 1600, 2099

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTH = {name[:length]: n for n, name in enumerate(_MONTHS, 1) for length in range(3, len(name) + 1)}
_WRITTEN = re.compile(
    r"(?:[a-z]{3,9},?[ ]+)?(?:(?P<m1>[a-z]{3,9})\.?[ ]+(?P<d1>[0-9]{1,2})(?:st|nd|rd|th)?,?[ ]+(?P<y1>[0-9]{4})"
    r"|(?P<d2>[0-9]{1,2})(?:st|nd|rd|th)?[ ]+(?P<m2>[a-z]{3,9})\.?,?[ ]+(?P<y2>[0-9]{4}))\Z"
)
_PARTIAL = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2]))?\Z")
_DAY = re.compile(r"[0-9]{4}[-/.]?[0-9]{2}[-/.]?[0-9]{2}\Z")
_YEAR_FIRST = re.compile(
    r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?:[ T]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?)?\Z"
)
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T]")
_LONGEST = 60  # characters read of a date in words
_YEAR_OF_MAIL = re.compile(r"(?:[ ,]|[A-Za-z]-)([0-9]{4})(?=[ ,]|\Z)")
_NUMBER = re.compile(r"\d+")
# Years of other calendars that correspond to 1850 to 2099 in the Gregorian one.
_CALENDARS = {"Hijri or Persian": range(1229, 1525), "Buddhist": range(2393, 2643), "Hebrew": range(5610, 5860)}
_IN_FIGURES = re.compile(r"[0-9]{1,2}([/.-])[0-9]{1,2}\1[0-9]{4}\Z")
_SPREADSHEET = "In a spreadsheet format the column of dates as yyyy-mm-dd, and save the file again."
_ADVICE = f"Write it as YYYY-MM-DD, with a Gregorian year from {FIRST_YEAR} to {LAST_YEAR}."


def _parsed(value: str) -> str:
    """Return a date of any year in ISO 8601; raise ValueError, OverflowError, TypeError or IndexError if unreadable."""
    if _PARTIAL.match(value):
        return value
    if _DAY.match(value):
        return date.fromisoformat(re.sub(r"[-/.]", "", value)).isoformat()
    if _MOMENT.match(value):
        return datetime.fromisoformat(value).isoformat(timespec="seconds")
    if numbers := _YEAR_FIRST.match(value):
        year, _, month, day, hour, minute, second = numbers.groups(default="0")
        moment = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second))
        return moment.isoformat(timespec="seconds") if numbers[5] else moment.date().isoformat()
    if written := _WRITTEN.match(value[:_LONGEST].lower()):
        year, month, day = (written[f"{part}1"] or written[f"{part}2"] for part in "ymd")
        return date(int(year), _MONTH.get(month, 0), int(day)).isoformat()
    stated = _YEAR_OF_MAIL.search(value[:_LONGEST])
    moment = parsedate_to_datetime(value[:_LONGEST])
    if stated is None or moment.year != int(stated[1]):
        raise ValueError("the year is not written with four digits")
    return moment.isoformat(timespec="seconds")


def iso_date(value: str) -> str:
    """Return a date as YYYY-MM-DD, with time and zone if given, or as YYYY-MM or YYYY; "" if it is not certain.

    Reads ISO 8601 itself, the dates of mail headers and feeds, YYYYMMDD, YYYY/M/D, and English dates with the month as
    a word. A year before 1600 or after 2099 belongs to another calendar or is a mistake, so it gives "".

    >>> iso_date("Thursday, 1st May 2025"), iso_date("Thu, 01 May 2025 12:30:00 +0200")
    ('2025-05-01', '2025-05-01T12:30:00+02:00')
    >>> iso_date("2025/5/1"), iso_date("2025/5/1 9:30"), iso_date("03/04/2025"), iso_date("0205-05-01")
    ('2025-05-01', '2025-05-01T09:30:00', '', '')
    """
    value = value.strip()
    if not value.isascii():
        return ""
    try:
        iso = _parsed(value)
    except (ValueError, OverflowError, TypeError, IndexError):
        return ""
    return iso if FIRST_YEAR <= int(iso[:4]) <= LAST_YEAR else ""


def doubt(value: str) -> str:
    """Return the end of a sentence on a date that `iso_date` refuses: why it is uncertain, and what to do.

    >>> doubt("03/04/2025")[:72]
    'may be a day of month 3 or of month 4. In a spreadsheet format the colum'
    >>> doubt("1446-05-01")[:40]
    'has a year as in the Hijri or Persian ca'
    """
    written = _NUMBER.findall(value[:_LONGEST])[:3]
    numbers = [int(number[:4] if len(number) == 8 else number) for number in written]
    for number in numbers:
        for calendar, years in _CALENDARS.items():
            if number in years:
                return f"has a year as in the {calendar} calendar, so it is not read. Convert it. {_ADVICE}"
    stated = [number for number in numbers if number > 99]
    if len(numbers) == 3 and not stated:
        return f"has no year of four digits, so it is not read. {_ADVICE}"
    if len(numbers) == 3 and numbers[2] == stated[0] and max(numbers[:2]) <= 12 and numbers[0] != numbers[1]:
        return f"may be a day of month {numbers[0]} or of month {numbers[1]}. {_SPREADSHEET} {_ADVICE}"
    if any(not FIRST_YEAR <= year <= LAST_YEAR for year in stated):
        return f"has a year that no newspaper has, so it is not read. {_ADVICE}"
    if _IN_FIGURES.match(value.strip()):
        return f"is not read, since dates of this form may be two days (03/04). {_SPREADSHEET} {_ADVICE}"
    return f"cannot be read for certain. {_ADVICE}"
