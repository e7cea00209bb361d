"""The entities of a parsed document: mentions with corrected spans, labels and canonical names."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial

from scripts.core.annotation import Doc, Mention
from scripts.entities import reading
from scripts.entities.labels import label_mentions, learned_weights
from scripts.entities.name_tagger import raw_mentions, tagger
from scripts.entities.names import name_mentions

DEFAULT_READER = "light"


@cache
def labeller(reader: str) -> Callable[[Doc], list[Mention]]:
    """Return the way in which a reader, `light` or `encoder`, labels the mentions of a document.

    Raises LookupError if what the reader needs is not installed, ValueError if its files are not those published.
    """
    tagger()
    if reader == "encoder":
        reading.encoder()
        return partial(label_mentions, model=learned_weights(reading.READING_WEIGHTS), read=reading.names_as_read)
    return label_mentions


def with_raw_mentions(doc: Doc) -> Doc:
    """Return a parsed document with the mentions of names, dates and amounts as the project's network finds them."""
    return replace(doc, mentions=raw_mentions(doc))


def find_entities(doc: Doc, *, reader: str = DEFAULT_READER) -> list[Mention]:
    """Return the mentions of a parsed document, sorted, none over another.

    `label` is one of OntoNotes's, `entity` the canonical name within the document. Mentions of dates, amounts and the
    like are the network's; names are relabelled, added and left out by the evidence in the document, with the reader
    `encoder` also by what the published encoder reads in them.
    """
    return name_mentions(doc, labeller(reader)(with_raw_mentions(doc)))
