"""Made-up documents and tables for the tests of entities."""

from dataclasses import replace

import pandas as pd

from scripts.core.annotation import Doc, Mention
from scripts.parsing.tokens import segmented_doc


def document(text: str, *named: tuple[str, str], tags: dict[str, str] | None = None) -> Doc:
    """Return an unparsed document whose mentions are the given (words, label), each at its next occurrence in the text.

    `tags` are Penn tags of words; other words with a capital letter are NNP, the rest NN.
    """
    doc = segmented_doc("a.txt", text)
    mentions, at = [], 0
    for words, label in named:
        at = text.index(words, at)
        mentions.append(Mention(doc.start.index(at), doc.end.index(at + len(words)) + 1, label))
        at += len(words)
    known = tags or {}
    tag = [known.get(each, "NNP" if each[0].isupper() else "NN") for each in doc.word]
    return replace(doc, tag=tag, mentions=mentions)


def mentions(*rows: tuple[str, int, str, str]) -> pd.DataFrame:
    """Return linked mentions, (doc_id, sentence, kind, name) each; every sentence is a paragraph."""
    table = pd.DataFrame(rows, columns=["doc_id", "sentence", "kind", "name"])
    return table.assign(
        mention=range(len(table)),
        paragraph=table["sentence"],
        text=table["name"],
        entity=table["name"],
        label="ORG",
        subject=table["sentence"] == 0,
        quote=-1,
    )
