"""The corpus that does not fit into the page, beside it. Takes the tables of `report.corpus`, in segments (`split`).

`texts` packs a segment's documents some at a time, `index` its words, names and cues with their places.
`files` writes both and takes over the segments that are the same as in the last run; no table.
"""
