"""Choices: documents or sentences that a reader selected on the page, saved as views and counted by the pipeline.

Takes the result tables and files of views; choice.js, measures.js, rates.js and deals.js count the same on the page.
Makes the tables view_shares, view_contrasts, view_key_words and view_curves for each view.
"""
