"""Report: the figures, and one offline HTML page that links every number to the sentences behind it.

Takes the result tables; `tables` selects from them, `summary` and `sections` write the text, `page` renders it.
Produces results/figures/*, results/report.html and results/documents/*, but no table.
"""
