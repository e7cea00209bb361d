"""Training: makes the shipped weights and word counts from gold data. Nothing in scripts/ imports it.

Takes gold data (paths on the command line) and the public functions of scripts/ and benchmarks/.
Writes files of workflow/lexicons and workflow/models; no table.
"""
