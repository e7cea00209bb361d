"""The tables of a view: shares and rates of each side, their contrasts, and the words that distinguish them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.arrays import Floats
from scripts.core.lexicons import stop_words
from scripts.core.schemas import arrow_schema
from scripts.core.storage import rows_to_table, to_table
from scripts.maths import document_shares, permutation
from scripts.maths.bootstrap import OVER_DOCUMENTS, document_weights
from scripts.maths.document_shares import Share, difference_interval, reaching
from scripts.maths.intervals import ENOUGH, TOO_FEW, benjamini_hochberg
from scripts.maths.permutation import groups_p
from scripts.report.choices import counts
from scripts.report.choices.corpus import ChoiceCorpus, Chosen, choose, others
from scripts.report.choices.counts import DenseCounts, SparseCounts, rate_rows, share_rows, with_names
from scripts.report.choices.curves import curve_rows
from scripts.report.choices.view_files import Choice, SavedView
from scripts.words.comparisons import WordComparison
from scripts.words.corpus import MILLION, count_matrix
from scripts.words.keyness import BOOTSTRAP, keyness_tables, left_out
from scripts.words.rates import chosen_words

_SIDES = "AB"
# Method if a document belongs to both sides, so that it cannot be dealt to one of them.
OVERLAP = "not estimable: both sides have parts of the same documents"


def _word_rates(corpus: ChoiceCorpus, chosen: Chosen, settings: Mapping[str, Any]) -> pd.DataFrame:
    """Return the rates per million words of a choice's most frequent words, without stop words."""
    words, (inside,) = counts.count_words(corpus, [chosen])
    most = chosen_words(words, words=(), most=counts.MOST, stop=stop_words(settings["words"]))
    hits = count_matrix(words, inside, most)
    names = [words.vocabulary[at] for at in most.tolist()]
    counted = DenseCounts(np.flatnonzero(inside), names, hits, hits, words.sizes.astype(float))
    weights = document_weights(words.documents, **settings["bootstrap"])
    return rate_rows(counted, weights, per=MILLION)


def _share_rows(
    corpus: ChoiceCorpus, chosen: Chosen, measures: Mapping[str, SparseCounts], settings: Mapping[str, Any]
) -> Iterator[dict[Any, Any]]:
    """Yield the shares and rates of a choice as rows of view_shares without their side; `measures` are its counts."""
    of_names = counts.count_names(corpus, chosen)
    most_named = with_names(of_names, of_names.names[: counts.MOST])
    rates = {
        "words": _word_rates(corpus, chosen, settings),
        "names": rate_rows(most_named, counts.choice_weights(corpus, most_named), per=1_000),
    }
    shares = {measure: share_rows(with_names(each, each.names[: counts.MOST])) for measure, each in measures.items()}
    for measure, rows in shares.items():
        yield from _with_method(rows, measure, document_shares.METHOD)
    # Omit the effective number of speakers: it grows with the documents, so sides of different size do not compare.
    for name, varieties in (("speakers", ("evenness",)), ("kinds", ("evenness", "effective"))):
        for measure, row in counts.variety(measures[name], counts.choice_weights(corpus, measures[name])):
            if measure in varieties:
                yield {"measure": measure, "name": name, **row}
    for measure, rows in rates.items():
        yield from _with_method(rows, measure, OVER_DOCUMENTS)


def _with_method(rows: pd.DataFrame, measure: str, method: str) -> list[dict[Any, Any]]:
    methods = np.where(rows["enough"] >= ENOUGH, method, TOO_FEW)
    return rows.assign(measure=measure, method=methods).to_dict("records")


def _p(first: DenseCounts, second: DenseCounts, documents: int) -> tuple[Floats, str]:
    """Return the p of each name, from dealing the documents of both sides anew (permutation), and the method."""
    nothing = np.full(len(first.names), np.nan)
    if not len(first.documents) or not len(second.documents):
        return nothing, TOO_FEW
    if len(np.intersect1d(first.documents, second.documents)):
        return nothing, OVERLAP
    hits, totals = np.zeros((2, documents, len(first.names)))
    for side in (first, second):
        hits[side.documents], totals[side.documents] = side.hits, side.totals
    members = [first.documents, second.documents]
    (p,) = groups_p(members, lambda rows: (hits[rows], totals[rows]), np.arange(len(first.names)), compared=1)
    return p, permutation.METHOD


def _contrasts(measure: str, sides: Sequence[SparseCounts], documents: int) -> list[dict[Any, Any]]:
    """Return the contrasts of a measure for the most frequent names of either side, those of the first side first.

    `sides` must have all names, since a name that is frequent on one side may be rare on the other.
    """
    names = list(dict.fromkeys(name for side in sides for name in side.names[: counts.MOST]))
    counted = [with_names(side, names) for side in sides]
    rows = [share_rows(each) for each in counted]
    first, second = (Share(*(each[name].to_numpy() for name in ("estimate", "lo", "hi"))) for each in rows)
    enough = np.min([np.minimum(each["enough"], each["n_documents"]) for each in rows], axis=0) >= ENOUGH
    p, method = _p(counted[0], counted[1], documents)
    p = np.where(enough, p, np.nan)
    lo, hi = reaching(difference_interval(first, second, p), p, none=0)
    if method == OVERLAP:
        lo = hi = np.full(len(names), np.nan)
    shares = {
        f"{name}{side}": row[column].to_numpy()
        for side, row in zip(("", "_other"), rows, strict=True)
        for name, column in (("n", "n"), ("total", "total"), ("share", "estimate"))
    }
    ends = {
        f"share{side}_{end}": row[end].to_numpy()
        for side, row in zip(("", "_other"), rows, strict=True)
        for end in ("lo", "hi")
    }
    tested = {
        "estimate": first.value - second.value,
        "lo": lo,
        "hi": hi,
        "p": p,
        "q": benjamini_hochberg(p),
        "method": np.where(enough, method, TOO_FEW),
    }
    return pd.DataFrame({"measure": measure, "name": names, **shares, **ends, **tested}).to_dict("records")


def _key_words(corpus: ChoiceCorpus, sides: list[Chosen], settings: Mapping[str, Any]) -> pa.Table:
    """Return the table view_key_words: at most `counts.MOST` words for each side, none if a side has no words."""
    words, masks = counts.count_words(corpus, sides)
    if not all(words.sizes[mask].any() for mask in masks):
        return arrow_schema("view_key_words").empty_table()
    limits = {name: settings["keyness"][name] for name in ("min_count", "min_documents", "most")}
    limits["most"] = min(limits["most"], counts.MOST)
    weights = document_weights(words.documents, **settings["bootstrap"])
    comparison = WordComparison("choice", *_SIDES, *masks)
    stop = left_out(settings["words"], words.vocabulary, set(corpus.documents["outlet"]))
    table, _ = keyness_tables(words, comparison, stop=stop, weights=weights, **limits)
    taken = {
        "word": "word", "count": "count_target", "count_other": "count_reference", "documents": "documents_target",
        "documents_other": "documents_reference", "estimate": "estimate", "lo": "boot_lo", "hi": "boot_hi", "g2": "g2",
        "q": "q",
    }  # fmt: skip
    columns = {name: table[column] for name, column in taken.items()}
    # Its interval is the bootstrap's alone.
    method = pc.replace_substring_regex(table["method"], f".*{BOOTSTRAP}", BOOTSTRAP)
    return to_table("view_key_words", {**columns, "method": method})


def sides_of(corpus: ChoiceCorpus, view: SavedView) -> list[Chosen]:
    """Return the sides of a view: its choice, and what that is compared with, if anything."""
    chosen = choose(corpus, view.choose)
    if view.against is None:
        return [chosen]
    return [
        chosen,
        choose(corpus, view.against) if isinstance(view.against, Choice) else others(corpus, view.choose, chosen),
    ]


def view_tables(
    corpus: ChoiceCorpus, view: SavedView, settings: Mapping[str, Any], *, scheme: str
) -> tuple[list[Chosen], dict[str, pa.Table]]:
    """Return the sides of a view, and its tables by name.

    `settings` has the sections words, bootstrap and keyness; `scheme` is the frame scheme to count."""
    sides = sides_of(corpus, view)
    everything = [counts.count_measures(corpus, side, scheme=scheme) for side in sides]
    rows: dict[str, list[dict[Any, Any]]] = {"view_shares": [], "view_contrasts": [], "view_curves": []}
    for name, side, measures in zip(_SIDES, sides, everything, strict=False):
        of_curves = (row for curve in view.curves for row in curve_rows(corpus, side, curve, measures, settings))
        rows["view_shares"] += [{"side": name, **row} for row in _share_rows(corpus, side, measures, settings)]
        rows["view_curves"] += [{"side": name, **row} for row in of_curves]
    key_words = arrow_schema("view_key_words").empty_table()
    if len(sides) > 1:
        for measure in everything[0]:
            # A choice of sentences lacks these measures, which is different from a share of 0.
            if measure not in counts.OF_DOCUMENTS or all(side.of_documents for side in sides):
                both = [each[measure] for each in everything]
                rows["view_contrasts"] += _contrasts(measure, both, len(corpus.documents))
        key_words = _key_words(corpus, sides, settings)
    tables = {name: rows_to_table(name, each) for name, each in rows.items()}
    return sides, {**tables, "view_key_words": key_words}
