"""The program that draws the figures."""

import json
import sys

from scripts.report.figures import __main__ as program


def test_the_settings_of_a_run_and_their_fingerprint_go_to_the_gallery(tmp_path, monkeypatch):
    drawn = []

    def draw_all(tables, output, settings, *, fingerprint, processes):
        drawn.append((tables.name, output.name, settings, json.loads(fingerprint), processes))

    monkeypatch.setattr(program, "draw_all", draw_all)
    stage = {"settings": {"sources_known": 0.6}}
    (tmp_path / "stage.json").write_text(json.dumps(stage), encoding="utf-8")
    options = {"tables": "tables", "output": "figures", "settings": str(tmp_path / "stage.json"), "processes": "3"}
    monkeypatch.setattr(
        sys, "argv", ["figures", *(text for pair in options.items() for text in ("--" + pair[0], pair[1]))]
    )
    program.main()
    assert drawn == [("tables", "figures", stage["settings"], stage, 3)]
