"""Training: the shipped weights and word counts, made from gold data. Nothing in scripts/ imports it.

Takes gold data (folders named on the command line) and the public functions of scripts/.
Makes files of workflow/lexicons; no table.
"""
