"""Counts of a range of documents: names have numbers that stay, and boilerplate does not count."""

import pandas as pd
import pyarrow as pa

from scripts.core.schemas import arrow_schema
from scripts.framing.coding import NARRATOR
from scripts.framing.range_counts import READ_COLUMNS, count, names_of_speakers
from scripts.maths.bootstrap import document_weights
from tests.framing.made import codes, documents


def test_the_narrator_is_a_speaker_among_the_others():
    for speakers in (["Bo", "Ann"], ["Bo", NARRATOR, "Ann"]):
        names = names_of_speakers(speakers)
        assert [*names.known] == [*dict.fromkeys([*speakers, NARRATOR])]
        assert names.speakers == 3 and names.known[NARRATOR] == names.narrator


def tables(rows):
    """Return tables with the columns that are counted, their texts encoded."""
    counted = {}
    for name, columns in READ_COLUMNS.items():
        fields = [arrow_schema(name).field(column) for column in columns]
        texts = [field.name for field in fields if pa.types.is_string(field.type)]
        table = pa.Table.from_pandas(rows[name][columns], pa.schema(fields), preserve_index=False)
        for text in texts:
            table = table.set_column(columns.index(text), text, table[text].dictionary_encode())
        counted[name] = table
    return counted


def counted(quoted, used, *, left_out):
    """Return the counts of a document in whose four sentences A voices 0 and 1, B 2 and the narrator 3.

    Its last sentence is boilerplate; a document in another language is not counted.
    """
    sentences, quotes, entities = quoted
    foreign = pd.DataFrame({"doc_id": "c0", "sentence": range(9), "start": range(9), "end": range(1, 10)})
    rows = {
        "sentences": pd.concat([foreign, sentences]),
        "quotes": quotes,
        "entities": entities,
        "entity_mentions": pd.DataFrame({"doc_id": ["d0"], "entity": ["A"], "name": ["A"]}),
        "boilerplate_places": pd.DataFrame({"doc_id": ["d0"], "sentence": 3, "last": 4, "left_out": left_out}),
        "frame_codes": codes(("d0", 0, "a", "A"), ("d0", 3, "b")),
        "valence": pd.DataFrame({"doc_id": "d0", "sentence": range(4), "compound": [0.1, 0.2, 0.3, 0.4]}),
    }
    table, names = documents([4]), names_of_speakers(["A", "B"])
    return names, *count(table, tables(rows), used, document_weights(["d0"], resamples=5), names, first=0)


def test_a_document_of_one_range(quoted, used):
    names, part, sums = counted(quoted, used, left_out=False)
    assert part.sentences.tolist() == part.hits.tolist() == [[1, 1]]
    assert sums.narrated.totals.tolist() == [1, 1, 1]
    assert sums.narrated.hits.tolist() == [1, 0, 1]  # all that the narrator voices, with the frame a, with b
    assert sums.spoken.n.tolist() == [3, 1, 0] and part.spoken.tolist() == [3]
    assert names.narrator not in part.frame_speakers.voiced.name
    assert (part.valence.all.n.tolist(), part.valence.all.score.tolist()) == ([4], [10_000])
    assert (sums.coverage.hits.tolist(), sums.coverage.totals.tolist()) == ([2], [4])  # sentences without a cue


def test_what_is_narrated_and_said_about_a_name_in_boilerplate_does_not_count(quoted, used):
    (_, all_part, all_sums), (_, part, sums) = (counted(quoted, used, left_out=left_out) for left_out in (False, True))
    assert all_sums.narrated.totals.tolist()[0] == 1 and sums.narrated.totals.tolist()[0] == 0
    assert sums.spoken.n.tolist()[0] == 3
    about, less = (each.frame_speakers.about.n.sum() for each in (all_part, part))
    assert less < about
