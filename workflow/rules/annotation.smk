# What the model says of the tokens, names and attributions, and the tables of texts that join the batches.

TEXTS = ["sentences", "tokens", "entities"]
# Where there are groups of batches, tokens are joined with the counts (rule reduce), and only their CSV file is left to do.
JOINED = [table for table in TEXTS if not (table in GROUPED and PLAN.groups)]
GROUPED_TEXTS = [table for table in TEXTS if table not in JOINED]


rule parses:
    """Lemmas, parts of speech, dependencies and raw names of a batch."""
    input:
        documents=analysed_documents,
        sentences=rules.tokens.output.sentences,
        tokens=rules.tokens.output.tokens,
        stage=stage("parses"),
    output:
        parses=f"{BATCH}/parses.parquet",
        mentions=f"{BATCH}/mentions.parquet",
        problems=f"{BATCH}/parses_problems.parquet",
    log:
        f"{RESULTS}/logs/parses/{{batch}}.log",
    benchmark:
        f"{RESULTS}/benchmarks/parses/{{batch}}.tsv"
    resources:
        mem_mb=memory(1500),
        runtime=minutes(8),
    message:
        "Parsing batch {wildcards.batch}"
    shell:
        # Progress lines go to the terminal, errors to the log.
        "python -m scripts.core.launch {input.stage:q} scripts.parsing.parses"
        " --documents {input.documents:q} --sentences {input.sentences:q}"
        " --tokens {input.tokens:q} --settings {input.stage:q}"
        " --parses {output.parses:q} --mentions {output.mentions:q} --problems {output.problems:q} 2> {log:q}"


rule entities:
    """Names of a batch, with their labels."""
    input:
        documents=analysed_documents,
        sentences=rules.tokens.output.sentences,
        tokens=rules.tokens.output.tokens,
        parses=rules.parses.output.parses,
        mentions=rules.parses.output.mentions,
        stage=stage("entities"),
    output:
        entities=f"{BATCH}/entities.parquet",
        problems=f"{BATCH}/entities_problems.parquet",
    log:
        f"{RESULTS}/logs/entities/{{batch}}.log",
    benchmark:
        f"{RESULTS}/benchmarks/entities/{{batch}}.tsv"
    resources:
        mem_mb=memory(1000),
        runtime=minutes(3),
    message:
        "Naming the entities of batch {wildcards.batch}"
    shell:
        "python -m scripts.core.launch {input.stage:q} scripts.entities"
        " --documents {input.documents:q} --sentences {input.sentences:q}"
        " --tokens {input.tokens:q} --parses {input.parses:q} --mentions {input.mentions:q} --settings {input.stage:q}"
        " --output {output.entities:q} --problems {output.problems:q} 2> {log:q}"


rule quotes:
    """Attributions of a batch: source, cue and content."""
    input:
        documents=analysed_documents,
        sentences=rules.tokens.output.sentences,
        tokens=rules.tokens.output.tokens,
        parses=rules.parses.output.parses,
        entities=rules.entities.output.entities,
        stage=stage("quotes"),
    output:
        quotes=f"{BATCH}/quotes.parquet",
        sources=f"{BATCH}/sources.parquet",
        problems=f"{BATCH}/quotes_problems.parquet",
    log:
        f"{RESULTS}/logs/quotes/{{batch}}.log",
    benchmark:
        f"{RESULTS}/benchmarks/quotes/{{batch}}.tsv"
    resources:
        mem_mb=memory(1000),
        runtime=minutes(6),
    message:
        "Finding who said what in batch {wildcards.batch}"
    shell:
        "python -m scripts.core.launch {input.stage:q} scripts.attribution"
        " --documents {input.documents:q} --sentences {input.sentences:q}"
        " --tokens {input.tokens:q} --parses {input.parses:q} --entities {input.entities:q}"
        " --settings {input.stage:q} --output {output.quotes:q} --sources {output.sources:q}"
        " --problems {output.problems:q} 2> {log:q}"


rule text_tables:
    """Tables sentences, tokens and entities, joined of the batches."""
    input:
        *[parts(table) for table in JOINED],
        parquet_files(*GROUPED_TEXTS) or of_batches("parses.parquet"),
        stage=stage("tables"),
    output:
        table_files(*JOINED),
        expand(f"{RESULTS}/tables/{{name}}.csv", name=GROUPED_TEXTS),
    log:
        f"{RESULTS}/logs/text_tables.log",
    benchmark:
        f"{RESULTS}/benchmarks/text_tables.tsv"
    resources:
        mem_mb=memory(800, per_thousand=1),
        runtime=20,
    params:
        tables=JOINED,
        grouped=GROUPED_TEXTS,
        batches=batches_folder,
        folder=tables_folder,
        corrected=PLAN.corrected,
    message:
        "Joining the batches' sentences, tokens and names"
    shell:
        "python -m scripts.core.launch {input.stage:q} scripts.core.tables {params.tables}"
        " --grouped {params.grouped} --batches {params.batches:q} --settings {input.stage:q}"
        " --folder {params.folder:q} --corrected {params.corrected:q} 2> {log:q}"
