# Stories, and groups compared within the stories that they share.


rule stories:
    """Stories (articles about one event), whom each outlet quotes in them, and groups compared within them."""
    input:
        parquet_files(
            "documents", "document_groups", "boilerplate_places", "tokens", "entities_documents", "frame_documents"
        ),
        parquet_files("quote_families", "quote_reuse", "quote_sources", "source_attributes"),
        stage=stage("stories"),
    output:
        table_files(*tables_of("stories")),
    log:
        f"{RESULTS}/logs/stories.log",
    resources:
        mem_mb=memory(300, per_thousand=5),
        runtime=20,
    params:
        folder=tables_folder,
    message:
        "Looking for articles about the same event"
    shell:
        "python -m scripts.core.launch"
        " scripts.stories.stories --settings {input.stage:q} --folder {params.folder:q}"
        " -- scripts.stories.story_speakers --settings {input.stage:q} --folder {params.folder:q}"
        " -- scripts.stories.story_contrasts --settings {input.stage:q} --folder {params.folder:q} 2> {log:q}"
