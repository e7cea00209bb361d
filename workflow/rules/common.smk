# Where files are, and what all rules share.
#
# A rule's `priority` says how much of a run waits for it: among ready jobs, the highest goes first. With one of 1,442
# articles edited, this keeps both cores busy and saves 1.3 of 13 seconds.

from pathlib import Path

from scripts.core.planned import files_in
from scripts.core.schemas import reader_tables, tables_of, tables_that_are
from scripts.documents.groups import TOPIC, column_names

RESULTS = config["results"]
BATCH = f"{RESULTS}/batches/{{batch}}"
CORRECTED, GROUPED = tables_that_are("corrected"), tables_that_are("grouped")
# The coders' filled-in sheets.
SHEETS = [*files_in(Path(config["framing"]["coding"]["folder"])), *PLAN.coded]
REASONS = {
    "corrections": PLAN.reviewed,
    "reviews": PLAN.checked,
    "projects": PLAN.projects,
    "codes": SHEETS,
    "topics": PLAN.topics,
}
REASONS["discovered"] = config["topics"]["discover"]
# Grouping documents by topic needs a separate table.
TOPICS_OF_GROUPS = (
    [f"{RESULTS}/tables/topic_documents.parquet"] if PLAN.topics and TOPIC in column_names(config["groups"]) else []
)
TABLES = reader_tables([reason for reason, there_are in REASONS.items() if there_are])
# Steps that also write the problems with a batch's documents. Without terms, nothing is looked up for a concordance.
GUARDED = ["tokens", "parses", "entities", "quotes", "frame_codes", "valence", "counts"]
GUARDED += ["concordance"] if config["concordance"]["terms"] else []
GUARDED += ["topic_hits"] if PLAN.topics else []
REFERENCE_GUARDED = ["tokens", "parses", "counts"]


wildcard_constraints:
    batch="(?:reference/)?(?:all|[01]+)",
    group="[01]+",


def on_disk(path):
    """Return the input function of a file of the plan: never in a bucket, since Snakemake's own process writes it."""
    return lambda wildcards: local(PLAN.files.place(path.format(**wildcards)))


def stage(name):
    """Return the input function of a stage's fingerprint: its settings, modules, word lists and package versions."""
    return on_disk(f"{RESULTS}/stages/{name}.json")


def excluded(wildcards):
    """Return the list of documents that a person excludes from a batch; a reference corpus has none."""
    return [] if wildcards.batch.startswith("reference/") else on_disk(f"{BATCH}/excluded.jsonl")(wildcards)


def corrected_path(table, batch):
    """Return the path of a batch's table, as corrected by a person if the batch has corrections."""
    return f"{RESULTS}/batches/{batch}/{'corrected/' if batch in PLAN.corrected else ''}{table}.parquet"


def corrected(table):
    """Return the input function of a step that takes a table of its batch as corrected."""
    return lambda wildcards: corrected_path(table, wildcards.batch)


def of_batches(name):
    """Return the path of a file in every batch."""
    return expand(f"{BATCH}/{name}", batch=PLAN.batches)


def reduced(name):
    """Return the paths of a file of counts in every group of batches, or in every batch if there are no groups."""
    return expand(f"{RESULTS}/groups/{{group}}/{name}", group=PLAN.groups) or of_batches(name)


def parts(table):
    """Return the paths of a table in every batch, as corrected if the table can be."""
    if table not in CORRECTED:
        return of_batches(f"{table}.parquet")
    return [corrected_path(table, batch) for batch in PLAN.batches]


def parquet_files(*names):
    """Return the Parquet files of the user's tables; a long table has one for each group of batches."""
    grouped = [name for name in names if name in GROUPED and PLAN.groups]
    return expand(f"{RESULTS}/tables/{{name}}.parquet", name=[name for name in names if name not in grouped]) + expand(
        f"{RESULTS}/tables/{{name}}.parquet/{{group}}.parquet", name=grouped, group=PLAN.groups
    )


def table_files(*names):
    """Return the Parquet and CSV files of the user's tables."""
    return [*parquet_files(*names), *expand(f"{RESULTS}/tables/{{name}}.csv", name=names)]


def memory(megabytes, *, per_thousand=0):
    """Return a job's memory: `megabytes` plus `per_thousand` for each thousand documents at most, times the attempt."""
    documents = len(PLAN.batches) * config["batch_size"]
    return lambda wildcards, attempt: int(attempt * (megabytes + per_thousand * documents / 1000))


def minutes(number):
    """Return a batch job's minutes: `number` for up to 256 documents, more for larger batches, times the attempt."""
    return lambda wildcards, attempt: attempt * -(-number * max(256, config["batch_size"]) // 256)


def _folder(name, files):
    """Return the nearest folder of a name above the first file inside one, since a job may get copies from a bucket.

    Without such files, as when there are no seeds and so no batches, it is the folder in the results.
    """
    folders = (str(folder) for file in files for folder in Path(file).parents if folder.name == name)
    return next(folders, f"{RESULTS}/{name}")


def results_folder(wildcards):
    """Return the folder with the record of the final files."""
    return RESULTS


def batches_folder(wildcards, input):
    """Return the folder of the batches."""
    return _folder("batches", input)


def counts_folder(wildcards, input):
    """Return the folder of the counts that corpus steps read: of groups or of batches."""
    return _folder("groups", input) if PLAN.groups else batches_folder(wildcards, input)


def boilerplate_folder(wildcards, input, output):
    """Return the folder of the counts of documents without boilerplate."""
    return _folder("boilerplate", [*output, *input])


def tables_folder(wildcards, input, output):
    """Return the folder of the user's tables."""
    return _folder("tables", [*output, *input])


def figures_folder(wildcards, input, output):
    """Return the folder of the figures."""
    return _folder("figures", [*output, *input])


def repetitions(wildcards):
    """Return the list of documents that repeat others, if these are dropped; a reference corpus keeps them all."""
    is_dropped = config["duplicates"] == "drop" and not wildcards.batch.startswith("reference/")
    return rules.duplicates.output.duplicates if is_dropped else []


def asked_beside(wildcards):
    """Return the files requested together with `verify`, so that it checks the results after they are made."""
    files = []
    for target in workflow.dag_settings.targets:
        if not workflow.is_rule(target):
            files.append(target)
        elif target != "verify":
            its = getattr(rules, target)
            files += its.output or its.input
    return files
