"""Plan: what Snakemake must know before it builds the DAG. Takes config.yaml, seeds and the code itself.

Gives checked settings, batches with their manifests, and a fingerprint for each stage; the Snakefile's door.
Its products are results/batches/*/manifest.jsonl, results/stages/*.json, results/provenance.json; no table.
"""
