"""The configuration: what the file shows is what the schema has, and mistakes are named."""

import re
from datetime import date

import pytest
import yaml
from snakemake.cli import parse_config

from scripts.plan.settings import ConfigError, check, check_yaml, defaults
from tests.conftest import ROOT


def test_the_file_shows_every_default():
    assert yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8")) == defaults()


def test_defaults_are_filled_in():
    assert check({}) == defaults()
    assert check({"tables": {"csv_max_rows": 7}})["tables"]["csv_max_rows"] == 7


@pytest.mark.parametrize(
    ("words", "settings"),
    [
        ("strict=true", {"strict": True}),
        ("quotes={min_confidence: 0.7}", {"quotes": {"min_confidence": 0.7}}),
        ("words={n: [2, 4]}", {"words": {"n": [2, 4]}}),
        ("rates={words: [2020, yes], most: 4}", {"rates": {"words": ["2020", "yes"], "most": 4}}),
        ("entities={aliases: {merge: {Ann Lee: [1999]}}}", {"entities": {"aliases": {"merge": {"Ann Lee": ["1999"]}}}}),
    ],
)
def test_values_of_the_command_line_are_read_as_yaml_where_text_is_not_allowed(words, settings):
    assert check(parse_config([words])) == check(settings)


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({"batchsize": 3}, ["batchsize = 3", "no such setting", "batch_size"]),
        ({"batch_size": "many"}, ['batch_size = "many"', "a whole number", "At most this many seeds in a batch"]),
        ({"batch_size": 0}, ["batch_size = 0", "a whole number, at least 1"]),
        ({"tables": {"rows": 1}}, ["tables.rows = 1", "csv_max_rows"]),
        ({"seeds": "-seeds"}, ['seeds = "-seeds"', "may not begin with -"]),
        ({"seeds": "."}, ["neither may be inside the other"]),
        ({"results": "seeds/out"}, ["neither may be inside the other"]),
        ({"seeds": "results/articles"}, ["neither may be inside the other"]),
        *(
            ({name: ""}, [f'{name} = ""', "not empty"])
            for name in ("seeds", "results", "sources", "views", "reference_texts")
        ),
        ({"framing": {"folder": ""}}, ['framing.folder = ""', "not empty"]),
        ({"results": "re{s}"}, ["results", "may not begin with - or contain {"]),
        ({"strict": "maybe"}, ['strict = "maybe"', "true or false"]),
        ({"batch_size": "[0"}, ['batch_size = "[0"', "a whole number"]),
        ({"batch_size": "0"}, ['batch_size = "0"', "a whole number, at least 1"]),
        ({"tables": None}, ["tables = (nothing)", "remove the line"]),
        ({"groups": ["outlet"]}, ['groups = ["outlet"]', "a text, or a list of 2"]),
        ({"words": {"n": [6]}}, ["words.n.0 = 6", "from 2 to 5"]),
        ({"framing": {"schemes": []}}, ["a list that is not empty"]),
        ({"rates": {"words": [False]}}, ["rates.words.0 = false", "quotation marks"]),
        ({"rates": {"words": [date(2020, 5, 1)]}}, ['rates.words.0 = "2020-05-01"', "quotation marks"]),
        ({"concordance": {"terms": ["lemma: "]}}, ["concordance.terms.0", "lemma: ", "Every term needs a word"]),
        ({"concordance": {"terms": [" entity:"]}}, ["concordance.terms.0", "Every term needs a word"]),
        ({"report": {"css": "none.css"}}, ['report.css = "none.css"', "there is no such file", "style sheet"]),
        ({"quotes": {"reader": "bert"}}, ['quotes.reader = "bert"', "light or encoder", "make accurate"]),
        (
            {"entities": {"aliases": {"merge": {"Ann Lee": ["Lee"], "Bo Lee": ["Lee"]}}}},
            ["entities.aliases.merge: Lee is under Ann Lee and under Bo Lee"],
        ),
        (
            {"entities": {"aliases": {"merge": {"Ann Lee": ["Lee"]}, "apart": [["Lee", "Ann Lee"]]}}},
            ["entities.aliases: Lee and Ann Lee are a pair in `apart`, but one name"],
        ),
        (
            {"quotes": {"reader": "rules"}},
            ['quotes.reader = "rules"', "The reader rules no longer exists; write light"],
        ),
    ],
)
def test_mistakes_name_key_value_and_what_is_allowed(config, expected):
    with pytest.raises(ConfigError) as caught:
        check(config)
    for part in expected:
        assert part in str(caught.value)


@pytest.mark.parametrize("config", [{"batch_size": 0}, {"words": {"n": [6]}}, {"seeds": []}])
def test_marks_do_not_help_where_a_number_is_wanted_or_no_number_was_written(config):
    with pytest.raises(ConfigError) as caught:
        check(config)
    assert "quotation marks" not in str(caught.value)


def test_no_message_speaks_the_language_of_schemas():
    def settings(part, *above):
        for key, value in part.items():
            yield *above, key
            yield from settings(value, *above, key) if isinstance(value, dict) else ()

    for *above, key in settings(defaults()):
        for wrong in (None, "", [], ["a", "a"], 5.5, True, {"a": 1}):
            config = {key: wrong}
            for name in reversed(above):
                config = {name: config}
            try:
                check(config)
            except ConfigError as error:
                assert re.search(r"\b(enum|object|array|string|minLength|minItems)\b", str(error)) is None


def test_a_value_that_is_wrong_twice_is_told_once():
    with pytest.raises(ConfigError) as caught:
        check({"input": {"largest_megabytes": 0.5}})
    assert str(caught.value).count("input.largest_megabytes = 0.5") == 1


def test_names_apart_and_merged_otherwise_are_fine():
    check(
        {"entities": {"aliases": {"merge": {"Ann Lee": ["A Lee"], "Bo Lee": ["B Lee"]}, "apart": [["Lee", "Ann Lee"]]}}}
    )


def test_all_mistakes_at_once():
    with pytest.raises(ConfigError) as caught:
        check({"one": 1, "two": 2, "strict": 3})
    assert all(name in str(caught.value) for name in ("one = 1", "two = 2", "strict = 3"))


def test_settings_beyond_the_limits_of_yaml_are_refused(tmp_path):
    """tests/core/test_user_yaml.py holds each of the limits."""
    (tmp_path / "config.yaml").write_text("a: " + "[" * 900 + "]" * 900)
    with pytest.raises(ConfigError, match="50 levels"):
        check_yaml(tmp_path / "config.yaml")


def test_a_date_that_no_calendar_has_is_an_error_of_the_file(tmp_path):
    (tmp_path / "config.yaml").write_text("report: {title: 2025-02-31}")
    with pytest.raises(ConfigError, match=r"day is out of range for month.*put it in quotation marks"):
        check_yaml(tmp_path / "config.yaml")


@pytest.mark.parametrize("text", ["", "# groups: outlet\n", "- groups", "groups outlet"])
def test_a_file_without_settings_is_told_what_to_do(tmp_path, text):
    (tmp_path / "config.yaml").write_text(text)
    with pytest.raises(ConfigError, match=r"config\.yaml has no settings, such as .*remove the file"):
        check_yaml(tmp_path / "config.yaml")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("groups: outlet\nreport:\n  title: A\ngroups: month\n", "line 4: groups is in line 1 already"),
        ("report: {title: A, title: B}\n", "line 1: title is in line 1 already"),
    ],
)
def test_a_key_that_stands_twice_is_told_with_both_lines(tmp_path, text, message):
    (tmp_path / "config.yaml").write_text(text)
    with pytest.raises(ConfigError, match=f"config\\.yaml cannot be read: {message}"):
        check_yaml(tmp_path / "config.yaml")
    (tmp_path / "config.yaml").write_text("report: {title: A}\nshare: {title: B}\nrates: &a {words: [x, x]}\nb: *a\n")
    check_yaml(tmp_path / "config.yaml")
