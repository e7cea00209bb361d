"""Newsloom: from news text to a report on who is quoted, on what, and in whose frame.

Takes seeds/ and config.yaml, one room after another (docs/pipeline.md), from core and documents to report and plan.
Makes results/: tables, figures and the report; docs/tables.md explains the tables.
"""
