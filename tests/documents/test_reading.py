import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.documents.problems import UnreadableError
from scripts.documents.reading import decode_text

_TEXT = "“America’s problem,” Lin said – naïve café."


@given(st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF), min_size=1))
def test_utf8_is_always_read_as_utf8(text):
    text = "A " + text.replace("\x7f", "")
    assert decode_text(text.encode()) == ("", text, {}, "utf-8", [])


def test_windows_1252_is_noted_with_the_place():
    decoded = decode_text("It’s".encode("cp1252"))
    assert (decoded.text, decoded.encoding) == ("It’s", "cp1252")
    assert [(p.severity, p.code, p.offset) for p in decoded.problems] == [("note", "encoding", 2)]


def test_one_bad_byte_does_not_spoil_a_text_in_utf8():
    decoded = decode_text(_TEXT.encode() + "…".encode()[:1])
    assert decoded.text == _TEXT + "\ufffd"
    assert [(p.severity, p.code, p.offset) for p in decoded.problems] == [("warning", "damaged", len(_TEXT.encode()))]


def test_a_text_padded_with_nuls_is_no_utf16():
    decoded = decode_text(b"A short text." + b"\0" * 1000)
    assert decoded.text.startswith("A short text.") and decoded.encoding == "utf-8"


def test_the_user_wins():
    assert decode_text("Привет".encode("cp1251"), encoding="windows-1251").text == "Привет"
    assert decode_text("\ufeffA".encode(), encoding="utf-8").text == "A"


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 20,
        b"\x7fELF" + bytes(range(32)) * 9,
        b"%PDF-1.7\n...",
        b"PK\x03\x04...",
        b"\x89PNG\r\n",
        b"\x1f\x8b\x08",
    ],
)
def test_what_is_no_text_is_refused_with_the_place(data):
    with pytest.raises(UnreadableError) as refusal:
        decode_text(data)
    assert refusal.value.problem.code == "not-text"
    assert refusal.value.problem.offset is not None


@given(st.binary())
def test_any_bytes_are_read_or_refused(data):
    try:
        assert isinstance(decode_text(data).text, str)
    except UnreadableError as refusal:
        assert refusal.problem.severity == "error"


@pytest.mark.parametrize("control", [2, 3])
def test_two_of_a_hundred_characters_may_be_control_characters(control):
    data = b"a" * (100 - control) + b"\x01" * control
    if control == 2:
        assert decode_text(data).text == data.decode()
    else:
        with pytest.raises(UnreadableError, match="3 of its 100 characters") as refusal:
            decode_text(data)
        assert refusal.value.problem.offset == 97
