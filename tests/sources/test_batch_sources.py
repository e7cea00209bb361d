"""Sources that batches tell are taken for rows that are still theirs; documents with other rows are read again."""

import pyarrow as pa
import pytest

from scripts.core.storage import rows_to_table
from scripts.sources.batch_sources import STANCE_NAMES, batch_source_columns, joined_sources
from scripts.sources.document_sources import batch_source_rows
from scripts.sources.kind_lists import kinds

TEXTS = {"a": "Ann Lee, a pilot, claimed it. Bo Day came.", "b": "The mayor, Cy Fox, pointed out that it rained."}
ROWS = [
    # doc_id, quote, speaker, cue_lemma, cue_head_end, type
    ("a", 0, "Ann Lee", "claim", 25, "direct"),
    ("a", 2, "Bo Day", "say", 25, "no comment"),
    ("b", 0, "Cy Fox", "point", 26, "direct"),
]
NAMES = ("doc_id", "quote", "speaker", "cue_lemma", "cue_head_end", "type")


def quotes(rows=ROWS, **changes):
    """Return rows of table quotes; of the first one some columns are changed."""
    made = [dict(zip(NAMES, row, strict=True)) for row in rows]
    for row in made:
        row |= {"speaker_in_document": row["speaker"], "speaker_type": "person", "source": row["speaker"], "role": ""}
        row |= {"corrected_by": "", "n_words": 0 if row["type"] == "no comment" else 5}
    made[0] |= changes
    return made


def batch_sources(*more):
    """Return the table of a batch, in which the text of b is not read: nothing is told of it but a made-up stance."""
    rows = batch_source_rows(TEXTS["a"], quotes()[:2])
    made_up = {"doc_id": "b", "quote": 0, "kind": "expert", "owners": "", "last_resort": "unknown", "stance": "other"}
    return rows_to_table("batch_sources", [made_up, *more, *rows])


def told_rows(rows, *more):
    """Return kind and stance of rows."""
    documents = pa.table({"doc_id": [*TEXTS], "text": [*TEXTS.values()]})
    places = pa.array([[*TEXTS].index(row["doc_id"]) for row in rows], pa.int32()).to_numpy()
    parts = joined_sources([batch_sources(*more)], {"other": 0, "a": 1, "b": 2})
    columns = batch_source_columns(parts, documents, pa.Table.from_pylist(rows), places, first=1)
    numbers = zip(columns["kind"].tolist(), columns["stance"].tolist(), strict=True)
    return [(kinds()[kind], STANCE_NAMES[stance]) for kind, stance in numbers]


def test_what_the_batch_tells_is_taken_where_its_rows_are_the_same():
    assert told_rows(quotes()) == [("citizen", "doubting"), ("unknown", ""), ("expert", "other")]


@pytest.mark.parametrize(
    "rows",
    [
        quotes([ROWS[2]], corrected_by="sheet.csv:2"),
        quotes([ROWS[2]], speaker_in_document="Fox"),
        quotes([ROWS[2], ("b", 1, "Cy Fox", "say", 26, "direct")])[:1]
        + quotes([("b", 1, "Cy Fox", "say", 26, "direct")]),
    ],
    ids=["corrected", "named over all documents", "another row"],
)
def test_a_document_with_other_rows_is_read_again(rows):
    assert told_rows(rows)[0] == ("politician", "endorsing")


def test_rows_of_documents_that_do_not_count_are_left_out():
    gone = {"doc_id": "gone", "quote": 0, "kind": "expert", "owners": "", "last_resort": "unknown", "stance": "other"}
    assert len(joined_sources([batch_sources(gone)], {"a": 0, "b": 1}).key) == len(ROWS)


def test_a_person_is_described_by_the_name_over_all_documents():
    text = "Jo Fox, a pilot, met the mayor, Cy Fox, who “agreed,” Fox said."
    (row,) = batch_source_rows(text, quotes([ROWS[2]], speaker_in_document="Fox", source="Fox"))
    assert row["kind"] == "politician"


def test_a_document_that_lost_a_row_is_read_again():
    """A description by the surname alone depends on all speakers of the document."""
    lost = {"doc_id": "b", "quote": 1, "kind": "expert", "owners": "", "last_resort": "unknown", "stance": "other"}
    assert told_rows(quotes(), lost)[2] == ("politician", "endorsing")


@pytest.mark.parametrize(
    ("text", "speaker", "expected"),
    [
        ("A harbour pilot, who spoke on the condition of anonymity, said it rained.", "unnamed pilots", "anonymous"),
        ("It rained, a pilot said, speaking on condition of anonymity.", "unnamed pilots", "anonymous"),
        ("It rained, the pilot said, asking not to be named.", "", "anonymous"),
        ("It rained, the pilot said. Another spoke on condition of anonymity.", "unnamed pilots", "citizen"),
        ("It rained, the pilot said, and nobody was identified.", "unnamed pilots", "citizen"),
        ("It rained, Ann Lee said, as did a pilot who asked not to be named.", "Ann Lee", "unknown"),
    ],
)
def test_whoever_asked_for_anonymity_is_anonymous(text, speaker, expected):
    row = quotes([("a", 0, speaker, "say", text.index("said") + 4, "indirect")])[0]
    has_name = speaker == "Ann Lee"
    row |= {"speaker_type": "person" if has_name else "unnamed", "source": speaker if has_name else "the pilot"}
    assert [source["kind"] for source in batch_source_rows(text, [row])] == [expected]
