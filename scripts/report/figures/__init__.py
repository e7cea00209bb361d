"""Figures: one SVG each, drawn from the data alone. Takes the reader's tables.

`catalogue` lists them, `selection` chooses rows; an argument with a table's name is that table.
Its products are results/figures/*.svg; no table.
"""
