import numpy as np
import pandas as pd
import pytest

pytest.importorskip("sklearn")

from scripts.framing.classifier import classify, cross_validated
from scripts.framing.coders import Coded

NO_CODES = pd.DataFrame({"doc_id": [], "sentence": [], "scheme": [], "frame": []})


def made_up(documents, each, seed=0):
    """Sentences in which "money" makes the frame, half of the time with a word that only its document has."""
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


def coded(texts, codes):
    units = list(texts)
    human = np.column_stack([codes, np.zeros(len(codes))])[:, None, :]
    size = np.full(len(units), len(units))
    return Coded(units, ["anna"], human, np.zeros((len(units), 2)), np.zeros(len(units), int), size, {len(units)})


def test_blocked_score_is_lower_where_documents_give_themselves_away():
    texts, codes = made_up(20, 8)
    hits = np.zeros((len(texts), 1))
    blocks = [doc_id for doc_id, _ in texts]
    random = cross_validated(list(texts.values()), hits, codes)
    assert cross_validated(list(texts.values()), hits, codes, blocks) < random - 0.1


def test_scores_and_codes_are_the_same_again_and_rare_frames_are_refused(scheme):
    texts, codes = made_up(10, 8)
    used = scheme(a=["money"], b=["b"])
    one, two = (classify(coded(texts, codes), used, texts, NO_CODES) for _ in range(2))
    assert all(left.equals(right) for left, right in zip(one, two, strict=True))
    scores = one[0].set_index("frame")
    assert scores.loc["a", "random"] > 0.8
    assert scores.loc["b", "note"].startswith("refused")
    assert set(one[1]["frame"]) == {"a"}


def test_too_few_codes_are_refused(scheme):
    texts, codes = made_up(5, 8)
    with pytest.raises(ValueError, match="40 coded sentences are too few"):
        classify(coded(texts, codes), scheme(a=["a"], b=["b"]), texts, NO_CODES)
