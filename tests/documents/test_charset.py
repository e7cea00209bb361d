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
        (b"hex", ""),
        (b"none", ""),
    ],
)
def test_a_label_is_the_encoding_that_browsers_take(declared, encoding):
    assert declared_encoding(b'<html><meta charset="' + declared + b'">') == encoding
    assert (
        declared_encoding(b"<META http-equiv=Content-Type content='text/html; charset=" + declared + b"'>") == encoding
    )


def test_a_byte_order_mark_wins():
    assert declared_encoding("\ufeff<meta charset=windows-1251>".encode()) == ""


@given(st.binary(max_size=30))
def test_any_label_gives_an_encoding_that_decodes_all_bytes(label):
    if encoding := declared_encoding(b"<meta charset=" + label):
        bytes(range(256)).decode(encoding, errors="replace")
