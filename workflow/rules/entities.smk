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
        expand(f"{RESULTS}/tables/{{name}}.parquet", name=["documents", "sentences", "quotes", "entities"]),
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
    message:
        "Counting the entities"
    shell:
        "python -m scripts.entities.summaries --settings {input.stage:q} --folder {params.folder:q} 2> {log:q}"
