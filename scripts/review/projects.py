"""The projects of other tools in the folder of reviews: read when the DAG is built, as the sheets are."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from scripts.core.limits import Budget, LimitError
from scripts.core.project_codes import CODED
from scripts.core.qdpx import ProjectError, read_project
from scripts.review.decisions import Decision
from scripts.review.project_decisions import project_decisions
from scripts.review.reading import Fault, unreadable


def read_projects(paths: Iterable[Path], budget: Budget | None = None) -> tuple[str, list[Decision], list[Fault]]:
    """Return the manifest of projects, the decisions in them, and what is wrong with them.

    A line of the manifest is a JSON object: path, SHA-256, and True under `coded` if a person coded frames in it.
    """
    budget = budget or Budget()
    lines, decisions, faults = [], [], []
    for path in paths:
        try:
            data = budget.read(path)
            project = read_project(path.name, data)
        except OSError as error:
            faults.append(unreadable(path.name, error))
            continue
        except (LimitError, ProjectError) as error:
            faults.append(Fault(path.name, 0, str(error)))
            continue
        of_project, messages = project_decisions(path.name, project)
        decisions += of_project
        faults += [Fault(path.name, 0, message) for message in messages]
        coded = any(coding.code == CODED for source in project.sources for coding in source.codings)
        lines.append({"path": str(path), "sha256": hashlib.sha256(data).hexdigest(), "coded": coded})
    return "".join(json.dumps(line) + "\n" for line in lines), decisions, faults


def with_coded_frames(manifest: str) -> list[str]:
    """Return the paths of the projects in which a person coded frames, from a manifest's text."""
    lines = map(json.loads, manifest.splitlines())
    return [line["path"] for line in lines if line["coded"]]
