# From the seeds to documents, their groups, and problems.


rule documents:
    """Documents of a batch: uniform text, metadata, language, and signatures for finding copies."""
    input:
        manifest=on_disk(f"{BATCH}/manifest.jsonl"),
        excluded=excluded,
        stage=stage("documents"),
    output:
        documents=f"{BATCH}/documents.parquet",
        problems=f"{BATCH}/problems.parquet",
        signatures=f"{BATCH}/signatures.parquet",
    log:
        f"{RESULTS}/logs/documents/{{batch}}.log",
    resources:
        mem_mb=memory(1000),
        runtime=minutes(5),
    params:
        seeds=lambda wildcards: (
            config["keyness"]["reference"] if wildcards.batch.startswith("reference/") else config["seeds"]
        ),
        excluded=lambda wildcards, input: ["--excluded", input.excluded] if input.excluded else [],
        lost=f"{RESULTS}/stages/lost_seconds.txt",
    message:
        "Reading the seeds of batch {wildcards.batch}"
    shell:
        "python -m scripts.core.launch scripts.documents"
        " --manifest {input.manifest:q} {params.excluded:q} --seeds {params.seeds:q}"
        " --settings {input.stage:q} --lost {params.lost:q}"
        " --documents {output.documents:q} --problems {output.problems:q} --signatures {output.signatures:q} 2> {log:q}"


rule duplicates:
    """Documents that repeat an earlier one, and pairs of documents that resemble each other."""
    input:
        of_batches("signatures.parquet"),
        stage=stage("duplicates"),
    output:
        duplicates=f"{RESULTS}/batches/duplicates.parquet",
        pairs=expand(f"{RESULTS}/tables/near_duplicates.{{form}}", form=["parquet", "csv"]),
    log:
        f"{RESULTS}/logs/duplicates.log",
    resources:
        mem_mb=memory(200, per_thousand=3),
        runtime=10,
    params:
        batches=batches_folder,
        folder=tables_folder,
    message:
        "Looking for documents that repeat others"
    shell:
        "python -m scripts.core.launch scripts.documents.duplicates"
        " --batches {params.batches:q} --settings {input.stage:q}"
        " --output {output.duplicates:q} --folder {params.folder:q} 2> {log:q}"


rule corpus:
    """Table documents: all documents of the corpus, joined from the batches."""
    input:
        documents=of_batches("documents.parquet"),
        manifests=lambda wildcards: [on_disk(path)(wildcards) for path in of_batches("manifest.jsonl")],
        refused=on_disk(f"{RESULTS}/stages/refused.jsonl"),
        problems=of_batches("problems.parquet"),
        reference=[f"{RESULTS}/batches/{batch}/problems.parquet" for batch in PLAN.reference],
        sentences=of_batches("sentences.parquet"),
        tokens=of_batches("tokens.parquet"),
        failures=[of_batches(f"{step}_problems.parquet") for step in ("tokens", "parses")],
        duplicates=rules.duplicates.output.duplicates,
        stage=stage("corpus"),
    output:
        table_files("documents"),
        problems=f"{RESULTS}/batches/problems.parquet",
    log:
        f"{RESULTS}/logs/corpus.log",
    priority: 40
    resources:
        mem_mb=memory(500, per_thousand=5),
        runtime=10,
    params:
        batches=batches_folder,
        folder=tables_folder,
    message:
        "Listing the documents"
    shell:
        "python -m scripts.core.launch scripts.documents.corpus"
        " --batches {params.batches:q} --refused {input.refused:q}"
        " --duplicates {input.duplicates:q} --settings {input.stage:q} --folder {params.folder:q}"
        " --problems {output.problems:q} 2> {log:q}"


rule problems:
    """Table problems: what could not be read or used, and what to do."""
    input:
        corpus=rules.corpus.output.problems,
        corrections=f"{RESULTS}/batches/corrections_problems.parquet" if PLAN.reviewed else [],
        projects=f"{RESULTS}/batches/project_problems.parquet" if PLAN.projects else [],
        topics=f"{RESULTS}/batches/topic_problems.parquet" if PLAN.topics else [],
        views=f"{RESULTS}/batches/view_problems.parquet" if PLAN.views else [],
        failures=[of_batches(f"{step}_problems.parquet") for step in GUARDED],
        reference=[
            f"{RESULTS}/batches/{batch}/{step}_problems.parquet"
            for batch in PLAN.reference
            for step in REFERENCE_GUARDED
        ],
        stage=stage("problems"),
    output:
        table_files("problems"),
    log:
        f"{RESULTS}/logs/problems.log",
    resources:
        mem_mb=memory(200, per_thousand=1),
        runtime=10,
    params:
        batches=batches_folder,
        folder=tables_folder,
        steps=GUARDED,
        review=lambda wildcards, input: [
            "--review",
            *filter(None, [input.corrections, input.projects, input.topics, input.views]),
        ],
        reference_steps=REFERENCE_GUARDED if PLAN.reference else [],
    message:
        "Listing the problems"
    shell:
        "python -m scripts.core.launch scripts.documents.problems_table"
        " --batches {params.batches:q} --corpus {input.corpus:q}"
        " {params.review:q}"
        " --steps {params.steps} --reference-steps {params.reference_steps} --settings {input.stage:q}"
        " --folder {params.folder:q} 2> {log:q}"


# The first corpus step, so that a misspelt column is reported within seconds.
rule document_groups:
    """Table document_groups: the group of each document (setting groups)."""
    input:
        f"{RESULTS}/tables/documents.parquet",
        TOPICS_OF_GROUPS,
        stage=stage("document_groups"),
    output:
        table_files("document_groups"),
    log:
        f"{RESULTS}/logs/document_groups.log",
    priority: 50
    resources:
        mem_mb=memory(200, per_thousand=1),
        runtime=10,
    params:
        folder=tables_folder,
    message:
        "Grouping documents"
    shell:
        "python -m scripts.core.launch scripts.documents.groups"
        " --settings {input.stage:q} --folder {params.folder:q} 2> {log:q}"
