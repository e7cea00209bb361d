"""YAML of the user's: no few lines of it stand for millions of values."""

from pathlib import Path

import pytest
import yaml

from scripts.core import user_yaml
from scripts.core.limits import LimitError
from scripts.core.user_yaml import read_user_yaml


def multiplied(levels: int, repeated: str) -> str:
    """Return YAML with nine aliases a level, each of nine aliases of the level above."""
    lines = ["a0: &a0 {k: v}"]
    lines += [f"a{n}: &a{n} {repeated.format(', '.join([f'*a{n - 1}'] * 9))}" for n in range(1, levels)]
    return "\n".join(lines)


@pytest.mark.parametrize("repeated", ["[{}]", "{{x: [{}]}}", "{{<<: [{}]}}"])
def test_aliases_count_as_what_they_repeat(tmp_path: Path, repeated: str) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(multiplied(3, repeated))
    assert set(read_user_yaml(file)) == {"a0", "a1", "a2"}
    file.write_text(multiplied(10, repeated))
    with pytest.raises(LimitError, match=r"more than 1,000,000 values, counting those that aliases \(\*name\) repeat"):
        read_user_yaml(file)


def test_an_alias_of_a_single_value_counts_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(user_yaml, "_MOST_VALUES", 20)
    file = tmp_path / "a.yaml"
    file.write_text(f"[&a 4, {', '.join(['*a'] * 18)}]")
    assert read_user_yaml(file) == [4] * 19
    file.write_text(f"[&a 4, {', '.join(['*a'] * 19)}]")
    with pytest.raises(LimitError, match="more than 20 values"):
        read_user_yaml(file)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a: &a [*a]", r"\*a is inside what it stands for"),
        ("a: " + "[" * 60 + "]" * 60, "50 levels"),
        ("- " * 60 + "a", "50 levels"),
    ],
)
def test_circles_and_depth_are_refused(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "a.yaml").write_text(text)
    with pytest.raises(LimitError, match=reason):
        read_user_yaml(tmp_path / "a.yaml")


def test_a_file_of_settings_that_is_no_settings_is_refused_by_its_size(tmp_path: Path) -> None:
    with (tmp_path / "a.yaml").open("wb") as file:
        file.truncate(3_000_000_000)
    with pytest.raises(LimitError, match="it has 3,000 MB; the limit is 10 MB"):
        read_user_yaml(tmp_path / "a.yaml")


@pytest.mark.parametrize(("encoding", "line"), [("cp1252", 2), ("utf-16", 1)])
def test_another_encoding_than_utf8_is_told_with_its_line(tmp_path: Path, encoding: str, line: int) -> None:
    (tmp_path / "a.yaml").write_text("report:\n  title: Café\n", encoding=encoding)
    with pytest.raises(yaml.YAMLError, match=f"line {line} has characters that are not UTF-8.* Save it as UTF-8"):
        read_user_yaml(tmp_path / "a.yaml")
