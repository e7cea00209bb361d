"""Evaluation: scores of attributions against gold data, with intervals and kinds of error.

Takes gold data (JSON lines) and predictions: the pipeline's own or another system's. Makes an account in Markdown.
Its product is no table: scores that must not fall below their floors (`floors`).
"""
