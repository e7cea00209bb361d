"""Evaluation: scores of attributions against gold data, with intervals and kinds of error.

Takes gold data (JSON lines) and predictions: the pipeline's own or another system's. Makes a report in Markdown.
It makes no table, only scores, which must not fall below their floors (`floors`).
"""
