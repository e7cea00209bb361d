"""An optional classifier that learns frames from the coders' codes: words and dictionary hits, one model per frame.

It is scored twice: on sentences drawn at random, and on sentences of documents that it has not seen. The first is the
number that is often published, the second is what to expect of new documents. Needs scikit-learn (the optional
dependencies `classifier`).
"""

import argparse
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from scripts.core.encoded import as_table
from scripts.core.storage import read_parquet, read_settings
from scripts.core.tables import read_analysed, write_table
from scripts.framing.coders import Coded, read_coded
from scripts.framing.reliability import mean_over_coders
from scripts.framing.schemes import Scheme, coding_scheme

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

FEWEST_UNITS, FEWEST_POSITIVES = 50, 10
_FOLDS, _SEED = 5, 1
# More than three cues of a frame in a sentence tell no more than three.
_MOST_HITS = 3

Model = tuple["TfidfVectorizer", "LogisticRegression"]


def _features(words: "csr_matrix", hits: np.ndarray) -> "csr_matrix":
    from scipy.sparse import hstack

    nothing = hits.sum(axis=1, keepdims=True) == 0
    return hstack([words, np.minimum(hits, _MOST_HITS), nothing]).tocsr()


def train(texts: list[str], hits: np.ndarray, codes: np.ndarray) -> Model:
    """Learn one frame from sentences, their dictionary hits (a column per frame) and their codes (0 or 1)."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    words = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), min_df=2)
    features = _features(words.fit_transform(texts), hits)
    model = LogisticRegression(class_weight="balanced", max_iter=2000, random_state=_SEED)
    return words, model.fit(features, codes)


def predict(model: Model, texts: list[str], hits: np.ndarray) -> np.ndarray:
    """Whether each sentence has the frame."""
    words, regression = model
    return regression.predict(_features(words.transform(texts), hits)).astype(bool)


def f1(human: np.ndarray, machine: np.ndarray) -> float:
    """F1 of the machine's codes; NaN if neither has the frame."""
    both = human.sum() + machine.sum()
    return float(2 * (human * machine).sum() / both) if both else float("nan")


def cross_validated(texts: list[str], hits: np.ndarray, codes: np.ndarray, blocks: list[str] | None = None) -> float:
    """F1 of one frame over five folds, with `blocks` (documents, topics) never split between training and test.

    NaN with fewer blocks than folds, or if the folds of blocks leave a training set without the frame.
    """
    from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold

    if blocks is not None and len(set(blocks)) < _FOLDS:
        return float("nan")
    if blocks is None:
        folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED).split(texts, codes)
    else:
        folds = StratifiedGroupKFold(_FOLDS, shuffle=True, random_state=_SEED).split(texts, codes, blocks)
    found = np.zeros(len(texts))
    for training, test in folds:
        if len(set(codes[training])) < 2:
            return float("nan")
        model = train([texts[at] for at in training], hits[training], codes[training])
        found[test] = predict(model, [texts[at] for at in test], hits[test])
    return f1(codes, found)


def hits_of(keys: list[tuple[str, int]], codes: pd.DataFrame, scheme: Scheme) -> np.ndarray:
    """Cues of each frame of a scheme (columns) in each sentence (rows), from the frame_codes table."""
    place = {key: at for at, key in enumerate(keys)}
    number = {frame.name: at for at, frame in enumerate(scheme.frames)}
    hits = np.zeros((len(keys), len(number)))
    of = codes[codes["scheme"] == scheme.name]
    for doc_id, sentence, frame in zip(of["doc_id"], of["sentence"], of["frame"], strict=True):
        if (doc_id, sentence) in place:
            hits[place[doc_id, sentence], number[frame]] += 1
    return hits


def classify(
    coded: Coded, scheme: Scheme, texts: dict[tuple[str, int], str], codes: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tables frame_classifier (scores by frame) and classifier_codes (sentences in which it sees a frame).

    Raises ValueError under 50 coded sentences; a frame with under 10 positive ones, or negative ones, is refused in its
    row.
    """
    if len(coded.units) < FEWEST_UNITS:
        raise ValueError(f"{len(coded.units)} coded sentences are too few to learn from: code at least {FEWEST_UNITS}.")
    agreed = mean_over_coders(coded.human)
    everything = sorted(texts)
    all_hits, all_texts = hits_of(everything, codes, scheme), [texts[key] for key in everything]
    hits = hits_of(coded.units, codes, scheme)
    scores, found = [], []
    for at, frame in enumerate(scheme.frames):
        known = np.flatnonzero(~np.isnan(agreed[:, at]) & (agreed[:, at] != 0.5))
        human, units = np.round(agreed[known, at]), [coded.units[index] for index in known]
        row: dict[str, Any] = {
            "scheme": scheme.name,
            "frame": frame.name,
            "n": len(known),
            "positive": int(human.sum()),
        }
        row |= {"dictionary": f1(human, coded.machine[known, at]), "random": np.nan, "blocked": np.nan}
        if min(human.sum(), len(human) - human.sum()) < FEWEST_POSITIVES:
            scores.append(
                {**row, "note": f"refused: needs {FEWEST_POSITIVES} sentences with the frame and as many without"}
            )
            continue
        words = [texts[key] for key in units]
        row["random"] = cross_validated(words, hits[known], human)
        row["blocked"] = cross_validated(words, hits[known], human, [doc_id for doc_id, _ in units])
        scores.append({**row, "note": ""})
        for index in np.flatnonzero(predict(train(words, hits[known], human), all_texts, all_hits)):
            found.append((*everything[index], scheme.name, frame.name))
    return pd.DataFrame(scores), pd.DataFrame(sorted(found), columns=["doc_id", "sentence", "scheme", "frame"])


def main() -> None:
    """Learn from the coders' sheets, write the scores and the classifier's codes of all sentences."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    for name in ("settings", "folder"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--sheets", type=Path, nargs="*", default=[])
    options = parser.parse_args()
    if find_spec("sklearn") is None:
        raise SystemExit("The classifier needs scikit-learn, which is not installed: pip install scikit-learn")
    settings = read_settings(options.settings)
    framing = settings["framing"]
    scheme = coding_scheme(framing)
    sentences = read_analysed(options.folder, "sentences", ["doc_id", "sentence", "text"]).to_pandas()
    texts = dict(zip(zip(sentences["doc_id"], sentences["sentence"], strict=True), sentences["text"], strict=True))
    codes = read_parquet(options.folder / "frame_codes.parquet").to_pandas()
    of = codes[codes["scheme"] == scheme.name]
    try:
        present = set(zip(of["doc_id"], of["sentence"], of["frame"], strict=True))
        scores, found = classify(read_coded(options.sheets, scheme, texts, present), scheme, texts, codes)
    except ValueError as error:
        raise SystemExit(str(error)) from None
    for name, rows in (("frame_classifier", scores), ("classifier_codes", found)):
        write_table(options.folder, name, as_table(name, rows), **settings["tables"])


if __name__ == "__main__":
    main()
