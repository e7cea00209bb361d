"""ro-crate-metadata.json: a folder of results as an RO-Crate 1.1 of one run of the workflow.

Profiles: Workflow Run Crate 0.5, and Process Run Crate 0.5 and Workflow RO-Crate 1.0, on which it builds. The inputs of
the action are the settings, as property values, and the seeds, as files outside the crate with their SHA-256; its
results are the files in the crate.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from scripts.core.options import path_options
from scripts.core.storage import ROOT, read_settings, read_yaml, write_text
from scripts.report.exports.portable import portable

Entity = dict[str, Any]
METADATA = "ro-crate-metadata.json"
SNAKEFILE = "workflow/Snakefile"
_CONTEXT = ["https://w3id.org/ro/crate/1.1/context", "https://w3id.org/ro/terms/workflow-run/context"]
_PROFILES = {
    "https://w3id.org/ro/wfrun/process/0.5": "Process Run Crate",
    "https://w3id.org/ro/wfrun/workflow/0.5": "Workflow Run Crate",
    "https://w3id.org/workflowhub/workflow-ro-crate/1.0": "Workflow RO-Crate",
}
_ENGINE = "https://snakemake.github.io"
_MEDIA_TYPES = {
    ".csv": "text/csv", ".html": "text/html", ".json": "application/json", ".jsonl": "application/jsonl",
    ".md": "text/markdown", ".parquet": "application/vnd.apache.parquet", ".svg": "image/svg+xml",
    ".txt": "text/plain", ".yaml": "application/yaml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".qdpx": "application/zip",
}  # fmt: skip


def _ref(iri: str) -> Entity:
    return {"@id": iri}


def _file(name: str) -> Entity:
    path = PurePosixPath(name)
    media_type = _MEDIA_TYPES.get(path.suffix.lower(), "application/octet-stream")
    about = {"about": _ref("./")} if name == "README.md" else {}
    return {"@id": quote(name), "@type": "File", "name": name, "encodingFormat": media_type, **about}


def crate(files: Iterable[str], provenance: Mapping[str, Any], *, title: str) -> str:
    """Return the metadata of a crate as JSON.

    `files` are the paths in the crate, `provenance` is the record of the run without paths of this machine. The date of
    publication is that of the Newsloom release, since a run records no time.
    """
    release = read_yaml(ROOT / "CITATION.cff")
    version = provenance["newsloom"]["version"]
    settings: list[Entity] = [
        {"@id": f"#setting-{name}", "@type": "PropertyValue", "name": name, "value": json.dumps(value)}
        for name, value in sorted(provenance["settings"].items())
    ]
    # Seeds are not in the crate, so their content (SHA-256) identifies them.
    seeds: dict[str, Entity] = {
        sha256: {"@id": f"#seed-{sha256}", "@type": "CreativeWork", "name": name, "sha256": sha256}
        for name, sha256 in sorted((name, about["sha256"]) for name, about in provenance["seeds"].items())
    }
    parts = [_file(name) for name in sorted(files) if name not in (METADATA, SNAKEFILE)]
    graph: list[Entity] = [
        {
            "@id": METADATA, "@type": "CreativeWork", "about": _ref("./"),
            "conformsTo": [_ref("https://w3id.org/ro/crate/1.1"), _ref("https://w3id.org/workflowhub/workflow-ro-crate/1.0")],
        },
        {
            "@id": "./", "@type": "Dataset", "name": title,
            "description": "Results of a run of Newsloom: report, tables, figures, and what they were made of.",
            "datePublished": str(release["date-released"]), "license": _ref("#licence"),
            "conformsTo": [_ref(profile) for profile in _PROFILES],
            "hasPart": [_ref(SNAKEFILE), *(_ref(part["@id"]) for part in parts)],
            "mainEntity": _ref(SNAKEFILE), "mentions": _ref("#run"),
        },
        *({"@id": iri, "@type": "CreativeWork", "name": name, "version": iri[-3:]} for iri, name in _PROFILES.items()),
        {
            "@id": "#licence", "@type": "CreativeWork", "name": "No licence is stated",
            "description": "The articles, and sentences of them, remain under the rights of their publishers.",
        },
        {
            "@id": SNAKEFILE, "@type": ["File", "SoftwareSourceCode", "ComputationalWorkflow"],
            "name": f"Newsloom {version}", "version": version, "identifier": provenance["newsloom"]["commit"],
            "encodingFormat": "text/plain",
            "conformsTo": _ref("https://bioschemas.org/profiles/ComputationalWorkflow/1.0-RELEASE"),
            "programmingLanguage": _ref(_ENGINE), "creator": _ref("#authors"),
            "license": _ref("https://spdx.org/licenses/MIT"),
        },
        {"@id": "https://spdx.org/licenses/MIT", "@type": "CreativeWork", "name": "MIT License"},
        {
            "@id": _ENGINE, "@type": "ComputerLanguage", "name": "Snakemake",
            "url": _ref(_ENGINE), "identifier": _ref(_ENGINE), "version": provenance["packages"]["snakemake"],
        },
        {"@id": "#authors", "@type": "Organization", "name": release["authors"][0]["name"]},
        {
            "@id": "#run", "@type": "CreateAction", "name": f"Run of Newsloom {version}",
            "description": f"Python {provenance['python']}, model {provenance['model']['name']}",
            "instrument": _ref(SNAKEFILE),
            "object": [_ref(entity["@id"]) for entity in (*settings, *seeds.values())],
            "result": [_ref(part["@id"]) for part in parts],
            "actionStatus": "http://schema.org/CompletedActionStatus",
        },
        *parts,
        *settings,
        *seeds.values(),
    ]  # fmt: skip
    return json.dumps({"@context": _CONTEXT, "@graph": graph}, indent=1, ensure_ascii=False) + "\n"


def main() -> None:
    """Write the metadata of the results folder, and copy the Snakefile into the folder."""
    places = ("provenance", "settings", "folder", "output", "workflow")
    options = path_options(main.__doc__, *places, several=["tables", "files"])
    settings = read_settings(options.settings)
    provenance = portable(json.loads(options.provenance.read_text(encoding="utf-8")))
    tables = (options.folder / f"{name}.{kind}" for name in options.tables for kind in ("csv", "parquet"))
    named = [*tables, *map(Path, options.files)]
    paths = [file for path in named for file in (sorted(path.glob("[!.]*")) if path.is_dir() else [path])]
    files = [path.relative_to(options.output.parent).as_posix() for path in paths]
    write_text(options.workflow, (ROOT / "Snakefile").read_text(encoding="utf-8"))
    write_text(options.output, crate(files, provenance, title=settings["report"]["title"]))
