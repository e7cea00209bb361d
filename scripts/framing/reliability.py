"""How good the codes are: agreement of coders, of the machine with them, and what the shares are when corrected."""

import argparse
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from scripts.core.encoded import as_table
from scripts.core.storage import read_parquet, read_settings
from scripts.core.tables import read_analysed, write_table
from scripts.framing.coders import Coded, read_coded, weights
from scripts.framing.corpus import ALL, groups, read_documents
from scripts.framing.schemes import Scheme, coding_scheme
from scripts.maths.agreement import alpha, alpha_interval
from scripts.maths.correction import Corrected, corrected_share
from scripts.maths.intervals import Floats, wilson

_FEWEST, _FEWEST_OF_GROUP = 2, 10
_ALPHA = "Krippendorff's nominal alpha, bootstrap over sentences"
_OTHER_CORPUS = "not estimable: documents came or went since the sheet was drawn; draw a new one and copy the codes"
_WEIGHTED = "weighted to the corpus, bootstrap over sentences"


def mean_over_coders(human: Floats) -> Floats:
    """The mean of the codes that a sentence has; NaN where it has none."""
    n = (~np.isnan(human)).sum(axis=1)
    with np.errstate(invalid="ignore"):
        return np.where(n > 0, np.nansum(human, axis=1) / n, np.nan)


def _as_codes(columns: Floats) -> list[list[int | None]]:
    return [[None if np.isnan(value) else int(value) for value in row] for row in columns]


def _alpha_row(codes: list[list[int | None]]) -> dict[str, Any]:
    codes = [unit for unit in codes if sum(code is not None for code in unit) > 1]
    lo, hi = alpha_interval(codes)
    return {"n": len(codes), "estimate": alpha(codes), "lo": lo, "hi": hi, "method": _ALPHA}


def _accuracy(human: Floats, machine: Floats, weight: Floats) -> Floats:
    """Precision, recall and F1 of the machine; `weight` may have a leading axis of bootstrap samples."""
    hit, machine_yes, human_yes = (weight @ each for each in (human * machine, machine, human))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.stack([hit / machine_yes, hit / human_yes, 2 * hit / (machine_yes + human_yes)], axis=-1)


def reliability(coded: Coded, scheme: Scheme, *, resamples: int = 1000) -> pd.DataFrame:
    """The frame_reliability table: alpha between coders, alpha, precision, recall and F1 of the machine, by frame.

    The human code of a sentence is what most of its coders say; where they are split, it is left out. Precision, recall
    and F1 weigh each sentence by how many of the corpus it stands for.
    """
    rows = []
    agreed = mean_over_coders(coded.human)
    for at, frame in enumerate(scheme.frames):
        head = {"scheme": scheme.name, "frame": frame.name}
        if len(coded.coders) > 1:
            rows.append({**head, "measure": "alpha, coders", **_alpha_row(_as_codes(coded.human[:, :, at]))})
        split = np.isnan(agreed[:, at]) | (agreed[:, at] == 0.5)
        human, machine, weight = np.round(agreed[~split, at]), coded.machine[~split, at], weights(coded, ~split)
        rows.append({**head, "measure": "alpha, machine", **_alpha_row(_as_codes(np.column_stack([human, machine])))})
        drawn = np.random.default_rng(1).multinomial(len(human), np.full(len(human), 1 / max(len(human), 1)), resamples)
        values, samples = _accuracy(human, machine, weight), _accuracy(human, machine, drawn * weight)
        for name, value, sample in zip(("precision", "recall", "F1"), values, samples.T, strict=True):
            known = sample[~np.isnan(sample)]
            lo, hi = np.quantile(known, [0.025, 0.975]) if len(known) else (np.nan, np.nan)
            numbers = {"n": len(human), "estimate": value, "lo": lo, "hi": hi, "method": _WEIGHTED}
            rows.append({**head, "measure": name, **numbers})
    return pd.DataFrame(rows)


def confusion(coded: Coded, scheme: Scheme) -> pd.DataFrame:
    """The frame_confusion table: coded sentences by what the machine and most coders say."""
    agreed = mean_over_coders(coded.human)
    rows = []
    for at, frame in enumerate(scheme.frames):
        human, machine = agreed[:, at], coded.machine[:, at] == 1
        yes, no = human > 0.5, human < 0.5
        counts = [(machine & yes).sum(), (machine & no).sum(), (~machine & yes).sum(), (~machine & no).sum()]
        rows.append((scheme.name, frame.name, *map(int, counts), int((human == 0.5).sum())))
    return pd.DataFrame(rows, columns=["scheme", "frame", "both", "machine_only", "human_only", "neither", "split"])


def term_precision(coded: Coded, scheme: Scheme, codes: pd.DataFrame) -> pd.DataFrame:
    """The frame_term_precision table: of the coded sentences in which a term fires, how many have its frame.

    `codes` is the frame_codes table. These are sentences of the sample, not weighted to the corpus.
    """
    agreed = mean_over_coders(coded.human)
    number = {frame.name: at for at, frame in enumerate(scheme.frames)}
    place = {key: at for at, key in enumerate(coded.units)}
    fired: dict[tuple[str, str], set[int]] = {}
    of = codes[codes["scheme"] == scheme.name]
    for doc_id, sentence, frame, term in zip(of["doc_id"], of["sentence"], of["frame"], of["term"], strict=True):
        if (doc_id, sentence) in place:
            fired.setdefault((frame, term), set()).add(place[doc_id, sentence])
    rows = []
    for (frame, term), at in sorted(fired.items()):
        human = agreed[sorted(at), number[frame]]
        human = human[~np.isnan(human)]
        right = int((human > 0.5).sum())
        lo, hi = (float(end) for end in wilson(right, len(human)))
        share = right / len(human) if len(human) else np.nan
        rows.append((scheme.name, frame, term, len(human), right, share, lo, hi, "Wilson over coded sentences"))
    columns = ["scheme", "frame", "term", "n", "right", "estimate", "lo", "hi", "method"]
    return pd.DataFrame(rows, columns=columns)


def corrected(coded: Coded, scheme: Scheme, present: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The frame_corrected table: the share of sentences that have a frame by the machine, by people, and corrected.

    For the whole corpus and for each group of documents. `present` has the distinct (doc_id, sentence, frame) of the
    machine, `documents` doc_id, group, n_sentences. If a sheet was drawn from a corpus of another size, its strata no
    longer stand for this one, and nothing can be estimated.
    """
    place = pd.Index(documents["doc_id"])
    coded_in = place.get_indexer([doc_id for doc_id, _ in coded.units])
    sizes = documents["n_sentences"].to_numpy()
    found = {
        name: np.bincount(place.get_indexer(part["doc_id"]), minlength=len(place))
        for name, part in present.groupby("frame")
    }
    agreed = mean_over_coders(coded.human)
    rows = []
    for (group, mask), (at, frame) in product(groups(documents), enumerate(scheme.frames)):
        known = ~np.isnan(agreed[:, at])
        human, machine, weight = agreed[known, at], coded.machine[known, at], weights(coded, known)
        inside, size = mask[coded_in[known]], int(sizes[mask].sum())
        by_machine = float(found[frame.name][mask].sum() / size) if frame.name in found else 0.0
        fewest = _FEWEST if group == ALL else _FEWEST_OF_GROUP
        if coded.corpus_sizes != {sizes.sum()}:
            result = Corrected(np.nan, np.nan, np.nan, _OTHER_CORPUS, np.nan)
        elif inside.sum() < min(fewest, size):
            result = Corrected(np.nan, np.nan, np.nan, f"not estimable: fewer than {fewest} codes", np.nan)
        else:
            result = corrected_share(human, machine, weight, coded.stratum[known], by_machine, size, inside=inside)
        rows.append(
            {
                "group": group,
                "scheme": scheme.name,
                "frame": frame.name,
                "n_sentences": size,
                "n": int(inside.sum()),
                "machine": by_machine,
                "human": float(np.average(human, weights=weight * inside)) if inside.any() else np.nan,
                **result._asdict(),
            }
        )
    return pd.DataFrame(rows)


def main() -> None:
    """Read the coders' sheets and the tables of the corpus, write what they say of the codes.

    Ends with a message, and no traceback, if a sheet is faulty.
    """
    parser = argparse.ArgumentParser(description=main.__doc__)
    for name in ("settings", "folder"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--sheets", type=Path, nargs="*", default=[])
    options = parser.parse_args()
    settings = read_settings(options.settings)
    framing = settings["framing"]
    scheme = coding_scheme(framing)
    documents = read_documents(options.folder)
    sentences = read_analysed(options.folder, "sentences", ["doc_id", "sentence", "text"]).to_pandas()
    texts = dict(zip(zip(sentences["doc_id"], sentences["sentence"], strict=True), sentences["text"], strict=True))
    codes = read_parquet(options.folder / "frame_codes.parquet").to_pandas()
    present = codes.loc[codes["scheme"] == scheme.name, ["doc_id", "sentence", "frame"]].drop_duplicates()
    try:
        coded = read_coded(options.sheets, scheme, texts, set(present.itertuples(index=False, name=None)))
    except ValueError as error:
        raise SystemExit(str(error)) from None
    tables = {
        "frame_reliability": reliability(coded, scheme),
        "frame_confusion": confusion(coded, scheme),
        "frame_term_precision": term_precision(coded, scheme, codes),
        "frame_corrected": corrected(coded, scheme, present, documents),
    }
    for name, rows in tables.items():
        write_table(options.folder, name, as_table(name, rows), **settings["tables"])


if __name__ == "__main__":
    main()
