# Frames: cues and statements of blame in every batch, and the statistics of the corpus from these tables.

# Tables of codes joined from the batches. Without terms to look up, the batches have no concordance.
CODES = ["frame_codes", "blame", "valence"]
CODES += ["concordance"] if config["concordance"]["terms"] else []
LOOKED_UP = [] if config["concordance"]["terms"] else ["concordance"]


rule frame_codes:
    """Cues of frames and statements of blame in a batch."""
    input:
        documents=f"{BATCH}/documents.parquet",
        sentences=rules.parses.output.sentences,
        tokens=rules.parses.output.tokens,
        parses=rules.parses.output.parses,
        entities=corrected("entities"),
        quotes=corrected("quotes"),
        stage=stage("frame_codes"),
    output:
        codes=f"{BATCH}/frame_codes.parquet",
        blame=f"{BATCH}/blame.parquet",
        problems=f"{BATCH}/frame_codes_problems.parquet",
    log:
        f"{RESULTS}/logs/frame_codes/{{batch}}.log",
    priority: 20
    resources:
        mem_mb=1000,
        runtime=minutes(3),
    message:
        "Coding the frames of batch {wildcards.batch}"
    shell:
        "python -m scripts.core.launch scripts.framing"
        " --documents {input.documents:q} --sentences {input.sentences:q}"
        " --tokens {input.tokens:q} --parses {input.parses:q} --entities {input.entities:q} --quotes {input.quotes:q}"
        " --settings {input.stage:q} --output {output.codes:q} --blame {output.blame:q}"
        " --problems {output.problems:q} 2> {log:q}"


rule code_tables:
    """Tables frame_codes, blame, valence and concordance, joined from the batches."""
    input:
        *[parts(table) for table in CODES],
        expand(f"{RESULTS}/tables/{{name}}.parquet", name=["boilerplate_places", "entity_mentions"]),
        stage=stage("tables"),
    output:
        table_files(*CODES, *LOOKED_UP),
    log:
        f"{RESULTS}/logs/code_tables.log",
    priority: 20
    resources:
        mem_mb=memory(800, per_thousand=1),
        runtime=20,
    params:
        tables=[*CODES, *LOOKED_UP],
        empty=LOOKED_UP,
        batches=batches_folder,
        folder=tables_folder,
        corrected=PLAN.corrected,
    message:
        "Joining the batches' frame codes, blame, valence and terms"
    shell:
        "python -m scripts.core.launch scripts.core.tables --tables {params.tables}"
        " --empty {params.empty} --batches {params.batches:q} --settings {input.stage:q}"
        " --folder {params.folder:q} --corrected {params.corrected:q} 2> {log:q}"


rule framing_statistics:
    """Shares of frames by document, group, speaker and month; valence by name."""
    input:
        expand(
            f"{RESULTS}/tables/{{name}}.parquet",
            name=[
                "documents",
                "document_groups",
                "boilerplate_places",
                "sentences",
                "quotes",
                "entities",
                "entity_mentions",
                "frame_codes",
                "valence",
            ],
        ),
        stage=stage("framing_statistics"),
    output:
        table_files(*tables_of("framing_statistics")),
    log:
        f"{RESULTS}/logs/framing_statistics.log",
    priority: 20
    resources:
        mem_mb=memory(400, per_thousand=3.5),
        runtime=30,
    params:
        folder=tables_folder,
    message:
        "Framing statistics, and valence by speaker and name"
    shell:
        "python -m scripts.core.launch scripts.framing.summaries"
        " --settings {input.stage:q} --folder {params.folder:q} 2> {log:q}"


rule coding_sheet:
    """A sample of sentences or articles for coders to fill in: results/coding/."""
    input:
        f"{RESULTS}/tables/documents.parquet",
        f"{RESULTS}/tables/document_groups.parquet",
        f"{RESULTS}/tables/sentences.parquet",
        f"{RESULTS}/tables/frame_codes.parquet",
        stage=stage("coding_sheet"),
    output:
        sheet=f"{RESULTS}/coding/coding_sheet.csv",
        codebook=f"{RESULTS}/coding/codebook.html",
    log:
        f"{RESULTS}/logs/coding_sheet.log",
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        folder=tables_folder,
    message:
        "Drawing a sample for coders: results/coding/codebook.html says how to code them"
    shell:
        "python -m scripts.core.launch scripts.framing.sampling --settings {input.stage:q} --folder {params.folder:q}"
        " --sheet {output.sheet:q} --codebook {output.codebook:q} 2> {log:q}"


rule reliability:
    """Agreement of coders and machine on frames, and shares corrected by the filled-in sheets."""
    input:
        f"{RESULTS}/tables/documents.parquet",
        f"{RESULTS}/tables/document_groups.parquet",
        f"{RESULTS}/tables/sentences.parquet",
        f"{RESULTS}/tables/quotes.parquet",
        f"{RESULTS}/tables/frame_codes.parquet",
        projects=rules.project_sheets.output if PLAN.coded else [],
        files=on_disk(f"{RESULTS}/stages/coding_files.jsonl"),
        stage=stage("reliability"),
    output:
        table_files(*tables_of("reliability")),
    log:
        f"{RESULTS}/logs/reliability.log",
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        folder=tables_folder,
    message:
        "Comparing the codes of people and machine"
    shell:
        "python -m scripts.core.launch scripts.framing.reliability --settings {input.stage:q} --folder {params.folder:q}"
        " --files {input.files:q} --projects {input.projects:q} 2> {log:q}"
