"""Documents: from the files of seeds/ to uniform text with metadata and language; which documents repeat others.

Takes manifests and seeds; whatever is wrong with a seed becomes a row of problems.
Its tables: tables.yaml, beside it.
"""
