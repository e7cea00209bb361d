# Newsloom: from news text in seeds/ to results/report.html.
# `snakemake --cores 4` makes everything that is out of date; `snakemake --list` shows the other targets.

import atexit
import gc
from pathlib import Path

from snakemake.logging import logger

from scripts.core.worker import start_worker
from scripts.plan.console import short_account
from scripts.plan.folder import written_names
from scripts.plan.prepare import explain, prepare, prune, set_environment
from scripts.plan.record import record_written
from scripts.plan.settings import check, check_yaml
from scripts.plan.utf8 import start_in_utf8

start_in_utf8()
# Snakemake makes many objects that live as long as the run. Python would search them for cycles again and again, and
# once more at the end. Sparing it that, a run with nothing to do takes 1.4 s instead of 1.8.
gc.set_threshold(50_000)
atexit.register(gc.freeze)

if Path("config.yaml").exists():
    check_yaml(Path("config.yaml"))

    configfile: "config.yaml"


config = check(config)
set_environment()
PLAN = prepare(config, main=workflow.is_main_process)
if not workflow.output_settings.dryrun:
    logger.addHandler(PLAN.files)  # writes them when the run begins
ACCOUNT = None
if workflow.is_main_process:
    ACCOUNT = short_account(logger, workflow.output_settings, Path(config["results"]), PLAN.batches)


include: "workflow/rules/common.smk"
include: "workflow/rules/documents.smk"
include: "workflow/rules/annotation.smk"
include: "workflow/rules/entities.smk"
include: "workflow/rules/sources.smk"
include: "workflow/rules/statistics.smk"
include: "workflow/rules/projects.smk"
include: "workflow/rules/framing.smk"
include: "workflow/rules/topics.smk"
include: "workflow/rules/stories.smk"
include: "workflow/rules/review.smk"
include: "workflow/rules/report.smk"
include: "workflow/rules/exports.smk"


if workflow.is_main_process:
    PLAN.files.check_folder(workflow)


onstart:
    jobs = [*workflow.dag.jobs]
    made = written_names(Path(config["results"]), jobs)
    is_whole = any(job.rule.name == "all" for job in jobs)
    prune(config, PLAN, {*reader_tables(REASONS)} - {*TABLES}, made, is_whole=is_whole)
    if workflow.local_exec:
        start_worker({job.rule.name for job in workflow.dag.needrun_jobs()})
        # A limit on job starts makes Snakemake 9 scan all ready jobs again one second after each scan, and wait for
        # that second at the end. With 100,000 articles (512 batches), these scans took a whole core.
        workflow.scheduler.job_rate_limiter = None


onsuccess:
    record_written(Path(config["results"]), rules.all.input)
    if ACCOUNT:
        ACCOUNT.end(log, succeeded=True)


onerror:
    record_written(Path(config["results"]), rules.all.input)
    explain(config)
    if ACCOUNT:
        ACCOUNT.end(log, succeeded=False)


rule tables:
    """The tables, as CSV and Parquet."""
    input:
        table_files(*TABLES),


rule exports:
    """Results for other tools: data package, workbook, RO-Crate."""
    input:
        rules.datapackage.output,
        rules.workbook.output,
        rules.crate.output,


# `verify` reads the disk of the main process, so it is not a job for a cluster.
localrules:
    verify,


rule verify:
    """Compare all results with their recorded hashes, and list files that are damaged, edited or missing."""
    input:
        asked_beside,
    log:
        f"{RESULTS}/logs/verify.log",
    params:
        results=results_folder,
    message:
        "Checking the results against the hashes that were recorded when they were written"
    shell:
        "python -m scripts.core.launch scripts.plan.verify {params.results:q} 2> {log:q}"


rule all:
    """Everything (the default): the tables and their description, the figures and the report."""
    default_target: True
    input:
        rules.tables.input,
        rules.figures.output,
        rules.report.output,
        DOCUMENT_PAGES,
        rules.views.output if PLAN.views else [],
        rules.datapackage.output,
