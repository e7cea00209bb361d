"""Tables small enough to reckon by hand, shared by the tests of framing statistics."""

import pandas as pd


def documents(sizes, groups=None):
    """Return documents d0, d1 ... of so many sentences, as `read_documents` gives them."""
    names = [f"d{at}" for at in range(len(sizes))]
    return pd.DataFrame(
        {"doc_id": names, "n_sentences": sizes, "n_words": [10 * size for size in sizes], "group": groups or ""}
    )


def codes(*rows):
    """(document, sentence, frame[, speaker]) as frame codes of the scheme test."""
    columns = ["doc_id", "sentence", "frame", "speaker"]
    table = pd.DataFrame([(*row, "(narrator)")[:4] for row in rows], columns=columns)
    return table.assign(scheme="test", term=table["frame"])
