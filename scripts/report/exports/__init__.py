"""Exports: the results in formats of other tools, a module a format. Takes tables, and gives files for

results/exports/ (`snakemake exports`), results/datapackage.json (every run) and results/share.zip (`snakemake share`).
All have fixed dates, so that the same input makes the same bytes.
"""
