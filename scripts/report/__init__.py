"""Report: figures, and one offline HTML page that goes from any number to the sentences behind it.

Takes the reader's tables; `tables` selects from them, `summary` and `sections` write, `page` renders.
Its products: results/figures/*, results/report.html, results/documents/*; no table.
"""
