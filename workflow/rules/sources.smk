# Sources, and quotes that travel.


rule quote_families:
    """Passages that several documents quote, and the parts of reference texts that are quoted."""
    input:
        expand(
            f"{RESULTS}/tables/{{name}}.parquet",
            name=["documents", "near_duplicates", "quotes"],
        ),
        manifest=on_disk(f"{RESULTS}/stages/reference_texts.jsonl"),
        stage=stage("quote_families"),
    output:
        table_files(*tables_of("quote_families")),
    log:
        f"{RESULTS}/logs/quote_families.log",
    priority: 10
    resources:
        mem_mb=memory(300, per_thousand=5),
        runtime=20,
    params:
        folder=tables_folder,
    message:
        "Looking for passages that several documents quote"
    shell:
        "python -m scripts.core.launch scripts.reuse.quote_families --manifest {input.manifest:q}"
        " --settings {input.stage:q} --folder {params.folder:q} 2> {log:q}"


rule speakers:
    """Who speaks, when, and alongside whom; kinds of source, and contrasts between groups."""
    input:
        expand(f"{RESULTS}/tables/{{name}}.parquet", name=["documents", "document_groups", "near_duplicates", "quotes"]),
        parquet_files("entities", "entity_mentions"),
        of_batches("sources.parquet"),
        manifest=on_disk(f"{RESULTS}/stages/source_files.jsonl"),
        stage=stage("speakers"),
    output:
        f"{RESULTS}/tables/speakers.parquet",
        report(f"{RESULTS}/tables/speakers.csv", caption="../report/speakers.rst", category="Tables"),
        table_files(*(table for table in tables_of("speakers") if table != "speakers")),
    log:
        f"{RESULTS}/logs/speakers.log",
    priority: 30
    resources:
        mem_mb=memory(400, per_thousand=4),
        runtime=20,
    params:
        batches=batches_folder,
        folder=tables_folder,
    message:
        "Adding up who speaks, when, and beside whom; classifying sources"
    shell:
        "python -m scripts.core.launch"
        " scripts.speakers.joint_statements --settings {input.stage:q} --folder {params.folder:q}"
        " -- scripts.speakers.speakers --settings {input.stage:q} --folder {params.folder:q}"
        " -- scripts.speakers.speaker_profiles --settings {input.stage:q} --folder {params.folder:q}"
        " -- scripts.sources.quote_sources --batches {params.batches:q} --manifest {input.manifest:q}"
        " --settings {input.stage:q} --folder {params.folder:q}"
        " -- scripts.sources.source_shares --manifest {input.manifest:q} --settings {input.stage:q} --folder {params.folder:q}"
        " -- scripts.sources.statement_totals --settings {input.stage:q} --folder {params.folder:q} 2> {log:q}"


rule source_sheet:
    """Your known sources, and the most quoted ones missing there, to fill in: results/sources/source_sheet.csv."""
    input:
        expand(f"{RESULTS}/tables/{{name}}.parquet", name=["sources", "quote_sources", "quotes"]),
        manifest=on_disk(f"{RESULTS}/stages/source_files.jsonl"),
        stage=stage("source_sheet"),
    output:
        sheet=f"{RESULTS}/sources/source_sheet.csv",
    log:
        f"{RESULTS}/logs/source_sheet.log",
    resources:
        mem_mb=1500,
        runtime=10,
    params:
        folder=tables_folder,
    message:
        "Listing sources to fill in: results/sources/source_sheet.csv"
    shell:
        "python -m scripts.core.launch scripts.sources.source_sheet --manifest {input.manifest:q} --folder {params.folder:q}"
        " --sheet {output.sheet:q} 2> {log:q}"


rule names_sheet:
    """The most mentioned names, to reconcile with a catalogue or to merge: results/sources/names_sheet.csv."""
    input:
        expand(
            f"{RESULTS}/tables/{{name}}.parquet",
            name=["sentences", "entities_corpus", "entity_mentions", "name_links", "speakers"],
        ),
        manifest=on_disk(f"{RESULTS}/stages/source_files.jsonl"),
        stage=stage("names_sheet"),
    output:
        sheet=f"{RESULTS}/sources/names_sheet.csv",
    log:
        f"{RESULTS}/logs/names_sheet.log",
    resources:
        mem_mb=1500,
        runtime=10,
    params:
        folder=tables_folder,
    message:
        "Listing the names of the corpus: results/sources/names_sheet.csv"
    shell:
        "python -m scripts.core.launch scripts.sources.names_sheet --manifest {input.manifest:q} --folder {params.folder:q}"
        " --sheet {output.sheet:q} 2> {log:q}"
