"""Parsed texts with the names that are found in them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from scripts.core.annotation import Doc
from scripts.entities.recognition import find_entities
from scripts.parsing.parses import annotate


def named_docs(nlp, texts: Iterable[tuple[str, str]]) -> Iterator[Doc]:
    """Yield texts, each with its name, as documents with mentions, which attribution takes."""
    for doc in annotate(nlp, texts):
        yield replace(doc, mentions=find_entities(doc))
