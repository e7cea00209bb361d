# REFI-QDA projects that come back from other tools for coding texts.


rule project_codings:
    """Table project_codings: codings in projects from other tools."""
    input:
        files=on_disk(f"{RESULTS}/stages/project_files.jsonl"),
        documents=f"{RESULTS}/tables/documents.parquet",
        stage=stage("project_codings"),
    output:
        table_files("project_codings"),
        problems=f"{RESULTS}/batches/project_problems.parquet",
    log:
        f"{RESULTS}/logs/project_codings.log",
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        folder=tables_folder,
    message:
        "Listing the codings of projects of other tools"
    shell:
        "python -m scripts.core.launch scripts.projects.codings"
        " --files {input.files:q} --folder {params.folder:q} --settings {input.stage:q}"
        " --problems {output.problems:q} 2> {log:q}"


rule project_sheets:
    """Codes of frames in projects from other tools, as coders' sheets."""
    input:
        f"{RESULTS}/tables/documents.parquet",
        f"{RESULTS}/tables/document_groups.parquet",
        f"{RESULTS}/tables/sentences.parquet",
        f"{RESULTS}/tables/frame_codes.parquet",
        f"{RESULTS}/tables/project_codings.parquet",
        files=on_disk(f"{RESULTS}/stages/coding_files.jsonl"),
        stage=stage("project_sheets"),
    output:
        f"{RESULTS}/batches/project_sheets.json",
    log:
        f"{RESULTS}/logs/project_sheets.log",
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        folder=tables_folder,
    message:
        "Reading the frames that people coded in other tools"
    shell:
        "python -m scripts.core.launch scripts.projects.sheets --settings {input.stage:q} --folder {params.folder:q}"
        " --files {input.files:q} --output {output:q} 2> {log:q}"
