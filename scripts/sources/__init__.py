"""Sources: what kind of source speaks. Takes the phrases of sources, the table quotes and the user's table of sources.

Gives the kind of each source, whom of the user's table it is, shares and contrasts of kinds by group, and refusals.
Its tables: tables.yaml, beside it.
"""
