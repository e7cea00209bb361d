"""The command that scores attributions against gold data."""

from collections import Counter

import pytest

from benchmarks.evaluation.__main__ import calibration, main
from benchmarks.evaluation.scoring import Scored


def test_no_draws_are_refused(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr("sys.argv", ["evaluation", str(tmp_path / "gold.jsonl"), "--resamples", "0"])
    with pytest.raises(SystemExit) as exit_:
        main()
    assert exit_.value.code == 2
    assert "--resamples must be 1 or more" in capsys.readouterr().err


def test_the_error_of_confidences_is_told_beside_that_of_chance():
    verdicts = [({"score": 0.9}, True), ({"score": 0.9}, False), ({"score": 0.2}, False), ({"score": 0.2}, False)]
    of_documents = [Scored(Counter(), verdicts[:2], [], [], []), Scored(Counter(), verdicts[2:], [], [], [])]
    text = calibration(of_documents)[-1]
    assert text.startswith("25.0 % are right at a mean confidence of 55.0 %.")
    assert "calibration error over ten bins is 0.300, by chance 0." in text
    assert calibration([Scored(Counter(), [], [], [], [])]) == []
