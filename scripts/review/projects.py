"""The projects of other tools in the folder of reviews: read when the DAG is built, as the sheets are."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scripts.core.limits import LimitError
from scripts.core.planned import entry, manifest
from scripts.core.project_codes import CODED
from scripts.core.qdpx import ProjectError, read_project
from scripts.review.decisions import Decision
from scripts.review.project_decisions import project_decisions
from scripts.review.reading import Fault


def read_projects(files: Mapping[Path, bytes]) -> tuple[str, list[Decision], list[Fault]]:
    """Return the manifest of projects, given with their bytes, the decisions in them, and what is wrong with them.

    An entry of the manifest also has `coded`, True if a person coded frames in the project.
    """
    entries, decisions, faults = [], [], []
    for path, data in files.items():
        try:
            project = read_project(path.name, data)
        except (LimitError, ProjectError) as error:
            faults.append(Fault(path.name, 0, str(error)))
            continue
        of_project, messages = project_decisions(path.name, project)
        decisions += of_project
        faults += [Fault(path.name, 0, message) for message in messages]
        coded = any(coding.code == CODED for source in project.sources for coding in source.codings)
        entries.append(entry(path, data, coded=coded))
    return manifest(entries), decisions, faults


def with_coded_frames(text: str) -> list[dict[str, Any]]:
    """Return the entries of the projects in which a person coded frames, from a manifest's text."""
    return [each for each in map(json.loads, text.splitlines()) if each.pop("coded")]
