"""Figures: one SVG each, drawn from the data alone. Takes the result tables.

`catalogue` lists the figures, `selection` chooses rows; an argument named after a table is that table.
Produces results/figures/*.svg, but no table.
"""
