"""Labels of names: those of OntoNotes, the kinds to which they are folded, and the words that readers see."""

# Labels of OntoNotes 5: first those of names, then those of dates, amounts and the like.
_OF_NAMES = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART", "LANGUAGE")
ONTONOTES = (*_OF_NAMES, "DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL")
NAMES = frozenset(_OF_NAMES)
LABELS = ("PER", "LOC", "ORG", "NORP", "MISC")
NAME_KINDS = (*LABELS, "none")
READER_KINDS = {"PER": "person", "LOC": "place", "ORG": "organisation", "NORP": "group"}
_FOLD = {"PERSON": "PER", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "ORG": "ORG", "NORP": "NORP", "": "none"}


def fold(label: str) -> str:
    """Return the kind of an OntoNotes label, one of `LABELS`; `none` for a candidate without a label.

    >>> fold("GPE"), fold("WORK_OF_ART"), fold("")
    ('LOC', 'MISC', 'none')
    """
    return _FOLD.get(label, "MISC")
