"""YAML that the user writes (settings, frame schemes), read within limits on size, depth and repetition.

An alias (`*name`) repeats the entire value of its anchor (`&name`): nine aliases of nine aliases, and so on, make
millions of values in a few lines. So values are counted before any are built.
"""

from pathlib import Path
from typing import Any

import yaml

from scripts.core.limits import MEGABYTE, LimitError, read_bounded
from scripts.core.schemas import YAML_LOADER, parse_yaml

_LARGEST = 10 * MEGABYTE
_MOST_VALUES, _DEEPEST = 1_000_000, 50


def _check(text: str) -> None:
    """Raise LimitError if YAML is nested too deeply or has too many values, each alias counted with all its values."""
    sizes: dict[str, int] = {}  # number of values under each anchor of a complete list or mapping
    waiting: list[tuple[str | None, int]] = []  # anchor of each open list or mapping, and the count at its start
    count = 0
    for event in yaml.parse(text, Loader=YAML_LOADER):
        if isinstance(event, yaml.AliasEvent):
            if any(anchor == event.anchor for anchor, _ in waiting):
                raise LimitError(f"*{event.anchor} is inside what it stands for. Write out what is meant.")
            count += sizes.get(event.anchor or "", 1)
        elif isinstance(event, yaml.NodeEvent):
            begin, count = count, count + 1
            if isinstance(event, yaml.CollectionStartEvent):
                waiting.append((event.anchor, begin))
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, begin = waiting.pop()
            if anchor:
                sizes[anchor] = count - begin
        if count > _MOST_VALUES or len(waiting) > _DEEPEST:
            raise LimitError(
                f"it has more than {_MOST_VALUES:,} values, counting those that aliases (*name) repeat, or more than "
                f"{_DEEPEST} levels, the limits. Leave out what you do not need."
            )


def _check_keys(text: str) -> None:
    """Raise yaml.YAMLError if a mapping has the same key twice, of which PyYAML would silently take the last."""
    waiting = [yaml.compose(text, Loader=YAML_LOADER)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.MappingNode):
            lines: dict[str, int] = {}
            for key, value in node.value:
                name, line = str(key.value), key.start_mark.line + 1
                if name in lines:
                    raise yaml.YAMLError(f"line {line}: {name} is in line {lines[name]} already. Keep one of them.")
                lines[name] = line
                waiting.append(value)
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value


def read_user_yaml(path: Path, data: bytes | None = None, *, keys_once: bool = False) -> Any:  # noqa: ANN401
    """Return the content of a user's YAML file; `data` are its bytes, if they have been read already.

    Raises LimitError, OSError and yaml.YAMLError, the last also if the file is not UTF-8 and, with `keys_once`, if a
    mapping has the same key twice.
    """
    if (size := path.stat().st_size if data is None else len(data)) > _LARGEST:
        raise LimitError(
            f"it has {size / MEGABYTE:,.0f} MB; the limit is {_LARGEST // MEGABYTE} MB. Leave out what you do not need."
        )
    data = read_bounded(path, _LARGEST) if data is None else data
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise yaml.YAMLError(f"line {line} has characters that are not UTF-8. Save it as UTF-8.") from None
    _check(text)
    content = parse_yaml(text)
    if keys_once:
        _check_keys(text)
    return content
