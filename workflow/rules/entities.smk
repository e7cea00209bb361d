# Boilerplate; names over all documents and their statistics; quotes with their speakers' names over all documents.


rule boilerplate:
    """Paragraphs that outlets repeat; sentences and mentions of names joined from the batches."""
    input:
        parquet_files("documents", "near_duplicates"),
        of_batches("documents.parquet"),
        *[parts(table) for table in ["sentences", "tokens", "entities", "quotes"]],
        stage=stage("boilerplate"),
    output:
        table_files("sentences", "entities", *tables_of("boilerplate")),
    log:
        f"{RESULTS}/logs/boilerplate.log",
    priority: 40
    resources:
        mem_mb=memory(800, per_thousand=5),
        runtime=30,
    params:
        folder=tables_folder,
        batches=batches_folder,
        corrected=PLAN.corrected,
    message:
        "Joining the batches' sentences and names; finding boilerplate"
    shell:
        "python -m scripts.core.launch"
        " scripts.core.tables --tables sentences entities --batches {params.batches:q} --settings {input.stage:q}"
        " --folder {params.folder:q} --corrected {params.corrected:q}"
        " -- scripts.documents.boilerplate --batches {params.batches:q} --settings {input.stage:q} --folder {params.folder:q}"
        " --corrected {params.corrected:q} 2> {log:q}"


rule entity_statistics:
    """Names over all documents, their counts and network; quotes joined from the batches."""
    input:
        parquet_files("documents", "sentences", "entities", "boilerplate_places"),
        parts("quotes"),
        stage=stage("entity_statistics"),
    output:
        table_files("quotes", *tables_of("entity_statistics")),
    log:
        f"{RESULTS}/logs/entity_statistics.log",
    priority: 40
    resources:
        mem_mb=memory(800, per_thousand=5),
        runtime=30,
    params:
        folder=tables_folder,
        batches=batches_folder,
        corrected=PLAN.corrected,
    message:
        "Counting names; joining the batches' quotes"
    shell:
        "python -m scripts.core.launch"
        " scripts.entities.summaries --batches {params.batches:q} --settings {input.stage:q} --folder {params.folder:q}"
        " --corrected {params.corrected:q}"
        " -- scripts.core.tables --tables quotes --batches {params.batches:q} --settings {input.stage:q}"
        " --folder {params.folder:q} --corrected {params.corrected:q} 2> {log:q}"
