"""Coverage of a reference text by quoted passages: places, halves, order, and texts that are none."""

import json

from hypothesis import given
from hypothesis import strategies as st

from scripts.core.limits import Budget
from scripts.core.plain_words import plain_words, word_spans
from scripts.core.storage import rows_to_table
from scripts.reuse.quote_families import reference_tables
from scripts.reuse.reference_texts import outlet_rows, read_texts, reference_manifest, run_places, stretches

SPEECH = (
    "We will not close the old harbour this year. The cranes are sound, and the engineers have said so.\n\n"
    "But nobody should think that the harbour can stay as it is: we must dredge the channel before the winter."
)
COLUMNS = ("doc_id", "quote", "content_spans", "content", "sentence", "speaker", "speaker_type")
QUOTES = [
    dict(zip(COLUMNS, row, strict=True))
    for row in [
        ("a", 0, [[0, 50]], "“We will not close the old harbour this year.”", 2, "Ann Smith", "person"),
        ("b", 0, [[0, 50]], "“not close the old HARBOUR,” he said", 1, "Ann Smith", "person"),
        ("b", 1, [[60, 140]], "“we must dredge the big channel before the winter”", 4, None, None),
        ("c", 0, [[0, 50]], "“Nobody has ever said a word of those herrings”", 0, "Bo", "person"),
        ("d", 0, [[0, 90]], "“that the harbour can stay as it is: we must dredge the channel”", 0, "Bo", "person"),
    ]
]
DOCUMENTS = {
    "a": {"outlet": "Globe", "date": "2025-03-02"},
    "b": {"outlet": "Post", "date": None},
    "c": {"outlet": "Post", "date": None},
    "d": {"outlet": "Globe", "date": None},
}


def test_coverage_by_outlet():
    coverage, outlets = reference_tables({"speech.txt": SPEECH}, QUOTES, DOCUMENTS)
    shown = [(row["doc_id"], row["quote"], row["sentence"], SPEECH[row["start"] : row["end"]]) for row in coverage]
    assert shown == [
        ("a", 0, 2, "We will not close the old harbour this year"),
        ("b", 0, 1, "not close the old harbour"),
        ("d", 0, 0, "that the harbour can stay as it is: we must dredge the channel"),
    ]
    n_words = len(plain_words(SPEECH))
    assert [(row["outlet"], row["documents"], row["words"]) for row in outlets] == [("Globe", 2, 22), ("Post", 1, 5)]
    globe, post = outlets
    assert globe["share"] == 22 / n_words and (post["first_half"], post["second_half"]) == (5 / ((n_words + 1) // 2), 0)
    assert globe["second_half"] == 13 / (n_words // 2)
    for name, rows in (("reference_coverage", coverage), ("reference_outlets", outlets)):
        assert rows_to_table(name, rows).num_rows == len(rows)


def test_a_stretch_may_begin_and_end_where_the_text_does():
    text = ["engineers", "will", "not", "close", "the", "old", "harbour"]
    for words in (text, text[:5], text[-5:]):
        assert [text[first:last] for first, last in stretches(words, text, run_places(text))] == [words]
    assert stretches(text[-4:], text, run_places(text)) == []


def test_a_stretch_has_two_words_that_say_something():
    for text, n in (
        ("and that it is as it was", 0),
        ("and the harbour is as it was", 0),
        ("the old harbour is as it was", 1),
    ):
        assert len(stretches(text.split(), text.split(), run_places(text.split()))) == n


def test_the_middle_word_is_of_the_first_half():
    covered = {"text": "speech.txt", "outlet": "Post", "doc_id": "a", "n_words": 5, "first": 1, "last": 4}
    less = {**covered, "outlet": "Echo", "last": 2}
    post, echo = outlet_rows([less, covered, {**covered, "doc_id": "b", "last": 3}])  # most words first
    assert (echo["outlet"], echo["words"]) == ("Echo", 1)
    assert (post["documents"], post["words"], post["first_half"], post["second_half"]) == (2, 3, 2 / 3, 1 / 2)


def test_without_texts_or_quotes():
    assert reference_tables({}, QUOTES, DOCUMENTS) == ([], [])
    assert reference_tables({"speech.txt": SPEECH, "empty.txt": ""}, [], DOCUMENTS) == ([], [])


def test_the_order_of_the_quotes_does_not_matter():
    turned = QUOTES[::-1]
    texts = {"speech.txt": SPEECH, "another.md": SPEECH[:60]}
    assert reference_tables(texts, turned, DOCUMENTS) == reference_tables(texts, QUOTES, DOCUMENTS)


def test_manifest_and_odd_bytes(tmp_path):
    assert reference_manifest(tmp_path / "absent", Budget()) == ""
    (tmp_path / "speech.txt").write_bytes(b"\xef\xbb\xbfWe will \xff not")
    (tmp_path / "picture.png").write_bytes(b"no text")
    (tmp_path / "folder.txt").mkdir()
    manifest = tmp_path / "manifest.jsonl"
    manifest.write_text(reference_manifest(tmp_path, Budget()), encoding="utf-8")
    assert [json.loads(line)["path"] for line in manifest.read_text(encoding="utf-8").splitlines()] == [
        str(tmp_path / "speech.txt")
    ]
    assert read_texts(manifest) == {"speech.txt": "We will \ufffd not"}


WORDS = st.lists(st.sampled_from(["harbour", "crane", "winter", "channel", "the", "of"]), max_size=30)


@given(WORDS, WORDS)
def test_stretches_have_the_words_of_the_passage_in_its_order(text, words):
    joined = " ".join(words)
    for first, last in stretches(words, text, run_places(text)):
        assert last - first >= 5 and " ".join(text[first:last]) in joined


def test_word_spans_are_those_of_the_words():
    text = "“Don’t … pay 3,000 — stop,”"
    assert [text[slice(*span)].replace("’", "'").lower() for span in word_spans(text)] == plain_words(text)
