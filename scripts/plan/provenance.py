"""The provenance of the results as one JSON file: versions, model, settings, inputs and counts of files left out."""

import json
import platform
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

from scripts.core.batches import REFERENCE
from scripts.core.options import path_options
from scripts.core.planned import read_manifest
from scripts.core.storage import ROOT, read_parquet, read_stage, write_text

# Stages in which articles are read.
_READING = ("seeds", "documents")


def _processor() -> str:
    """Return the processor's name: the model's floats depend on it, so it matters when runs are compared."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text(encoding="utf-8").splitlines() if cpuinfo.exists() else []
    names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(names, "") or platform.processor() or platform.machine()


def provenance(
    documents: list[dict[str, Any]],
    problems: list[dict[str, Any]],
    settings: dict[str, Any],
    model: dict[str, str],
    corrections: list[dict[str, Any]],
    sheets: list[dict[str, str]],
) -> dict[str, Any]:
    """Return everything that shaped the results, except the time: versions, model, settings, inputs, files left out.

    `documents` and `problems` are rows of those tables; `settings` is the configuration as used, with `code_commit`
    and the versions of `packages`; `model` has the name and SHA-256 of the model. `corrections` are rows of
    corrections_applied, `sheets` have `path` and `sha256` of the filled review sheets.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    seeds = {row["seed"]: {"sha256": row["sha256"], "encoding": row["encoding"]} for row in documents}
    # Articles that were not read; sheets, views and reference texts do not count.
    unread = {
        row["seed"]
        for row in problems
        if row["stage"] in _READING and row["severity"] == "error" and not row["seed"].startswith(f"{REFERENCE}: ")
    }
    return {
        "newsloom": {"version": project["version"], "commit": settings["code_commit"]},
        "python": platform.python_version(),
        "platform": f"{platform.system()} {platform.machine()}",
        "processor": _processor(),
        "packages": settings["packages"],
        "model": {"name": model["name"], "sha256": model["sha256"]},
        "settings": {key: value for key, value in settings.items() if key not in ("code_commit", "packages")},
        "seeds": dict(sorted(seeds.items())),
        "review_sheets": {Path(sheet["path"]).name: {"sha256": sheet["sha256"]} for sheet in sheets},
        "counts": {
            "seeds": len(seeds),
            "documents": len(documents),
            "words": sum(row["n_words"] for row in documents),
            "documents_by_language": _counted(documents, "language"),
            "problems_by_severity": _counted(problems, "severity"),
            "problems_by_code": _counted(problems, "code"),
            "corrections_by_status": _counted(corrections, "status"),
            "seeds_left_out": len(unread - set(seeds)),
        },
    }


def _counted(rows: list[dict[str, Any]], column: str) -> dict[str, int]:
    return dict(sorted(Counter(row[column] for row in rows).items()))


def main() -> None:
    """Write the provenance of the results as JSON."""
    paths = ("documents", "problems", "settings", "sheets", "output")
    options = path_options(main.__doc__, *paths, lists=("corrections",))
    stage = read_stage(options.settings)
    columns = ["seed", "sha256", "encoding", "n_words", "language"]
    record = provenance(
        read_parquet(options.documents, columns).to_pylist(),
        read_parquet(options.problems).to_pylist(),
        stage["settings"],
        stage["model"],
        [row for path in options.corrections for row in read_parquet(Path(path), ["status"]).to_pylist()],
        read_manifest(options.sheets),
    )
    write_text(options.output, json.dumps(record, indent=1, ensure_ascii=False) + "\n")
