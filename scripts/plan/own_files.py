"""The manifest of all files of the user's own that a copy of the results for others has in it."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from scripts.core.limits import Budget
from scripts.core.planned import entry, manifest


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
    read = ((path, budget.read_or_leave(path)) for path in frames)
    entries += [entry(path, data, folder="frames") for path, data in read if data is not None]
    entries += [{**each, "folder": "sources"} for each in map(json.loads, sources.splitlines())]
    of_topics = (each for each in map(json.loads, topics.splitlines()) if each.pop("role"))
    entries += [{**each, "folder": "topics"} for each in of_topics]
    entries += [{**each, "folder": "views"} for each in map(json.loads, views.splitlines())]
    return manifest(entries)
