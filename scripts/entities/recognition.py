"""The entities of a parsed document: mentions with corrected spans, labels and canonical names."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from scripts.core.annotation import Doc, Mention
from scripts.entities.labels import label_mentions
from scripts.entities.name_tagger import names_with_chances
from scripts.entities.names import name_mentions

# Tokens that the network reads before the rules run. If they alternate by document, they evict each other from the
# processor's caches: rules take 12 % more CPU time, the network 2 % (`benchmarks.name_cost`, 420 articles, AMD EPYC).
_TOKENS = 6_000


def with_raw_mentions(doc: Doc, folder: Path | None = None) -> Doc:
    """Return a parsed document with the networks' mentions of names, dates and amounts, and their chances.

    `folder` has networks to use instead of the shipped ones.
    """
    mentions, chances = names_with_chances(doc, folder)
    return replace(doc, mentions=mentions, chances=chances)


def find_entities(doc: Doc) -> list[Mention]:
    """Return the mentions of a parsed document, sorted and without overlap.

    `label` is an OntoNotes label, `entity` the canonical name within the document. Mentions of dates, amounts and the
    like are the network's own; names are relabelled, added or left out by the evidence in the document.
    """
    return decided_entities(with_raw_mentions(doc))


def decided_entities(doc: Doc) -> list[Mention]:
    """Return the mentions as in `find_entities`, for a document that already has those of the network."""
    return name_mentions(doc, label_mentions(doc))


def raw_blocks(docs: Iterable[Doc]) -> Iterator[list[Doc]]:
    """Yield documents with the network's mentions, in lists of about `_TOKENS` tokens."""
    block, tokens = list[Doc](), 0
    for doc in docs:
        block.append(with_raw_mentions(doc))
        tokens += len(doc.word)
        if tokens > _TOKENS:
            yield block
            block, tokens = [], 0
    if block:
        yield block
