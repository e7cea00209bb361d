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


def test_bytes_that_windows_1252_leaves_open_are_control_characters():
    assert decode(b"caf\xe9 \x81\x8d\x8f\x90\x9d").text == "café \x81\x8d\x8f\x90\x9d"


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("Ā" * 4 + "a" * 96, True),  # NULs at other places are fewer than a twentieth
        ("Ā" * 5 + "a" * 95, False),
        ("語" * 59 + "a" * 41, True),  # more than a fifth of the bytes
        ("語" * 60 + "a" * 40, False),
    ],
)
def test_utf16_without_a_mark_is_told_by_many_nuls_at_every_other_place(order, text, is_told):
    assert (decode(text.encode(order)).text == text) is is_told
