"""Corpus statistics: one module per family of formulas, one per set of tables."""
