"""Floors: they hold, they rise, they do not fall."""

import json

import pytest

from benchmarks.evaluation.floors import fallen, raise_floors


@pytest.fixture
def gold(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text("{}\n", encoding="utf-8")
    return path


def test_a_new_floor_is_a_little_below(tmp_path, gold):
    path = tmp_path / "floors.json"
    raise_floors(path, gold, {"att F": 70.0})
    assert json.loads(path.read_text(encoding="utf-8"))["floors"] == {"att F": 69.5}
    assert fallen(path, gold, {"att F": 69.6}) == []
    assert len(fallen(path, gold, {"att F": 69.4})) == 1
    assert len(fallen(path, gold, {})) == 1


def test_floors_rise_and_are_not_lowered(tmp_path, gold):
    path = tmp_path / "floors.json"
    raise_floors(path, gold, {"att F": 70.0})
    raise_floors(path, gold, {"att F": 69.7})
    assert json.loads(path.read_text(encoding="utf-8"))["floors"] == {"att F": 69.5}
    raise_floors(path, gold, {"att F": 75.0})
    before = path.read_bytes()
    with pytest.raises(ValueError, match="not lowered"):
        raise_floors(path, gold, {"att F": 70.0})
    assert path.read_bytes() == before


def test_other_gold_is_no_excuse(tmp_path, gold):
    path = tmp_path / "floors.json"
    raise_floors(path, gold, {"att F": 70.0})
    gold.write_text("{} \n", encoding="utf-8")
    with pytest.raises(ValueError, match="other gold"):
        fallen(path, gold, {"att F": 99.0})
    with pytest.raises(ValueError, match="other gold"):
        raise_floors(path, gold, {"att F": 99.0})
