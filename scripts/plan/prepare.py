"""Settings, batches and fingerprints, prepared before Snakemake builds the DAG.

Only the main process plans; a job on another machine reads the plan that it wrote. A job that cannot see that disk (a
pod, with results in a bucket) plans anew, and gets the same plan because it sees the same seeds.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from scripts.attribution.readers import check_reader
from scripts.core.batches import REFERENCE, read_batches
from scripts.core.known_sources import Known, ids_by_name, names_in_json, planned_sources
from scripts.core.launch import WORKER
from scripts.core.limits import Budget
from scripts.core.models import check_model
from scripts.core.planned import SHEETS, files_in
from scripts.core.schemas import steps, writes_names
from scripts.core.seals import is_sound
from scripts.core.storage import ROOT
from scripts.documents.seeds import Refused, find_seeds
from scripts.framing.schemes import chosen_schemes
from scripts.framing.sheet_files import coding_manifest
from scripts.plan.batches import BATCH_PLAN, group_batches, manifests, split
from scripts.plan.copied_files import own_files_manifest
from scripts.plan.corrections import correction_files, read_corrected, with_merged_names
from scripts.plan.dates import disk_time
from scripts.plan.files import PlanFiles
from scripts.plan.folder import not_made, of_others, remove, remove_leftovers
from scripts.plan.record import begin_record, broken_folders
from scripts.plan.results import drop_garbled_records, passing
from scripts.plan.stages import fingerprint, package_versions, selected
from scripts.plan.unread import not_there, unread_files
from scripts.projects.decisions import read_projects, with_coded_frames
from scripts.report.choices.view_files import view_names, views_manifest
from scripts.reuse.reference_texts import reference_manifest
from scripts.review.decisions import Decision
from scripts.review.reading import read_decisions
from scripts.stories.topic_words import topics_manifest

_LITTLE_SPACE = 100_000_000  # bytes
_CODE = ("Snakefile", "workflow", "scripts", "requirements", "pyproject.toml")
# Files of stages/ about people's input that decides which rules a run has.
_DECIDING = ("corrections.jsonl", "review_files.jsonl", "project_files.jsonl", "topic_files.jsonl", "view_files.jsonl")


class Plan(NamedTuple):
    """The batches of this run, those of the reference folder, and the files that are inputs of Snakemake's rules.

    `groups` are {group: batches}; the tables of a group are summed before those of the corpus. With few batches there
    are no groups. `corrected` are the batches that a reader corrected. `reviewed` is true if the folder of reviews has
    corrections, `checked` if it has filled review sheets, `projects` if it has projects of other tools; `coded` are
    the projects in which people coded frames. `topics` is true if there is a file of topics. `views` are the names of
    the views that have results of their own.
    """

    batches: list[str]
    groups: dict[str, list[str]]
    reference: list[str]
    files: PlanFiles
    corrected: list[str]
    reviewed: bool
    checked: bool
    projects: bool
    coded: list[str]
    topics: bool
    views: list[str]


def code_commit() -> str:
    """Return the last commit of the code, with "+changes" if the code differs from it; "unknown" without git."""
    try:
        commit = _git("log", "-1", "--format=%H", "--", *_CODE)
        return f"{commit}+changes" if commit and _git("status", "--porcelain", "--", *_CODE) else commit or "unknown"
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def _git(*arguments: str) -> str:
    command = ["git", "-C", str(ROOT), *arguments]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8", errors="replace").stdout.strip()


def prepare(config: dict[str, Any], *, main: bool) -> Plan:
    """Return the plan of a run: its batches, and the files that tell Snakemake what changed.

    This hashes the seeds; the main process writes nothing yet. Raises SystemExit with a message if the seeds folder is
    missing or empty, a frame scheme unknown or faulty, or the model or the reader of quotes not installed or damaged.
    """
    results = Path(config["results"])
    if not main and (results / "stages").is_dir():
        return _written(config, results)
    if main:
        drop_garbled_records(Path(".snakemake"))
        chosen_schemes(config["framing"])  # reports an unknown scheme before the first job
        try:
            check_reader(config["quotes"]["reader"])
            check_model(config["model"])
        except (LookupError, ValueError) as error:
            raise SystemExit(str(error)) from None
    advice = "Make it and put articles in, or set `seeds` in config.yaml."
    members, of_batches, refused = _documents(config, "seeds", config["seeds"], advice)
    if not members and not refused:
        raise SystemExit(f"{Path(config['seeds'])}: there are no articles here. Put some in, and run again.")
    reference, refused_there = _reference(config)
    texts = {f"batches/{batch}/manifest.jsonl": text for batch, text in {**of_batches, **reference}.items()}
    budget = Budget(largest=config["input"]["largest_megabytes"], most=config["input"]["most_megabytes"])
    user_texts, decisions, known = _user_files(config, budget)
    refused += not_there(config) + unread_files(config)
    refused += [*refused_there, *(Refused(file, "limit", reason) for file, reason in budget.left_out.items())]
    user_texts["refused.jsonl"] = "".join(json.dumps(entry._asdict()) + "\n" for entry in refused)
    corrections = correction_files(decisions, {each: batch for batch, doc_ids in members.items() for each in doc_ids})
    texts |= {
        f"batches/{batch}/{name}": text for batch, of_batch in corrections.items() for name, text in of_batch.items()
    }
    stages = _fingerprints(config, decisions, known)
    texts |= {f"stages/{name}": text for name, text in {**user_texts, **stages}.items()}
    renewed, groups = _renewed(results, members), _groups(config, members)
    files = PlanFiles(results, texts, renewed=renewed, batches=[*members, *reference], groups=groups)
    if not main:
        files.write()
    corrected = [batch for batch, of_batch in corrections.items() if of_batch["corrections.jsonl"]]
    return _plan(config, list(members), list(reference), files, corrected, user_texts)


def _documents(
    config: dict[str, Any], setting: str, folder: str, advice: str
) -> tuple[dict[str, list[str]], dict[str, str], list[Refused]]:
    """Return the documents of a folder of articles by batch, the manifest of each batch, and the refused files.

    Raises SystemExit with `setting`, which names the folder, and `advice` if there is no such folder.
    """
    if not Path(folder).is_dir():
        raise SystemExit(f"{setting}: there is no folder '{Path(folder)}'. {advice}")
    seeds, refused = find_seeds(Path(folder), largest=config["input"]["largest_megabytes"])
    members = split((seed.doc_id for seed in seeds), size=config["batch_size"])
    return members, manifests(seeds, members), refused


def _reference(config: dict[str, Any]) -> tuple[dict[str, str], list[Refused]]:
    """Return {batch: manifest} of the folder that the corpus is compared with, and the refused files there.

    Raises SystemExit with a message if the folder is missing or empty.
    """
    folder = config["keyness"]["reference"]
    if folder is None:
        return {}, []
    members, texts, refused = _documents(config, "keyness.reference", folder, "Make it, or set it to null.")
    if not members and not refused:
        raise SystemExit(f"keyness.reference: there are no articles in {Path(folder)}. Put some in, or set it to null.")
    refused = [entry._replace(seed=f"{REFERENCE}: {entry.seed}") for entry in refused]
    return {f"{REFERENCE}/{batch}": text for batch, text in texts.items()}, refused


def _user_files(config: dict[str, Any], budget: Budget) -> tuple[dict[str, str], list[Decision], list[Known]]:
    """Return {file name: text} for the files of stages/ about people's input besides articles, and what they hold.

    That is their decisions, and the rows of the table of known sources.
    """
    review = Path(config["review"]["folder"])
    sheets, own_projects = (budget.read_all(files_in(review, suffixes)) for suffixes in (SHEETS, [".qdpx"]))
    projects, project_decisions, project_faults = read_projects(own_projects)
    decisions, faults, reviews = read_decisions(sheets)
    decisions += project_decisions
    lines = [("decision", each._asdict()) for each in decisions]
    lines += [("fault", each._asdict()) for each in faults + project_faults]
    sources, known = planned_sources(Path(config["sources"]), budget)
    coding = coding_manifest(config["framing"]["coding"], with_coded_frames(projects), budget)
    frames = sorted(Path(config["framing"]["folder"]).glob("*.yaml"))
    topics = topics_manifest(Path(config["topics"]["file"]), Path(config["topics"]["folder"]), budget)
    views = views_manifest(Path(config["views"]), budget)
    texts = {
        "view_files.jsonl": views,
        "lost_seconds.txt": "",  # each run counts from zero (scripts.documents.lost_time)
        "source_files.jsonl": sources,
        "reference_texts.jsonl": reference_manifest(Path(config["reference_texts"]), budget),
        "topic_files.jsonl": topics,
        "project_files.jsonl": projects,
        "coding_files.jsonl": coding,
        "own_files.jsonl": own_files_manifest(sheets | own_projects, coding, sources, topics, views, frames, budget),
        "review_files.jsonl": reviews,
        "corrections.jsonl": "".join(json.dumps(line) + "\n" for line in lines),
    }
    return texts, decisions, known


def _fingerprints(config: dict[str, Any], decisions: list[Decision], known: list[Known]) -> dict[str, str]:
    """Return {file name in stages/: fingerprint} for each step; `known` are the rows of the table of known sources."""
    ids, aliases = ids_by_name(known), with_merged_names(config["entities"]["aliases"], decisions)
    with_names = {**config, "entities": {**config["entities"], "aliases": aliases, "known": names_in_json(known)}}
    everything = {**config, "code_commit": code_commit(), "packages": package_versions()}
    texts = {}
    for name, step in steps().items():
        settings = everything if step.settings == ("*",) else selected(with_names, step.settings)
        if ids and writes_names(name):
            settings["tables"] = {**settings["tables"], "ids": ids}
        texts[f"{name}.json"] = fingerprint(step.modules, settings)
    return texts


def _renewed(results: Path, batches: Iterable[str]) -> list[str]:
    """Return the files of the plan to renew because results that depend on them are damaged or had a passing fault."""
    duplicates = results / "batches" / "duplicates.parquet"
    damaged = ["duplicates"] if duplicates.exists() and not is_sound(duplicates) else []
    return [
        *(f"batches/{batch}/manifest.jsonl" for batch in passing(results / "batches", batches)),
        *(f"stages/{stage}.json" for stage in [*broken_folders(results), *damaged]),
    ]


def _written(config: dict[str, Any], results: Path) -> Plan:
    """Return the plan that the main process wrote."""
    batches = read_batches(results / "batches", holding=BATCH_PLAN[0])
    of_reference = read_batches(results / "batches" / REFERENCE, holding=BATCH_PLAN[0])
    user_texts = {name: (results / "stages" / name).read_text(encoding="utf-8") for name in _DECIDING}
    files = PlanFiles(results, {})
    files.write()
    reference = [f"{REFERENCE}/{batch}" for batch in of_reference]
    return _plan(config, batches, reference, files, read_corrected(results / "batches", batches), user_texts)


def _plan(
    config: dict[str, Any],
    batches: list[str],
    reference: list[str],
    files: PlanFiles,
    corrected: list[str],
    user_texts: Mapping[str, str],
) -> Plan:
    """Return a plan; `user_texts` has those of the files `_DECIDING` in stages/, by name."""
    corrections, reviews, projects, topics, views = (user_texts[name] for name in _DECIDING)
    return Plan(
        batches=batches,
        groups=_groups(config, batches),
        reference=reference,
        files=files,
        corrected=corrected,
        reviewed=bool(corrections),
        checked=bool(reviews),
        projects=bool(projects),
        coded=[each["path"] for each in with_coded_frames(projects)],
        topics=bool(topics),
        views=view_names(views.splitlines()),
    )


def _groups(config: dict[str, Any], batches: Iterable[str]) -> dict[str, list[str]]:
    return group_batches(batches, batch_size=config["batch_size"], documents=config["batch_group_size"])


def prune(
    config: dict[str, Any], plan: Plan, unplanned: Collection[str], made: Collection[str], *, is_whole: bool
) -> None:
    """Remove our files of batches, groups and views that are gone, and files that killed jobs left half-written.

    `unplanned` are tables that a whole run does not make: if they stayed, the page would show what their sheets said.
    `made` are the files that this run makes, or has made. If it `is_whole`, tables of batches, figures and pages of
    documents go that nothing asks for any more: they would keep the texts of articles that are removed later.
    """
    results, listed = Path(config["results"]), plan.files.listed
    begin_record(results, disk_time(results))
    remove_leftovers(results, listed)
    views = (name for name in listed if name.startswith("views/") and name.split("/")[1] not in plan.views)
    gone = (name for name in listed - {*made} if name.startswith("tables/") and Path(name).stem in unplanned)
    old = not_made(results, listed, made) if is_whole else []
    remove(results, listed, [*of_others(listed, {*plan.batches, *plan.reference}, plan.groups), *views, *gone, *old])


def explain(config: dict[str, Any]) -> None:
    """Print a line after a failed run if the disk is nearly full: a job without space cannot say so in its log."""
    free = shutil.disk_usage(config["results"]).free
    if free < _LITTLE_SPACE:
        print(
            f"Only {free / 1e6:.1f} MB are free on the disk of {config['results']}, which may be why the run failed. "
            "Make room and run it again: what is finished is kept.",
            file=sys.stderr,
        )


def set_environment() -> None:
    """Set the environment so that jobs find this Python and our modules from anywhere, and have one BLAS thread."""
    os.environ.pop(WORKER, None)  # of another run: Slurm would pass it on, and the job would run outside its limits
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    os.environ["PYTHONHASHSEED"] = "0"
    os.environ["PYTHONUTF8"] = "1"  # in a Windows encoding, a job could fail when it prints a name or a text
    os.environ |= {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL", "BLIS")}
    # Arrow shares NumPy's allocator, and freed memory is kept for the next array, so the system need not clear it anew:
    # framing of 10,001 articles took 3.9 CPU s and 477 MB instead of 4.7 and 558.
    os.environ["ARROW_DEFAULT_MEMORY_POOL"] = "system"
    os.environ["JE_ARROW_MALLOC_CONF"] = "background_thread:false"  # the worker forks, so it may have only one thread
    os.environ["MALLOC_MMAP_THRESHOLD_"] = str(2**25)  # the most that glibc allows
    os.environ["MALLOC_TRIM_THRESHOLD_"] = str(2**30)
