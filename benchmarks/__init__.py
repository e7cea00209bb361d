"""Benchmarks: the accuracy of the steps on gold data, and their cost in time and memory.

Takes gold data, made-up corpora and the public functions of scripts/ and training/.
Prints tables in Markdown, which docs/ shows below the command that makes each; makes no table of the pipeline.
"""
