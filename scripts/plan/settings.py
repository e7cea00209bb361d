"""The configuration: defaults from the schema, checked before anything runs."""

import json
import re
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator, ValidationError

from scripts.core.limits import LimitError
from scripts.core.storage import WORKFLOW, read_yaml
from scripts.core.user_yaml import read_user_yaml
from scripts.documents.settings import Settings


class ConfigError(ValueError):
    """A setting that cannot be used; the message names the key, the value and what is allowed."""


@cache
def schema() -> dict[str, Any]:
    """Return the JSON schema of config.yaml."""
    return read_yaml(WORKFLOW / "schemas" / "config.schema.yaml")


def defaults(part: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the default of every setting, as the schema (or a part of it) has them."""
    values = {}
    for key, value in (part or schema()).get("properties", {}).items():
        if "properties" in value:
            values[key] = defaults(value)
        elif "default" in value:
            values[key] = deepcopy(value["default"])
    return values


def _merged(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    out = dict(base)
    for key, value in over.items():
        both = isinstance(value, dict) and isinstance(out.get(key), dict)
        out[key] = _merged(out[key], value) if both else value
    return out


def _shown(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


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
    rules = ("type", "enum", "minimum", "maximum", "minLength", "pattern")
    allowed = "; ".join(f"{rule} {_shown(setting[rule])}" for rule in rules if rule in setting)
    meaning = setting.get("description", "")
    where = key or "the whole file"
    return [f"{where} = {_shown(instance)}: allowed is {allowed or error.message}. {meaning}".rstrip()]


def _path_errors(config: dict[str, Any]) -> list[str]:
    """Return a line for each folder whose name or place cannot work, and for a style sheet that does not exist."""
    folders = {"results": config["results"], "seeds": config["seeds"]}
    if config["keyness"]["reference"] is not None:
        folders["keyness.reference"] = config["keyness"]["reference"]
    lines = []
    for key, name in folders.items():
        if name.startswith("-") or re.search(r"[{}\x00-\x1f]", name):
            lines.append(
                f"{key} = {_shown(name)}: a folder's name may not begin with - or hold {{, }} or a line break."
            )
    results = Path(config["results"]).resolve()
    for key in folders.keys() - {"results"}:
        folder = Path(folders[key]).resolve()
        if folder == results or folder in results.parents or results in folder.parents:
            lines.append(
                f"{key} = {_shown(folders[key])} and results = {_shown(config['results'])}: neither may lie in the "
                "other, or results would be read as articles."
            )
    css = config["report"]["css"]
    if css and not Path(css).is_file():
        lines.append(f'report.css = {_shown(css)}: there is no such file. Write the path of your style sheet, or "".')
    return sorted(lines)


def check_yaml(path: Path) -> None:
    """Raise ConfigError if a file of settings is not valid YAML, with the place, or exceeds a limit."""
    try:
        read_user_yaml(path)
    except (LimitError, OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} cannot be read: {error}") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        raise ConfigError(
            f"{path} cannot be read: {where}{error.problem}. A text with a colon, # or quotation marks in it must "
            "stand in quotation marks; lines are indented by spaces, never by tabs."
        ) from None
    except yaml.YAMLError as error:
        raise ConfigError(f"{path} cannot be read: {error}") from None


def check(config: dict[str, Any]) -> dict[str, Any]:
    """Return the configuration with defaults filled in.

    Raises ConfigError naming every key that is unknown or ill-typed, its value and what is allowed.
    """
    errors = Draft202012Validator(schema()).iter_errors(config)
    lines = [
        line
        for error in sorted(errors, key=lambda error: [str(p) for p in error.absolute_path])
        for line in _plain(error)
    ]
    if lines:
        raise ConfigError("config.yaml cannot be used:\n" + "\n".join(f"  {line}" for line in lines))
    complete = _merged(defaults(), config)
    if lines := _path_errors(complete):
        raise ConfigError("config.yaml cannot be used:\n" + "\n".join(f"  {line}" for line in lines))
    try:
        Settings(**complete["input"])  # the schema does not check patterns and encodings
    except ValueError as error:
        raise ConfigError(f"config.yaml cannot be used:\n  {error}") from None
    return complete
