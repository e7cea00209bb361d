# What the model says of the tokens, and the tables that join the batches.


rule parses:
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
        mem_mb=1500,
        runtime=60,
    message:
        "Parsing batch {wildcards.batch}"
    shell:
        # Progress lines go to the terminal, errors to the log.
        "python -m scripts.core.launch --spacy scripts.parsing.parses"
        " --documents {input.documents:q} --sentences {input.sentences:q}"
        " --tokens {input.tokens:q} --settings {input.stage:q}"
        " --parses {output.parses:q} --mentions {output.mentions:q} --problems {output.problems:q} 2> {log:q}"


rule entities:
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
        mem_mb=1000,
        runtime=20,
    message:
        "Naming the entities of batch {wildcards.batch}"
    shell:
        "python -m scripts.core.launch --no-numpy scripts.entities"
        " --documents {input.documents:q} --sentences {input.sentences:q}"
        " --tokens {input.tokens:q} --parses {input.parses:q} --mentions {input.mentions:q}"
        " --output {output.entities:q} --problems {output.problems:q} 2> {log:q}"


rule quotes:
    input:
        documents=analysed_documents,
        sentences=rules.tokens.output.sentences,
        tokens=rules.tokens.output.tokens,
        parses=rules.parses.output.parses,
        entities=rules.entities.output.entities,
        stage=stage("quotes"),
    output:
        quotes=f"{BATCH}/quotes.parquet",
        problems=f"{BATCH}/quotes_problems.parquet",
    log:
        f"{RESULTS}/logs/quotes/{{batch}}.log",
    benchmark:
        f"{RESULTS}/benchmarks/quotes/{{batch}}.tsv"
    resources:
        mem_mb=1000,
        runtime=20,
    params:
        numpy="--no-numpy" if config["quotes"]["reader"] == "rules" else "",
    message:
        "Finding who said what in batch {wildcards.batch}"
    shell:
        "python -m scripts.core.launch {params.numpy} scripts.quotes"
        " --documents {input.documents:q} --sentences {input.sentences:q}"
        " --tokens {input.tokens:q} --parses {input.parses:q} --entities {input.entities:q}"
        " --settings {input.stage:q} --output {output.quotes:q} --problems {output.problems:q} 2> {log:q}"


rule table:
    input:
        lambda wildcards: parts(wildcards.table) if has_parts(wildcards) else [],
        lambda wildcards: of_batches("parses.parquet") if wildcards.table == "tokens" else [],
        stage=stage("tables"),
    output:
        parquet=f"{RESULTS}/tables/{{table}}.parquet",
        csv=f"{RESULTS}/tables/{{table}}.csv",
    log:
        f"{RESULTS}/logs/table/{{table}}.log",
    benchmark:
        f"{RESULTS}/benchmarks/table/{{table}}.tsv"
    wildcard_constraints:
        table="sentences|tokens|entities|frame_codes|blame|valence|concordance",
    resources:
        mem_mb=1500,
        runtime=20,
    params:
        batches=lambda wildcards, input: batches_folder(wildcards, input) if has_parts(wildcards) else "none",
        folder=tables_folder,
        corrected=lambda wildcards: PLAN.corrected if wildcards.table in CORRECTED else [],
    message:
        "Joining the batches' {wildcards.table}"
    shell:
        "python -m scripts.core.launch --no-numpy scripts.core.tables"
        " {wildcards.table} --batches {params.batches:q} --settings {input.stage:q}"
        " --folder {params.folder:q} --corrected {params.corrected:q} 2> {log:q}"
