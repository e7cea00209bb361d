"""The encoding that a page declares, as browsers take it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.documents.charset import declared_encoding


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        (b"utf-8", "utf-8"),
        (b"UTF8", "utf-8"),
        (b"iso-8859-1", "cp1252"),
        (b"us-ascii", "cp1252"),
        (b"iso-8859-9", "cp1254"),
        (b"gb2312", "gb18030"),
        (b"Shift_JIS", "cp932"),
        (b"windows-1251", "cp1251"),
        (b"utf-16", ""),
        (b"utf-16le", ""),
        (b"utf-32", ""),
        (b"utf-7", ""),
        *((name, "") for name in (b"hex", b"rot13", b"base64", b"punycode", b"undefined", b"idna")),
        (b"none", ""),
    ],
)
def test_a_label_is_the_encoding_that_browsers_take(declared, encoding):
    assert declared_encoding(b'<html><meta charset="' + declared + b'">') == encoding
    assert (
        declared_encoding(b"<META http-equiv=Content-Type content='text/html; charset=" + declared + b"'>") == encoding
    )


def test_pages_of_all_code_pages_of_windows_and_parts_of_iso_8859_are_read():
    for number in range(1250, 1259):
        assert declared_encoding(b"<meta charset=windows-%d>" % number) == f"cp{number}"
    for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16):
        assert declared_encoding(b"<meta charset=iso-8859-%d>" % part) == f"iso8859-{part}"


@pytest.mark.parametrize(("end", "encoding"), [(2_048, "koi8-r"), (2_049, "")])
def test_a_declaration_stands_within_the_first_two_kilobytes(end, encoding):
    assert declared_encoding(b"<meta charset=koi8-r".rjust(end)) == encoding


def test_a_byte_order_mark_wins():
    assert declared_encoding("\ufeff<meta charset=windows-1251>".encode()) == ""


@given(st.binary(max_size=30))
def test_any_label_gives_an_encoding_that_decodes_all_bytes(label):
    if encoding := declared_encoding(b"<meta charset=" + label):
        bytes(range(256)).decode(encoding, errors="replace")
