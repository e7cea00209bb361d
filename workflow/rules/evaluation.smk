# How right the attributions are, on gold data that the user has: `snakemake evaluate`.

from scripts.core.recorded import file_sha256


rule evaluate:
    input:
        gold=gold_file,
        stage=stage("evaluation"),
    output:
        f"{RESULTS}/evaluation/attribution.md",
    log:
        f"{RESULTS}/logs/evaluate.log",
    benchmark:
        f"{RESULTS}/benchmarks/evaluate.tsv"
    resources:
        mem_mb=2000,
        runtime=60,
    params:
        # The file is no part of the results, so its date may be that of a copy.
        gold_sha256=lambda wildcards, input: file_sha256(Path(input.gold)),
        model=config["model"],
        reader=config["quotes"]["reader"],
        min_confidence=config["quotes"]["min_confidence"],
    message:
        "Scoring the attributions on {input.gold}"
    shell:
        "python -m scripts.core.launch scripts.review.evaluation {input.gold:q} --stage {input.stage:q} --model {params.model:q}"
        " --reader {params.reader} --min-confidence {params.min_confidence} --output {output:q} 2> {log:q}"
