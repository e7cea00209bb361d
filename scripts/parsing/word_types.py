"""What spaCy computes of a word without looking around it, computed once for each word type instead of for every token.

That is the embedding of a token, and for most tokens what attribute ruler and lemmatizer make of a word, its tag and
its dependency: together four tenths of the time of a parse.
"""

from collections.abc import Iterator
from itertools import chain, groupby
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from thinc.model import Model

# Numbers of spaCy's store of strings: a word and whether a space follows it; or a word, its tag and its dependency.
Key = tuple[int, ...]

# The layers of an embedding that look at one token, and at nothing around it.
_OF_ONE_TOKEN = {
    "extract_features",
    "list2ragged",
    "ints-getitem",
    "hashembed",
    "static_vectors",
    "maxout",
    "layernorm",
    "dropout",
    "ragged2list",
}


def _keys(doc: "Doc", attributes: list[str]) -> list[Key]:
    return list(map(tuple, doc.to_array(attributes).tolist()))


def _embedded_once(embed: "Model", nlp: "Language") -> "Model":
    """A layer that gives the vectors of an embedding, and keeps that of every word it has seen."""
    from spacy.tokens import Doc
    from thinc.model import Model

    row: dict[Key, int] = {}
    table = np.empty((0, embed.get_dim("nO")), np.float32)

    def forward(_: "Model", docs: list[Doc], is_train: bool) -> tuple[list[np.ndarray], None]:
        nonlocal table
        found = [_keys(doc, ["ORTH", "SPACY"]) for doc in docs]
        new = [key for key in dict.fromkeys(chain.from_iterable(found)) if key not in row]
        if new:
            words = Doc(nlp.vocab, [nlp.vocab.strings[word] for word, _ in new], [bool(space) for _, space in new])
            row.update(zip(new, range(len(table), len(table) + len(new)), strict=True))
            table = np.concatenate([table, *embed.predict([words])])
        return [table[[row[key] for key in keys]] for keys in found], None

    return Model(f"once({embed.name})", forward, layers=[embed])


def parts(nlp: "Language", name: str) -> Iterator[tuple["Model", "Model"]]:
    """The layers that a pipeline's models refer to by a name ("embed", "encode"), each with the model that it is in."""
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        for node in list(model.walk()) if model else ():
            if node.has_ref(name):
                yield model, node.get_ref(name)


def embed_once(nlp: "Language") -> None:
    """Let a model embed each word type once. An embedding that looks at neighbours stays as it is."""
    for model, embed in parts(nlp, "embed"):
        if all(layer.layers or layer.name in _OF_ONE_TOKEN for layer in embed.walk()):
            model.replace_node(embed, _embedded_once(embed, nlp))


# What these say of a token follows from what they are given, and from neighbours where a pattern has several tokens.
_PIPES = ["attribute_ruler", "lemmatizer"]
_GIVEN, _MADE = ["ORTH", "TAG", "DEP"], ["LEMMA", "POS", "TAG", "DEP"]
_OF_WHAT_IS_GIVEN = {"ORTH", "TEXT", "LOWER", "NORM", "SHAPE", "IS_SPACE", "TAG", "DEP"}
_NOT_USED_BY_THEM = {"tok2vec", "transformer", "tagger", "parser", "ner"}


class _Once:
    """A component that does what attribute ruler and lemmatizer do, and keeps what they make of a word.

    Tokens that stand together and each fit a part of a pattern of several tokens are kept as a whole.
    """

    def __init__(self, nlp: "Language", parts: list[dict]) -> None:
        from spacy.matcher import Matcher

        self.vocab = nlp.vocab
        self.pipes = [nlp.get_pipe(name) for name in _PIPES]
        self.parts = Matcher(nlp.vocab)
        self.parts.add("part", [[part] for part in parts])
        self.fit: dict[Key, bool] = {}
        self.rows: dict[tuple[Key, ...], range] = {}
        self.table = np.empty((0, len(_MADE)), np.uint64)
        # Stands between runs that are looked at in one document.
        self.between: Key = tuple(map(nlp.vocab.strings.add, ("|", ":", "punct")))

    def _doc(self, keys: list[Key]) -> "Doc":
        from spacy.tokens import Doc

        values = np.array(keys, np.uint64)
        doc = Doc(self.vocab, [self.vocab.strings[word] for word in values[:, 0].tolist()])
        return doc.from_array(_GIVEN[1:], values[:, 1:])

    def _learn_fit(self, keys: list[Key]) -> None:
        fit = {start for _, start, _ in self.parts(self._doc(keys), allow_missing=True)}
        self.fit.update((key, number in fit) for number, key in enumerate(keys))

    def _learn(self, runs: list[tuple[Key, ...]]) -> None:
        keys: list[Key] = []
        for run in runs:
            first = len(self.table) + len(keys)
            self.rows[run] = range(first, first + len(run))
            keys += (*run, self.between) if self.fit[run[0]] else run
        doc = self._doc(keys)
        for pipe in self.pipes:
            doc = pipe(doc)
        self.table = np.concatenate([self.table, doc.to_array(_MADE)])

    def __call__(self, doc: "Doc") -> "Doc":
        keys = _keys(doc, _GIVEN)
        if new := [key for key in dict.fromkeys(keys) if key not in self.fit]:
            self._learn_fit(new)
        stretches = ((fit, tuple(stretch)) for fit, stretch in groupby(keys, key=self.fit.__getitem__))
        runs = [run for fit, stretch in stretches for run in ([stretch] if fit else zip(stretch, strict=True))]
        if new := [run for run in dict.fromkeys(runs) if run not in self.rows]:
            self._learn(new)
        return doc.from_array(_MADE, self.table[list(chain.from_iterable(map(self.rows.__getitem__, runs)))])


def lemmatize_once(nlp: "Language") -> None:
    """Let a model look at each word with its tag and dependency once, to say what its part of speech and lemma are.

    A model whose attribute ruler or lemmatizer sees more than that stays as it is.
    """
    from spacy.language import Language
    from spacy.pipeline import Lemmatizer

    if not set(_PIPES) <= set(nlp.pipe_names) <= _NOT_USED_BY_THEM.union(_PIPES):
        return
    patterns = [pattern for rule in nlp.get_pipe("attribute_ruler").patterns for pattern in rule["patterns"]]
    seen = {attribute for pattern in patterns for token in pattern for attribute in token}
    lemmatizer = nlp.get_pipe("lemmatizer")
    if seen <= _OF_WHAT_IS_GIVEN and isinstance(lemmatizer, Lemmatizer):
        # Lists of up to 57,000 words, in which it looks for every possible lemma.
        for pos, words in lemmatizer.lookups.get_table("lemma_index", {}).items():
            lemmatizer.lookups.get_table("lemma_index")[pos] = frozenset(words)
        once = _Once(nlp, [token for pattern in patterns if len(pattern) > 1 for token in pattern])
        Language.component("once", func=once)
        nlp.add_pipe("once", before="attribute_ruler")
        for name in _PIPES:
            nlp.remove_pipe(name)
