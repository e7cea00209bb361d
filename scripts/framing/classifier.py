"""An optional classifier that learns frames from the coders' codes: words and dictionary hits, one model per frame.

It is scored twice: on units drawn at random, and on units of documents that were not in the training data. The first
number is the one often published, the second is what to expect for new documents. Makes the tables frame_classifier and
classifier_codes. Needs scikit-learn (the optional dependencies `classifier`).
"""

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scripts.core.encoded import as_table
from scripts.core.options import path_options
from scripts.core.planned import planned_hashes
from scripts.core.storage import read_settings
from scripts.core.tables import write_table
from scripts.framing.coders import Coded, read_coded
from scripts.framing.machine_codes import MachineCodes, cross_fitted
from scripts.framing.project_sheets import read_sheets
from scripts.framing.schemes import Scheme, coding_scheme
from scripts.framing.sheet_files import CLASSIFIER
from scripts.framing.units import Units, read_units
from scripts.maths.intervals import Floats

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

FEWEST_UNITS, FEWEST_POSITIVES = 50, 10
_FOLDS, _SEED = 5, 1
# More cues of a frame in a sentence count as three.
_MOST_HITS = 3

Model = tuple["TfidfVectorizer", "LogisticRegression"]


def _features(words: "csr_matrix", hits: np.ndarray) -> "csr_matrix":
    from scipy.sparse import hstack

    nothing = hits.sum(axis=1, keepdims=True) == 0
    return hstack([words, np.minimum(hits, _MOST_HITS), nothing]).tocsr()


def train(texts: list[str], hits: np.ndarray, codes: np.ndarray) -> Model:
    """Return a model of one frame, learnt from texts, dictionary hits (a column per frame) and codes (0 or 1)."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    words = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), min_df=2)
    features = _features(words.fit_transform(texts), hits)
    model = LogisticRegression(class_weight="balanced", max_iter=2000, random_state=_SEED)
    return words, model.fit(features, codes)


def predict(model: Model, texts: list[str], hits: np.ndarray) -> np.ndarray:
    """Return a mask that is True for each text in which the model sees the frame."""
    words, regression = model
    return regression.predict(_features(words.transform(texts), hits)).astype(bool)


def probabilities(model: Model, texts: list[str], hits: np.ndarray) -> Floats:
    """Return the probability by which the model ranks each text; balanced classes make it no share of positives."""
    words, regression = model
    return regression.predict_proba(_features(words.transform(texts), hits))[:, 1]


def f1(human: np.ndarray, machine: np.ndarray) -> float:
    """Return F1 of the machine's codes; NaN if nobody sees the frame."""
    both = human.sum() + machine.sum()
    return float(2 * (human * machine).sum() / both) if both else float("nan")


def cross_validated(texts: list[str], hits: np.ndarray, codes: np.ndarray, blocks: list[str] | None = None) -> float:
    """Return F1 of one frame over five folds; `blocks` (documents, topics) are never split between training and test.

    NaN with fewer blocks than folds, or if the folds of blocks leave a training set without the frame.
    """
    from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold

    if blocks is not None and len(set(blocks)) < _FOLDS:
        return float("nan")
    if blocks is None:
        folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED).split(texts, codes)
    else:
        folds = StratifiedGroupKFold(_FOLDS, shuffle=True, random_state=_SEED).split(texts, codes, blocks)
    predicted = np.zeros(len(texts))
    for training, test in folds:
        if len(set(codes[training])) < 2:
            return float("nan")
        model = train([texts[at] for at in training], hits[training], codes[training])
        predicted[test] = predict(model, [texts[at] for at in test], hits[test])
    return f1(codes, predicted)


def classify(coded: Coded, scheme: Scheme, units: Units) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the tables frame_classifier (scores by frame) and classifier_codes (units in which it sees a frame).

    Raises ValueError under 50 coded units; a frame with under 10 positive or negative ones is refused in its row.
    """
    if len(coded.row) < FEWEST_UNITS:
        raise ValueError(
            f"{len(coded.row)} coded {units.kind}s are too few to learn from: code at least {FEWEST_UNITS}."
        )
    agreed, machine = coded.agreed(), (units.hits[coded.row] > 0).astype(float)
    scores, positives = [], []
    for at, frame in enumerate(scheme.frames):
        known = np.flatnonzero(~np.isnan(agreed[:, at]) & (agreed[:, at] != 0.5))
        human, rows = np.round(agreed[known, at]), coded.row[known].tolist()
        row: dict[str, Any] = {
            "scheme": scheme.name,
            "frame": frame.name,
            "n": len(known),
            "positive": int(human.sum()),
        }
        row |= {"dictionary": f1(human, machine[known, at]), "random": np.nan, "blocked": np.nan}
        if min(human.sum(), len(human) - human.sum()) < FEWEST_POSITIVES:
            note = f"refused: needs {FEWEST_POSITIVES} {units.kind}s with the frame and as many without"
            scores.append({**row, "note": note})
            continue
        texts, hits = [units.texts[each] for each in rows], units.hits[rows]
        row["random"] = cross_validated(texts, hits, human)
        row["blocked"] = cross_validated(texts, hits, human, [units.keys[each][0] for each in rows])
        scores.append({**row, "note": ""})
        for index in np.flatnonzero(predict(train(texts, hits, human), units.texts, units.hits)):
            positives.append((*units.keys[index], scheme.name, frame.name))
    codes = pd.DataFrame(sorted(positives), columns=["doc_id", "sentence", "scheme", "frame"])
    return pd.DataFrame(scores), codes


def classifier_values(units: Units, coded: Coded, fold: NDArray[np.intp]) -> MachineCodes:
    """Return the classifier's probabilities, cross-fitted over folds; NaN for a frame with too few codes to learn."""
    agreed = coded.agreed()
    shape = len(coded.row), agreed.shape[1]
    of_coded, of_corpus = np.full(shape, np.nan), np.full(units.hits.shape, np.nan)
    for frame in range(shape[1]):

        def learn(known: NDArray[np.intp], frame: int = frame) -> Floats | None:
            codes, rows = np.round(agreed[known, frame]), coded.row[known].tolist()
            if len(codes) < FEWEST_UNITS or min(codes.sum(), len(codes) - codes.sum()) < FEWEST_POSITIVES:
                return None
            model = train([units.texts[row] for row in rows], units.hits[rows], codes)
            return probabilities(model, units.texts, units.hits)

        if fitted := cross_fitted(learn, fold, coded.row, agreed[:, frame]):
            of_coded[:, frame], of_corpus[:, frame] = fitted
    return MachineCodes([CLASSIFIER] * shape[1], of_coded, of_corpus)


def main() -> None:
    """Learn from the coders' sheets; write the scores and the classifier's codes of all units."""
    options = path_options(main.__doc__, "settings", "folder", "files")
    if find_spec("sklearn") is None:
        raise SystemExit("The classifier needs scikit-learn, which is not installed: pip install scikit-learn")
    settings = read_settings(options.settings)
    scheme = coding_scheme(settings["framing"], planned_hashes(options.settings))
    coding = settings["framing"]["coding"]
    units = read_units(options.folder, scheme, kind=coding["unit"])
    sheets, _ = read_sheets(options.files, options.folder, units, scheme, coding)
    coded, _ = read_coded(sheets, scheme, units)
    try:
        scores, codes = classify(coded, scheme, units)
    except ValueError as error:
        raise SystemExit(str(error)) from None
    for name, rows in (("frame_classifier", scores), ("classifier_codes", codes)):
        write_table(options.folder, name, as_table(name, rows), **settings["tables"])


if __name__ == "__main__":
    main()
