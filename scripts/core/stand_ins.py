"""Names in tables that stand for no single speaker, group or value."""

# The voice of sentences that quote nobody.
NARRATOR = "(narrator)"
# All documents, groups or values together.
ALL = "(all)"
# All groups but the one that a row is about.
OTHERS = "(the others)"
