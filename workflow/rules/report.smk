# What was used to make the results.


rule provenance:
    input:
        documents=f"{RESULTS}/tables/documents.parquet",
        problems=f"{RESULTS}/tables/problems.parquet",
        stage=stage("provenance"),
    output:
        f"{RESULTS}/provenance.json",
    log:
        f"{RESULTS}/logs/provenance.log",
    benchmark:
        f"{RESULTS}/benchmarks/provenance.tsv"
    resources:
        mem_mb=500,
        runtime=5,
    message:
        "Writing down what made these results"
    shell:
        "python -m scripts.provenance --documents {input.documents:q} --problems {input.problems:q}"
        " --settings {input.stage:q} --output {output:q} 2> {log:q}"
