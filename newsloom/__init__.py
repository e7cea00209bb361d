"""The command `newsloom`: the Snakemake call in other words, for articles in a folder of the user's.

A wheel holds the workflow (Snakefile, rules, steps, word lists) in the folder `project` beside this file; in a checkout
it stands around this folder.
"""
