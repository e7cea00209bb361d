"""The example of topics.yaml, for the user to copy and change."""

from scripts.core.options import path_options
from scripts.core.storage import WORKFLOW, write_bytes

TEMPLATE = WORKFLOW / "templates" / "topics.yaml"


def main() -> None:
    """Write the example of topics.yaml to a file."""
    options = path_options(main.__doc__, "file")
    write_bytes(options.file, TEMPLATE.read_bytes())
