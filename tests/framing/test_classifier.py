import numpy as np
import pandas as pd
import pytest

pytest.importorskip("sklearn")

from scripts.framing.classifier import classifier_values, classify, cross_validated
from scripts.framing.machine_codes import folds_of
from scripts.framing.units import make_units
from tests.framing.made import coded_units

NO_CODES = pd.DataFrame({"doc_id": [], "sentence": [], "scheme": [], "frame": []})


def made_up(documents, each, seed=0):
    """Return sentences in which "money" makes the frame, half of the time with a word that only its document has."""
    generator = np.random.default_rng(seed)
    texts, codes = {}, []
    for document in range(documents):
        frame = document % 2
        for sentence in range(each):
            noise = " ".join(generator.choice([f"word{at}" for at in range(30)], 6))
            about = f"special{document}" if sentence % 2 else "money" if frame else "weather"
            texts[f"d{document}", sentence] = f"{about} {noise}"
            codes.append(frame)
    return texts, np.array(codes, float)


def units_of(texts, scheme):
    """Return the sentences as units, without cues."""
    table = pd.DataFrame([(doc_id, at, text) for (doc_id, at), text in texts.items()])
    table.columns = ["doc_id", "sentence", "text"]
    groups = pd.DataFrame({"doc_id": [], "group": []})
    return make_units(table, groups, NO_CODES, scheme, kind="sentence")


def human(codes):
    return np.column_stack([codes, np.zeros(len(codes))])


def test_blocked_score_is_lower_where_documents_give_themselves_away():
    texts, codes = made_up(20, 8)
    hits = np.zeros((len(texts), 1))
    blocks = [doc_id for doc_id, _ in texts]
    random = cross_validated(list(texts.values()), hits, codes)
    assert cross_validated(list(texts.values()), hits, codes, blocks) < random - 0.1


def test_scores_and_codes_are_the_same_again_and_rare_frames_are_refused(scheme):
    texts, codes = made_up(10, 8)
    used = scheme(a=["money"], b=["b"])
    units = units_of(texts, used)
    first, second = (classify(coded_units(units, human(codes)), used, units) for _ in range(2))
    assert all(left.equals(right) for left, right in zip(first, second, strict=True))
    scores = first[0].set_index("frame")
    assert scores.loc["a", "random"] > 0.8
    assert scores.loc["b", "note"].startswith("refused")
    assert set(first[1]["frame"]) == {"a"}


def test_too_few_codes_are_refused(scheme):
    texts, codes = made_up(5, 8)
    used = scheme(a=["a"], b=["b"])
    units = units_of(texts, used)
    with pytest.raises(ValueError, match="40 coded sentences are too few"):
        classify(coded_units(units, human(codes)), used, units)


def test_values_for_the_correction_are_cross_fitted(scheme):
    """Words that only their own document has tell nothing of a document that was left out."""
    texts, codes = made_up(20, 8)
    units = units_of(texts, scheme(a=["a"], b=["b"]))
    coded = coded_units(units, human(codes))
    machine = classifier_values(units, coded, folds_of(units, coded))
    assert np.isnan(machine.corpus[:, 1]).all() and not np.isnan(machine.corpus[:, 0]).any()
    special = np.array(["special" in text for text in units.texts])
    right = (machine.coded[:, 0] > 0.5) == codes
    assert right[~special].mean() > 0.9 > right[special].mean() + 0.1
    # The corpus has values of models of which most have seen the document.
    assert ((machine.corpus[:, 0] > 0.5) == codes)[special].mean() > right[special].mean()
