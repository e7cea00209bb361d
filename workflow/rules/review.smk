# A person's corrections of the machine's results, batch by batch, and what became of them; review sheets.

# The machine's tables of the batches, without a person's corrections.
MACHINE = [*of_batches("quotes.parquet"), *of_batches("entities.parquet")]


rule corrections:
    """Names and statements of a batch, with your corrections."""
    input:
        documents=f"{BATCH}/documents.parquet",
        sentences=rules.parses.output.sentences,
        tokens=rules.parses.output.tokens,
        parses=rules.parses.output.parses,
        entities=rules.quotes.output.entities,
        quotes=rules.quotes.output.quotes,
        decisions=on_disk(f"{BATCH}/corrections.jsonl"),
        stage=stage("corrections"),
    output:
        entities=f"{BATCH}/corrected/entities.parquet",
        quotes=f"{BATCH}/corrected/quotes.parquet",
        outcomes=f"{BATCH}/corrected/quotes_outcomes.parquet",
    log:
        f"{RESULTS}/logs/corrections/{{batch}}.log",
    resources:
        mem_mb=1000,
        runtime=minutes(2),
    message:
        "Correcting the quotes and names of batch {wildcards.batch}"
    shell:
        "python -m scripts.core.launch scripts.review.apply"
        " quotes --documents {input.documents:q} --sentences {input.sentences:q}"
        " --tokens {input.tokens:q} --parses {input.parses:q} --entities {input.entities:q} --quotes {input.quotes:q}"
        " --decisions {input.decisions:q} --corrected-entities {output.entities:q}"
        " --corrected-quotes {output.quotes:q} --outcomes {output.outcomes:q} 2> {log:q}"


rule frame_corrections:
    """Cues of frames of a batch, with your corrections."""
    input:
        documents=f"{BATCH}/documents.parquet",
        codes=rules.frame_codes.output.codes,
        decisions=on_disk(f"{BATCH}/corrections.jsonl"),
        stage=stage("corrections"),
    output:
        codes=f"{BATCH}/corrected/frame_codes.parquet",
        outcomes=f"{BATCH}/corrected/frames_outcomes.parquet",
    log:
        f"{RESULTS}/logs/frame_corrections/{{batch}}.log",
    resources:
        mem_mb=1000,
        runtime=minutes(2),
    message:
        "Correcting the frames of batch {wildcards.batch}"
    shell:
        "python -m scripts.core.launch scripts.review.apply"
        " frames --documents {input.documents:q} --codes {input.codes:q}"
        " --decisions {input.decisions:q} --corrected-codes {output.codes:q} --outcomes {output.outcomes:q} 2> {log:q}"


rule corrections_applied:
    """Table corrections_applied: what became of each correction."""
    input:
        [
            f"{RESULTS}/batches/{batch}/corrected/{step}_outcomes.parquet"
            for batch in PLAN.corrected
            for step in ("quotes", "frames")
        ],
        decisions=on_disk(f"{RESULTS}/stages/corrections.jsonl"),
        documents=f"{RESULTS}/tables/documents.parquet",
        names=f"{RESULTS}/tables/entity_mentions.parquet",
        quotes=f"{RESULTS}/tables/quotes.parquet",
        stage=stage("corrections_applied"),
    output:
        table_files("corrections_applied"),
        problems=f"{RESULTS}/batches/corrections_problems.parquet",
    log:
        f"{RESULTS}/logs/corrections_applied.log",
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        folder=tables_folder,
        batches=lambda wildcards, input: batches_folder(wildcards, input),
        corrected=PLAN.corrected,
    message:
        "Listing what became of the corrections"
    shell:
        "python -m scripts.core.launch scripts.review.applied"
        " --batches {params.batches:q} --corrected {params.corrected:q}"
        " --decisions {input.decisions:q} --folder {params.folder:q} --settings {input.stage:q}"
        " --problems {output.problems:q} 2> {log:q}"


rule review_sheet:
    """Samples to check by hand: results/review/."""
    input:
        MACHINE,
        expand(
            f"{RESULTS}/tables/{{name}}.parquet",
            name=[
                "documents",
                "document_groups",
                "sentences",
                "entity_mentions",
                "name_links",
                "boilerplate_places",
            ],
        ),
        decisions=on_disk(f"{RESULTS}/stages/corrections.jsonl"),
        stage=stage("review_sheet"),
    output:
        expand(f"{RESULTS}/review/{{sheet}}.csv", sheet=["attributions", "sentences", "names"]),
    log:
        f"{RESULTS}/logs/review_sheet.log",
    resources:
        mem_mb=1500,
        runtime=10,
    params:
        folder=lambda wildcards, input: tables_folder(wildcards, input, []),
        batches=lambda wildcards, input: batches_folder(wildcards, input),
        sheets=lambda wildcards, input, output: Path(output[0]).parent,
    message:
        "Drawing the review sheets: results/review/"
    shell:
        "python -m scripts.core.launch scripts.review.sampling"
        " --settings {input.stage:q} --folder {params.folder:q}"
        " --batches {params.batches:q} --decisions {input.decisions:q} --sheets {params.sheets:q} 2> {log:q}"


rule adjudicate:
    """Rows on which two reviewers differ, for you to settle: results/review/adjudicate_*.csv."""
    input:
        MACHINE,
        expand(
            f"{RESULTS}/tables/{{name}}.parquet",
            name=["documents", "document_groups", "sentences", "entity_mentions", "boilerplate_places"],
        ),
        files=on_disk(f"{RESULTS}/stages/review_files.jsonl"),
        decisions=on_disk(f"{RESULTS}/stages/corrections.jsonl"),
        stage=stage("adjudicate"),
    output:
        expand(f"{RESULTS}/review/adjudicate_{{sheet}}.csv", sheet=["attributions", "sentences", "names"]),
    log:
        f"{RESULTS}/logs/adjudicate.log",
    resources:
        mem_mb=1500,
        runtime=10,
    params:
        folder=lambda wildcards, input: tables_folder(wildcards, input, []),
        batches=lambda wildcards, input: batches_folder(wildcards, input),
        sheets=lambda wildcards, input, output: Path(output[0]).parent,
    message:
        "Listing the rows on which reviewers differ: results/review/adjudicate_..."
    shell:
        "python -m scripts.core.launch scripts.review.adjudication"
        " --folder {params.folder:q} --batches {params.batches:q} --decisions {input.decisions:q}"
        " --files {input.files:q} --sheets {params.sheets:q} 2> {log:q}"


rule review:
    """Accuracy of the machine on this corpus, from your filled-in review sheets."""
    input:
        MACHINE,
        expand(
            f"{RESULTS}/tables/{{name}}.parquet",
            name=["documents", "document_groups", "sentences", "entity_mentions", "boilerplate_places"],
        ),
        files=on_disk(f"{RESULTS}/stages/review_files.jsonl"),
        decisions=on_disk(f"{RESULTS}/stages/corrections.jsonl"),
        stage=stage("review"),
    output:
        table_files(*tables_of("review")),
    log:
        f"{RESULTS}/logs/review.log",
    resources:
        mem_mb=1500,
        runtime=10,
    params:
        folder=tables_folder,
        batches=lambda wildcards, input: batches_folder(wildcards, input),
    message:
        "Comparing the machine with the filled review sheets"
    shell:
        "python -m scripts.core.launch scripts.review.accuracy"
        " --settings {input.stage:q} --folder {params.folder:q}"
        " --batches {params.batches:q} --decisions {input.decisions:q} --files {input.files:q} 2> {log:q}"


rule corrected_shares:
    """Shares corrected by your filled-in review sheets."""
    input:
        MACHINE,
        expand(
            f"{RESULTS}/tables/{{name}}.parquet",
            name=[
                "documents",
                "document_groups",
                "sentences",
                "entity_mentions",
                "boilerplate_places",
                "quotes",
                "quote_sources",
                "frame_codes",
            ],
        ),
        files=on_disk(f"{RESULTS}/stages/review_files.jsonl"),
        sources=on_disk(f"{RESULTS}/stages/source_files.jsonl"),
        decisions=on_disk(f"{RESULTS}/stages/corrections.jsonl"),
        stage=stage("corrected_shares"),
    output:
        table_files("corrected_shares"),
    log:
        f"{RESULTS}/logs/corrected_shares.log",
    resources:
        mem_mb=1500,
        runtime=10,
    params:
        folder=tables_folder,
        batches=lambda wildcards, input: batches_folder(wildcards, input),
    message:
        "Correcting shares by the filled review sheets"
    shell:
        "python -m scripts.core.launch scripts.review.corrected_shares"
        " --settings {input.stage:q} --folder {params.folder:q}"
        " --batches {params.batches:q} --decisions {input.decisions:q} --files {input.files:q} --sources {input.sources:q} 2> {log:q}"
