"""Stretches: a document as long as a book is attributed a part at a time, so that memory does not grow with it."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from scripts.core.annotation import Doc, Sentence, whole_numbers

# The most tokens of a stretch; hardly any article has a quarter as many.
_LONGEST = 50_000


def document_stretches(doc: Doc, longest: int = _LONGEST) -> Iterator[tuple[int, Doc]]:
    """Yield (number of its first token in the document, part) for each part of a document.

    A part has as many whole paragraphs as fit into `longest` tokens; a longer paragraph is cut between sentences. A
    part is a document whose tokens and sentences are numbered from 0; its characters are those of the whole text.
    """
    if len(doc.word) <= longest:
        yield 0, doc
        return
    begin = 0
    for end in _ends(doc, longest):
        yield doc.sentences[begin].first, _part(doc, begin, end)
        begin = end


def _ends(doc: Doc, longest: int) -> Iterator[int]:
    """Yield the number of the sentence after each stretch."""
    begin = end = 0
    for _, of_paragraph in groupby(doc.sentences, lambda sentence: sentence.paragraph):
        for unit in _units([*of_paragraph], longest):
            if end > begin and doc.sentences[end + unit - 1].last - doc.sentences[begin].first > longest:
                yield end
                begin = end
            end += unit
    if end > begin:
        yield end


def _units(paragraph: list[Sentence], longest: int) -> list[int]:
    """Return the numbers of sentences in each unit that is not cut: the paragraph, or each sentence of a long one."""
    is_short = paragraph[-1].last - paragraph[0].first <= longest
    return [len(paragraph)] if is_short else [1] * len(paragraph)


def _part(doc: Doc, begin: int, end: int) -> Doc:
    """Return the sentences from number `begin` to before `end` as a separate document."""
    first, last = doc.sentences[begin].first, doc.sentences[end - 1].last
    of_tokens = ("start", "end", "word", "norm", "lemma", "pos", "tag", "dep")
    return replace(
        doc,
        sentences=[
            sentence._replace(first=sentence.first - first, last=sentence.last - first)
            for sentence in doc.sentences[begin:end]
        ],
        sentence=whole_numbers(number - begin for number in doc.sentence[first:last]),
        head=whole_numbers(token - first for token in doc.head[first:last]),
        mentions=[
            mention._replace(first=mention.first - first, last=mention.last - first)
            for mention in doc.mentions
            if first <= mention.first and mention.last <= last
        ],
        **{name: getattr(doc, name)[first:last] for name in of_tokens},
    )
