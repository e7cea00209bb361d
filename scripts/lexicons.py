"""Word lists of the project: one entry a line, `#` opens a comment."""

from functools import cache

from scripts.storage import WORKFLOW

LEXICONS = WORKFLOW / "lexicons"


@cache
def word_list(name: str) -> tuple[str, ...]:
    """The entries of workflow/lexicons/`name`, in the order of the file."""
    lines = (LEXICONS / name).read_text(encoding="utf-8").splitlines()
    return tuple(entry for line in lines if (entry := line.split("#", 1)[0].strip()))
