"""Figures: one SVG and one PNG each, drawn from the reader's tables alone.

`catalogue` lists them, `selection` chooses rows that figures and report both show, `style` is shared with the report.
"""
