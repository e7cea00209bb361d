"""Maths: the formulas, one module a family. Takes numbers and arrays; gives numbers and arrays.

It knows no file and no type of the project, and has no table; each formula names its source.
The tables made with it are in `words`, `entities` and `framing`.
"""
