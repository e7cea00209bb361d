"""Reading a project that somebody else wrote: nothing in it harms, and what cannot be read is named."""

import io
import struct
from contextlib import suppress
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.projects.places import place
from scripts.projects.qdpx import ProjectError, read_project
from tests.made_projects import members, zipped

SAMPLE = Path(__file__).resolve().parents[3] / "shared" / "schemas" / "refi-qda" / "sample_from_another_tool.qdpx"
HEAD = '<Project xmlns="urn:QDA-XML:project:1.0" name="p" origin="Tool">'
CODE = '<Code guid="{AA}" name="group" isCodable="false"><Code guid="bb" name="leaf"/></Code>'
CODES = f"<CodeBook><Codes>{CODE}</Codes></CodeBook>"
CODING = '<Coding guid="cc"><CodeRef targetGUID="BB"/></Coding>'


def project(path: str = "internal://t.txt", *, start: str = "0", end: str = "2", text: bytes | None = b"abc") -> bytes:
    selection = (
        f'<PlainTextSelection guid="dd" startPosition="{start}" endPosition="{end}">{CODING}</PlainTextSelection>'
    )
    source = f'<TextSource guid="ee" name="a.txt" plainTextPath="{path}">{selection}</TextSource>'
    qde = f"{HEAD}{CODES}<Sources>{source}</Sources></Project>".encode()
    return zipped({"project.qde": qde, **({"Sources/T.txt": text} if text is not None else {})})


def test_codes_have_their_path_and_texts_are_found_in_any_case() -> None:
    (source,) = read_project("p.qdpx", project()).sources
    assert source.text == "abc" and source.fault == ""
    assert [(each.start, each.end, each.code) for each in source.codings] == [(0, 2, ("group", "leaf"))]


def test_a_coding_has_the_notes_that_people_attached_to_it_or_its_passage() -> None:
    users = '<Users><User guid="u1" name="Newsloom"/><User guid="u2" name="Ann"/></Users>'
    made = (("n1", "u1", "rule"), ("n2", "u2", "Mine."), ("n3", "u2", "Passage."))
    notes = "".join(
        f'<Note guid="{guid}" creatingUser="{user}"><PlainTextContent>{text}</PlainTextContent></Note>'
        for guid, user, text in made
    )
    coding = CODING.replace("</Coding>", '<NoteRef targetGUID="n1"/><NoteRef targetGUID="N2"/></Coding>')
    passages = (
        f'<PlainTextSelection guid="d{at}" startPosition="{at}" endPosition="{at + 1}">{inside}</PlainTextSelection>'
        for at, inside in enumerate(
            (coding, f'{coding}<NoteRef targetGUID="n3"/>', f"<Description>Said.</Description>{coding}", CODING)
        )
    )
    source = f'<TextSource guid="ee" name="a.txt" plainTextPath="internal://t.txt">{"".join(passages)}</TextSource>'
    qde = f"{HEAD}{users}{CODES}<Sources>{source}</Sources><Notes>{notes}</Notes></Project>".encode()
    (read,) = read_project("p.qdpx", zipped({"project.qde": qde, "Sources/T.txt": b"abcd"})).sources
    assert [each.note for each in read.codings] == ["Mine.", "Passage. | Mine.", "Said.", ""]


@pytest.mark.parametrize(
    "path", ["internal://../project.qde", "internal:///etc/passwd", "/etc/passwd", "file:///etc/passwd", "internal://..",
             "internal://a/../../b.txt", "relative://t.txt", "internal://C:\\t.txt", ""],
)  # fmt: skip
def test_a_text_outside_of_the_file_is_not_read(path: str) -> None:
    (source,) = read_project("p.qdpx", project(path)).sources
    assert source.text is None and "only texts within the .qdpx are read" in source.fault


@pytest.mark.parametrize(("text", "message"), [(None, "is not in the .qdpx"), (b"\xff\xfe\xff", "is not UTF-8")])
def test_a_missing_or_damaged_text_is_named_and_its_codings_stay(text: bytes | None, message: str) -> None:
    (source,) = read_project("p.qdpx", project(text=text)).sources
    assert source.text is None and message in source.fault and len(source.codings) == 1


@pytest.mark.parametrize(("start", "end"), [("-1", "2"), ("2", "2"), ("x", "3"), ("1" * 40, "2" * 41)])
def test_positions_that_are_none_are_counted(start: str, end: str) -> None:
    (source,) = read_project("p.qdpx", project(start=start, end=end)).sources
    assert source.codings == [] and source.fault.startswith("1 codings in it have no code")


ENTITY = '<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
BOMB = '<!DOCTYPE p [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"project.qde": f"{ENTITY}{HEAD}&x;</Project>"}, "document type"),
        ({"project.qde": f"{BOMB}{HEAD}&b;</Project>"}, "document type"),
        ({"project.qde": f'<!DOCTYPE Project SYSTEM "http://example.org/p.dtd">{HEAD}</Project>'}, "document type"),
        ({"project.qde": f"{HEAD}<Codes>"}, "its XML is broken"),
        ({"project.qde": "<Project name='p'/>"}, "not a REFI-QDA project"),
        ({"other.txt": ""}, "no project.qde"),
        ({"sub/project.qde": f"{HEAD}</Project>"}, "no project.qde"),
    ],
)
def test_a_project_that_cannot_be_read_is_named_with_advice(files: dict[str, str], message: str) -> None:
    with pytest.raises(ProjectError, match=r"^p\.qdpx: ") as error:
        read_project("p.qdpx", zipped({name: text.encode() for name, text in files.items()}))
    assert message in str(error.value)


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04nothing", b"<Project/>", project()[:-30], project()[:60]],
    ids=["empty", "head", "no zip", "without its end", "beginning"],
)
def test_no_zip_and_a_damaged_one(data: bytes) -> None:
    with pytest.raises(ProjectError, match=r"^p\.qdpx: "):
        read_project("p.qdpx", data)


def sources(number: int) -> str:
    return "<Sources>" + '<TextSource name="a" plainTextPath="internal://t.txt"/>' * number + "</Sources>"


def with_xml(body: str, **files: bytes) -> bytes:
    texts = {f"sources/{name}.txt": text for name, text in files.items()}
    return zipped({"project.qde": f"{HEAD}{body}</Project>".encode(), **texts})


def test_a_text_counts_as_often_as_it_is_named(monkeypatch) -> None:
    data = with_xml(sources(12), t=b"0123456789")
    assert [source.text for source in read_project("p.qdpx", data).sources] == ["0123456789"] * 12
    monkeypatch.setattr("scripts.projects.qdpx._MOST_TEXTS", 100)
    *read, last, beyond = read_project("p.qdpx", data).sources
    assert [source.text for source in read] == ["0123456789"] * 10
    assert last.text is beyond.text is None and "more than 100 bytes, the limit of a project" in last.fault


def test_a_note_counts_as_often_as_it_is_put_on_a_source(monkeypatch) -> None:
    note = '<Notes><Note guid="n"><PlainTextContent>0123456789</PlainTextContent></Note></Notes>'
    of_one = '<TextSource name="a"><PlainTextContent>a</PlainTextContent><NoteRef targetGUID="n"/></TextSource>'
    data = with_xml(f"<Sources>{of_one * 3}</Sources>{note}")
    monkeypatch.setattr("scripts.projects.qdpx._MOST_TEXTS", 20)
    read = read_project("p.qdpx", data).sources
    assert [source.notes for source in read] == [["0123456789"], ["0123456789"], []]
    assert "its notes are not read" in read[2].fault


_CODES = '<CodeBook><Codes><Code guid="a" name="x"><Code guid="b" name="y"/></Code></Codes></CodeBook>'


@pytest.mark.parametrize(
    ("limit", "value", "message"),
    [
        ("_MOST_XML", 100, "more than 100 bytes of XML"),
        ("_MOST_ELEMENTS", 4, "more than 4 elements"),
        ("_MOST_ATTRIBUTES", 6, "6 attributes"),
        ("_DEEPEST", 4, "more than 4 elements nested in one another"),
        ("_MOST_CODES", 1, "more than 1 codes"),
    ],
)
def test_a_project_beyond_a_limit_is_refused_with_the_limit(monkeypatch, limit, value, message) -> None:
    assert read_project("p.qdpx", with_xml(_CODES)).sources == []
    monkeypatch.setattr(f"scripts.projects.qdpx.{limit}", value)
    with pytest.raises(ProjectError, match=message):
        read_project("p.qdpx", with_xml(_CODES))


def test_a_project_at_its_limits_is_read(monkeypatch) -> None:
    data = with_xml(_CODES)
    with ZipFile(io.BytesIO(data)) as archive:
        size = archive.getinfo("project.qde").file_size
    for limit, value in {"_MOST_XML": size, "_MOST_ELEMENTS": 5, "_DEEPEST": 5, "_MOST_CODES": 2}.items():
        monkeypatch.setattr(f"scripts.projects.qdpx.{limit}", value)
    assert read_project("p.qdpx", data).sources == []


def test_two_members_of_one_name_are_not_told_apart_by_guess() -> None:
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("project.qde", f"{HEAD}{sources(1)}</Project>")
        archive.writestr("sources/t.txt", "one")
        archive.writestr("Sources/T.txt", "two")
    (source,) = read_project("p.qdpx", out.getvalue()).sources
    assert source.text is None and "there are two files" in source.fault


def test_a_member_that_is_larger_than_its_head_says_is_not_believed() -> None:
    data = bytearray(project(text=b"0" * 1000))
    at = data.rfind(b"PK\x01\x02")  # the head of the last member in the directory: its size is at byte 24
    assert struct.unpack_from("<I", data, at + 24) == (1000,)
    struct.pack_into("<I", data, at + 24, 10)
    (source,) = read_project("p.qdpx", bytes(data)).sources
    assert source.text is None and "cannot be read" in source.fault


def test_deep_nesting_is_refused_before_it_costs_anything() -> None:
    depth = 20_000
    codes = '<Code guid="a" name="x">' * depth + "</Code>" * depth
    with pytest.raises(ProjectError, match="more than 100 elements nested in one another"):
        read_project("p.qdpx", with_xml(f"<CodeBook><Codes>{codes}</Codes></CodeBook>"))


@given(st.data())
def test_damaged_xml_is_read_or_refused(data: st.DataObject) -> None:
    files = members(project())
    qde = files["project.qde"]
    start, end = (data.draw(st.integers(0, len(qde))) for _ in range(2))
    damaged = qde[:start] + data.draw(st.binary(max_size=9) | st.just(qde[end : end + 60])) + qde[start + 1 :]
    with suppress(ProjectError):
        for source in read_project("p.qdpx", zipped({**files, "project.qde": damaged})).sources:
            place(source, origin="")


@pytest.mark.skipif(not SAMPLE.exists(), reason="the project of another tool is not part of ours")
def test_the_project_of_another_tool_is_read() -> None:
    read = read_project("sample.qdpx", SAMPLE.read_bytes())
    assert read.origin.startswith("ATLAS.ti")
    simon = next(source for source in read.sources if source.name == "Simon.docx")
    assert simon.text is None and "is not in the .qdpx" in simon.fault
    assert (688, 907) in {(coding.start, coding.end) for coding in simon.codings}
    names = {coding.code for source in read.sources for coding in source.codings}
    assert ("bacon and eggs",) in names and ("Coke::diet Coke",) in names
    assert {coding.user for source in read.sources for coding in source.codings} <= {
        "Friedrich Markgraf",
        "Sebastian Petrausch",
    }
    assert any("are not texts" in fault for fault in read.faults)
