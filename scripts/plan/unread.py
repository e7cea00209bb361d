"""Files in the user's folders of sheets, schemes, views and texts that no step reads, since their ending is another."""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scripts.core.planned import SHEETS
from scripts.documents.seeds import Refused
from scripts.reuse.reference_texts import TEXTS
from scripts.stories import topic_words

_YAML = frozenset([".yaml"])


def unread_files(config: Mapping[str, Any]) -> list[Refused]:
    """Return a warning for each visible file that is not read in its folder.

    The folder of the project itself, and one that holds the seeds or the results, has other files too, and is left out.
    """
    endings: dict[Path, frozenset[str]] = defaultdict(frozenset)  # of all settings that name a folder
    for name, read in (
        (config["review"]["folder"], SHEETS | {".qdpx"}),
        (config["framing"]["coding"]["folder"], SHEETS),
        (config["topics"]["folder"], topic_words.SHEETS),
        (config["framing"]["folder"], _YAML),
        (config["views"], _YAML),
        (config["reference_texts"], TEXTS),
    ):
        endings[Path(name)] |= read
    above = [Path(name).resolve() / "in" for name in (".", config["seeds"], config["results"])]
    rows = []
    for folder, known in endings.items():
        if not folder.is_dir() or any(folder.resolve() in path.parents for path in above):
            continue
        for path in sorted(folder.iterdir()):
            if path.is_file() and path.suffix.lower() not in known and not path.name.startswith((".", "~$")):
                message = (
                    f"Files that end in {path.suffix or 'nothing'} are not read here; these are: "
                    f"{' '.join(sorted(known))}. Save it as one of these, or move it elsewhere."
                )
                rows.append(Refused(str(path), "format", message, severity="warning"))
    return rows
