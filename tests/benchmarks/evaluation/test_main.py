"""The command that scores attributions against gold data."""

import pytest

from benchmarks.evaluation.__main__ import main


def test_no_draws_are_refused(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr("sys.argv", ["evaluation", str(tmp_path / "gold.jsonl"), "--resamples", "0"])
    with pytest.raises(SystemExit) as exit_:
        main()
    assert exit_.value.code == 2
    assert "--resamples must be 1 or more" in capsys.readouterr().err
