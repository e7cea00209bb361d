"""The command that scores attributions against gold data."""

from collections import Counter

import pytest

from benchmarks.evaluation.__main__ import by_group, calibration, main
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


def test_groups_of_five_documents_or_more_have_scores():
    gold = [{"doc_id": f"nyt_{n}"} for n in range(5)] + [{"doc_id": f"x_{n}", "group": "Africa"} for n in range(6)]
    gold.append({"doc_id": "post_1"})
    right = [*[1] * 5, *[0] * 6, 1]
    scored = [Scored(Counter(right=n, predicted=1, gold=2), [], [], [], []) for n in right]
    *_, africa, nyt = by_group(gold, scored, resamples=10).splitlines()
    assert africa == "| Africa | 6 | 0.0 | 0.0 | 0.0 | 0.0 to 0.0 |"
    assert nyt == "| nyt | 5 | 100.0 | 50.0 | 66.7 | 66.7 to 66.7 |"
