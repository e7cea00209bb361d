# Counts of every batch, and the statistics of the corpus from their sums.

COUNTS = ["vocabulary.parquet", "word_counts.parquet", "document_counts.parquet"]
ADDED_UP = ["vocabulary", "word_counts", "ngram_counts", "collocate_counts", "document_counts"]


rule counts:
    """Counts of the words of a batch."""
    input:
        documents=f"{BATCH}/documents.parquet",
        tokens=rules.parses.output.tokens,
        parses=rules.parses.output.parses,
        stage=stage("counts"),
    output:
        vocabulary=f"{BATCH}/vocabulary.parquet",
        words=f"{BATCH}/word_counts.parquet",
        ngrams=f"{BATCH}/ngram_counts.parquet",
        collocates=f"{BATCH}/collocate_counts.parquet",
        documents=f"{BATCH}/document_counts.parquet",
        problems=f"{BATCH}/counts_problems.parquet",
    log:
        f"{RESULTS}/logs/counts/{{batch}}.log",
    priority: 20
    resources:
        mem_mb=memory(500),
        runtime=minutes(2),
    message:
        "Counting the words of batch {wildcards.batch}"
    shell:
        "python -m scripts.core.launch scripts.words.counts"
        " --documents {input.documents:q} --tokens {input.tokens:q} --parses {input.parses:q}"
        " --settings {input.stage:q} --vocabulary {output.vocabulary:q} --word-counts {output.words:q}"
        " --ngram-counts {output.ngrams:q} --collocate-counts {output.collocates:q}"
        " --document-counts {output.documents:q} --problems {output.problems:q} 2> {log:q}"


# With many batches, an added article redoes only the sums and tokens of its group, and the corpus adds up groups.
rule reduce:
    """Sums of the counts, and the tokens, of a group of batches."""
    input:
        lambda wildcards: [
            f"{RESULTS}/batches/{batch}/{name}.parquet"
            for batch in PLAN.groups[wildcards.group]
            for name in [*ADDED_UP, "tokens", "parses"]
        ],
        stage=stage("reduce"),
    output:
        expand(f"{RESULTS}/groups/{{{{group}}}}/{{name}}.parquet", name=ADDED_UP),
        tokens=f"{RESULTS}/tables/tokens.parquet/{{group}}.parquet",
    log:
        f"{RESULTS}/logs/reduce/{{group}}.log",
    resources:
        mem_mb=memory(2200),
        runtime=10,
    params:
        batches=batches_folder,
        folder=lambda wildcards, output: Path(output[0]).parent,
    message:
        "Adding up the counts and joining the tokens of the batches that begin with {wildcards.group}"
    shell:
        "python -m scripts.core.launch scripts.words.reduce --batches {params.batches:q} --group {wildcards.group}"
        " --folder {params.folder:q} --tokens {output.tokens:q} 2> {log:q}"


rule words:
    """Words, n-grams and collocations; tf-idf, similarity, diversity, readability; counts without boilerplate."""
    input:
        [reduced(name) for name in [*COUNTS, "ngram_counts.parquet", "collocate_counts.parquet"]],
        of_batches("document_counts.parquet"),
        of_batches("tokens.parquet"),
        of_batches("parses.parquet"),
        f"{RESULTS}/tables/boilerplate_places.parquet",
        stage=stage("words"),
    output:
        table_files(*tables_of("words")),
        repeated=expand(f"{RESULTS}/batches/boilerplate/{{name}}.parquet", name=ADDED_UP),
    log:
        f"{RESULTS}/logs/words.log",
    priority: 30
    resources:
        mem_mb=memory(1000, per_thousand=5),
        runtime=30,
    params:
        of_batches=batches_folder,
        batches=counts_folder,
        repeated=boilerplate_folder,
        folder=tables_folder,
    message:
        "Word frequencies; tf-idf, similarity, diversity and readability of the documents; n-grams and collocations"
    shell:
        "python -m scripts.core.launch"
        " scripts.words.boilerplate_counts --batches {params.of_batches:q} --tables {params.folder:q} --settings {input.stage:q}"
        " --folder {params.repeated:q}"
        " -- scripts.words.frequencies --batches {params.batches:q} --repeated {params.repeated:q} --settings {input.stage:q} --folder {params.folder:q}"
        " -- scripts.words.similarity --batches {params.batches:q} --repeated {params.repeated:q} --settings {input.stage:q} --folder {params.folder:q}"
        " -- scripts.words.readability --batches {params.batches:q} --repeated {params.repeated:q} --settings {input.stage:q} --folder {params.folder:q}"
        " -- scripts.words.ngrams --batches {params.batches:q} --repeated {params.repeated:q} --settings {input.stage:q} --folder {params.folder:q}"
        " -- scripts.words.collocations --batches {params.batches:q} --repeated {params.repeated:q} --settings {input.stage:q} --folder {params.folder:q}"
        " 2> {log:q}"


rule keyness:
    """Key words of groups, documents and leading speakers; rates of words by group and month."""
    input:
        [reduced(name) for name in COUNTS],
        rules.words.output.repeated,
        [f"{RESULTS}/batches/{batch}/{name}" for batch in PLAN.reference for name in COUNTS],
        parquet_files("readability", "tokens", "quotes"),
        TOPICS_OF_GROUPS,
        documents=f"{RESULTS}/tables/documents.parquet",
        stage=stage("keyness"),
    output:
        table_files(*tables_of("keyness")),
    log:
        f"{RESULTS}/logs/keyness.log",
    resources:
        mem_mb=memory(300, per_thousand=4),
        runtime=10,
    params:
        batches=counts_folder,
        repeated=boilerplate_folder,
        folder=tables_folder,
        reference=lambda wildcards, input: (
            ["--reference", f"{batches_folder(wildcards, input)}/reference"] if PLAN.reference else []
        ),
    message:
        "Key words, and rates of words in groups and months"
    shell:
        "python -m scripts.core.launch scripts.words.keyness"
        " --batches {params.batches:q} --repeated {params.repeated:q} --documents {input.documents:q}"
        " --settings {input.stage:q} --folder {params.folder:q} {params.reference:q}"
        " -- scripts.words.speaker_words --settings {input.stage:q} --folder {params.folder:q}"
        " -- scripts.words.rates --batches {params.batches:q} --repeated {params.repeated:q} --documents {input.documents:q}"
        " --settings {input.stage:q} --folder {params.folder:q} 2> {log:q}"


rule concordance:
    """Lines with the terms of config.yaml in a batch."""
    input:
        documents=f"{BATCH}/documents.parquet",
        tokens=rules.parses.output.tokens,
        parses=rules.parses.output.parses,
        entities=corrected("entities"),
        stage=stage("concordance"),
    output:
        concordance=f"{BATCH}/concordance.parquet",
        problems=f"{BATCH}/concordance_problems.parquet",
    log:
        f"{RESULTS}/logs/concordance/{{batch}}.log",
    resources:
        mem_mb=memory(500),
        runtime=minutes(3),
    message:
        "Looking up the terms in batch {wildcards.batch}"
    shell:
        "python -m scripts.core.launch scripts.words.concordance"
        " --documents {input.documents:q} --tokens {input.tokens:q}"
        " --parses {input.parses:q} --entities {input.entities:q} --settings {input.stage:q}"
        " --output {output.concordance:q} --problems {output.problems:q} 2> {log:q}"
