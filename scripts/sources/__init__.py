"""Sources: the kind of each source. Takes the phrases of sources, the table quotes and the user's table of sources.

Gives each source's kind and its row in the user's table, shares and contrasts of kinds by group, and refusals.
Its tables: tables.yaml, beside it.
"""
