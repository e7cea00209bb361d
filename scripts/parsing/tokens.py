"""Sentences and tokens with true offsets: one tokenization that every table shares.

`scripts.parsing.sentences` finds the sentences of a paragraph, and NLTK's Treebank word tokenizer the tokens of a
sentence. They read the text with quotation marks, dashes and spaces straightened one to one, so that offsets are those
of the original text.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

import pyarrow as pa
import pyarrow.compute as pc
from nltk.tokenize.destructive import NLTKWordTokenizer

from scripts.core.annotation import Doc, Sentence, blank
from scripts.core.guard import rows_of
from scripts.core.kept import document_keys, write_tables
from scripts.core.options import path_options
from scripts.core.sample import sample_tables
from scripts.core.schemas import arrow_schema
from scripts.core.storage import read_parquet, to_table, write_parquet
from scripts.core.types import Span
from scripts.parsing.paragraphs import paragraphs
from scripts.parsing.sentences import abbreviations, is_abbreviation, plain_pattern, sentence_spans

_STRAIGHT = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4`", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    **dict.fromkeys(
        "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
    ),
    **dict.fromkeys("\t\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029", " "),
}
# Ten times as fast as str.translate on a text with characters beyond ASCII.
_CROOKED = re.compile(f"[{re.escape(''.join(_STRAIGHT))}]")


def straighten(text: str) -> str:
    """Return the text with quotation marks, dashes and spaces in their plain form, one to one.

    >>> print(straighten("“Lin’s”\u00a0–"))
    "Lin's" -
    """
    return _CROOKED.sub(lambda sign: _STRAIGHT[sign.group()], text)


@cache
def _treebank() -> NLTKWordTokenizer:
    """Return NLTK's word tokenizer with plain patterns."""
    tokenizer = NLTKWordTokenizer()
    for name in ("STARTING_QUOTES", "PUNCTUATION", "ENDING_QUOTES"):
        setattr(tokenizer, name, [(plain_pattern(rule), put) for rule, put in getattr(tokenizer, name)])
    for name in ("PARENS_BRACKETS", "DOUBLE_DASHES"):
        rule, put = getattr(tokenizer, name)
        setattr(tokenizer, name, (plain_pattern(rule), put))
    return tokenizer


# Purely alphabetic words that the Treebank rules split.
_JOINED = {"cannot", "gimme", "gonna", "gotta", "lemme", "wanna"}
# Signs at which the parser's training data is split but the Treebank rules do not split: hyphens in words, currency
# signs before a figure, an opening single quotation mark, a dash before a word (-Ann Smith), an ellipsis of one
# character, and a slash between words (CNN/ORC), though not in km/h or s/he. Besides, an abbreviation whose space was
# lost (Dr.Lin).
_PIECE = re.compile(
    r"""[A-Z]{1,3}(?=[$£€¥]) | [$£€¥]
    | ^'(?=\w{2})(?!(?:\d0s|em|til|tis|twas|cause|round|bout)\b)
    | ^-(?=[^\W\d_])
    | (?<=[^\W\d_])-+(?=\w) | (?<=[^\W\d_]\.)-+(?=\w) | (?<=\d)-+(?=[^\W\d_])
    | (?<=[^\W\d_])(?<!^al)(?<!^el)(?<!^anti)-+$
    | …+ | (?<=[^\W\d_]{2})/(?=[^\W\d_]{2}) | ^/(?=[^\W\d_]) | (?<=[^\W\d_])/$
    | ^(?P<short>[a-z]+)\.(?=[^\W\d_]{2}|\d)""",
    re.IGNORECASE | re.VERBOSE,
)
_ADDRESS = re.compile(r"//|\.[a-z]{2}")  # a web address, which is not split
_CLITIC = re.compile(r"'(?:s|m|d|ll|re|ve|t)$", re.IGNORECASE)
_INITIALS = re.compile(r"\A(?:[^\W\d_]\.)+[^\W\d_]$")


def _split(token: str, start: int) -> Iterator[Span]:
    """Yield the spans of the pieces of a Treebank token that begins at `start`."""
    if len(token) > 1 and not _CLITIC.match(token):
        at = 0
        for piece in _PIECE.finditer(token):
            short = piece["short"]
            if (short or piece.group() == "/") and _ADDRESS.search(token):
                continue
            if short and short.lower() not in abbreviations():
                continue
            if piece.start() > at:
                yield start + at, start + piece.start()
            yield start + piece.start(), start + piece.end()
            at = piece.end()
        if at < len(token):
            yield start + at, start + len(token)
    else:
        yield start, start + len(token)


# Signs that may follow the full stop at the end of a sentence.
_CLOSERS = "]})>\"' "


@lru_cache(maxsize=1 << 16)
def _chunk(chunk: str, *, last: bool) -> tuple[Span, ...]:
    """Return the spans of the tokens between two spaces, or in a sentence's `last` word with the signs after it."""
    # The Treebank rules look no further than the next space, except for the start and the full stop of a sentence. So
    # words can be split one by one, between dummy words (x), and the results cached: four times as fast.
    word = chunk[:-1] if chunk.endswith((",", ".") if last else ",") else chunk
    if word.isalnum() and word.lower() not in _JOINED:
        return ((0, len(word)), (len(word), len(chunk)))[: 1 + len(chunk) - len(word)]
    among = f"x {chunk}" if last else f"x {chunk} x"
    tokens = list(_treebank().span_tokenize(among))[1 : None if last else -1]
    return tuple(piece for start, end in tokens for piece in _split(among[start:end], start - 2))


def _with_last_stop(sentence: str, spans: list[Span]) -> list[Span]:
    """Return the spans of a sentence's last tokens, its full stop joined to initials or a place: the U.S., Reno, Nev.

    The Treebank tokenizer splits it off.
    """
    stop = len(sentence.rstrip(_CLOSERS)) - 1
    for number, ((start, middle), last) in enumerate(pairwise(spans)):
        if last == (stop, stop + 1) == (middle, middle + 1) and sentence[stop] == ".":
            word = sentence[start:middle]
            is_place = sentence.endswith(", ", 0, start) and word[0].isupper() and is_abbreviation(word)
            if is_place or _INITIALS.match(word):
                return [*spans[:number], (start, stop + 1), *spans[number + 2 :]]
    return spans


def _words(sentence: str, offset: int) -> list[Span]:
    """Return the spans of a sentence's tokens, counted from `offset`; its only white space must be plain spaces."""
    spans: list[Span] = []
    tail = sentence.rfind(" ", 0, len(sentence.rstrip(_CLOSERS))) + 1
    at = offset
    for chunk in sentence[:tail].split(" "):
        if chunk:
            spans += [(at + start, at + end) for start, end in _chunk(chunk, last=False)]
        at += len(chunk) + 1
    last = [(tail + start, tail + end) for start, end in _chunk(sentence[tail:], last=True)]
    return spans + [(offset + start, offset + end) for start, end in _with_last_stop(sentence, last)]


def segment(text: str) -> tuple[list[Sentence], list[Span]]:
    """Return the sentences of a text, with their paragraphs, and the spans of its tokens.

    Offsets are 0-based, end-exclusive code points of `text`; sentences and tokens never overlap, and only white space
    lies between two tokens.
    """
    plain = straighten(text)
    sentences: list[Sentence] = []
    tokens: list[Span] = []
    for number, (start, end) in enumerate(paragraphs(plain)):
        for left, right in sentence_spans(plain[start:end]):
            first = len(tokens)
            tokens += _words(plain[start + left : start + right].replace("\n", " "), start + left)
            if len(tokens) > first:
                sentences.append(Sentence(number, start + left, start + right, first, len(tokens)))
    return sentences, tokens


def segmented_doc(doc_id: str, text: str) -> Doc:
    """Return a text as a document that is segmented but not yet parsed."""
    sentences, tokens = segment(text)
    plain = straighten(text)
    starts, ends = [start for start, _ in tokens], [end for _, end in tokens]
    return blank(doc_id, text, sentences, starts, ends, [plain[start:end] for start, end in tokens])


def _tables_of(doc: Doc) -> tuple[pa.Table, pa.Table]:
    """Return the tables batch_sentences and batch_tokens of one document."""
    sentences = {name: [getattr(sentence, name) for sentence in doc.sentences] for name in Sentence._fields}
    texts = (doc.text[start:end] for start, end in zip(doc.start, doc.end, strict=True))
    tokens = {
        "sentence": doc.sentence,
        "gap": [start - end for start, end in zip(doc.start, [0, *doc.end], strict=False)],
        "text": [text if text != word else None for text, word in zip(texts, doc.word, strict=True)],
        "word": doc.word,
    }
    return (
        to_table(
            "batch_sentences",
            {"doc_id": [doc.doc_id] * len(doc.sentences), "sentence": range(len(doc.sentences)), **sentences},
        ),
        to_table("batch_tokens", {"doc_id": [doc.doc_id] * len(doc.word), **tokens}),
    )


def token_tables(documents: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Return the tables batch_sentences and batch_tokens of documents (columns doc_id, text), in order."""
    texts = zip(documents["doc_id"].to_pylist(), documents["text"].to_pylist(), strict=True)
    # As Python lists, the tokens of all documents would take ten times the memory of these tables.
    tables = [_tables_of(segmented_doc("", ""))]  # empty, for a batch without documents
    tables += (_tables_of(segmented_doc(doc_id, text)) for doc_id, text in texts)
    sentences, tokens = zip(*tables, strict=True)
    return pa.concat_tables(sentences).combine_chunks(), pa.concat_tables(tokens).combine_chunks()


def main() -> None:
    """Read the documents of a batch, and write its sentences and tokens."""
    paths = ("documents", "settings", "sentences", "tokens", "problems")
    options = path_options(main.__doc__, *paths, optional=("repetitions",))
    documents = read_parquet(options.documents, ["doc_id", "text"])
    if options.repetitions:  # repetitions are not analysed
        left_out = read_parquet(options.repetitions, ["doc_id"])["doc_id"]
        documents = documents.filter(pc.invert(pc.is_in(documents["doc_id"], left_out.combine_chunks())))
    problems = write_tables(
        "tokens",
        document_keys(options.settings.read_bytes(), documents["doc_id"].to_pylist(), [documents]),
        {options.sentences: arrow_schema("batch_sentences"), options.tokens: arrow_schema("batch_tokens")},
        lambda chosen: token_tables(rows_of(chosen, documents)),
        sample=lambda: token_tables(sample_tables().documents),
    )
    write_parquet(options.problems, problems)
