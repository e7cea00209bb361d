# Topics by the user's words, which need topics.yaml: hits in every batch, and the coverage of each topic; topics found.


rule topic_hits:
    """Hits of the words of topics.yaml in a batch."""
    input:
        documents=f"{BATCH}/documents.parquet",
        sentences=rules.parses.output.sentences,
        tokens=rules.parses.output.tokens,
        parses=rules.parses.output.parses,
        entities=corrected("entities"),
        quotes=corrected("quotes"),
        manifest=on_disk(f"{RESULTS}/stages/topic_files.jsonl"),
        stage=stage("topic_hits"),
    output:
        hits=f"{BATCH}/topic_hits.parquet",
        problems=f"{BATCH}/topic_hits_problems.parquet",
    log:
        f"{RESULTS}/logs/topic_hits/{{batch}}.log",
    resources:
        mem_mb=memory(1000),
        runtime=minutes(3),
    message:
        "Looking up the topics in batch {wildcards.batch}"
    shell:
        "python -m scripts.core.launch scripts.stories.topic_hits"
        " --documents {input.documents:q} --sentences {input.sentences:q}"
        " --tokens {input.tokens:q} --parses {input.parses:q} --entities {input.entities:q} --quotes {input.quotes:q}"
        " --manifest {input.manifest:q} --settings {input.stage:q} --output {output.hits:q}"
        " --problems {output.problems:q} 2> {log:q}"


# Runs before the documents are grouped, since they may be grouped by topic.
rule topic_documents:
    """The articles of each topic of topics.yaml."""
    input:
        expand(
            f"{RESULTS}/tables/{{name}}.parquet",
            name=["documents", "entity_mentions", "boilerplate_places"],
        ),
        of_batches("topic_hits.parquet"),
        manifest=on_disk(f"{RESULTS}/stages/topic_files.jsonl"),
        stage=stage("topic_documents"),
    output:
        table_files(*tables_of("topic_documents")),
    log:
        f"{RESULTS}/logs/topic_documents.log",
    resources:
        mem_mb=memory(500, per_thousand=5),
        runtime=20,
    params:
        batches=batches_folder,
        folder=tables_folder,
    message:
        "Finding which articles are about each topic"
    shell:
        "python -m scripts.core.launch scripts.stories.topic_documents --manifest {input.manifest:q}"
        " --batches {params.batches:q} --settings {input.stage:q} --folder {params.folder:q} 2> {log:q}"


rule topics:
    """Your topics (topics.yaml): how much is written about each, and who speaks about it."""
    input:
        expand(
            f"{RESULTS}/tables/{{name}}.parquet",
            name=["documents", "document_groups", "quotes", "topic_hits", "topic_documents"],
        ),
        manifest=on_disk(f"{RESULTS}/stages/topic_files.jsonl"),
        stage=stage("topics"),
    output:
        table_files(*tables_of("topics")),
        problems=f"{RESULTS}/batches/topic_problems.parquet",
    log:
        f"{RESULTS}/logs/topics.log",
    resources:
        mem_mb=memory(500, per_thousand=5),
        runtime=20,
    params:
        folder=tables_folder,
    message:
        "Adding up what is written about each topic, and who speaks about it"
    shell:
        "python -m scripts.core.launch scripts.stories.topics --manifest {input.manifest:q}"
        " --settings {input.stage:q} --folder {params.folder:q}"
        " --problems {output.problems:q} 2> {log:q}"


rule topics_found:
    """Topics that the machine finds in the words of the articles: a way to explore, not a result."""
    input:
        [reduced(name) for name in COUNTS],
        rules.words.output.repeated,
        documents=f"{RESULTS}/tables/documents.parquet",
        stage=stage("topics_found"),
    output:
        table_files(*tables_of("topics_found")),
    log:
        f"{RESULTS}/logs/topics_found.log",
    resources:
        mem_mb=memory(1000, per_thousand=5),
        runtime=20,
    params:
        batches=counts_folder,
        repeated=boilerplate_folder,
        folder=tables_folder,
    message:
        "Looking for topics in the words of the articles"
    shell:
        "python -m scripts.core.launch scripts.stories.topics_found --batches {params.batches:q} --repeated {params.repeated:q}"
        " --documents {input.documents:q} --settings {input.stage:q} --folder {params.folder:q} 2> {log:q}"


rule topic_sheet:
    """A sample of each word's hits, to judge whether they are about the topic: results/topics/topic_sheet.csv."""
    input:
        expand(f"{RESULTS}/tables/{{name}}.parquet", name=["documents", "topic_hits"]),
        stage=stage("topic_sheet"),
    output:
        sheet=f"{RESULTS}/topics/topic_sheet.csv",
    log:
        f"{RESULTS}/logs/topic_sheet.log",
    resources:
        mem_mb=1500,
        runtime=10,
    params:
        folder=tables_folder,
    message:
        "Drawing hits to judge: results/topics/topic_sheet.csv"
    shell:
        "python -m scripts.core.launch scripts.stories.topic_audit --folder {params.folder:q} --sheet {output.sheet:q} 2> {log:q}"


rule topics_template:
    """An example of topics.yaml, to copy and change: results/topics/topics.yaml."""
    input:
        stage=stage("topics_template"),
    output:
        f"{RESULTS}/topics/topics.yaml",
    log:
        f"{RESULTS}/logs/topics_template.log",
    resources:
        mem_mb=500,
        runtime=10,
    message:
        "Copying an example of topics.yaml to results/topics/topics.yaml: change it, and put it beside config.yaml"
    shell:
        "python -m scripts.core.launch scripts.stories.topics_template --file {output:q} 2> {log:q}"
