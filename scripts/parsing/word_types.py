"""Results of spaCy that depend on a word alone, computed once for each word type instead of for every token.

These are the embedding of a token and, for most tokens, the lemma and part of speech from attribute ruler and
lemmatizer, which follow from the word, its tag and its dependency: together four tenths of the time of a parse.
"""

from collections.abc import Callable, Iterator
from itertools import chain, groupby
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc
from thinc.model import Model

# Numbers in spaCy's string store: a word, with 1 if a space follows and else 0; or a word, its tag and its dependency.
_Key = tuple[int, ...]

# The layers of an embedding that look at a single token.
_LAYERS_OF_ONE_TOKEN = {
    "extract_features", "list2ragged", "ints-getitem", "hashembed", "static_vectors", "maxout", "layernorm", "dropout",
    "ragged2list",
}  # fmt: skip


def _keys(doc: Doc, attributes: list[int | str]) -> list[_Key]:
    """Return the attributes of each token as a tuple of numbers."""
    return list(map(tuple, doc.to_array(attributes).tolist()))


def _embedded_once(embed: Model[Any, Any], nlp: Language) -> Model[Any, Any]:
    """Return a layer that gives the vectors of an embedding and caches that of every word type."""
    row: dict[_Key, int] = {}
    table = np.empty((0, embed.get_dim("nO")), np.float32)

    def forward(_: Model[Any, Any], docs: list[Doc], is_train: bool) -> tuple[list[np.ndarray], None]:
        nonlocal table
        keys = [_keys(doc, ["ORTH", "SPACY"]) for doc in docs]
        new = [key for key in dict.fromkeys(chain.from_iterable(keys)) if key not in row]
        if new:
            words = Doc(nlp.vocab, [nlp.vocab.strings[word] for word, _ in new], [bool(space) for _, space in new])
            row.update(zip(new, range(len(table), len(table) + len(new)), strict=True))
            table = np.concatenate([table, *embed.predict([words])])
        return [table[[row[key] for key in keys_of_doc]] for keys_of_doc in keys], None

    return Model(f"once({embed.name})", forward, layers=[embed])


def parts(nlp: Language, name: str) -> Iterator[tuple[Model[Any, Any], Model[Any, Any]]]:
    """Yield (model, layer) for each layer that a pipeline's models refer to by a name: "embed" or "encode"."""
    for _, pipe in nlp.pipeline:
        model: Model[Any, Any] | None = getattr(pipe, "model", None)
        for node in list(model.walk()) if model else ():
            if model is not None and node.has_ref(name):
                yield model, node.get_ref(name)


def embed_once(nlp: Language) -> None:
    """Make a model embed each word type once. An embedding that looks at neighbouring tokens is left alone."""
    for model, embed in parts(nlp, "embed"):
        if all(layer.layers or layer.name in _LAYERS_OF_ONE_TOKEN for layer in embed.walk()):
            model.replace_node(embed, _embedded_once(embed, nlp))


# The results of these pipes follow from the attributes they see, and from neighbours if a pattern has several tokens.
_PIPES = ["attribute_ruler", "lemmatizer"]
_SEEN_BY_THEM: list[int | str] = ["ORTH", "TAG", "DEP"]
_SET_BY_THEM: list[int | str] = ["LEMMA", "POS", "TAG", "DEP"]
_OF_WORD_TAG_AND_DEPENDENCY = {"ORTH", "TEXT", "LOWER", "NORM", "SHAPE", "IS_SPACE", "TAG", "DEP"}
_NOT_USED_BY_THEM = {"tok2vec", "transformer", "tagger", "parser", "ner"}


def _lookup(nlp: Language, pattern_parts: list[dict[str, Any]]) -> Callable[[Doc], Doc]:
    """Return a component that does the work of attribute ruler and lemmatizer and caches the results.

    `pattern_parts` are the token parts of all patterns of several tokens. Neighbours that each match such a part are
    cached as one stretch, since a pattern may match them together.
    """
    vocab = nlp.vocab
    pipes = [nlp.get_pipe(name) for name in _PIPES]
    matcher = Matcher(vocab)
    matcher.add("part", [[part] for part in pattern_parts])
    fits: dict[_Key, bool] = {}
    rows: dict[tuple[_Key, ...], range] = {}
    table = np.empty((0, len(_SET_BY_THEM)), np.uint64)
    # A token between stretches that are processed in one document.
    separator: _Key = tuple(map(vocab.strings.add, ("|", ":", "punct")))

    def make_doc(keys: list[_Key]) -> Doc:
        values = np.array(keys, np.uint64)
        doc = Doc(vocab, [vocab.strings[word] for word in values[:, 0].tolist()])
        return doc.from_array(_SEEN_BY_THEM[1:], values[:, 1:])  # type: ignore[arg-type]

    def learn_fits(keys: list[_Key]) -> None:
        fitting = {start for _, start, _ in matcher(make_doc(keys), allow_missing=True)}
        fits.update((key, number in fitting) for number, key in enumerate(keys))

    def learn(stretches: list[tuple[_Key, ...]]) -> None:
        nonlocal table
        keys: list[_Key] = []
        for stretch in stretches:
            first = len(table) + len(keys)
            rows[stretch] = range(first, first + len(stretch))
            keys += (*stretch, separator) if fits[stretch[0]] else stretch
        doc = make_doc(keys)
        for pipe in pipes:
            doc = pipe(doc)
        table = np.concatenate([table, doc.to_array(_SET_BY_THEM)])

    def component(doc: Doc) -> Doc:
        keys = _keys(doc, _SEEN_BY_THEM)
        if unknown := [key for key in dict.fromkeys(keys) if key not in fits]:
            learn_fits(unknown)
        stretches: list[tuple[_Key, ...]] = []
        for fit, neighbours in ((fit, tuple(group)) for fit, group in groupby(keys, key=fits.__getitem__)):
            stretches += [neighbours] if fit else zip(neighbours, strict=True)
        if new := [stretch for stretch in dict.fromkeys(stretches) if stretch not in rows]:
            learn(new)
        values = table[list(chain.from_iterable(map(rows.__getitem__, stretches)))]
        return doc.from_array(_SET_BY_THEM, values)  # type: ignore[arg-type]

    return component


def _once(nlp: Any, name: str) -> Callable[[Doc], Doc]:  # noqa: ANN401 spaCy looks at the annotation
    """Return the component that replaces the attribute ruler and lemmatizer of a pipeline."""
    patterns = [pattern for rule in nlp.get_pipe("attribute_ruler").patterns for pattern in rule["patterns"]]
    return _lookup(nlp, [token for pattern in patterns if len(pattern) > 1 for token in pattern])


def lemmatize_once(nlp: Language) -> None:
    """Make a model compute part of speech and lemma once for each combination of word, tag and dependency.

    A model whose attribute ruler or lemmatizer looks at more than that is left alone.
    """
    if not set(_PIPES) <= set(nlp.pipe_names) <= _NOT_USED_BY_THEM.union(_PIPES):
        return
    ruler, lemmatizer = nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer")
    if not isinstance(ruler, AttributeRuler) or not isinstance(lemmatizer, Lemmatizer):
        return
    rules: list[Any] = ruler.patterns
    patterns = [pattern for rule in rules for pattern in rule["patterns"]]
    attributes = {attribute for pattern in patterns for token in pattern for attribute in token}
    if attributes <= _OF_WORD_TAG_AND_DEPENDENCY:
        # Lists of up to 57,000 words, in which the lemmatizer looks up every possible lemma.
        for pos, words in lemmatizer.lookups.get_table("lemma_index", {}).items():
            lemmatizer.lookups.get_table("lemma_index")[pos] = frozenset(words)
        # Registered again, since spaCy would otherwise use the component that another model registered under this name.
        Language.factory("once", func=_once)
        nlp.add_pipe("once", before="attribute_ruler")
        for name in _PIPES:
            nlp.remove_pipe(name)
