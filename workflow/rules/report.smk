# Figures, views and the report, and the provenance of the results.

from scripts.core.storage import WORKFLOW, read_yaml

SECTIONS = read_yaml(WORKFLOW / "templates" / "sections.yaml")["sections"].values()
FIGURES = [name for section in SECTIONS for name in section.get("figures", [])]
# The tables that figures read: a change to any other table redraws nothing.
DRAWN = ["documents", "document_groups", "quotes", "frame_codes", "blame", "speakers", "speakers_by_group"]
DRAWN += ["frame_prevalence", "frame_speakers", "frame_contrasts", "frame_trends", "frequencies", "rates", "keyness"]
DRAWN += ["entities_corpus", "entity_network", "cooccurrence"]
DRAWN += ["source_shares", "source_contrasts", "reference_coverage", "reference_outlets"]
DRAWN += ["frame_corrected"] if SHEETS else []
DRAWN += ["accuracy"] if PLAN.checked else []


rule figures:
    """The figures, as SVG: results/figures/."""
    input:
        parquet_files(*DRAWN),
        stage=stage("figures"),
    output:
        report(
            expand(f"{RESULTS}/figures/{{name}}.svg", name=FIGURES),
            caption="../report/figures.rst",
            category="Figures",
        ),
    log:
        f"{RESULTS}/logs/figures.log",
    threads: 2
    resources:
        mem_mb=memory(1500, per_thousand=3),
        runtime=10,
    params:
        tables=tables_folder,
        figures=figures_folder,
    message:
        "Drawing the figures"
    shell:
        "python -m scripts.core.launch scripts.report.figures --tables {params.tables:q}"
        " --settings {input.stage:q} --output {params.figures:q} --processes {threads} 2> {log:q}"


rule provenance:
    """Provenance of the results: versions, settings, hashes of the seeds."""
    input:
        documents=f"{RESULTS}/tables/documents.parquet",
        problems=f"{RESULTS}/tables/problems.parquet",
        corrections=f"{RESULTS}/tables/corrections_applied.parquet" if PLAN.reviewed else [],
        sheets=on_disk(f"{RESULTS}/stages/review_files.jsonl"),
        stage=stage("provenance"),
    output:
        f"{RESULTS}/provenance.json",
    log:
        f"{RESULTS}/logs/provenance.log",
    resources:
        mem_mb=500,
        runtime=5,
    message:
        "Recording what made these results"
    shell:
        "python -m scripts.core.launch scripts.plan.provenance"
        " --documents {input.documents:q} --problems {input.problems:q}"
        " --corrections {input.corrections:q} --sheets {input.sheets:q}"
        " --settings {input.stage:q} --output {output:q} 2> {log:q}"


rule document_pages:
    """A page for each document: results/documents/."""
    input:
        table_files(*TABLES),
        stage=stage("document_pages"),
    output:
        directory(f"{RESULTS}/documents"),
    log:
        f"{RESULTS}/logs/document_pages.log",
    resources:
        mem_mb=2000,
        runtime=30,
    params:
        tables=tables_folder,
    message:
        "Writing a page for each document"
    shell:
        "python -m scripts.core.launch scripts.report.pages --tables {params.tables:q}"
        " --settings {input.stage:q} --output {output:q} 2> {log:q}"


DOCUMENT_PAGES = rules.document_pages.output if config["report"]["document_pages"] else []


VIEW_FILES = [f"{table}.{form}" for table in tables_of("views") for form in ["parquet", "csv"]] + [
    "view.md",
    "view.svg",
]


rule views:
    """The numbers and figure of each view in views/: results/views/NAME/."""
    input:
        parquet_files(
            *["documents", "document_groups", "document_origins", "boilerplate_places", "readability", "sentences"],
            *["tokens", "quotes", "quote_sources", "source_attributes", "source_shares"],
            *["entities", "entity_mentions"],
            *["frame_codes", "frame_prevalence"],
            *["stories", "story_documents", *(["topic_hits", "topic_documents"] if PLAN.topics else [])],
        ),
        views=on_disk(f"{RESULTS}/stages/view_files.jsonl"),
        stage=stage("views"),
    output:
        expand(f"{RESULTS}/views/{{view}}/{{file}}", view=PLAN.views, file=VIEW_FILES),
        problems=f"{RESULTS}/batches/view_problems.parquet",
    log:
        f"{RESULTS}/logs/views.log",
    resources:
        mem_mb=memory(600, per_thousand=40),
        runtime=20,
    params:
        tables=tables_folder,
        folder=lambda wildcards, output: str(Path(output.problems).parent.parent / "views"),
    message:
        "Counting what the views choose"
    shell:
        "python -m scripts.core.launch scripts.report.choices.views --views {input.views:q}"
        " --settings {input.stage:q} --folder {params.tables:q} --output {params.folder:q}"
        " --problems {output.problems:q} 2> {log:q}"


rule report:
    """The report: results/report.html."""
    input:
        table_files(*TABLES),
        rules.figures.output,
        provenance=rules.provenance.output,
        stage=stage("report"),
    output:
        page=report(f"{RESULTS}/report.html", caption="../report/report.rst", category="Report"),
        data=directory(f"{RESULTS}/report-data"),
    log:
        f"{RESULTS}/logs/report.log",
    threads: 2
    resources:
        # For both processes; the corpus takes most, and a page carries only a limited part of it.
        mem_mb=memory(4000),
        runtime=30,
    params:
        tables=tables_folder,
        figures=figures_folder,
    message:
        "Writing the report"
    shell:
        "python -m scripts.core.launch scripts.report --tables {params.tables:q} --figures {params.figures:q}"
        " --provenance {input.provenance:q} --settings {input.stage:q} --output {output.page:q}"
        " --processes {threads} 2> {log:q}"
