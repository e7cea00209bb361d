"""Figures: one SVG and one PNG each, drawn from the data alone. Takes the reader's tables.

`catalogue` lists them, `selection` chooses rows that figures and report both show, `style` is shared with the report.
An argument of a figure that is called as a table is that table, `groups` is document_groups.
Its products are results/figures/*.svg and *.png; no table.
"""
