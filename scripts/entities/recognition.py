"""The entities of a parsed document: mentions with corrected spans, labels and canonical names."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from scripts.core.annotation import Doc, Mention
from scripts.entities.labels import label_mentions
from scripts.entities.name_tagger import names_with_chances
from scripts.entities.names import name_mentions

# Tokens that the network reads before the rules do. In turns by document they push each other out of the processor's
# caches: the rules take 12 % more CPU time, the network 2 % (`benchmarks.name_cost`, 420 articles, AMD EPYC).
_TOKENS = 6_000


def with_raw_mentions(doc: Doc, file: Path | None = None) -> Doc:
    """Return a parsed document as the project's network reads it: mentions of names, dates and amounts, and chances.

    `file` has other weights than those that ship.
    """
    mentions, chances = names_with_chances(doc, file)
    return replace(doc, mentions=mentions, chances=chances)


def find_entities(doc: Doc) -> list[Mention]:
    """Return the mentions of a parsed document, sorted, none over another.

    `label` is one of OntoNotes's, `entity` the canonical name within the document. Mentions of dates, amounts and the
    like are the network's; names are relabelled, added and left out by the evidence in the document.
    """
    return decided_entities(with_raw_mentions(doc))


def decided_entities(doc: Doc) -> list[Mention]:
    """Return the mentions of a document that has those of the network, as in `find_entities`."""
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
