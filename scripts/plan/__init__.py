"""Plan: all that Snakemake must know before it builds the DAG. Takes config.yaml, seeds and the code itself.

Makes checked settings, batches with their manifests, and a fingerprint for each stage; the Snakefile starts here.
It writes results/batches/*/manifest.jsonl, results/stages/*.json and results/provenance.json; no table.
"""
