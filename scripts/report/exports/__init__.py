"""Exports: the results in the formats of other tools, one module per format. Takes the tables.

Makes exports/ (`snakemake exports`), datapackage.json (every run) and share.zip (`snakemake share`) in results/.
Dates in the files are fixed, so that the same input gives the same bytes.
"""
