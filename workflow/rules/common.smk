# Where things lie, and what every rule shares.
#
# A rule's `priority` says how much of a run waits for it: of jobs that are ready the highest goes first. With one article
# edited of 1,442 that fills both cores, and saves 1.3 of 13 seconds.

from pathlib import Path

from scripts.core.planned import files_in
from scripts.core.schemas import reader_tables, tables_of, tables_that_are
from scripts.documents.groups import TOPIC, column_names

RESULTS = config["results"]
BATCH = f"{RESULTS}/batches/{{batch}}"
CORRECTED, GROUPED = tables_that_are("corrected"), tables_that_are("grouped")
# The coders' filled sheets.
SHEETS = [*files_in(Path(config["framing"]["coding"]["folder"])), *PLAN.coded]
REASONS = {
    "corrections": PLAN.reviewed,
    "reviews": PLAN.checked,
    "projects": PLAN.projects,
    "codes": SHEETS,
    "topics": PLAN.topics,
}
REASONS["discovered"] = config["topics"]["discover"]
# A column by which documents can be grouped stands in a table of its own.
TOPICS_OF_GROUPS = (
    [f"{RESULTS}/tables/topic_documents.parquet"] if PLAN.topics and TOPIC in column_names(config["groups"]) else []
)
TABLES = reader_tables([reason for reason, there_are in REASONS.items() if there_are])
# The steps that write, beside their tables of a batch, the problems with its documents; without terms none are looked up.
GUARDED = ["tokens", "parses", "entities", "quotes", "frame_codes", "valence", "counts"]
GUARDED += ["concordance"] if config["concordance"]["terms"] else []
GUARDED += ["topic_hits"] if PLAN.topics else []
REFERENCE_GUARDED = ["tokens", "parses", "counts"]


wildcard_constraints:
    batch="(?:reference/)?(?:all|[01]+)",
    group="[01]+",


def on_disk(path):
    """The input function of a file of the plan, which is never in a bucket: Snakemake's own process writes it."""
    return lambda wildcards: local(PLAN.files.place(path.format(**wildcards)))


def stage(name):
    """The fingerprint of a stage: its settings, modules, word lists and package versions."""
    return on_disk(f"{RESULTS}/stages/{name}.json")


def excluded(wildcards):
    """The documents that a reader leaves out of a batch; none of a reference corpus."""
    return [] if wildcards.batch.startswith("reference/") else on_disk(f"{BATCH}/excluded.jsonl")(wildcards)


def corrected_path(table, batch):
    """A table of a batch as a reader corrected it, if there are corrections of the batch."""
    return f"{RESULTS}/batches/{batch}/{'corrected/' if batch in PLAN.corrected else ''}{table}.parquet"


def corrected(table):
    """The input function of a step that takes a table of its batch as corrected."""
    return lambda wildcards: corrected_path(table, wildcards.batch)


def of_batches(name):
    """One file of every batch."""
    return expand(f"{BATCH}/{name}", batch=PLAN.batches)


def reduced(name):
    """A file of counts of every group of batches, or of every batch where there are no groups: both add up."""
    return expand(f"{RESULTS}/groups/{{group}}/{name}", group=PLAN.groups) or of_batches(name)


def parts(table):
    """A table of every batch, as corrected where it is one that can be."""
    if table not in CORRECTED:
        return of_batches(f"{table}.parquet")
    return [corrected_path(table, batch) for batch in PLAN.batches]


def parquet_files(*names):
    """The Parquet files of tables for the reader: of a long one, one of each group of batches."""
    grouped = [name for name in names if name in GROUPED and PLAN.groups]
    return expand(f"{RESULTS}/tables/{{name}}.parquet", name=[name for name in names if name not in grouped]) + expand(
        f"{RESULTS}/tables/{{name}}.parquet/{{group}}.parquet", name=grouped, group=PLAN.groups
    )


def table_files(*names):
    """Tables for the reader."""
    return [*parquet_files(*names), *expand(f"{RESULTS}/tables/{{name}}.csv", name=names)]


def memory(megabytes, *, per_thousand=0):
    """What a job asks for: so many megabytes, more for each thousand documents that there may be, and more if it failed."""
    documents = len(PLAN.batches) * config["batch_size"]
    return lambda wildcards, attempt: int(attempt * (megabytes + per_thousand * documents / 1000))


def minutes(number):
    """The time that a job of a batch asks for: so many minutes for a batch of 256 or fewer, and more if it failed."""
    return lambda wildcards, attempt: attempt * -(-number * max(256, config["batch_size"]) // 256)


def _folder(name, files):
    """The nearest folder of that name above the first of the files that lies in one: a job may get copies from a bucket.

    Without seeds there are no batches, and no files in them.
    """
    folders = (str(folder) for file in files for folder in Path(file).parents if folder.name == name)
    return next(folders, f"{RESULTS}/{name}")


def results_folder(wildcards):
    """Where the record of the final files lies."""
    return RESULTS


def batches_folder(wildcards, input):
    """Where the batches lie."""
    return _folder("batches", input)


def counts_folder(wildcards, input):
    """Where the counts lie that the corpus takes: of groups or of batches."""
    return _folder("groups", input) if PLAN.groups else batches_folder(wildcards, input)


def boilerplate_folder(wildcards, input, output):
    """Where the counts of documents without boilerplate lie."""
    return _folder("boilerplate", [*output, *input])


def tables_folder(wildcards, input, output):
    """Where the reader's tables lie."""
    return _folder("tables", [*output, *input])


def figures_folder(wildcards, input, output):
    """Where the figures lie."""
    return _folder("figures", [*output, *input])


def repetitions(wildcards):
    """The list of documents that repeat others, where these are left out; nothing is left out of a reference corpus."""
    is_dropped = config["duplicates"] == "drop" and not wildcards.batch.startswith("reference/")
    return rules.duplicates.output.duplicates if is_dropped else []


def asked_beside(wildcards):
    """The files that are asked for beside `verify`, which looks at the results when they are made."""
    files = []
    for target in workflow.dag_settings.targets:
        if not workflow.is_rule(target):
            files.append(target)
        elif target != "verify":
            its = getattr(rules, target)
            files += its.output or its.input
    return files
