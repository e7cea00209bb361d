"""The settings in section `input` of config.yaml, which say how seeds are read."""

import re
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from scripts.core.expressions import check_pattern
from scripts.core.limits import FILE_MEGABYTES, RUN_MEGABYTES

_ANY_BYTES = bytes(range(256))  # codecs such as hex do not encode text, and fail on these


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings for reading seeds; config.yaml explains each. Raises ValueError for one that cannot work."""

    encodings: dict[str, str] = field(default_factory=dict)
    name_pattern: str = ""
    text_columns: tuple[str, ...] = ("text", "body", "content", "article")
    largest_megabytes: int = FILE_MEGABYTES
    most_megabytes: int = RUN_MEGABYTES
    longest_text: int = 5_000_000
    longest_seconds: int = 60
    most_seconds: int = 3_600

    def __post_init__(self) -> None:
        shown = f"input.name_pattern = {self.name_pattern[:200]!r}"
        try:
            pattern = check_pattern(self.name_pattern)
        except re.error as error:
            raise ValueError(f"{shown}: not a valid regular expression ({error}).") from None
        if self.name_pattern and not pattern.groupindex:
            raise ValueError(f"{shown}: no group has a name, such as (?P<date>...), so it finds nothing.")
        for glob, encoding in self.encodings.items():
            try:
                if encoding == "punycode":  # an encoding of domain names
                    raise LookupError
                _ANY_BYTES.decode(encoding, errors="replace")
            except (LookupError, UnicodeError):
                raise ValueError(
                    f"input.encodings.{glob} = {encoding!r}: Python knows no such encoding. Write cp1252, koi8_r ..."
                ) from None

    @property
    def largest(self) -> int:
        """Return the maximum number of bytes of a seed, or of all members of an archive together."""
        return self.largest_megabytes * 1_000_000

    def encoding(self, name: str) -> str:
        """Return the encoding that is set for a file by the first pattern that its name matches, or ""."""
        return next((value for pattern, value in self.encodings.items() if fnmatchcase(name, pattern)), "")
