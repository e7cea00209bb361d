import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.documents.metadata import clean, from_name, front_matter, iso_date, merge


def test_front_matter_is_text_as_written():
    block = "---\ntitle: 'Lin: not ours'\ndate: 2025-05-01\ncountry: NO\nTags: [china, u.s.]\nnote:\n---\nThe text.\n"
    values, at, problems = front_matter(block)
    assert values == {"title": "Lin: not ours", "date": "2025-05-01", "country": "NO", "tags": "china; u.s."}
    assert block[at:] == "The text.\n"
    assert not problems


def test_a_title_with_a_colon_is_no_yaml_and_still_read():
    values, at, problems = front_matter("---\r\ntitle: Lin: not ours\r\nOutlet: The Wire\r\n---\r\nText")
    assert values == {"title": "Lin: not ours", "outlet": "The Wire"}
    assert at == 50
    assert [problem.severity for problem in problems] == ["note"]


@pytest.mark.parametrize(
    "text", ["---\nA rule above a text.\n---\nMore.", "No rule.", "---\ntitle: open", "----\na: b\n----\n"]
)
def test_a_text_with_rules_is_not_cut(text):
    assert front_matter(text) == ({}, 0, [])


@pytest.mark.parametrize(
    "body",
    [
        "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]",
        "a: " + "[" * 5000 + "]" * 5000,
        "a: " + "{x: " * 5000,
        "? [a, b]\n: c\n- d",
        "!!python/object/apply:os.system ['echo']: x",
        "a: b\n\ta: [",
    ],
)
def test_hostile_yaml_builds_nothing(body):
    values, at, problems = front_matter(f"---\n{body}\n---\nText")
    assert [problem.code for problem in problems] == ["front-matter"]
    assert (at == 0) == (problems[0].severity == "warning")
    assert sum(map(len, values.values())) <= len(body)


@given(st.text("-:\n a[]{}&*!'\"#|>\t?,", max_size=60))
def test_front_matter_never_fails(body):
    front_matter(f"---\n{body}\n---\nText")


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
        ("03/04/2025", ""),
        ("2025-13-45", ""),
        ("Foo 99, 2025", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_dates(written, iso):
    assert iso_date(written) == iso


@given(st.text())
def test_a_date_is_iso_or_nothing(text):
    assert iso_date(iso_date(text)) == iso_date(text)


def test_the_sheet_wins_over_the_file_and_that_over_its_name():
    values, problems = merge(
        [
            ("metadata.csv", {"outlet": "A"}),
            ("the file", {"outlet": "B", "title": "T"}),
            ("its name", {"title": "T", "date": "2025-05-01"}),
        ]
    )
    assert values == {"outlet": "A", "title": "T", "date": "2025-05-01"}
    assert [problem.message for problem in problems] == ["outlet: 'A' (metadata.csv) stands, 'B' (the file) does not."]


def test_an_uncertain_date_is_kept_aside():
    values, problems = merge([("the file", {"date": "03/04/2025"}), ("its name", {"date": "2025-04-03"})])
    assert values == {"date_as_given": "03/04/2025", "date": "2025-04-03"}
    assert [(problem.severity, problem.code) for problem in problems] == [("warning", "date")]


def test_metadata_of_a_name():
    pattern = r"(?P<date>\d{4}-\d\d-\d\d)_(?P<outlet>[^_/]+)_"
    assert from_name("wire/2025-05-01_Wire Agency_x.txt", pattern) == {"date": "2025-05-01", "outlet": "Wire Agency"}
    assert from_name("x.txt", pattern) == from_name("x.txt", "") == {}


def test_values_are_made_harmless():
    assert clean({"Head Line\x00": "a\r\n\u202eb\ud800", "x": None, 3: 4}) == {"head_line": "a b\ufffd", "3": "4"}
    assert clean({"=cmd|' /C calc'!A0": "=1", "<b>": "x"}) == {"cmd_c_calc_a0": "=1", "b": "x"}
    assert len(clean({str(n): n for n in range(1000)})) == 200
