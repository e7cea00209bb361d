# Names over all documents, and the statistics of entities.

ENTITIES = [
    "entity_mentions",
    "entities_corpus",
    "entities_documents",
    "cooccurrence",
    "speaker_entity",
    "entity_network",
]
TABLES += ENTITIES


rule entity_statistics:
    input:
        expand(f"{RESULTS}/tables/{{name}}.parquet", name=["documents", "sentences", "entities"]),
        quotes=parts("quotes"),
        stage=stage("entity_statistics"),
    output:
        table_files(*ENTITIES),
    log:
        f"{RESULTS}/logs/entity_statistics.log",
    benchmark:
        f"{RESULTS}/benchmarks/entity_statistics.tsv"
    resources:
        mem_mb=2000,
        runtime=30,
    params:
        folder=tables_folder,
        batches=batches_folder,
        corrected=PLAN.corrected,
    message:
        "Counting the entities"
    shell:
        "python -m scripts.entities.summaries --settings {input.stage:q} --folder {params.folder:q}"
        " --batches {params.batches:q} --corrected {params.corrected:q} 2> {log:q}"


rule quotes_table:
    input:
        quotes=parts("quotes"),
        mentions=f"{RESULTS}/tables/entity_mentions.parquet",
        stage=stage("quotes_table"),
    output:
        table_files("quotes"),
    log:
        f"{RESULTS}/logs/quotes_table.log",
    benchmark:
        f"{RESULTS}/benchmarks/quotes_table.tsv"
    resources:
        mem_mb=1500,
        runtime=20,
    params:
        folder=tables_folder,
        batches=batches_folder,
        corrected=PLAN.corrected,
    message:
        "Joining the batches' quotes"
    shell:
        "python -m scripts.core.launch scripts.quotes.quotes_table"
        " --batches {params.batches:q} --mentions {input.mentions:q}"
        " --settings {input.stage:q} --folder {params.folder:q} --corrected {params.corrected:q} 2> {log:q}"
