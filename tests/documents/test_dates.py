"""Dates as they are written, and as ISO 8601."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scripts.documents.dates import FIRST_YEAR, LAST_YEAR, doubt, iso_date


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2025-05-01", "2025-05-01"),
        ("2025-05", "2025-05"),
        ("2025", "2025"),
        ("20250501", "2025-05-01"),
        ("2025/05/01", "2025-05-01"),
        ("2025-05-01T12:30:00Z", "2025-05-01T12:30:00+00:00"),
        ("2025-05-01 12:30", "2025-05-01T12:30:00"),
        ("May 1, 2025", "2025-05-01"),
        ("Thursday, 1st May 2025", "2025-05-01"),
        ("Sept. 3, 2025", "2025-09-03"),
        ("Thu, 01 May 2025 12:30:00 +0200", "2025-05-01T12:30:00+02:00"),
        ("Thu May  1 12:30:00 2025", "2025-05-01T12:30:00"),
        ("Thu, 01 May 25 12:30:00 +0200", ""),
        ("Thu, 01 May 113 12:30:00 +0200", ""),
        ("1 May 02 12:30:00 -2002", ""),
        ("1403/02/11", ""),
        ("2568-05-01", ""),
        ("5785", ""),
        ("2025-13-45", ""),
        ("Foo 99, 2025", ""),
        ("1 Jan 20240000000000000000 10:00:00 +0000", ""),
        ("1 Jan 2024 10:00:00 +999999999999999999", ""),
        ("Thu, 01 May 2025 12:30:00 +9999", ""),
        ("2025-05-01T10:00:00+99:99", ""),
        ("0000-01", ""),
        ("0001", ""),
        ("1599-12-31", ""),
        ("1600-01-01", "1600-01-01"),
        ("2099-12", "2099-12"),
        ("2100", ""),
        ("9999", ""),
        ("\u0662\u0660\u0662\u0665", ""),
        ("\u0662\u0660\u0662\u0665-05-01", ""),
        ("", ""),
    ],
)
def test_dates(written, iso):
    assert iso_date(written) == iso


@given(st.text())
def test_a_date_is_iso_or_nothing(text):
    assert iso_date(iso_date(text)) == iso_date(text)


_PIECES = st.sampled_from(
    ["Thu,", "1", "01", "May", "2025", "9" * 20, "12:30:00", "+0200", "-9999", "+" + "9" * 30, "GMT", *"TZ-/0"]
)


@given(st.lists(_PIECES, max_size=8).map(" ".join) | st.lists(_PIECES, max_size=8).map("".join))
@example("1 Jan 2024 10:00:00 +" + "9" * 30)
def test_odd_dates_are_iso_in_a_plausible_year_or_nothing(written):
    iso = iso_date(written)
    assert iso == "" or (re.match("[0-9]{4}", iso) and FIRST_YEAR <= int(iso[:4]) <= LAST_YEAR)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("1446-10-03", "has a year as in the Hijri or Persian calendar"),
        ("14030211", "has a year as in the Hijri or Persian calendar"),
        ("\u06f1\u06f4\u06f0\u06f3-\u06f0\u06f2-\u06f1\u06f1", "has a year as in the Hijri or Persian calendar"),
        *((f"{year}-01-01", "has a year as in the Hijri or Persian calendar") for year in (1229, 1524)),
        *((f"{year}-01-01", "has a year as in the Buddhist calendar") for year in (2393, 2642)),
        *((f"{year}-01-01", "has a year as in the Hebrew calendar") for year in (5610, 5859)),
        *((f"{year}-01-01", "has a year that no newspaper has") for year in (100, 1228, 1525, 2392, 5609, 5860)),
        ("1 May 2568", "has a year as in the Buddhist calendar"),
        ("1 May 2642", "has a year as in the Buddhist calendar"),
        ("1 May 2643", "has a year that no newspaper has"),
        ("5785-01-01", "has a year as in the Hebrew calendar"),
        ("01/02/03", "has no year of four digits"),
        ("03/04/2025", "may be a day of month 3 or of month 4. In a spreadsheet"),
        ("12/11/2025", "may be a day of month 12 or of month 11"),
        ("13/04/2025", "is not read, since dates of this form may be two days (03/04). In a spreadsheet"),
        ("04/13/2025", "is not read, since dates of this form may be two days (03/04). In a spreadsheet"),
        ("04.04.2025", "is not read, since dates of this form may be two days (03/04). In a spreadsheet"),
        ("2025/14/3", "cannot be read for certain"),
        ("0205-05-01", "has a year that no newspaper has"),
        ("yesterday", "cannot be read for certain"),
    ],
)
def test_the_reason_why_a_date_is_not_read(written, reason):
    assert iso_date(written) == ""
    assert doubt(written).startswith(reason) and doubt(written).endswith("1600 to 2099.")


@given(st.text())
def test_any_text_has_a_reason(text):
    assert "YYYY-MM-DD" in doubt(text)
