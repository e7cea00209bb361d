"""Newsloom: from news text to a report on who is quoted, on what, and in whose frame.

Takes seeds/ and config.yaml, one room after another: core, maths, documents, parsing, entities, sources, attribution,
speakers, reuse, words, framing, review, report, plan. Makes results/: tables, figures and the report; docs/tables.md
names the module of each table.
"""
