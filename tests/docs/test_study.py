"""The study: its numbers lead to rows, and are those of a run of the example that it is about."""

import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from docs.make_study import DOCS, FIGURES, Source, claims, study
from scripts.core.schemas import entries
from scripts.core.storage import ROOT

_VIEW = {"view_shares", "view_contrasts", "view_key_words"}


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def test_each_number_of_the_study_leads_to_its_row_and_each_row_to_a_column():
    shown = re.findall(r"\[([^\]]+)\]\(study-numbers\.md#n(\d+)\)", page("study.md"))
    rows = re.findall(r"^\| `(.+?)` \| (.+?) \| (.+?) \|$", page("study-numbers.md"), re.M)
    number = re.compile(r'<a id="n(\d+)"></a>([\w, ]+): ([^;]+)')
    there = {(value, place) for _, _, numbers in rows for place, _, value in number.findall(numbers)}
    assert {*shown} == there and len(there) > 60
    for table, keys, numbers in rows:
        name = table.rpartition("/")[2]
        known = {*entries()[name]["columns"], "party"} if name in entries() else set()
        columns = {column for _, named, _ in number.findall(numbers) for column in named.split(", ")} - {"rows"}
        named = columns | {pair.split(": ")[0] for pair in keys.split("; ") if keys != "all"}
        assert name in _VIEW or named <= known, table


def test_the_study_says_what_its_template_says():
    text = re.sub(r"\[[^\]]+\]\(study-numbers\.md#n\d+\)", "#", page("study.md"))
    template = re.sub(r"\{\{ (?:number|share|count)\(.*?\) \}\}", "#", page("study.md.j2"))
    parts = [part for part in re.split(r"\{[{%].*?[%}]\}", template) if len(part) > 30]
    assert len(parts) >= 3 and [part for part in parts if part.strip() not in text] == []
    own = [line for line in page("study.md").splitlines() if not line.startswith(">")]
    assert len(" ".join(own).split()) <= 1400
    assert all((DOCS / "images" / f"study-{name}.svg").is_file() for name in FIGURES)


def test_a_number_is_of_one_row_and_keeps_its_place(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    rows = pd.DataFrame(
        {"kind": ["a", "b", "b"], "estimate": [0.256, 0.5, 3.0], "lo": [0.1, 0.4, 1.0], "hi": [0.9, 1.0, 4.0]}
    )
    rows.to_parquet(tmp_path / "tables" / "shares.parquet")
    source = Source(tmp_path, [])
    assert source.share("shares", kind="a") == "[26 % (10 to 90)](study-numbers.md#n1)"
    assert source.number("shares", "estimate", kind="a") == "[0.26](study-numbers.md#n2)"
    assert source.count("shares", kind="b") == "[2](study-numbers.md#n3)"
    assert source.cited[0] == ("26 % (10 to 90)", "shares", {"kind": "a"}, ("estimate", "lo", "hi"))
    with pytest.raises(ValueError, match=r"shares has 2 rows with \{'kind': 'b'\}, not one"):
        source.share("shares", kind="b")


@pytest.mark.slow
def test_the_study_is_what_a_run_of_its_example_gives(tmp_path: Path) -> None:
    settings = ["--configfile", "examples/senate/config.yaml", "--config", f"results={tmp_path / 'senate'}"]
    command = [sys.executable, "-m", "snakemake", "--cores", "2", *settings]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    assert [sentence for sentence, is_true in claims(Source(tmp_path / "senate", [])) if not is_true] == []
    assert study(tmp_path / "senate") == (page("study.md"), page("study-numbers.md"))
