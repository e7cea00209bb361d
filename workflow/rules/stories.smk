# Topics and stories, and groups compared within the stories that they share.


rule stories:
    """Articles about one event, over outlets and days, and who is quoted about it by whom."""
    input:
        parquet_files("documents", "tokens", "entities_documents", "quote_reuse", "quote_sources"),
        stage=stage("stories"),
    output:
        table_files(*tables_of("stories")),
    log:
        f"{RESULTS}/logs/stories.log",
    benchmark:
        f"{RESULTS}/benchmarks/stories.tsv"
    resources:
        mem_mb=memory(300, per_thousand=5),
        runtime=20,
    params:
        folder=tables_folder,
    message:
        "Looking for articles about the same event"
    shell:
        "python -m scripts.core.launch scripts.stories.stories,scripts.stories.story_speakers"
        " --settings {input.stage:q} --folder {params.folder:q} 2> {log:q}"
