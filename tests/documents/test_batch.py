import errno
import json
import subprocess
import sys
import unicodedata

import pyarrow.parquet as pq
import pytest

from scripts.core import expressions
from scripts.documents import metadata
from scripts.documents.batch import _LOST, read_seeds
from scripts.documents.seeds import find_seeds
from scripts.documents.settings import Settings
from tests.documents.reading import SENTENCE


@pytest.fixture
def run(tmp_path):
    """Write files (name to bytes) into a folder and read them: (documents by doc_id, problems)."""

    def read(files, **settings):
        for name, data in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(data)
        seeds, _ = find_seeds(tmp_path, largest=100)
        rows, problems = read_seeds([seed._asdict() for seed in seeds], tmp_path, Settings(**settings))
        return {row["doc_id"]: row for row in rows}, [
            (p["seed"], p["severity"], p["code"], p["offset"]) for p in problems
        ]

    return read


def test_bad_seeds_are_problems_and_the_rest_is_read(run):
    documents, problems = run(
        {
            "good.txt": SENTENCE.encode(),
            "empty.txt": b"",
            "blank.txt": b"\n \n\xc2\xa0",
            "binary.txt": bytes(range(256)) * 8,
            "old.txt": "It’s what she said on Thursday.".encode("cp1252"),
            "nul.txt": SENTENCE.encode() + b"\0\0",
            "sheet.xls": b"\xd0\xcf\x11\xe0",
            "soft.txt": f"{SENTENCE}\u00ad".encode(),
        }
    )
    assert sorted(documents) == ["good.txt", "nul.txt", "old.txt", "soft.txt"]
    assert documents["old.txt"]["encoding"] == "cp1252"
    assert documents["nul.txt"]["text"] == documents["soft.txt"]["text"] == SENTENCE
    assert problems == [
        ("binary.txt", "error", "not-text", 1),
        ("blank.txt", "error", "empty", None),
        ("empty.txt", "error", "empty", None),
        ("nul.txt", "warning", "characters", None),
        ("old.txt", "note", "encoding", 2),
        ("sheet.xls", "error", "format", None),
        ("soft.txt", "note", "characters", None),
    ]


def test_markdown_loses_its_signs(run):
    source = (
        "---\ntitle: A briefing\nauthor: [A. Lee, B. Roe]\nurl: https://example.org\n---\n"
        "# Head\r\n\r\nThe **U.S.** [side](https://example.org/x_y) said *no*: 2 * 3 * 4, snake_case_name, a\\_b.\r\n"
        "\r\n> “Quoted,” he said.\r\n\r\n- one of those things\r\n"
    )
    documents, problems = run({"a.md": source.encode()})
    row = documents["a.md"]
    assert row["title"] == "A briefing"
    assert json.loads(row["metadata"]) == {"author": "A. Lee; B. Roe", "url": "https://example.org"}
    assert row["text"] == (
        "Head\n\nThe U.S. side said no: 2 * 3 * 4, snake_case_name, a_b.\n\n“Quoted,” he said.\n\none of those things\n"
    )
    assert problems == []


def test_a_seed_that_changed_or_went_is_a_problem(tmp_path):
    (tmp_path / "a.txt").write_text(SENTENCE, encoding="utf-8")
    seeds = [
        {"doc_id": "a.txt", "path": "a.txt", "sha256": "0" * 64},
        {"doc_id": "b.txt", "path": "b.txt", "sha256": "0" * 64},
    ]
    documents, problems = read_seeds(seeds, tmp_path, Settings())
    assert not documents
    assert [(row["seed"], row["code"]) for row in problems] == [("a.txt", "changed"), ("b.txt", "gone")]


def test_a_machine_that_opens_no_file_is_no_fault_of_a_seed(tmp_path, monkeypatch):
    seed = {"doc_id": "a.txt", "path": "a.txt", "sha256": "0" * 64}
    for number, codes in ((errno.EIO, ["gone"]), (errno.EMFILE, None)):
        monkeypatch.setattr("os.open", lambda *_, number=number: (_ for _ in ()).throw(OSError(number, "planted")))
        if codes:
            assert [row["code"] for row in read_seeds([seed], tmp_path, Settings())[1]] == codes
        else:
            with pytest.raises(OSError, match="planted"):
                read_seeds([seed], tmp_path, Settings())


def test_a_file_that_has_grown_too_large_is_not_read(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"x" * 1_000_001)
    seed = {"doc_id": "a.txt", "path": "a.txt", "sha256": "0" * 64}
    _, problems = read_seeds([seed], tmp_path, Settings(largest_megabytes=1))
    assert [(row["seed"], row["code"]) for row in problems] == [("a.txt", "too-large")]


def test_languages_are_told_apart(run):
    german = "Die Bundesregierung hat am Donnerstag neue Maßnahmen gegen den Handel mit Drogen beschlossen."
    documents, problems = run({"de.txt": german.encode(), "en.txt": SENTENCE.encode(), "short.txt": b"Hello."})
    assert {name: row["language"] for name, row in documents.items()} == {
        "de.txt": "de",
        "en.txt": "en",
        "short.txt": "und",
    }
    assert problems == []


def test_garbled_text_is_repaired_with_a_note(run):
    sound = "It’s “so”, naïve Ångström said: €5 – 7."
    garbled = sound.encode().decode("cp1252", "replace")
    split = unicodedata.normalize("NFD", "The Señora of Nuño left.".encode().decode("cp1252"))
    files = {"a.txt": sound, "b.txt": garbled, "c.txt": split, "d.txt": "The nationÃ¢s ferry sails."}
    documents, problems = run({name: text.encode() for name, text in files.items()})
    assert documents["a.txt"]["text"] == documents["b.txt"]["text"] == sound
    assert documents["c.txt"]["text"] == "The Señora of Nuño left."
    assert documents["d.txt"]["text"] == files["d.txt"]
    notes = [(name, "note", "garbled", None) for name in ("b.txt", "c.txt")]
    assert problems == [*notes, ("d.txt", "warning", "lost-marks", None)]


def test_tags_in_plain_text_are_left_out_with_a_note(run):
    plain = 'It <post id="6611"><post/> rained. <time datetime="2016-01-02">Saturday</time> <3 & a < b, <ann@a.org>.'
    documents, problems = run({"a.txt": plain.encode(), "b.txt": b"She said <we go> to x <y and z> w, <Acme>."})
    assert documents["a.txt"]["text"] == "It  rained. Saturday <3 & a < b, <ann@a.org>."
    assert documents["b.txt"]["text"] == "She said <we go> to x <y and z> w, <Acme>."
    assert problems == [("a.txt", "note", "characters", None)]


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("The senator?s aide said: ?We won?t.? It is so.", 3),
        ("\ufffdWe will,\ufffd he said.", 2),
        ("Is it so? Who knows? See https://a.org/x?s=1&t=2 (what?) or a?b.", 0),
    ],
)
def test_lost_marks_are_a_warning(run, text, lost):
    _, problems = run({"a.txt": text.encode()})
    assert problems == [("a.txt", "warning", "lost-marks", None)] * (lost > 0)
    assert sum(1 for _ in _LOST.finditer(text)) == lost


def test_where_metadata_comes_from(run):
    files = {
        "2025-05-01_Wire_x.txt": b"---\nTitle: In the file\noutlet: Other\n---\n" + SENTENCE.encode(),
        "t.csv": f'text,title\n"{SENTENCE}",In the row\n'.encode(),
        "metadata.csv": b"path,title,desk\n2025-05-01_Wire_x.txt,In the sheet,\nt.csv#2,,Foreign\n",
    }
    documents, problems = run(files, name_pattern=r"(?P<date>\d{4}-\d\d-\d\d)_(?P<outlet>[^_/]+)_")
    row = documents["2025-05-01_Wire_x.txt"]
    assert (row["title"], row["date"], row["outlet"]) == ("In the sheet", "2025-05-01", "Other")
    assert documents["t.csv#2"]["title"] == "In the row"
    assert documents["t.csv#2"]["metadata"] == '{"desk": "Foreign"}'
    assert problems == [("2025-05-01_Wire_x.txt", "note", "metadata", None)] * 2


def test_the_sheet_is_cleaned_and_its_lines_that_fit_no_row_are_told(run):
    sheet = '"path","=1+1 \u202ex",Headline,published\nt.csv#2,@SUM(1),The\u200b head,1 May 2025\nt.csv#9,,x,\nt.csv,,y'
    documents, problems = run({"t.csv": f'text\n"{SENTENCE}"\n'.encode(), "metadata.csv": sheet.encode()})
    row = documents["t.csv#2"]
    assert (row["title"], row["date"]) == ("The head", "2025-05-01")
    assert json.loads(row["metadata"]) == {"1_1_x": "@SUM(1)"}
    assert problems == [("t.csv", "warning", "metadata", None)] * 2


def test_columns_of_the_sheet_that_count_as_one_and_differ_are_told(run):
    sheet = b"path,title,headline\na.txt,One,Two\n"
    documents, problems = run({"a.txt": SENTENCE.encode(), "metadata.csv": sheet})
    assert documents["a.txt"]["title"] == "One"
    assert problems == [("a.txt", "warning", "metadata-twice", None)]


def test_the_command_writes_its_tables_and_they_are_the_same_each_time(tmp_path):
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "a\nb.txt").write_text(SENTENCE, encoding="utf-8")
    (seeds / "c.txt").write_bytes(b"")
    entries, _ = find_seeds(seeds, largest=100)
    (tmp_path / "batch.jsonl").write_text("".join(json.dumps(seed._asdict()) + "\n" for seed in entries))
    (tmp_path / "stage.json").write_text('{"settings": {"input": {}}, "packages": {}}')
    written = []
    for run in "12":
        outputs = [tmp_path / f"{name}{run}.parquet" for name in ("documents", "problems", "signatures")]
        places = {"manifest": tmp_path / "batch.jsonl", "seeds": seeds, "settings": tmp_path / "stage.json"}
        places["lost"] = tmp_path / "lost"
        places |= dict(zip(("documents", "problems", "signatures"), outputs, strict=True))
        arguments = [str(part) for name, path in places.items() for part in (f"--{name}", path)]
        subprocess.run([sys.executable, "-m", "scripts.core.launch", "scripts.documents", *arguments], check=True)
        written.append([path.read_bytes() for path in outputs])
    assert written[0] == written[1]
    assert pq.read_table(outputs[0]).column("doc_id").to_pylist() == [r"a\x0ab.txt"]
    assert pq.read_table(outputs[1]).column("code").to_pylist() == ["empty"]
    assert pq.read_table(outputs[2]).column("doc_id").to_pylist() == [r"a\x0ab.txt"]


def test_a_text_that_is_too_long_is_refused_and_the_row_below_it_read(run):
    rows = f'text\n"{"a " * 300}"\n"{SENTENCE}"\n'
    documents, problems = run({"t.csv": rows.encode()}, longest_text=500)
    assert list(documents) == ["t.csv#3"]
    assert problems == [("t.csv#2", "error", "too-long", None)]


def test_a_name_pattern_costs_its_time_once_a_file_and_not_once_a_row(run, monkeypatch):
    monkeypatch.setattr(expressions, "_SECONDS", 0.1)
    rows = "text\n" + f'"{SENTENCE}"\n' * 30
    documents, problems = run({f"{'a' * 60}.csv": rows.encode()}, name_pattern=r"(?P<title>(?:\w|\w\w)+)[_-]")
    assert len(documents) == 30
    assert problems == [(f"{'a' * 60}.csv", "warning", "name-pattern", None)]


def test_a_name_pattern_is_given_up_after_a_time_for_all_names_with_one_row(run, monkeypatch):
    monkeypatch.setattr(expressions, "_SECONDS", 0.1)
    monkeypatch.setattr(metadata, "_SECONDS_FOR_NAMES", 0.15)
    names = [f"{letter * 60}.txt" for letter in "abcdef"]
    files = dict.fromkeys(names, SENTENCE.encode())
    documents, problems = run(files, name_pattern=r"(?P<title>(?:\w|\w\w)+)[_-]")
    assert len(documents) == 6
    # Stopped on two names, by what was left on the second, and given up at the third.
    assert problems == [(name, "warning", "name-pattern", None) for name in names[:3]]


def test_a_stated_language_is_a_code_of_iso_639_or_it_is_detected(run):
    stated = {
        "en": "en",
        "EN-gb": "en",
        "eng": "en",
        "English": "en",
        "ger": "de",
        "deu": "de",
        "unk": "en",
        "xx": "en",
    }
    files = {f"{name}.txt": f"---\nlanguage: {name}\n---\n{SENTENCE}".encode() for name in stated}
    documents, problems = run(files)
    assert {name.removesuffix(".txt"): row["language"] for name, row in documents.items()} == stated
    assert problems == [("unk.txt", "note", "language", None), ("xx.txt", "note", "language", None)]
