# Names over all documents, the statistics of entities, and the quotes with their speakers' names over all documents.


rule entity_statistics:
    """Names over all documents, their counts and network; boilerplate; quotes and sentences joined from the batches."""
    input:
        expand(f"{RESULTS}/tables/{{name}}.parquet", name=["documents", "near_duplicates"]),
        *[parts(table) for table in ["sentences", "tokens", "entities", "quotes"]],
        of_batches("documents.parquet"),
        stage=stage("entity_statistics"),
    output:
        table_files("sentences", "entities", "quotes", *tables_of("entity_statistics")),
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
        "Joining the batches' sentences, names and quotes; finding boilerplate, counting names"
    shell:
        "python -m scripts.core.launch"
        " scripts.core.tables --tables sentences entities --batches {params.batches:q} --settings {input.stage:q}"
        " --folder {params.folder:q} --corrected {params.corrected:q}"
        " -- scripts.documents.boilerplate --batches {params.batches:q} --settings {input.stage:q} --folder {params.folder:q}"
        " --corrected {params.corrected:q}"
        " -- scripts.entities.summaries --batches {params.batches:q} --settings {input.stage:q} --folder {params.folder:q}"
        " --corrected {params.corrected:q}"
        " -- scripts.core.tables --tables quotes --batches {params.batches:q} --settings {input.stage:q}"
        " --folder {params.folder:q} --corrected {params.corrected:q} 2> {log:q}"
