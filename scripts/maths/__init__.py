"""Maths: the formulas, one module for each family. Takes numbers and arrays; returns numbers and arrays.

It knows none of the project's files or types, and has no table; each formula names its source.
The tables made with it are in `words`, `entities` and `framing`.
"""
