"""Benchmarks: how right the steps are on gold data, and their cost in time and memory.

Takes gold data, made-up corpora and the public functions of scripts/ and training/.
Prints tables in Markdown, which docs/ shows with the command above each; makes no table of the pipeline.
"""
