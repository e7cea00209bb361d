"""Kinds of a table's columns, by which the page puts their cells in form, and how long its texts may be."""

NUMBER_KINDS = ("int", "sentence", "share", "points", "probability", "number")
# Kinds of a column made of the two ends of an interval, by the kind of its numbers.
ENDS_KINDS = {"share": "share ends", "points": "points ends", "number": "ends"}
# Characters of a cell, of a document's title in a cell, of a label of a mark and of what it says on hover.
CELL, DOCUMENT_CELL, LABEL, HINT = 300, 48, 32, 240
