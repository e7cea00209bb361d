"""Choices: documents or sentences that a reader asked for on the page, kept as views and counted by the pipeline.

Takes the reader's tables and files of views; choice.js, measures.js, rates.js and deals.js count the same in the page.
Its tables, of each view: view_shares, view_contrasts, view_key_words, view_curves.
"""
