"""Tags, lemmas and dependencies from spaCy, for the tokens and sentences of the tokens step.

The parser gets those tokens and sentence starts, so that token numbers agree in all tables. It sees the straightened
text, as it did in training. Only symbols are kept, never scores or vectors: symbols are the same on every machine,
floats are not.
"""

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import pairwise, tee

import pyarrow as pa
import spacy
from spacy.language import Language
from spacy.tokens import Doc as SpacyDoc
from spacy.util import registry
from thinc.api import use_ops

from scripts.core.annotation import Doc, docs_of, read_annotations, whole_numbers
from scripts.core.guard import guarded
from scripts.core.kept import keep_tables
from scripts.core.lexicons import tab_rows
from scripts.core.models import check_model, check_planned, model_directory
from scripts.core.options import path_options
from scripts.core.sample import SENTENCE
from scripts.core.schemas import arrow_schema
from scripts.core.storage import read_by_document, read_parquet, read_stage, to_table, write_parquet
from scripts.parsing.blocks import encode_in_blocks, token_blocks
from scripts.parsing.kept import KEYS, parse_key, read_parses, token_spans
from scripts.parsing.word_types import embed_once, lemmatize_once

# 16 documents at a time parse fastest and in a third of the memory of 64. Long texts are parsed in pieces, and fewer of
# them at a time, since a token takes 20 KB.
_BATCH = 16
_PIECE_TOKENS, _BATCH_TOKENS = 10_000, 20_000


def load_model(name: str) -> Language:
    """Return a spaCy model with the components that the steps use, after a check of its weights (check_model).

    It multiplies matrices with NumPy's OpenBLAS (two to three times as fast as spaCy's default, BLIS), computes results
    that depend only on the word type once per type (word_types), encodes documents in blocks that fit into the cache
    (blocks), and has no tokenizer. None of this changes a symbol (docs/performance.md).
    """
    check_model(name)
    # Making a tokenizer, which would never be used, takes 0.1 s.
    registry.tokenizers("none", func=lambda: lambda nlp: None)
    none = {"nlp": {"tokenizer": {"@tokenizers": "none"}}}
    with use_ops("numpy", use_blis=False):
        nlp = spacy.load(model_directory(name), exclude=["senter", "tokenizer", "ner"], config=none)
    embed_once(nlp)
    encode_in_blocks(nlp)
    lemmatize_once(nlp)
    return nlp


def _pieces(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield token ranges (first, end) to parse in one go: whole sentences, unless one exceeds the limit by itself."""
    first = last = 0
    for sentence in doc.sentences:
        if sentence.last - first > _PIECE_TOKENS and last > first:
            yield first, last
            first = sentence.first
        while sentence.last - first > _PIECE_TOKENS:
            yield first, first + _PIECE_TOKENS
            first += _PIECE_TOKENS
        last = sentence.last
    if last > first:
        yield first, last


def spacy_doc(nlp: Language, doc: Doc, first: int, last: int) -> SpacyDoc:
    """Return tokens `first` to before `last` as a spaCy document, with their spaces and sentence starts."""
    spaces = [end < start for end, start in zip(doc.end[first:last], doc.start[first + 1 : last + 1], strict=False)]
    spaces += [False] * (last - first - len(spaces))
    sentences = doc.sentence[first:last]
    starts: list[bool | int | None] = [True, *(left != right for left, right in pairwise(sentences))]
    return SpacyDoc(nlp.vocab, doc.word[first:last], spaces, sent_starts=starts)


_KEYS = ("LEMMA", "POS", "TAG", "DEP")


def parse(nlp: Language, docs: Iterable[Doc]) -> Iterator[Doc]:
    """Yield segmented documents, in order, with lemma, pos, tag, dep and head."""
    docs, ahead = tee(docs)  # the parser reads a few documents ahead
    pieces = (spacy_doc(nlp, doc, *piece) for doc in ahead for piece in _pieces(doc))
    batches = token_blocks(pieces, tokens=_BATCH_TOKENS, most=_BATCH)
    parsed = (tagged for batch in batches for tagged in nlp.pipe(batch, batch_size=_BATCH))
    strings = nlp.vocab.strings
    for doc in docs:
        columns: dict[str, list[str]] = {key: [] for key in _KEYS}
        head = whole_numbers(())
        for first, _ in _pieces(doc):
            tagged = next(parsed)
            for key, values in zip(_KEYS, tagged.to_array([*_KEYS]).T.tolist(), strict=True):
                names = {value: strings[value] for value in set(values)}
                columns[key] += map(names.__getitem__, values)
            offsets = tagged.to_array("HEAD").view("int64").tolist()
            head.extend(index + offset for index, offset in enumerate(offsets, start=first))
        lemma, pos, tag, dep = (columns[key] for key in _KEYS)
        for at in named_like_modals(doc.word, tag, dep, head):
            lemma[at], pos[at], tag[at], dep[at] = doc.word[at], "PROPN", "NNP", "nsubj"
        lemma = with_listed_nouns(doc.word, tag, with_names_in_s(doc.word, tag, lemma))
        yield replace(doc, lemma=lemma, pos=pos, tag=tag, dep=dep, head=head)


def named_like_modals(
    words: Sequence[str], tags: Sequence[str], deps: Sequence[str], heads: Sequence[int]
) -> list[int]:
    """Return the positions of names that were mistaken for modal verbs: May in "May said", where no modal can be.

    >>> named_like_modals(["May", "said", "it", "may"], ["MD", "VBD", "PRP", "MD"], ["aux"] * 4, [1, 1, 3, 3])
    [0]
    """
    return [
        at
        for at, tag in enumerate(tags)
        if tag == "MD" and words[at].istitle() and (deps[at] == "nsubj" or tags[heads[at]] in ("VBD", "VBZ"))
    ]


def with_names_in_s(words: Sequence[str], tags: Sequence[str], lemmas: list[str]) -> list[str]:
    """Return the lemmas of a document's tokens, mending names that were mistaken for plurals: Sanders, not sander.

    Such a word is capitalized and is tagged as a name more often than as a plural in the document.

    >>> with_names_in_s(["Sanders", "Sanders", "Sanders"], ["NNP", "NNS", "NNP"], ["Sanders", "sander", "Sanders"])
    ['Sanders', 'Sanders', 'Sanders']
    """
    plurals = Counter(word for word, tag in zip(words, tags, strict=True) if tag == "NNS" and word[0].isupper())
    if not plurals:
        return lemmas
    names = Counter(word for word, tag in zip(words, tags, strict=True) if word in plurals and tag in ("NNP", "NNPS"))
    mistaken = {word for word, n in plurals.items() if names[word] > n}
    return [
        word if tag == "NNS" and word in mistaken else lemma
        for word, tag, lemma in zip(words, tags, lemmas, strict=True)
    ]


@cache
def _listed_nouns() -> dict[str, str]:
    return dict(tab_rows("noun_lemmas.tsv")[1:])


def with_listed_nouns(words: Sequence[str], tags: Sequence[str], lemmas: list[str]) -> list[str]:
    """Return the lemmas of a document's tokens, with plurals as in noun_lemmas.tsv: tax for taxes, not taxis.

    >>> with_listed_nouns(["Taxes", "rose"], ["NNS", "VBD"], ["taxis", "rise"])
    ['tax', 'rise']
    """
    listed = _listed_nouns()
    return [
        listed.get(word.lower(), lemma) if tag == "NNS" else lemma
        for word, tag, lemma in zip(words, tags, lemmas, strict=True)
    ]


def annotate(nlp: Language, texts: Iterable[tuple[str, str]]) -> Iterator[Doc]:
    """Yield the parsed documents of texts (doc_id, text) without tables in between, for evaluation and tests."""
    from scripts.parsing.tokens import segmented_doc  # imports NLTK, 0.4 s that the batch job does not need

    return parse(nlp, (segmented_doc(doc_id, text) for doc_id, text in texts))


def _with_progress(docs: Iterable[Doc], total: int) -> Iterator[Doc]:
    """Yield documents as they come, and print the progress about every 10, 20, 40 seconds and so on."""
    begin = time.monotonic()
    pause = 10
    for done, doc in enumerate(docs, start=1):
        seconds = time.monotonic() - begin
        if seconds >= pause:
            pause *= 2
            left = seconds * (total - done) / done
            print(f"         parsed {done} of {total} articles, {left:.0f} s left", flush=True)
        yield doc


def parse_table(doc: Doc) -> pa.Table:
    """Return the table batch_parses of one document, parsed or not."""
    columns = {
        "lemma": [lemma if lemma != word else None for lemma, word in zip(doc.lemma, doc.word, strict=True)],
        "symbols": list(map(" ".join, zip(doc.pos, doc.tag, doc.dep, strict=True))),
        "to_head": [head - token for token, head in enumerate(doc.head)],
    }
    return to_table("batch_parses", columns)


def parse_tables(
    load: Callable[[], Language],
    read: Callable[[], Iterable[Doc]],
    keys: Mapping[str, str],
    chosen: Collection[str],
    memory: Mapping[str, pa.Table],
) -> tuple[pa.Table, pa.Table]:
    """Return the table batch_parses of a batch, and the keys of its rows (`kept.KEYS`).

    Only `chosen` documents are parsed, and only if their key (`keys`, by doc_id) is not in `memory`. Each `read()`
    returns the segmented documents anew; `load()` returns the model and is not called if there is nothing to parse.
    """
    new = {doc_id for doc_id in chosen if keys[doc_id] not in memory}
    made = {doc_id: memory[keys[doc_id]] for doc_id in chosen if doc_id not in new}
    if new:
        # As Python lists, the tokens of all documents would take ten times the memory of these tables.
        parsed = parse(load(), (doc for doc in read() if doc.doc_id in new))
        made |= {doc.doc_id: parse_table(doc) for doc in _with_progress(parsed, len(new))}
    if len(made) < len(keys):
        made |= {doc.doc_id: parse_table(doc) for doc in read() if doc.doc_id not in chosen}
    parses = {doc_id: made[doc_id] for doc_id in keys}
    columns = {
        "key": [key if doc_id in chosen else None for doc_id, key in keys.items()],
        "tokens": [parse.num_rows for parse in parses.values()],
    }
    rows = pa.concat_tables([arrow_schema("batch_parses").empty_table(), *parses.values()])
    return rows.combine_chunks(), pa.table(columns, KEYS)


@cache
def _load_planned(name: str, sha256: str) -> Language:
    """Return a spaCy model as `load_model` does. Raises ChangedError if it is not the planned one."""
    check_planned(name, sha256)
    return load_model(name)


def before_fork(arguments: Sequence[str]) -> None:
    """Load the model for a job with these arguments, so that its process and those of later batches share it."""
    model = read_stage(arguments[arguments.index("--settings") + 1])["model"]
    _load_planned(model["name"], model["sha256"])


def main() -> None:
    """Read the sentences and tokens of a batch, and write its parses and problems.

    A document in another language than the model's is not parsed; one that is too short to tell its language is parsed.
    """
    inputs, outputs = ("documents", "sentences", "tokens", "settings"), ("parses", "problems")
    options = path_options(main.__doc__, *inputs, *outputs)
    languages = read_by_document(options.documents, "language")
    model = read_stage(options.settings)["model"]
    parsable = [doc_id for doc_id, language in languages.items() if language in (model["language"], "und")]
    fingerprint, tokens = options.settings.read_bytes(), read_parquet(options.tokens)
    spans = token_spans(languages, read_parquet(options.sentences, ["doc_id", "last"]))
    keys = {doc_id: parse_key(fingerprint, tokens.slice(first, end - first)) for doc_id, first, end in spans}
    memory = read_parses(options.parses)
    load = partial(_load_planned, model["name"], model["sha256"])
    if any(keys[doc_id] not in memory for doc_id in parsable):
        load()  # outside of the guard: if a model cannot be loaded, the documents are not at fault
    (parses, row_keys), problems = guarded(
        "parses",
        parsable,
        lambda chosen: parse_tables(
            load,
            lambda: docs_of(read_annotations(options.documents, options.sentences, options.tokens)),
            keys,
            chosen,
            memory,
        ),
        sample=lambda: list(annotate(load(), [("", SENTENCE)])),
    )
    write_parquet(options.parses, parses, between_steps=True)
    write_parquet(options.problems, problems)
    keep_tables([options.parses], row_keys)
