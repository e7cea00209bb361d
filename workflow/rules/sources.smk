# Sources, and quotes that travel.

SOURCES = ["quote_families", "quote_reuse"]
TABLES += SOURCES


rule quote_families:
    input:
        expand(
            f"{RESULTS}/tables/{{name}}.parquet",
            name=["documents", "near_duplicates", "quotes", "entity_mentions"],
        ),
        stage=stage("quote_families"),
    output:
        table_files("quote_families", "quote_reuse"),
    log:
        f"{RESULTS}/logs/quote_families.log",
    benchmark:
        f"{RESULTS}/benchmarks/quote_families.tsv"
    resources:
        mem_mb=1500,
        runtime=20,
    params:
        folder=tables_folder,
    message:
        "Looking for passages that several documents quote"
    shell:
        "python -m scripts.quotes.quote_families --settings {input.stage:q} --folder {params.folder:q} 2> {log:q}"
