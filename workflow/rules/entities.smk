# Names over all documents, the statistics of entities, and the quotes with their speakers' names over all documents.


rule entity_statistics:
    """Boilerplate; names over all documents, their counts and networks; the table quotes."""
    input:
        expand(f"{RESULTS}/tables/{{name}}.parquet", name=["documents", "near_duplicates", "sentences", "entities"]),
        quotes=parts("quotes"),
        tokens=of_batches("tokens.parquet"),
        manifest=on_disk(f"{RESULTS}/stages/source_files.jsonl"),
        stage=stage("entity_statistics"),
    output:
        table_files(*tables_of("entity_statistics")),
    log:
        f"{RESULTS}/logs/entity_statistics.log",
    benchmark:
        f"{RESULTS}/benchmarks/entity_statistics.tsv"
    resources:
        mem_mb=memory(500, per_thousand=5),
        runtime=30,
    params:
        folder=tables_folder,
        batches=batches_folder,
        corrected=PLAN.corrected,
    message:
        "Looking for boilerplate, counting the entities, joining the batches' quotes"
    shell:
        "python -m scripts.core.launch {input.stage:q}"
        " scripts.documents.boilerplate --batches {params.batches:q} --settings {input.stage:q} --folder {params.folder:q}"
        " --corrected {params.corrected:q}"
        " -- scripts.entities.summaries --batches {params.batches:q} --settings {input.stage:q} --folder {params.folder:q}"
        " --corrected {params.corrected:q} --manifest {input.manifest:q}"
        " -- scripts.attribution.quotes_table --batches {params.batches:q} --settings {input.stage:q}"
        " --folder {params.folder:q} --corrected {params.corrected:q} --manifest {input.manifest:q} 2> {log:q}"
