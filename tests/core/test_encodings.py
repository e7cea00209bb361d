import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.core.encodings import decode, decode_as


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "utf-8"])
def test_each_encoding_of_a_spreadsheet_is_told_by_its_bytes(encoding):
    text = "“Café”, said Åsa – 12 £"
    assert decode(text.encode(encoding)).text == text


@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")).filter(
        lambda text: not text.startswith("\ufeff")
    )
)
def test_utf8_comes_back_as_it_was(text):
    decoded = decode(text.encode())
    assert (decoded.text, decoded.damaged, decoded.not_utf8) == (text, None, None)


@given(st.binary())
def test_any_bytes_become_a_text(data):
    assert isinstance(decode(data).text, str)


@pytest.mark.parametrize(("complete", "encoding"), [(8, "utf-8"), (7, "cp1252")])
def test_text_with_four_complete_characters_for_each_bad_byte_is_damaged_utf8(complete, encoding):
    assert decode(b"\xff".join([b"a", "é".encode() * complete, b"b"])).encoding == encoding


def test_damage_is_told_by_its_offset():
    assert decode("ééééé".encode() + b"\xff").damaged == 10
    assert decode_as(b"\xef\xbb\xbfa\xff", "utf-8", start=3).damaged == 4
    assert decode(b"caf\xe9").not_utf8 == 3
