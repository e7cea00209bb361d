"""Tables small enough to reckon by hand, shared by the tests of framing statistics."""

import csv
import io

import numpy as np
import pandas as pd

from scripts.framing.coders import Coded
from scripts.framing.corpus import FrameCorpus, code_documents, frames_of
from scripts.framing.units import make_units
from scripts.maths.bootstrap import document_weights


def documents(sizes, groups=None):
    """Return documents d0, d1 ... of so many sentences, as `read_documents` gives them."""
    names = [f"d{at}" for at in range(len(sizes))]
    return pd.DataFrame(
        {"doc_id": names, "n_sentences": sizes, "n_words": [10 * size for size in sizes], "group": groups or ""}
    )


def codes(*rows):
    """Return (document, sentence, frame[, speaker]) as frame codes of the scheme test."""
    columns = ["doc_id", "sentence", "frame", "speaker"]
    table = pd.DataFrame([(*row, "(narrator)")[:4] for row in rows], columns=columns)
    return table.assign(scheme="test", term=table["frame"])


def corpus(table, cues, schemes, *, resamples=1000):
    """Return the corpus of documents with these frame codes."""
    frames = frames_of(schemes)
    coded = code_documents(table, cues, frames)
    weights = document_weights(table["doc_id"].tolist(), resamples=resamples)
    return FrameCorpus(table, frames, coded.sentences, coded.hits, weights)


N = 200


def sentence_units(scheme, *, groups=None):
    """Return 200 sentences of one document: a in every fourth, b in every fiftieth."""
    texts = [f"=SUM(1) sentence, {at}" if at == 7 else f"Sentence {at} isn't\nall..." for at in range(N)]
    table = pd.DataFrame({"doc_id": "=d.txt", "sentence": range(N), "text": texts})
    return make_units(
        table, pd.DataFrame({"doc_id": ["=d.txt"], "group": [groups or ""]}), cues(), scheme, kind="sentence"
    )


def cues():
    """Return the cues of these sentences, as the table frame_codes."""
    rows = [("=d.txt", at, "test", "a", "a") for at in range(0, N, 4)]
    rows += [("=d.txt", at, "test", "b", "b") for at in range(0, N, 50)]
    return pd.DataFrame(rows, columns=["doc_id", "sentence", "scheme", "frame", "term"])


def truth(at):
    """Return a coder's codes of a sentence: half of the machine's a, all of b."""
    return {"a": int(at % 8 == 0), "b": int(at % 50 == 0)}


def filled(sheet, code, *, encoding="utf-8", delimiter=","):
    """Return the bytes of a sheet with a code for each frame, given the number of the sentence."""
    rows = list(csv.DictReader(io.StringIO(sheet)))
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows({**row, **code(int(row["sentence"]))} for row in rows)
    return out.getvalue().encode(encoding)


def coded_units(units, human, *, stratum=None, flaw=""):
    """Return codes of one coder for all units whose code is not NaN; every unit has one stratum if none are given."""
    human = np.asarray(human, float)
    rows = np.flatnonzero(~np.isnan(human).all(axis=1))
    strata = np.zeros(len(human), int) if stratum is None else np.asarray(stratum)
    size = np.bincount(strata)[strata]
    return Coded(rows, ["ann"], human[rows][:, None, :], strata[rows], size[rows], flaw)
