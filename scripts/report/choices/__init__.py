"""Views: choices of documents or sentences, as a reader asked for them on the page, counted by the pipeline.

The page counts the same in templates/report/js (choice.js, measures.js, rates.js, deals.js), to the same numbers.
"""
