"""YAML that the user writes (settings, frame schemes), read within limits of size, depth and repetition.

An alias (`*name`) stands for all of what has its anchor (`&name`): nine aliases of nine aliases and so on are millions
of values in a few lines. So the values are counted before anything is built.
"""

from pathlib import Path
from typing import Any

import yaml

from scripts.core.limits import MEGABYTE, LimitError, read_bounded
from scripts.core.schemas import YAML_LOADER, parse_yaml

_LARGEST = 10 * MEGABYTE
_MOST_VALUES, _DEEPEST = 1_000_000, 50


def _check(text: str) -> None:
    """Raise LimitError for YAML with too many values, aliases counted as what they stand for, or too deep."""
    sizes: dict[str, int] = {}  # values under each anchor of a list or mapping that is complete
    waiting: list[tuple[str | None, int]] = []  # anchor of each open list or mapping, and the count at its begin
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


def check_keys(text: str) -> None:
    """Raise yaml.YAMLError if a key stands twice in a mapping of YAML: PyYAML would take the last."""
    waiting = [yaml.compose(text, Loader=YAML_LOADER)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.MappingNode):
            lines: dict[str, int] = {}
            for key, value in node.value:
                line = key.start_mark.line + 1
                if (first := lines.setdefault(str(key.value), line)) != line:
                    raise yaml.YAMLError(f"line {line}: {key.value} is in line {first} already. Keep one of them.")
                waiting.append(value)
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value


def read_user_yaml(path: Path, data: bytes | None = None) -> Any:  # noqa: ANN401
    """Return the content of a file of the user's; `data` are its bytes, if they have been read already.

    Raises LimitError, OSError and yaml.YAMLError, also for what is not UTF-8.
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
    return parse_yaml(text)
