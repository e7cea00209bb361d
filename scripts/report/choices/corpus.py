"""The corpus in numbers, and the documents, sentences and statements that a choice selects from it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from scripts.core.arrays import Ints, Mask
from scripts.core.boilerplate import in_boilerplate, left_out_places
from scripts.core.statements import NO_COMMENT, read_speech
from scripts.core.storage import read_parquet
from scripts.documents.origins import WIRE
from scripts.parsing.query_words import names_with
from scripts.report.choices.queries import QueryTokens, sentences_with, spans_with
from scripts.report.choices.view_files import STATEMENTS, Choice
from scripts.report.corpus.layout import FLAGS, STANCE, VALUE
from scripts.report.corpus.sources import document_uses, shown_values, source_rows
from scripts.report.corpus.tokens import counted_words, read_rows, read_tokens, token_spans, word_forms
from scripts.report.corpus.topics import Stories, Topics, read_stories, read_topics


class ChoiceCorpus(NamedTuple):
    """Documents in the order of doc_id, with sentences (numbered through the corpus), tokens, statements and marks.

    `documents` has doc_id, date, outlet, group, wire, and the masks `parsed`, `sources` and `words` of documents that
    count for sentences and statements, for sources, and for words. `first` has the first sentence of each document and
    then the number of all sentences; `counts` is a mask of the sentences outside boilerplate. `is_word` and `counted`
    are masks of the tokens that are words, and that tables of words count; `word` has the place of each token's word in
    `vocabulary`. `pieces` has for each piece of a statement the statement's row, the first and last sentence, the first
    token and the number of tokens; refusals to comment are no statements. Mentions and cues have their first token.
    Sentences of `topics` are numbered through the corpus too.
    """

    documents: pd.DataFrame
    first: Ints
    counts: Mask
    tokens: QueryTokens
    is_word: Mask
    counted: Mask
    word: NDArray[np.int32]
    vocabulary: list[str]
    statements: pd.DataFrame
    pieces: pd.DataFrame
    mentions: pd.DataFrame
    cues: pd.DataFrame
    topics: Topics
    stories: Stories

    @property
    def document_of(self) -> Ints:
        """Return the number of the document of each sentence."""
        return np.repeat(np.arange(len(self.documents)), np.diff(self.first))


class Chosen(NamedTuple):
    """A choice as masks of documents, sentences and statements; `of_documents` if it takes whole documents.

    `text` is a mask of the tokens whose words, names and cues count: those of the sentences, or, if the choice takes
    statements, only those of their contents.
    """

    of_documents: bool
    documents: Mask
    sentences: Mask
    statements: Mask
    text: Mask


def _documents(folder: Path) -> pd.DataFrame:
    documents = read_parquet(folder / "documents.parquet", ["doc_id", "date", "outlet", "text"]).to_pandas()
    doc_ids = documents["doc_id"]
    groups = read_rows(folder, "document_groups", ["doc_id", "group"]).astype(str).set_index("doc_id")["group"]
    return documents.assign(
        date=documents["date"].fillna(""),
        outlet=documents["outlet"].fillna(""),
        group=doc_ids.map(groups).fillna(""),
        **document_uses(folder, doc_ids),
    )


def _pieces(statements: pd.DataFrame, tokens: Ints, sentence: Ints) -> pd.DataFrame:
    """Return the pieces of statements as runs of tokens, with their sentences."""
    contents = enumerate(statements["content_spans"])
    spans = [(row, int(start), int(end)) for row, pieces in contents for start, end in pieces]
    row, start, end = np.array(spans, np.int64).reshape(-1, 3).T
    token, length = token_spans(tokens, statements["document"].to_numpy()[row], start, end)
    about = {"first": sentence[token], "last": sentence[token + np.maximum(length, 1) - 1], "token": token}
    return pd.DataFrame({"row": row, **about, "length": length})


def read_choice_corpus(folder: Path, words: dict[str, Any]) -> ChoiceCorpus:
    """Return the corpus in a folder of tables; `words` are the settings for counting words."""
    documents = _documents(folder)
    order = pd.Index(documents["doc_id"])
    sentences = read_rows(folder, "sentences", ["doc_id", "sentence", "first", "last"])
    first = np.searchsorted(order.get_indexer(sentences["doc_id"].astype(str)), np.arange(len(order) + 1))

    def numbered(rows: pd.DataFrame) -> pd.DataFrame:
        document = order.get_indexer(rows["doc_id"].astype(str))
        return rows.assign(document=document, at=first[document] + rows["sentence"].to_numpy())

    def marked(rows: pd.DataFrame) -> pd.DataFrame:
        rows = numbered(rows)
        start = rows["start"].to_numpy(np.int64)
        return rows.assign(token=token_spans(places, rows["document"].to_numpy(), start, start + 1)[0])

    places, entry, entries = read_tokens(folder, documents, words)
    documents = documents.drop(columns="text")
    of_entry = counted_words(entries, words["unit"])
    vocabulary = sorted({*of_entry})
    word = pd.Index(vocabulary, dtype=object).get_indexer(pd.Index(of_entry, dtype=object)).astype(np.int32)[entry]
    is_word, counted = ((entries["flags"].to_numpy() & FLAGS[name] > 0)[entry] for name in ("word", "counted"))
    sentence = np.repeat(np.arange(len(sentences), dtype=np.int32), sentences["last"] - sentences["first"])
    tokens = QueryTokens(sentence, entry, *(each.tolist() for each in word_forms(entries)))
    names = ["doc_id", "quote", "sentence", "speaker", "n_words", "n_quoted", "content_spans", "type"]
    statements = read_speech(folder / "quotes.parquet", names).to_pandas()
    statements = numbered(statements[statements["type"] != NO_COMMENT])
    sources = read_rows(folder, "quote_sources", ["doc_id", "quote", "kind", "words", "words_direct", "first"])
    sources = sources.astype({"doc_id": str, "kind": str})
    statements = statements.merge(sources, on=["doc_id", "quote"], how="left")
    statements = statements.assign(kind=statements["kind"].fillna(""))
    attributes = source_rows(folder, shown_values(folder)).drop(columns=STANCE)
    statements = statements.merge(attributes.astype({"doc_id": str}), on=["doc_id", "quote"], how="left")
    mentions = read_rows(folder, "entity_mentions", ["doc_id", "mention", "sentence", "name", "kind"])
    starts = read_rows(folder, "entities", ["doc_id", "mention", "start"]).astype({"doc_id": str})
    mentions = mentions.astype({"doc_id": str, "name": str, "kind": str}).merge(starts, on=["doc_id", "mention"])
    cues = marked(read_rows(folder, "frame_codes", ["doc_id", "sentence", "scheme", "frame", "start"]))
    pieces = _pieces(statements, places, sentence)
    topics, of, hits = read_topics(folder, order, statements)
    own_topics = Topics(topics, of, hits.assign(sentence=first[hits["document"]] + hits["sentence"]))
    of_sentences = pa.Table.from_pandas(sentences[["doc_id", "sentence"]], preserve_index=False)
    counts = ~in_boilerplate(of_sentences, left_out_places(folder)).to_numpy()
    return ChoiceCorpus(
        documents, first.astype(np.int64), counts, tokens, is_word, counted, word, vocabulary, statements, pieces,
        marked(mentions), cues, own_topics, read_stories(folder, order),
    )  # fmt: skip


def _conditions(corpus: ChoiceCorpus, choice: Choice) -> Mask:
    """Return a mask of the documents that meet the conditions on documents."""
    documents = corpus.documents
    mask = np.ones(len(documents), bool)
    if choice.topics and not choice.take:
        of = corpus.topics.documents
        mask &= np.isin(np.arange(len(documents)), of.loc[_of_topics(corpus, of, choice), "document"])
    if choice.stories:
        stories = [at for at, name in enumerate(corpus.stories.names) if name in choice.stories]
        mask &= np.isin(corpus.stories.of_document, stories)
    for name, values in (("group", choice.groups), ("outlet", choice.outlets)):
        if values:
            mask &= documents[name].isin(values).to_numpy()
    for end, is_out in ((choice.start, str.__lt__), (choice.end, str.__gt__)):
        if end:
            outside = [len(date) < len(end) or is_out(date[: len(end)], end) for date in documents["date"]]
            mask &= ~np.array(outside, bool)
    if choice.origin:
        mask &= documents["wire"].to_numpy() == (choice.origin == WIRE)
    return mask


def _of_topics(corpus: ChoiceCorpus, rows: pd.DataFrame, choice: Choice) -> Mask:
    """Return a mask of the rows whose column topic is a topic of the choice."""
    return np.isin(rows["topic"], [at for at, name in enumerate(corpus.topics.names) if name in choice.topics])


def statements_of(corpus: ChoiceCorpus, choice: Choice) -> Mask:
    """Return a mask of the statements whose speaker's name is meant by the choice, by sources of its kind."""
    mask = np.ones(len(corpus.statements), bool)
    if choice.speaker:
        speakers = corpus.statements["speaker"]
        mask &= speakers.isin(names_with(choice.speaker, speakers.unique())).to_numpy()
    if choice.kind:
        attribute, value = choice.source
        column = VALUE + attribute
        mask &= (corpus.statements[column] == value).to_numpy() if column in corpus.statements else False
    return mask


def _mentions_of(corpus: ChoiceCorpus, choice: Choice) -> pd.DataFrame:
    """Return the mentions of the names that are meant by the choice."""
    mentions = corpus.mentions[corpus.mentions["kind"] != ""]
    return mentions[mentions["name"].isin(names_with(choice.naming, mentions["name"].unique()))]


def _having_said(corpus: ChoiceCorpus, choice: Choice) -> Mask:
    """Return a mask of the statements by the choice's speaker and kind whose contents have its words, names, topics."""
    mask = statements_of(corpus, choice)
    if choice.words:
        pieces = corpus.pieces
        has_words = spans_with(corpus.tokens, choice.words, pieces["token"].to_numpy(), pieces["length"].to_numpy())
        mask &= np.isin(np.arange(len(mask)), pieces.loc[has_words, "row"])
    if choice.naming:
        names = np.bincount(_mentions_of(corpus, choice)["token"], minlength=len(corpus.is_word))
        before, token = np.append(0, np.cumsum(names)), corpus.pieces["token"].to_numpy()
        has_names = before[token + corpus.pieces["length"].to_numpy()] > before[token]
        mask &= np.isin(np.arange(len(mask)), corpus.pieces.loc[has_names, "row"])
    if choice.topics:
        hits = corpus.topics.hits
        mask &= np.isin(np.arange(len(mask)), hits.loc[_of_topics(corpus, hits, choice), "statement"])
    return mask


def _overlapped(corpus: ChoiceCorpus, statements: Mask) -> Mask:
    """Return a mask of the sentences that the masked statements overlap."""
    pieces = corpus.pieces[statements[corpus.pieces["row"]]]
    return _in_ranges(pieces["first"], pieces["last"] + 1, int(corpus.first[-1]))


def _spoken_tokens(corpus: ChoiceCorpus, statements: Mask) -> Mask:
    """Return a mask of the tokens in the contents of the masked statements."""
    pieces = corpus.pieces[statements[corpus.pieces["row"]]]
    return _in_ranges(pieces["token"], pieces["token"] + pieces["length"], len(corpus.is_word))


def _in_ranges(starts: pd.Series, ends: pd.Series, size: int) -> Mask:
    """Return a mask of the numbers below `size` that are in one of the ranges from `starts` to before `ends`."""
    steps = np.zeros(size + 1, np.int64)
    np.add.at(steps, starts.to_numpy(), 1)
    np.add.at(steps, ends.to_numpy(), -1)
    return np.cumsum(steps)[:-1] > 0


def _overlapping(corpus: ChoiceCorpus, sentences: Mask) -> Mask:
    """Return a mask of the statements that overlap a masked sentence."""
    before = np.append(0, np.cumsum(sentences))
    overlaps = before[corpus.pieces["last"].to_numpy() + 1] > before[corpus.pieces["first"].to_numpy()]
    mask = np.zeros(len(corpus.statements), bool)
    mask[corpus.pieces["row"].to_numpy()[overlaps]] = True
    return mask


def condition_masks(corpus: ChoiceCorpus, choice: Choice) -> dict[str, Mask]:
    """Return for each of a choice's conditions on sentences a mask of the sentences that meet it.

    They are: the sentence has the words; it has one of the names; it has a hit of a topic (but topics are conditions on
    documents if the choice takes whole documents); it overlaps a statement by the speaker and kind.
    """
    masks = {}
    if choice.words:
        masks["words"] = sentences_with(corpus.tokens, choice.words, int(corpus.first[-1])) & corpus.counts
    if choice.naming:
        masks["naming"] = np.isin(np.arange(corpus.first[-1]), _mentions_of(corpus, choice)["at"])
    if choice.topics and choice.take:
        hits = corpus.topics.hits
        sentences = hits.loc[_of_topics(corpus, hits, choice), "sentence"]
        masks["topics"] = np.isin(np.arange(corpus.first[-1]), sentences)
    if choice.speaker or choice.kind:
        masks["speaker"] = _overlapped(corpus, statements_of(corpus, choice))
    return masks


def choose(corpus: ChoiceCorpus, choice: Choice) -> Chosen:
    """Return the documents, sentences and statements of a choice."""
    documents = _conditions(corpus, choice)
    if not choice.take:
        for mask in condition_masks(corpus, choice).values():
            documents &= _having(corpus, mask)
        sentences = documents[corpus.document_of] & corpus.counts
        return Chosen(True, documents, sentences, _overlapping(corpus, sentences), sentences[corpus.tokens.sentence])
    if choice.take == STATEMENTS:
        return _speech(corpus, documents[corpus.statements["document"].to_numpy()] & _having_said(corpus, choice))
    sentences = documents[corpus.document_of] & corpus.counts
    for mask in condition_masks(corpus, choice).values():
        sentences &= mask
    statements = _overlapping(corpus, sentences) & statements_of(corpus, choice)
    return Chosen(False, _having(corpus, sentences), sentences, statements, sentences[corpus.tokens.sentence])


def _speech(corpus: ChoiceCorpus, statements: Mask) -> Chosen:
    """Return masked statements as a choice, with the sentences that they overlap."""
    sentences = _overlapped(corpus, statements) & corpus.counts
    text = _spoken_tokens(corpus, statements) & sentences[corpus.tokens.sentence]
    return Chosen(False, _having(corpus, sentences), sentences, statements, text)


def others(corpus: ChoiceCorpus, choice: Choice, chosen: Chosen) -> Chosen:
    """Return the rest of everything, or of all statements if the choice takes statements."""
    if choice.take == STATEMENTS:
        rest = _speech(corpus, ~chosen.statements)
        return rest._replace(text=rest.text & ~chosen.text)
    text = ~chosen.text & corpus.counts[corpus.tokens.sentence]
    with_words = np.bincount(corpus.tokens.sentence[text & corpus.is_word], minlength=len(corpus.counts)) > 0
    sentences = corpus.counts & (with_words | ~chosen.sentences)
    documents = ~chosen.documents if chosen.of_documents else _having(corpus, sentences)
    return Chosen(chosen.of_documents, documents, sentences, ~chosen.statements, text)


def _having(corpus: ChoiceCorpus, sentences: Mask) -> Mask:
    """Return a mask of the documents with a masked sentence."""
    return np.bincount(corpus.document_of[sentences], minlength=len(corpus.documents)) > 0


def missing(corpus: ChoiceCorpus, choice: Choice) -> Sequence[str]:
    """Return sentences, without a full stop, about the names and words of a choice that the corpus lacks."""
    absent = []
    for complaint, named, known in (
        ("no document is of the group", choice.groups, corpus.documents["group"].unique()),
        ("no document is of the outlet", choice.outlets, corpus.documents["outlet"].unique()),
        ("no document has words of the topic", choice.topics, corpus.topics.names),
        ("no story is called", choice.stories, corpus.stories.names),
    ):
        absent += [f"{complaint} {name!r}" for name in named if name not in {*known}]
    if choice.words and not condition_masks(corpus, Choice(words=choice.words))["words"].any():
        absent.append(f"no sentence has the words {choice.words!r}")
    if choice.naming and _mentions_of(corpus, choice).empty:
        absent.append(f"nothing with {choice.naming!r} in its name is mentioned")
    if choice.speaker and not statements_of(corpus, Choice(speaker=choice.speaker)).any():
        absent.append(f"nobody with {choice.speaker!r} in the name is quoted")
    if choice.kind and not statements_of(corpus, Choice(kind=choice.kind)).any():
        absent.append(f"no source is of the kind {choice.kind!r}")
    return absent
