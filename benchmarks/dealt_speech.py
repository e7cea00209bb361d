"""Deal the speech of others in random documents to made-up speakers, to measure the level of the tables of speakers."""

from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scripts.core.arrays import Floats
from scripts.core.storage import open_table, read_parquet
from scripts.framing.cells import NameCells, cells_of, drawn
from scripts.framing.speaker_frames import excesses, speaker_frames
from scripts.maths.bootstrap import document_weights
from scripts.maths.intervals import ENOUGH
from scripts.words.speaker_words import blocks, merge, p_of_words, part, read_block_tokens, read_statement_spans

Random = np.random.Generator
# A function that yields families of p-values, each with one q correction, from sizes, number of dealings and generator.
Families = Callable[[Sequence[int], int, Random], Iterator[Floats]]
# A key of speaker_words is the speaker's number times this, plus the word's number.
_WORDS = 2**32


def fitting(sizes: Sequence[int], documents: int) -> list[int]:
    """Return the sizes of groups, scaled down in proportion if there are too few documents; at least `ENOUGH` each."""
    share = min(1.0, documents / sum(sizes))
    return [max(ENOUGH, int(size * share)) for size in sizes]


def one_of_each(document: NDArray[np.integer], random: Random) -> NDArray[np.intp]:
    """Return the number of one random row of each document, in the order of documents."""
    order = random.permutation(len(document))
    return order[np.unique(document[order], return_index=True)[1]]


def speech(folder: Path) -> Families:
    """Return a function that yields the families of speaker_words: made-up names get a random speaker per document."""
    documents = read_parquet(folder / "tables" / "documents.parquet", ["doc_id", "parsed"]).to_pandas()
    doc_ids = np.array(sorted(documents.loc[documents["parsed"], "doc_id"]), object)
    statements = read_statement_spans(folder / "tables" / "quotes.parquet", doc_ids, [])
    # Each speaker in each document counts as a separate speaker, so that their words are counted separately.
    pairs = (statements.speaker.astype(np.int64) + 1) * len(doc_ids) + statements.document
    names, unit = np.unique(pairs, return_inverse=True)
    document, known = names % len(doc_ids), dict[str, int]()
    files = open_table(folder / "tables" / "tokens.parquet", dictionaries=["doc_id", "norm", "lemma"])
    of_units = statements._replace(speaker=unit)
    tokens = (read_block_tokens(rows, doc_ids, unit="lemma") for rows in blocks(files))
    counted = reduce(merge, (part(block, of_units, known, leading=len(names)) for block in tokens))
    tested = np.flatnonzero(counted.words.n >= ENOUGH)
    unit, word = np.divmod(counted.own.key, _WORDS)

    def families(sizes: Sequence[int], dealings: int, random: Random) -> Iterator[Floats]:
        fitted = fitting(sizes, len(np.unique(document)) // 2)
        for dealing in range(dealings):
            chosen = random.permutation(one_of_each(document, random))[: fitted[dealing % len(fitted)]]
            own = np.isin(unit, chosen)
            count = np.bincount(word[own], counted.own.n[own], len(known)).astype(np.int64)
            yield p_of_words(count[tested], int(count.sum()), counted, tested, len(chosen))

    return families


def voices(folder: Path) -> Families:
    """Return a function that yields the families of speaker_frames: made-up names get the speech of random speakers."""
    voiced, schemes = _voiced(folder)

    def families(sizes: Sequence[int], dealings: int, random: Random) -> Iterator[Floats]:
        documents = np.unique(voiced.document)
        pairs = voiced.name.astype(np.int64) * (int(documents.max()) + 1) + voiced.document
        unit, of_unit = np.unique(pairs, return_inverse=True)
        document = unit % (int(documents.max()) + 1)
        for _ in range(dealings):
            dealt = np.repeat(np.arange(len(sizes)), fitting(sizes, len(documents) // 2))
            # Each name gets one speaker's sentences in each of its documents; the rest stays with other speakers.
            order = random.permutation(len(unit))[: len(dealt)]
            first = np.unique(dealt * len(unit) + document[order], return_index=True)[1]
            of_units = np.full(len(unit), -1)
            of_units[order[first]] = dealt[first]
            name = np.where(of_units[of_unit] >= 0, of_units[of_unit], len(sizes) + voiced.name)
            order = np.lexsort((voiced.column, voiced.document, name))
            cells = NameCells(name[order], *(column[order] for column in voiced[1:]))
            yield _speaker_p(cells, len(sizes), schemes)

    return families


def _voiced(folder: Path) -> tuple[NameCells, pd.DataFrame]:
    """Return the number of sentences that each speaker voices by document and frame, and the frames.

    A sentence counts for the speaker of each of its frames, and in column 0 for everybody who speaks in it.
    """
    codes = read_parquet(
        folder / "tables" / "frame_codes.parquet", ["doc_id", "sentence", "scheme", "frame", "speaker"]
    )
    codes_table = codes.to_pandas().astype(str).query("speaker != '' and speaker != 'None'")
    quotes = read_parquet(folder / "tables" / "quotes.parquet", ["doc_id", "sentence", "speaker"]).to_pandas()
    quotes = quotes[quotes["speaker"].fillna("") != ""].astype(str)
    keys = ["doc_id", "sentence", "speaker"]
    schemes = codes_table[["scheme", "frame"]].drop_duplicates().sort_values(["scheme", "frame"], ignore_index=True)
    column = pd.MultiIndex.from_frame(schemes).get_indexer(pd.MultiIndex.from_frame(codes_table[["scheme", "frame"]]))
    rows = pd.concat([
        pd.concat([quotes[keys], codes_table[keys]]).drop_duplicates().assign(column=0),
        codes_table[keys].assign(column=column + 1).drop_duplicates(),
    ])  # fmt: skip
    numbers = rows.assign(name=pd.factorize(rows["speaker"])[0], document=pd.factorize(rows["doc_id"])[0])
    n = numbers.groupby(["name", "document", "column"]).size().reset_index(name="n")
    return NameCells(*(n[name].to_numpy() for name in NameCells._fields)), schemes


def _speaker_p(cells: NameCells, speakers: int, schemes: pd.DataFrame) -> Floats:
    """Return the p of the table speaker_frames for the first `speakers` names."""
    documents, columns = int(cells.document.max()) + 1, len(schemes) + 1
    place = cells.document * columns + cells.column
    counts = np.bincount(place, cells.n, documents * columns).astype(int).reshape(-1, columns)
    weights = document_weights([str(at) for at in range(documents)], resamples=10)
    total = drawn(counts, weights)
    own = {str(name): cells_of([cells], name) for name in range(speakers)}
    table = speaker_frames(total, counts[:, 0], own, schemes, weights, excesses([cells], total.n))
    return table["p"].to_numpy(float)
