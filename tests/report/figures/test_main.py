"""The program that draws the figures, and what it says of characters without a font."""

import json
import sys

import pytest

from scripts.report.figures import __main__ as program


@pytest.mark.parametrize(("missing", "said_of"), [("王", True), ("", False)])
def test_characters_without_a_font_are_told_of(tmp_path, monkeypatch, capsys, missing, said_of):
    drawn = []

    def draw_all(tables, output, settings, *, fingerprint, processes):
        drawn.append((tables.name, output.name, settings, json.loads(fingerprint), processes))
        return missing

    monkeypatch.setattr(program, "draw_all", draw_all)
    stage = {"settings": {"figures": {"fonts": ["Noto Sans"]}}}
    (tmp_path / "stage.json").write_text(json.dumps(stage), encoding="utf-8")
    options = {"tables": "tables", "output": "figures", "settings": str(tmp_path / "stage.json"), "processes": "3"}
    monkeypatch.setattr(
        sys, "argv", ["figures", *(text for pair in options.items() for text in ("--" + pair[0], pair[1]))]
    )
    program.main()
    assert drawn == [("tables", "figures", stage["settings"], stage, 3)]
    assert ("no glyph for 王" in capsys.readouterr().err) == said_of
