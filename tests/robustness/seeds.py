"""A folder of seeds as nobody would wish it, and what must become of each of them."""

import contextlib
import io
import os
import socket
import stat
import sys
import zipfile
from pathlib import Path

import pytest

GOOD = "Mayor Ann Smith said the harbour will close.\n"
# Marks that show in a document of HTML or SVG as a tag or an attribute if something was not escaped.
TAG = "<evil-tag>"
EVIL = f'"\'><evil-tag evil-attribute="1" onerror=alert(1)></script></style></title>{TAG}<!--'
NAMES = [
    "with space.txt",
    'it\'s "quoted".txt',
    "-rf.txt",
    "--help",
    "a\nb.txt",
    "tab\there.txt",
    "新闻.txt",
    "{braces}.txt",
    "{{ 7 * 7 }}.txt",
    "{batch}.txt",
    "$(touch hacked).txt",
    "`touch hacked`.txt",
    "x; touch hacked; .txt",
    "x|touch hacked",
    "*.txt",
    "%s%n.txt",
    "x\\..\\up.txt",
    "photo\u202egpj.txt",
    "=HYPERLINK(1).txt",
    "@SUM(1).txt",
    "+1.txt",
    "$x^{2}$.txt",
    "</script><evil-tag>.txt".replace("/", "\u2215"),
    '" onerror=alert(1) evil-attribute=".txt',
    "<evil-tag>.txt",
    "n" * 240 + ".txt",
]
_NOT_UTF8 = b"bytes-\xff.txt"


def _zip() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("../../escaped.txt", "/escaped.txt", "C:\\escaped.txt", "..\\escaped.txt", "a/../../escaped.txt"):
            archive.writestr(name, GOOD)
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("nested.zip", b"PK\x03\x04")
        archive.writestr("inside.txt", f"{GOOD}It was packed.")
        archive.writestr("bomb.txt", b"0" * 101_000_000)
    return packed.getvalue()


def _formulas() -> str:
    cells = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\t=1+1", "\r=1", '"=1+1"', f"'={EVIL}"]
    rows = (f'"{n}: {GOOD.strip()}","{cell.replace(chr(34), chr(34) * 2)}"' for n, cell in enumerate(cells))
    return 'text,"=1+1"\n' + "\n".join(rows) + "\n"


def write(folder: Path) -> tuple[set[str], dict[str, set[str]]]:
    """Fill a folder. Gives the ids of the documents that must come out of it, and for each refusal its codes."""
    if sys.getfilesystemencoding() != "utf-8":
        pytest.skip("the locale has no names of files but ASCII ones")
    good: set[str] = set()
    bad: dict[str, set[str]] = {}

    def put(
        name: str | bytes, content: str | bytes, *, doc_id: str | None = None, codes: set[str] | None = None
    ) -> None:
        path = folder / os.fsdecode(name)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", errors="surrogatepass"))
        doc_id = doc_id or os.fsdecode(name)
        if codes:
            bad[doc_id] = codes
        else:
            good.add(doc_id)

    shown = {"a\nb.txt": r"a\x0ab.txt", "tab\there.txt": r"tab\x09here.txt", "x\\..\\up.txt": r"x\x5c..\x5cup.txt"}
    shown |= {"photo\u202egpj.txt": r"photo\u202egpj.txt"}
    for number, name in enumerate(NAMES):
        put(name, f"{GOOD}It is number {number}.\n", doc_id=shown.get(name, name))
    put(_NOT_UTF8, f"{GOOD}Its name is not UTF-8.\n", doc_id=r"bytes-\xff.txt")

    put("good.txt", GOOD)
    put("copy.txt", GOOD)
    put("latin.txt", "Le maire a parl\u00e9. Smith said \u201cno\u201d in the caf\u00e9.".encode("cp1252"))
    put("empty.txt", "", codes={"empty"})
    put("binary.txt", bytes(range(256)) * 20, codes={"not-text"})
    put("nuls.txt", "\0".join(GOOD.split(" ")) + GOOD * 9)
    put("only nuls.txt", b"\0" * 5_000, codes={"empty"})
    put("long word.txt", "x" * 1_000_000 + " said so.")
    put("directions.txt", f"\u202e{GOOD}\u2066 The end is \u200fnear.")
    put(
        "surrogates.jsonl",
        '{"text": "Smith said \\ud800 that it is over."}\n{"text": 1}\n[]\nno\n',
        doc_id="surrogates.jsonl#1",
    )
    bad |= {f"surrogates.jsonl#{line}": {"row", "no-text-column"} for line in (2, 3, 4)}
    put("formulas.csv", _formulas(), doc_id="formulas.csv#2")
    good.update(f"formulas.csv#{row}" for row in range(2, 10))
    put("markup.txt", f'"It is {EVIL} over," said Mayor Ann {TAG} Smith. He blamed {EVIL} for the crisis.\n\n{EVIL}\n')
    front = f'title: "{EVIL.replace(chr(34), chr(39))}"\noutlet: "=1+1 {TAG}"\n"={TAG}": 1'
    put("front.md", f"---\n{front}\n---\n{GOOD}It has a title.\n")
    put("deep.md", "---\na: " + "[" * 9_000 + "\n---\n" + GOOD + "It is deep.\n")
    put("aliases.md", "---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n" + GOOD + "It has aliases.\n")
    put("tags.md", "---\na: !!python/object/apply:os.system ['touch hacked']\n---\n" + GOOD + "It has tags.\n")

    nested = "[" * 600 + "1" + "]" * 600
    put("nested.jsonl", f'{{"text": "{GOOD.strip()} It nests.", "x": {nested}}}\n', doc_id="nested.jsonl#1")
    put("twice.jsonl", '{"text": "no", "text": "Smith said that this is the last."}\n', doc_id="twice.jsonl#1")
    odd_dates = ("1 Jan 20240000000000000000 10:00:00 +0000", "+9999-01-01", "0000-01", "0205-05-01", "0001", "9999")
    for number, written in enumerate((*odd_dates, "\u0662\u0660\u0662\u0665", "2025-05-01")):
        put(f"date {number}.txt", f"---\ndate: '{written}'\n---\n{GOOD}It has date {number}.\n")
    put("unknown.txt", f"---\nlanguage: unk\n---\n{GOOD}Its language is said to be unknown.\n")
    names = ", ".join(f"Ann Smith{'abcdefghij'[n % 10]}{'klmnopqrst'[n // 10 % 10]}" for n in range(300))
    put("names.txt", f"The mayor blamed {names} for the crisis.\n")

    put("broken.html", b"<html><body><img src=x onerror=alert(1)><p", codes={"no-text", "extra"})
    put("broken.docx", b"PK\x03\x04 broken", codes={"broken", "extra"})
    put("broken.pdf", b"%PDF-1.4\n1 0 obj\n<< /Length 9999999999 >>\nstream\n", codes={"broken", "extra", "no-text"})
    put("broken.rtf", b"{\\rtf1" + b"{" * 100_000, codes={"no-text", "extra"})
    put("broken.rss", b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><rss>&b;", codes={"no-text", "extra"})
    put("broken.warc", b"WARC/1.0\r\nContent-Length: 99999999999\r\n\r\n", codes={"no-text", "broken", "extra"})
    put("broken.wacz", b"PK\x03\x04 broken", codes={"broken", "extra"})
    export = (
        f"{EVIL}\n=1+1\n\nMay 1, 2020\n\n{EVIL}\n\nBYLINE: =cmd|x\n\nLENGTH: 3 words\n\n{GOOD}It is in an export.\n"
    )
    put("export.txt", f"1 of 2 DOCUMENTS\n\n{export}\n2 of 2 DOCUMENTS\n\nLENGTH: 0 words\n", doc_id="export.txt#1")
    bad["export.txt#2"] = {"empty"}
    put("broken.txt.gz", b"\x1f\x8b broken", codes={"broken"})
    put("broken.zip", b"PK\x03\x04 broken", codes={"broken"})
    put("picture.exe", b"MZ", codes={"format"})
    put("old.zip", _zip(), doc_id="old.zip/inside.txt")
    bad |= {
        f"old.zip/{name}": {code}
        for name, code in (
            ("../../escaped.txt", "traversal"),
            ("/escaped.txt", "traversal"),
            (r"C:\x5cescaped.txt", "traversal"),
            (r"..\x5cescaped.txt", "traversal"),
            ("a/../../escaped.txt", "traversal"),
            ("link.txt", "link"),
            ("nested.zip", "nested"),
            ("bomb.txt", "too-large"),
        )
    }

    (folder / "metadata.csv").write_text(
        f'path,title,"=1+1","{TAG}"\ngood.txt,"=cmd|\' /C calc\'!A0",@x,"{EVIL.replace(chr(34), chr(34) * 2)}"\n'
        f"../../etc/passwd,x,,\n/etc/passwd,x,,\n{'#1' * 40_000},x,,\n{'/' * 200_000},x,,\n",
        encoding="utf-8",
    )
    bad["metadata.csv"] = {"metadata"}
    (folder / "metadata.json").write_text(
        f'[{{"id": "../../etc/passwd"}}, {{"id": "good", "title": "={TAG}", "x": {nested}}}]', encoding="utf-8"
    )
    bad["metadata.json"] = {"metadata"}
    (folder / "link.txt").symlink_to("/etc/passwd")
    (folder / "folder link").symlink_to("/etc")
    (folder / "dangling.txt").symlink_to("nowhere")
    bad |= {name: {"link"} for name in ("link.txt", "folder link", "dangling.txt")}
    os.mkfifo(folder / "pipe.txt")
    bad["pipe.txt"] = {"special"}
    with contextlib.closing(socket.socket(socket.AF_UNIX)) as made, contextlib.chdir(folder):
        made.bind("socket.txt")  # the whole path may be longer than the name of a socket can be
    bad["socket.txt"] = {"special"}
    with contextlib.suppress(PermissionError):  # only root may make a device
        os.mknod(folder / "device.txt", stat.S_IFCHR | 0o666, os.makedev(1, 5))
        bad["device.txt"] = {"special"}
    deep = folder / "/".join(["deep"] * 20)
    deep.mkdir(parents=True)
    (deep / "a.txt").write_text(f"{GOOD}It lies deep.\n", encoding="utf-8")
    good.add("deep/" * 20 + "a.txt")
    return good, bad
