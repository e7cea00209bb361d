"""Whose frames: sentences that a source voices in a frame, against sentences about the same name by others; balance."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from scripts.framing.coding import NARRATOR
from scripts.framing.corpus import Corpus, groups
from scripts.framing.prevalence import OVER_DOCUMENTS, TOO_FEW, ratio
from scripts.framing.schemes import Scheme
from scripts.intervals import Floats, bootstrap, percentiles, resampled_documents, wilson

VOICED, ABOUT = "voiced", "about"
_WILSON = "Wilson over sentences (one document, or none or all of them)"
# Numbers that a block of bootstrap samples may hold.
_BLOCK = 4_000_000
_ACTORS = ("PERSON", "ORG", "GPE", "NORP")


class Places(NamedTuple):
    """Distinct sentences (doc_id, sentence) by name: those that a speaker voices, and those that mention the name."""

    voiced: pd.DataFrame
    mentioned: pd.DataFrame


def places(sentences: pd.DataFrame, quotes: pd.DataFrame, entities: pd.DataFrame) -> Places:
    """Where each speaker speaks and each actor is named, from the tables sentences, quotes and entities.

    A speaker voices a sentence that overlaps the content of one of the attributions to him; sentences that no
    attribution reaches are the narrator's.
    """
    ends = {doc_id: (rows["start"].to_numpy(), rows["end"].to_numpy()) for doc_id, rows in sentences.groupby("doc_id")}
    voiced: set[tuple[str, str, int]] = set()
    for doc_id, speaker, spans in zip(quotes["doc_id"], quotes["speaker"], quotes["content_spans"], strict=True):
        starts, stops = ends[doc_id]
        for start, end in spans:
            first, last = np.searchsorted(stops, start, side="right"), np.searchsorted(starts, end, side="left")
            voiced.update((speaker or "", doc_id, sentence) for sentence in range(first, last))
    quoted = {(doc_id, sentence) for _, doc_id, sentence in voiced}
    for doc_id, (starts, _) in ends.items():
        voiced.update((NARRATOR, doc_id, at) for at in range(len(starts)) if (doc_id, at) not in quoted)
    columns = ["name", "doc_id", "sentence"]
    actors = entities[entities["label"].isin(_ACTORS)]
    mentioned = actors.rename(columns={"entity": "name"})[columns].drop_duplicates(ignore_index=True)
    return Places(pd.DataFrame(sorted(each for each in voiced if each[0]), columns=columns), mentioned)


def frame_speakers(data: Corpus, schemes: list[Scheme], where: Places, *, resamples: int = 1000) -> pd.DataFrame:
    """The frame_speakers table: for each name and frame, in how many of the sentences that it voices it uses the frame.

    "voiced" rows count sentences that the name voices and cues inside its own attributions (the narrator's: outside all
    of them). "about" rows count sentences that mention the name and cues that others voice. Only names that voice
    something have rows, and only frames that occur with them.
    """
    names = sorted(set(where.voiced["name"]))
    order = {scheme.name: at for at, scheme in enumerate(schemes)}
    codes = data.codes[data.codes["scheme"].isin(list(order))]
    cues = codes[["speaker", "doc_id", "sentence", "scheme", "frame"]].drop_duplicates()
    rows = []
    for relation, sentences in ((VOICED, where.voiced), (ABOUT, where.mentioned)):
        sentences = sentences[sentences["name"].isin(names)]
        totals = sentences.groupby(["name", "doc_id"]).size()
        hits = sentences.merge(cues, on=["doc_id", "sentence"])
        own = hits["speaker"] == hits["name"]
        hits = hits[own] if relation == VOICED else hits[~own]
        counts = hits.groupby(["name", "scheme", "frame", "doc_id"])["sentence"].nunique()
        for name, of_name in counts.groupby(level="name"):
            table = of_name.droplevel("name").unstack("doc_id", fill_value=0)
            total = totals.loc[name]
            table = table.reindex(columns=total.index, fill_value=0)
            part = _shares(table.to_numpy(float).T, total.to_numpy(float), resamples=resamples)
            part["scheme"], part["frame"] = table.index.get_level_values(0), table.index.get_level_values(1)
            rows.append(part.assign(name=name, relation=relation))
    if not rows:
        return pd.DataFrame()
    whole = pd.concat(rows, ignore_index=True)
    keys = ["order", "name", "relation", "n", "frame"]
    whole = whole.assign(order=whole["scheme"].map(order))
    return whole.sort_values(keys, ascending=[True, True, False, False, True], ignore_index=True).drop(columns="order")


def _shares(counts: Floats, totals: Floats, *, resamples: int) -> pd.DataFrame:
    """n, total, share and interval by frame (columns of `counts`) over the documents of a name (rows)."""
    n, total = counts.sum(axis=0), totals.sum()
    lo, hi = wilson(n, total)
    drawn = (n > 0) & (n < total) & (len(totals) > 1)
    if drawn.any():
        ends = bootstrap(ratio, counts, totals, resamples=resamples)
        lo, hi = np.where(drawn, ends[0], lo), np.where(drawn, ends[1], hi)
    methods = [OVER_DOCUMENTS if each else _WILSON for each in drawn]
    columns = {"n_sentences": int(total), "n": n.astype(int), "estimate": n / total, "lo": lo, "hi": hi}
    return pd.DataFrame({**columns, "n_documents": len(totals), "method": methods})


def evenness(words: Floats) -> Floats:
    """Pielou's J of words by speaker (last axis): Shannon entropy over its greatest value; NaN with one speaker.

    Pielou, E. C. (1966). The measurement of diversity in different types of biological collections. Journal of
    Theoretical Biology 13, 131-144.
    """
    words = np.asarray(words, float)
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = words / words.sum(axis=-1, keepdims=True)
        entropy = -np.where(shares > 0, shares * np.log(shares), 0).sum(axis=-1)
        speakers = (words > 0).sum(axis=-1)
        return np.where(speakers > 1, entropy / np.log(speakers), np.nan)


def _evenness_interval(document: np.ndarray, speaker: np.ndarray, words: Floats, n: int, resamples: int) -> Floats:
    """Bootstrap interval of the evenness over `n` documents, from the words in cells (document, speaker) by speaker.

    Only cells that hold words are added up: a table of all documents by all speakers would not fit into memory.
    """
    if n < 2 or not len(words):
        return np.full(2, np.nan)
    starts = np.flatnonzero(np.diff(speaker, prepend=-1))
    random = np.random.default_rng(1)
    step = max(1, _BLOCK // max(n, len(words)))
    values = []
    for first in range(0, resamples, step):
        weights = resampled_documents(n, resamples=min(step, resamples - first), random=random)
        values.append(evenness(np.add.reduceat(weights[:, document] * words, starts, axis=1)))
    found = np.concatenate(values)
    return np.array(percentiles(found)) if not np.isnan(found).all() else np.full(2, np.nan)


def source_balance(data: Corpus, quotes: pd.DataFrame, *, resamples: int = 1000) -> pd.DataFrame:
    """The source_balance table: by group the attributed words, direct and indirect, and how evenly speakers share them.

    The estimate is Pielou's J over the words of named or described sources, with its bootstrap interval over documents.
    `first` is who most often comes first in a document that quotes somebody, `first_documents` in how many it does.
    """
    quotes = quotes[quotes["speaker"].fillna("") != ""].sort_values(["doc_id", "quote"])
    rows = []
    for group, mask in groups(data.documents):
        inside = pd.Index(data.documents["doc_id"][mask])
        said = quotes[quotes["doc_id"].isin(inside)]
        cells = said.groupby(["speaker", "doc_id"])["n_words"].sum().reset_index()
        document, speaker = inside.get_indexer(cells["doc_id"]), pd.factorize(cells["speaker"])[0]
        words = cells["n_words"].to_numpy(float)
        lo, hi = _evenness_interval(document, speaker, words, len(inside), resamples)
        first = said.groupby("doc_id")["speaker"].first().value_counts()
        total, direct = int(words.sum()), int(said["n_quoted"].sum())
        by_speaker = np.bincount(speaker, words)
        rows.append(
            {
                "group": group,
                "n_documents": len(inside),
                "n_speakers": int((by_speaker > 0).sum()),
                "words": total,
                "words_direct": direct,
                "words_indirect": total - direct,
                "estimate": float(evenness(by_speaker)),
                "lo": lo,
                "hi": hi,
                "method": OVER_DOCUMENTS if len(inside) > 1 else TOO_FEW,
                "first": min(first[first == first.max()].index) if len(first) else "",
                "first_documents": int(first.max()) if len(first) else 0,
                "quoting_documents": int(first.sum()),
            }
        )
    return pd.DataFrame(rows)
