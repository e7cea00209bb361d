"""Documents: turn the files of seeds/ into uniform text with metadata and language, and find repeated documents.

Takes manifests and seeds; every fault in a seed becomes a row of the table problems.
Its tables: tables.yaml, beside it.
"""
