"""Files for a corpus too large for the page. Takes the tables of `report.corpus`, cut into segments (`split`).

`texts` packs a segment's documents in small parts, `index` its words, names and cues with their places.
`files` writes both, and reuses segments that have not changed since the last run; it makes no table.
"""
