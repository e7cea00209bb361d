"""The manifest of the user's own files that go into a copy of the results for other people."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from scripts.core.limits import Budget
from scripts.core.planned import entries_of, entry, manifest


def own_files_manifest(
    review: Mapping[Path, bytes],
    coding: str,
    sources: str,
    topics: str,
    views: str,
    frames: Iterable[Path],
    budget: Budget,
) -> str:
    """Return a manifest with a line for each file; its `folder` is the file's folder in the copy.

    `review` has the files of the folder of reviews and their bytes; `coding`, `sources`, `topics` and `views` are the
    manifests of the coders' files, the table of known sources, the topics with their sheets, and the views; `frames`
    are the user's own frame schemes.
    """
    entries = [entry(path, data, folder="review") for path, data in review.items()]
    coders = (each for each in map(json.loads, coding.splitlines()) if each.pop("role") == "sheet")
    entries += [{**each, "folder": "coding"} for each in coders]
    entries += entries_of(frames, budget, folder="frames")
    for folder, text in (("sources", sources), ("topics", topics), ("views", views)):
        own = (each for each in map(json.loads, text.splitlines()) if each.pop("role", folder))
        entries += [{**each, "folder": folder} for each in own]
    return manifest(entries)
