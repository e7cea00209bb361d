"""The manifest of all files of the user's own that a copy of the results for others has in it."""

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
    """Return a line for each file, under `folder` the copy's folder for it.

    `review` are the files of the folder of reviews with their bytes, `coding`, `sources`, `topics` and `views` the
    manifests of the coders' files, of the table of known sources, of the topics with their sheets, and of the views,
    `frames` the user's own frame schemes.
    """
    entries = [entry(path, data, folder="review") for path, data in review.items()]
    coders = (each for each in map(json.loads, coding.splitlines()) if each.pop("role") == "sheet")
    entries += [{**each, "folder": "coding"} for each in coders]
    entries += entries_of(frames, budget, folder="frames")
    for folder, text in (("sources", sources), ("topics", topics), ("views", views)):
        own = (each for each in map(json.loads, text.splitlines()) if each.pop("role", folder))
        entries += [{**each, "folder": folder} for each in own]
    return manifest(entries)
