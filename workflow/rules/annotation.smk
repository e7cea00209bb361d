# Parses, names and attributions from the models, and the table of tokens.


rule parses:
    """Sentences, tokens, lemmas, parts of speech and dependencies of a batch."""
    input:
        documents=f"{BATCH}/documents.parquet",
        repetitions=repetitions,
        stage=stage("parses"),
    output:
        sentences=f"{BATCH}/sentences.parquet",
        tokens=f"{BATCH}/tokens.parquet",
        tokens_problems=f"{BATCH}/tokens_problems.parquet",
        parses=f"{BATCH}/parses.parquet",
        problems=f"{BATCH}/parses_problems.parquet",
    log:
        f"{RESULTS}/logs/parses/{{batch}}.log",
    resources:
        mem_mb=memory(1500),
        runtime=minutes(10),
    params:
        repetitions=lambda wildcards, input: ["--repetitions", input.repetitions] if input.repetitions else [],
    message:
        "Parsing batch {wildcards.batch}"
    shell:
        # Progress lines go to the terminal, errors to the log.
        "python -m scripts.core.launch scripts.parsing.tokens"
        " --documents {input.documents:q} --settings {input.stage:q} {params.repetitions:q}"
        " --sentences {output.sentences:q} --tokens {output.tokens:q} --problems {output.tokens_problems:q}"
        " -- scripts.parsing.parses --documents {input.documents:q} --sentences {output.sentences:q}"
        " --tokens {output.tokens:q} --settings {input.stage:q}"
        " --parses {output.parses:q} --problems {output.problems:q} 2> {log:q}"


rule quotes:
    """A batch's names with labels, statements with source, cue and content, and valence of sentences."""
    input:
        documents=f"{BATCH}/documents.parquet",
        sentences=rules.parses.output.sentences,
        tokens=rules.parses.output.tokens,
        parses=rules.parses.output.parses,
        stage=stage("quotes"),
    output:
        entities=f"{BATCH}/entities.parquet",
        entities_problems=f"{BATCH}/entities_problems.parquet",
        valence=f"{BATCH}/valence.parquet",
        valence_problems=f"{BATCH}/valence_problems.parquet",
        quotes=f"{BATCH}/quotes.parquet",
        sources=f"{BATCH}/sources.parquet",
        problems=f"{BATCH}/quotes_problems.parquet",
    log:
        f"{RESULTS}/logs/quotes/{{batch}}.log",
    priority: 40
    resources:
        mem_mb=memory(1000),
        runtime=minutes(10),
    message:
        "Finding names and who said what in batch {wildcards.batch}"
    shell:
        "python -m scripts.core.launch scripts.entities"
        " --documents {input.documents:q} --sentences {input.sentences:q}"
        " --tokens {input.tokens:q} --parses {input.parses:q} --settings {input.stage:q}"
        " --output {output.entities:q} --problems {output.entities_problems:q}"
        " -- scripts.framing.vader --documents {input.documents:q} --sentences {input.sentences:q}"
        " --tokens {input.tokens:q} --settings {input.stage:q}"
        " --output {output.valence:q} --problems {output.valence_problems:q}"
        " -- scripts.attribution --documents {input.documents:q} --sentences {input.sentences:q}"
        " --tokens {input.tokens:q} --parses {input.parses:q} --entities {output.entities:q}"
        " --settings {input.stage:q} --output {output.quotes:q} --sources {output.sources:q}"
        " --problems {output.problems:q} 2> {log:q}"


rule token_table:
    """Table tokens, joined from the batches; if these are in groups, only the CSV file (rule reduce makes the rest)."""
    input:
        parquet_files("tokens") if PLAN.groups else [*of_batches("tokens.parquet"), *of_batches("parses.parquet")],
        stage=stage("token_table"),
    output:
        f"{RESULTS}/tables/tokens.csv" if PLAN.groups else table_files("tokens"),
    log:
        f"{RESULTS}/logs/token_table.log",
    resources:
        mem_mb=memory(800, per_thousand=5),
        runtime=30,
    params:
        option="--grouped" if PLAN.groups else "--tables",
        folder=tables_folder,
        batches=batches_folder,
    message:
        "Joining the batches' tokens"
    shell:
        "python -m scripts.core.launch scripts.core.tables {params.option} tokens --batches {params.batches:q}"
        " --settings {input.stage:q} --folder {params.folder:q} 2> {log:q}"
