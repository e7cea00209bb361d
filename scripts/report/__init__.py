"""The report: one offline HTML page that goes from any number to the sentences behind it.

`model` is what a page is made of, `tables` and `evidence` turn tables into it, `summary` and `sections` write it,
`reading` marks the layers in the text of the documents, `svg` brings the figures in, `page` renders and weighs it.
"""
