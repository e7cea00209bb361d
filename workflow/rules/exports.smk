# The results in formats of other tools, and a frozen copy of them. Only the data package is made in every run.
# Each vouches for its input files, so these are compared with the hashes recorded when they were written. Commands name
# tables, not their files: Windows allows no command of more than 8,191 characters.

EXPORTS = f"{RESULTS}/exports"
# The texts, and the tables that mark places in them.
MARKED = ["documents", "quotes", "entities", "entity_mentions", "frame_codes"]
PARQUET = parquet_files(*TABLES)


rule datapackage:
    """Description of the tables as a data package: results/datapackage.json."""
    input:
        table_files(*TABLES),
        stage=stage("datapackage"),
    output:
        f"{RESULTS}/datapackage.json",
    log:
        f"{RESULTS}/logs/datapackage.log",
    resources:
        mem_mb=500,
        runtime=5,
    params:
        results=results_folder,
        folder=lambda wildcards, input: tables_folder(wildcards, input, []),
        tables=TABLES,
    message:
        "Describing the tables as a data package"
    shell:
        "python -m scripts.core.launch scripts.core.recorded {params.results:q}"
        " --folder {params.folder:q} --tables {params.tables} --keep-edited"
        " -- scripts.report.exports.datapackage --folder {params.folder:q}"
        " --tables {params.tables} --settings {input.stage:q} --output {output:q} 2> {log:q}"


rule workbook:
    """All tables in one workbook: results/exports/tables.xlsx."""
    input:
        PARQUET,
        stage=stage("workbook"),
    output:
        f"{EXPORTS}/tables.xlsx",
    log:
        f"{RESULTS}/logs/workbook.log",
    resources:
        mem_mb=1000,
        runtime=60,
    params:
        results=results_folder,
        folder=lambda wildcards, input: tables_folder(wildcards, input, []),
        tables=TABLES,
    message:
        "Writing all tables into one workbook"
    shell:
        "python -m scripts.core.launch scripts.core.recorded {params.results:q}"
        " --folder {params.folder:q} --parquet {params.tables}"
        " -- scripts.report.exports.workbook --folder {params.folder:q}"
        " --tables {params.tables} --settings {input.stage:q} --output {output:q} 2> {log:q}"


rule qdpx:
    """A REFI-QDA project for NVivo, MAXQDA, ATLAS.ti, QualCoder: results/exports/project.qdpx."""
    input:
        expand(
            f"{RESULTS}/tables/{{name}}.parquet",
            name=[*MARKED, "document_groups", "sentences", "sources"],
        ),
        stage=stage("qdpx"),
    output:
        f"{EXPORTS}/project.qdpx",
    log:
        f"{RESULTS}/logs/qdpx.log",
    resources:
        mem_mb=2000,
        runtime=20,
    params:
        results=results_folder,
        folder=lambda wildcards, input: tables_folder(wildcards, input, []),
    message:
        "Writing a REFI-QDA project: results/exports/project.qdpx"
    shell:
        "python -m scripts.core.launch scripts.core.recorded {params.results:q} {input:q}"
        " -- scripts.projects.export --folder {params.folder:q} --settings {input.stage:q}"
        " --output {output:q} 2> {log:q}"


rule crate:
    """Description of the run as an RO-Crate: results/ro-crate-metadata.json."""
    input:
        table_files(*TABLES),
        files=[
            *rules.figures.output,
            *rules.report.output,
            *rules.provenance.output,
            *rules.datapackage.output,
        ],
        provenance=rules.provenance.output,
        stage=stage("crate"),
    output:
        metadata=f"{RESULTS}/ro-crate-metadata.json",
        workflow=f"{RESULTS}/workflow/Snakefile",
    log:
        f"{RESULTS}/logs/crate.log",
    resources:
        mem_mb=500,
        runtime=5,
    params:
        results=results_folder,
        folder=lambda wildcards, input: tables_folder(wildcards, input, []),
        tables=TABLES,
    message:
        "Describing the run as an RO-Crate"
    shell:
        "python -m scripts.core.launch scripts.core.recorded {params.results:q} {input.files:q}"
        " --folder {params.folder:q} --tables {params.tables}"
        " -- scripts.report.exports.crate --provenance {input.provenance:q} --settings {input.stage:q}"
        " --folder {params.folder:q} --tables {params.tables} --files {input.files:q}"
        " --output {output.metadata:q} --workflow {output.workflow:q} 2> {log:q}"


rule share:
    """A copy of the results for a colleague: results/share.zip."""
    input:
        table_files(*TABLES),
        figures=rules.figures.output,
        provenance=rules.provenance.output,
        own=on_disk(f"{RESULTS}/stages/own_files.jsonl"),
        stage=stage("share"),
    output:
        f"{RESULTS}/share.zip",
    log:
        f"{RESULTS}/logs/share.log",
    resources:
        mem_mb=2000,
        runtime=60,
    params:
        results=results_folder,
        folder=lambda wildcards, input: tables_folder(wildcards, input, []),
        figures=lambda wildcards, input: figures_folder(wildcards, input, []),
        tables=TABLES,
    message:
        "Packing a copy for others: results/share.zip"
    shell:
        "python -m scripts.core.launch scripts.core.recorded {params.results:q} {input.figures:q}"
        " {input.provenance:q} --folder {params.folder:q} --tables {params.tables}"
        " -- scripts.report.exports.share --folder {params.folder:q} --figures {params.figures:q}"
        " --tables {params.tables} --provenance {input.provenance:q} --own {input.own:q}"
        " --settings {input.stage:q} --output {output:q} 2> {log:q}"
