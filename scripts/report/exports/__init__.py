"""Exports: the results in the formats of other tools, one module per format. Takes the tables, and writes

results/exports/ (`snakemake exports`), results/datapackage.json (every run) and results/share.zip (`snakemake share`).
Dates in the files are fixed, so that the same input gives the same bytes.
"""
