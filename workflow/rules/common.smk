# Where things lie, and what every rule shares.

from pathlib import Path

from scripts.batches import dropped_list

RESULTS = config["results"]
BATCH = f"{RESULTS}/batches/{{batch}}"
TABLES = ["documents", "problems", "sentences", "tokens", "entities", "quotes"]


wildcard_constraints:
    batch="(?:reference/)?(?:all|[01]+)",


def stage(name):
    """The fingerprint of a stage: its settings, modules, word lists and package versions."""
    return f"{RESULTS}/stages/{name}.json"


def of_batches(name):
    """One file of every batch."""
    return expand(f"{BATCH}/{name}", batch=PLAN.batches)


def table_files(*names):
    """Tables for the reader."""
    return expand(f"{RESULTS}/tables/{{name}}.{{form}}", name=names, form=["parquet", "csv"])


def has_parts(wildcards):
    """Whether the batches have parts of a table: without terms to look up nothing is looked up."""
    return wildcards.table != "concordance" or bool(config["concordance"]["terms"])


def batches_folder(wildcards):
    """Where the batches lie. A function, since the linter takes a bare prefix of an output for a mistake."""
    return f"{RESULTS}/batches"


def tables_folder(wildcards):
    """Where the reader's tables lie."""
    return f"{RESULTS}/tables"


def figures_folder(wildcards):
    """Where the figures lie."""
    return f"{RESULTS}/figures"


def _finds_duplicates(wildcards):
    return config["duplicates"] == "drop" and not wildcards.batch.startswith("reference/")


def dropped(wildcards):
    """The list of documents to leave out of a batch; nothing is left out of a reference corpus."""
    if not _finds_duplicates(wildcards):
        return []
    return dropped_list(Path(checkpoints.duplicates.get().output[0]), wildcards.batch)


def analysed_documents(wildcards):
    """The documents of a batch.

    With `duplicates: drop` a job that takes them waits for the checkpoint: Snakemake looks anew at nothing else, and
    would redo the later steps of every batch once the duplicates are looked for again.
    """
    if _finds_duplicates(wildcards):
        checkpoints.duplicates.get()
    return f"{RESULTS}/batches/{wildcards.batch}/documents.parquet"


def gold_file(wildcards):
    """The gold data, which is no part of the project."""
    if not config["evaluation"]["gold"]:
        raise WorkflowError(
            "evaluation.gold: name a file of gold data in config.yaml (docs/attribution.md has its form)"
        )
    return config["evaluation"]["gold"]
