"""corpus.conllu: sentences and tokens in CoNLL-U (universaldependencies.org/format).

Tags are those of the tables: UPOS universal, XPOS Penn Treebank, DEPREL ClearNLP labels as spaCy has them, not those of
Universal Dependencies. MISC has the token's characters in documents.text and, of names, the label and the name.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from scripts.core.options import path_options
from scripts.core.storage import read_parquet, replacing

_TOKENS = ["doc_id", "sentence", "token", "start", "end", "text", "lemma", "pos", "tag", "dep", "head"]


def _field(text: str) -> str:
    """Return a text as a field: `_` where it is empty, white space that is not allowed as a plain space."""
    return " ".join(text.split()) or "_"


def _misc(token: dict[str, Any], following: int | None, name: str) -> str:
    facts = [f"StartChar={token['start']}", f"EndChar={token['end']}"]
    if following == token["end"]:
        facts.append("SpaceAfter=No")
    return "|".join([*facts, name] if name else facts)


def _name(row: dict[str, Any], token: int) -> str:
    """Return the name at a token, as B or I, with what separates fields of MISC escaped."""
    entity = _field(row["entity"]).replace("\\", "\\\\").replace("|", "\\p").replace("=", "\\e")
    return f"NER={'B' if token == row['first'] else 'I'}-{row['label']}|Entity={entity}"


def sentence_lines(text: str, tokens: Sequence[dict[str, Any]], names: dict[int, str]) -> Iterator[str]:
    """Yield the lines of a sentence: its text and a line a token.

    A head outside of the sentence makes its token a root. `names` has the MISC of the tokens of names.
    """
    yield f"# text = {_field(text)}"
    first = tokens[0]["token"]
    parsed = any(token["pos"] for token in tokens)
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        number = token["token"] - first + 1
        head = token["head"] - first + 1
        root = head == number or not 1 <= head <= len(tokens)
        relation = ["_", "_"] if not parsed else ["0", "root"] if root else [str(head), _field(token["dep"])]
        misc = _misc(token, following["start"] if following else None, names.get(token["token"], ""))
        fields = [_field(token[column]) for column in ("text", "lemma", "pos", "tag")]
        yield "\t".join([str(number), *fields, "_", *relation, "_", misc])
    yield ""


def _documents(folder: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield each document's doc_id and its tokens, a document at a time."""
    tokens = read_parquet(folder / "tokens.parquet", _TOKENS, dictionaries=["doc_id", "text", "lemma", "tag", "dep"])
    batches = (row for batch in tokens.to_batches(max_chunksize=50_000) for row in batch.to_pylist())
    for doc_id, of_document in groupby(batches, key=itemgetter("doc_id")):
        yield doc_id, list(of_document)


def document_lines(
    doc_id: str, tokens: list[dict[str, Any]], texts: dict[int, str], mentions: list[dict[str, Any]]
) -> Iterator[str]:
    """Yield the lines of a document; `texts` are those of its sentences by number, `mentions` rows of entities."""
    names = {token: _name(row, token) for row in mentions for token in range(row["first"], row["last"])}
    yield f"# newdoc id = {_field(doc_id)}"
    for sentence, of_sentence in groupby(tokens, key=itemgetter("sentence")):
        yield f"# sent_id = {_field(doc_id)}-s{sentence}"
        yield from sentence_lines(texts[sentence], list(of_sentence), names)


def main() -> None:
    """Write the tokens of all documents."""
    options = path_options(main.__doc__, "folder", "output")
    texts: dict[str, dict[int, str]] = {}
    for row in read_parquet(options.folder / "sentences.parquet", ["doc_id", "sentence", "text"]).to_pylist():
        texts.setdefault(row["doc_id"], {})[row["sentence"]] = row["text"]
    mentions: dict[str, list[dict[str, Any]]] = {}
    columns = ["doc_id", "first", "last", "label", "entity"]
    for row in read_parquet(options.folder / "entities.parquet", columns).to_pylist():
        mentions.setdefault(row["doc_id"], []).append(row)
    with replacing(options.output) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        for doc_id, tokens in _documents(options.folder):
            for line in document_lines(doc_id, tokens, texts[doc_id], mentions.get(doc_id, [])):
                file.write(line + "\n")


if __name__ == "__main__":
    main()
