"""The configuration, with defaults from the schema, and its checks before anything runs."""

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator, ValidationError

from scripts.core.limits import LimitError
from scripts.core.schemas import parse_yaml
from scripts.core.storage import WORKFLOW, read_yaml
from scripts.core.user_yaml import read_user_yaml
from scripts.documents.settings import Settings


class ConfigError(SystemExit):
    """The settings cannot be used, so the run ends; the message names the key, the value and what is allowed."""


@cache
def schema() -> dict[str, Any]:
    """Return the JSON schema of config.yaml."""
    return read_yaml(WORKFLOW / "schemas" / "config.schema.yaml")


def defaults(part: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the default of every setting in the schema (or in a part of it)."""
    values = {}
    for key, value in (part or schema()).get("properties", {}).items():
        if "properties" in value:
            values[key] = defaults(value)
        elif "default" in value:
            values[key] = deepcopy(value["default"])
    return values


def _as_yaml(value: Any, setting: Mapping[str, Any]) -> Any:  # noqa: ANN401
    """Return a setting in which a text that is not allowed is read as YAML: `snakemake --config` makes all values text.

    A text that is no better as YAML stays as it is.
    """
    if isinstance(value, dict):
        return {key: _as_yaml(each, setting.get("properties", {}).get(key, {})) for key, each in value.items()}
    if isinstance(value, list):
        return [_as_yaml(each, setting.get("items", {})) for each in value]
    with suppress(yaml.YAMLError):
        is_allowed = Draft202012Validator(setting).is_valid
        if isinstance(value, str) and not is_allowed(value) and is_allowed(read := parse_yaml(value)):
            return read
    return value


def _merged(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    out = dict(base)
    for key, value in over.items():
        both = isinstance(value, dict) and isinstance(out.get(key), dict)
        out[key] = _merged(out[key], value) if both else value
    return out


def _shown(value: object) -> str:
    return "(nothing)" if value is None else json.dumps(value, ensure_ascii=False, default=str)


def _range(setting: Mapping[str, Any]) -> str:
    low, high = setting.get("minimum"), setting.get("maximum")
    if "exclusiveMinimum" in setting:
        return f" above {setting['exclusiveMinimum']}"
    if high is not None:
        return f" from {low} to {high}"
    return "" if low is None else f", at least {low}"


def _allowed(setting: Mapping[str, Any]) -> str:
    """Return the values that a setting may have, in plain words."""
    if "enum" in setting:
        return " or ".join(setting["enum"])
    filled = " that is not empty"
    length = f" of {setting['maxItems']}" if "maxItems" in setting else filled if "minItems" in setting else ""
    repeats = ", without repeats" if setting.get("uniqueItems") else ""
    words = {
        "boolean": "true or false",
        "integer": f"a whole number{_range(setting)}",
        "number": f"a number{_range(setting)}",
        "string": "a text" + (filled if setting.get("minLength") else ""),
        "array": f"a list{length}, [a, b]{repeats}",
        "object": "what belongs below it, one indented line each; remove the line if that is nothing",
        "null": "null",
    }
    types = setting["type"]
    return ", or ".join(words[kind] for kind in ([types] if isinstance(types, str) else types))


def _plain(error: ValidationError) -> list[str]:
    """Return the lines that say what is wrong with a setting: its key, its value and what is allowed."""
    key = ".".join(str(part) for part in error.absolute_path)
    setting = error.schema if isinstance(error.schema, Mapping) else {}
    instance: Any = error.instance
    if error.validator == "additionalProperties":
        known = setting.get("properties", {})
        prefix = f"{key}." if key else ""
        allowed = ", ".join(known)
        return [
            f"{prefix}{name} = {_shown(instance[name])}: there is no such setting. Allowed here: {allowed}."
            for name in sorted(set(instance) - set(known), key=str)
        ]
    where, meaning = key or "the whole file", setting.get("description", "")
    lines = [f"{where} = {_shown(instance)}: write {_allowed(setting)}. {meaning}".rstrip()]
    if setting.get("type") == "string" and isinstance(instance, int | float | date):
        lines.append(
            "  Put it in quotation marks: without them it is read as a number, a date, or true or false (yes and no "
            "too)."
        )
    return lines


def _path_errors(config: dict[str, Any]) -> list[str]:
    """Return a line for each folder whose name or place is not allowed, and for a missing style sheet."""
    folders = {"results": config["results"], "seeds": config["seeds"]}
    if config["keyness"]["reference"] is not None:
        folders["keyness.reference"] = config["keyness"]["reference"]
    lines = []
    for key, name in folders.items():
        if name.startswith("-") or re.search(r"[{}\x00-\x1f]", name):
            lines.append(
                f"{key} = {_shown(name)}: a folder's name may not begin with - or contain {{, }} or a line break."
            )
    results = Path(config["results"]).resolve()
    for key in folders.keys() - {"results"}:
        folder = Path(folders[key]).resolve()
        if folder == results or folder in results.parents or results in folder.parents:
            lines.append(
                f"{key} = {_shown(folders[key])} and results = {_shown(config['results'])}: neither may be inside the "
                "other, or results would be read as articles."
            )
    css = config["report"]["css"]
    if css and not Path(css).is_file():
        lines.append(f'report.css = {_shown(css)}: there is no such file. Write the path of your style sheet, or "".')
    return sorted(lines)


def _alias_errors(aliases: Mapping[str, Any]) -> list[str]:
    """Return a line for each name merged into two others, and for each pair that is both kept apart and merged."""
    into: dict[str, str] = {}
    lines = []
    for name, alias in ((name, alias) for name, aliased in aliases["merge"].items() for alias in aliased):
        if into.setdefault(alias, name) != name:
            lines.append(f"entities.aliases.merge: {alias} is under {into[alias]} and under {name}. Remove one.")
    for pair in aliases["apart"]:
        if len({*pair}) > len({into.get(name, name) for name in pair}):
            lines.append(f"entities.aliases: {' and '.join(pair)} are a pair in `apart`, but one name in `merge`.")
    return lines


def check_yaml(path: Path) -> None:
    """Raise ConfigError if a settings file is not valid YAML (with the place), has no settings, or exceeds a limit."""
    try:
        content = read_user_yaml(path, keys_once=True)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        raise ConfigError(
            f"{path} cannot be read: {where}{error.problem}. A text with a colon, # or quotation marks in it must be "
            "in quotation marks; lines are indented by spaces, never by tabs."
        ) from None
    except (LimitError, OSError, yaml.YAMLError) as error:
        raise ConfigError(f"{path} cannot be read: {error}") from None
    if not isinstance(content, dict):
        raise ConfigError(f"{path} has no settings, such as `groups: outlet`. To have all defaults, remove the file.")


def check(config: dict[str, Any]) -> dict[str, Any]:
    """Return the configuration with defaults filled in.

    Raises ConfigError, which names every key that is unknown or has an invalid value, the value and what is allowed.
    """
    config = _as_yaml(config, schema())
    unsorted = Draft202012Validator(schema()).iter_errors(config)
    errors = sorted(unsorted, key=lambda error: [str(part) for part in error.absolute_path])
    messages = dict.fromkeys(tuple(_plain(error)) for error in errors)  # 0.5 is neither an integer nor at least 1
    lines = [line for message in messages for line in message]
    complete = _merged(defaults(), config)
    if not lines and not (lines := _path_errors(complete) + _alias_errors(complete["entities"]["aliases"])):
        try:
            Settings(**complete["input"])  # the schema does not check patterns and encodings
        except ValueError as error:
            lines = [str(error)]
    if lines:
        raise ConfigError("\n  ".join(["The settings cannot be used:", *lines]))
    return complete
