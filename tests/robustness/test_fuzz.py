"""Bytes, names and settings that nobody would send: no crash, no seed without a document or a row that says why."""

import gzip
import hashlib
import io
import json
import os
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scripts.core.csv_tables import write_csv
from scripts.core.storage import rows_to_table
from scripts.documents.batch import read_seeds
from scripts.documents.seeds import find_seeds, seed_id
from scripts.documents.settings import Settings
from scripts.documents.signatures import signature_table
from scripts.plan.settings import ConfigError, check
from tests.robustness.hostile import hostile_texts

_SENTENCE = "China maintains that enforcement alone cannot solve the crisis, a spokesperson said on Thursday.\n"
_PIECES = st.sampled_from(
    [
        "---\n",
        "title: x\n",
        "date: 2025-13-45\n",
        "a: &a [*a]\n",
        "text,title\n",
        "text\ttitle\n",
        '"',
        ",",
        ";",
        "\t",
        "\r\n",
    ]
    + [
        '{"text": "a"}\n',
        '{"text": "\\ud800"}\n',
        "[[[[",
        "{",
        "<html><body><p>",
        "</p>",
        "<script>",
        "<!--",
        "&#0;",
        "<![CDATA[",
    ]
    + [
        "<meta charset=utf-16>",
        "=cmd|' /C calc'!A0",
        "# ",
        "[a](b)",
        "**",
        "\x00",
        "\ufeff",
        "\u202e",
        "\u2028",
        "e\u0301",
    ]
    + ["{\\rtf1 ", "\\par\n", "\\u8217?", "}", "<rss><channel><item><title>", "</title></item></channel></rss>"]
    + ["WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99\r\n\r\n", "HTTP/1.1 200 OK\r\n"]
    + [
        "1 of 2 DOCUMENTS\n",
        "\nBody\n",
        "End of Document\n",
        "Document WSJ000020200101ab\n",
        "HD  A\nLP\nWC  3 words\n",
    ]
    + [_SENTENCE, "â€™", "%PDF-1.4\n", "PK\x03\x04", "stream\n", "endobj\n", "1 0 obj\n", "/Length 9999999999"]
)
_ENCODINGS = ("utf-8", "utf-16", "utf-16-be", "cp1252", "utf-7", "shift_jis")
_TEXT_BYTES = st.builds(
    lambda pieces, encoding: "".join(pieces).encode(encoding, errors="ignore"),
    st.lists(_PIECES | st.text(max_size=9), max_size=20),
    st.sampled_from(_ENCODINGS),
)
_MEMBER = st.tuples(
    st.text(st.sampled_from("ab./\\:\x00#é\n") | st.characters(codec="utf-8"), max_size=9), st.binary(max_size=99)
)

pytestmark = pytest.mark.filterwarnings("ignore:Duplicate name")


def _zip(members):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members:
            # Python 3.11 cuts a name at its first null character, and fails if nothing is left.
            archive.writestr(name.lstrip("\0") + ".txt", content)
    return packed.getvalue()


def _cut(data, at, byte):
    """Return the data with a byte changed and the end gone, as a disk or a line loses them."""
    at = at % (len(data) + 1)
    return data[: at // 2] + byte + data[at // 2 + 1 : len(data) - at % 7]


_FILES = (
    st.binary(max_size=200) | _TEXT_BYTES | _TEXT_BYTES.map(gzip.compress) | st.lists(_MEMBER, max_size=4).map(_zip)
)
_BYTES = _FILES | st.builds(_cut, _FILES, st.integers(0, 10_000), st.binary(max_size=2))
_NAMES = st.builds(
    "{}{}".format,
    st.binary(min_size=1, max_size=12).map(os.fsdecode).filter(lambda name: not set(name) & set("\0/")),
    st.sampled_from(
        [
            ".txt",
            ".md",
            ".csv",
            ".tsv",
            ".jsonl",
            ".json",
            ".xlsx",
            ".html",
            ".docx",
            ".pdf",
            ".rtf",
            ".rss",
            ".warc",
            ".warc.gz",
            ".wacz",
            ".zip",
            ".csv.gz",
            "",
            ".exe",
        ]
    ),
).filter(lambda name: name not in (".", ".."))
_SETTINGS = st.builds(
    Settings,
    encodings=st.dictionaries(st.sampled_from(["*", "*.txt", "a*", "["]), st.sampled_from(_ENCODINGS), max_size=2),
    name_pattern=st.sampled_from(["", r"(?P<date>\d+)_(?P<outlet>.*)", "(?P<title>.)", "(?P<x>x)"]),
    text_columns=st.lists(st.sampled_from(["text", "title", ""]), max_size=3).map(tuple),
    largest_megabytes=st.just(1),
)


def check_seeds(folder: Path, files: dict[str, bytes], chosen: Settings) -> None:
    """Read files as a batch and hold the laws."""
    seeds = []
    for name, data in files.items():
        (folder / name).write_bytes(data)
        seeds.append({"doc_id": seed_id(name), "path": name, "sha256": hashlib.sha256(data).hexdigest()})
    try:
        documents, problems = read_seeds(seeds, folder, chosen)
    finally:
        for name in files:
            (folder / name).unlink()
    reported = {row["seed"] for row in problems if row["severity"] == "error"}
    for seed in seeds:
        assert any(row["seed"] == seed["doc_id"] for row in documents) or any(
            name.startswith(seed["doc_id"]) for name in reported
        )
    assert len({row["doc_id"] for row in documents}) == len(documents)
    for row in documents:
        assert row["text"].strip() and json.loads(row["metadata"]) is not None
    assert signature_table(documents).num_rows == len(documents)
    for table, rows in (("batch_documents", documents), ("problems", problems)):
        write_csv(folder / f"{table}.csv", rows_to_table(table, rows))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("fuzz")


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=150)
@given(files=st.dictionaries(_NAMES, _BYTES, min_size=1, max_size=3), chosen=_SETTINGS)
def test_any_bytes_under_any_name(folder, files, chosen):
    check_seeds(folder, files, chosen)


@pytest.mark.slow
@settings(suppress_health_check=list(HealthCheck), max_examples=10_000)
@given(files=st.dictionaries(_NAMES, _BYTES, min_size=1, max_size=3), chosen=_SETTINGS)
def test_thousands_of_bytes_under_any_name(folder, files, chosen):
    check_seeds(folder, files, chosen)


@pytest.mark.slow
@pytest.mark.parametrize("ending", [".txt", ".md", ".csv", ".jsonl", ".html"])
def test_a_megabyte_of_anything(folder, ending):
    for _, text in hostile_texts(1_000_000):
        check_seeds(folder, {f"a{ending}": text.encode("utf-8", errors="replace")}, Settings())


@settings(max_examples=50)
@given(names=st.sets(st.binary(min_size=1, max_size=20).filter(lambda name: not set(name) & set(b"\0/")), max_size=6))
def test_any_names_in_a_folder(names):
    with tempfile.TemporaryDirectory() as place:
        written = set()
        for name in names - {b".", b".."}:
            (Path(place) / os.fsdecode(name)).write_bytes(b"x")
            written.add(os.fsdecode(name))
        seeds, refused = find_seeds(place, largest=100)
        assert {seed.path for seed in seeds} <= written
        assert len({seed.doc_id for seed in seeds}) == len(seeds)
        assert not refused


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=6,
)
_KEYS = st.sampled_from(["seeds", "strict", "model", "batch_size", "input", "tables", "words", "framing"]) | st.text(
    max_size=9
)


@given(
    st.dictionaries(_KEYS, _VALUES | st.fixed_dictionaries({"encodings": _VALUES, "name_pattern": _VALUES}), max_size=4)
)
def test_any_settings_are_taken_or_named(config):
    try:
        check(config)
    except ConfigError as error:
        assert any(str(key) in str(error) for key in config)
