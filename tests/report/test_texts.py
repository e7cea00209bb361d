"""The texts of the page: whole documents while there is room, else the sentences that the page cites."""

import pytest

from scripts.core.anchors import document_anchor
from scripts.core.storage import rows_to_table, write_parquet
from scripts.report.store import Store
from scripts.report.texts import CitedTexts
from tests.report.corpus import row

TEXT = "One tax. Two laws. Three wars."
SPANS = [(0, 8), (9, 18), (19, 30)]


@pytest.fixture
def store(tmp_path):
    tables = {
        "documents": [
            {"doc_id": "a", "title": "Tariffs", "outlet": "Globe", "date": "2024-01-02", "n_sentences": 3,
             "n_words": 1, "text": TEXT},
            {"doc_id": "b", "n_sentences": 3, "n_words": 6, "text": TEXT},
        ],
        "sentences": [{"doc_id": d, "sentence": at, "paragraph": 0, "start": start, "end": end}
                      for d in "ab" for at, (start, end) in enumerate(SPANS)],
        "quotes": [{"doc_id": "a", "type": "direct", "speaker": "Lin", "confidence": 0.9, "content_spans": [[0, 3]],
                    "source_start": None, "cue_start": 4, "cue_end": 7}],
        "frame_codes": [{"doc_id": "a", "scheme": "generic", "frame": "war", "start": 25, "end": 29, "term": "war*"}],
        "frame_prevalence": [{"scheme": "generic"}],
        "entities": [{"doc_id": "b", "start": 9, "end": 12, "label": "ORG", "entity": "Two"}],
    }  # fmt: skip
    for name, rows in tables.items():
        write_parquet(tmp_path / f"{name}.parquet", rows_to_table(name, [row(name, **each) for each in rows]))
    return Store(tmp_path)


def test_a_sentence_and_a_title(store):
    texts = CitedTexts(store, ["a", "b"], "")
    assert [texts.sentence("a", at) for at in range(3)] == ["One tax.", "Two laws.", "Three wars."]
    assert (texts.titles, texts.schemes) == ({"a": "Tariffs", "b": "b"}, ["generic"])


def test_an_excerpt_has_the_cited_sentences_or_the_first_two(store):
    excerpts = CitedTexts(store, ["a", "b"], "documents").excerpts({"a": {2}, "b": set()}, marked=True)
    assert (excerpts["a"].facts, excerpts["b"].facts) == (
        "Globe · 2024-01-02 · 3 sentences · 1 word", "3 sentences · 6 words",
    )  # fmt: skip
    assert "Three" in excerpts["a"].text and "One" not in excerpts["a"].text and not excerpts["a"].complete
    assert 'data-l="war"' in excerpts["a"].text and "title=" not in excerpts["a"].text
    assert "One" in excerpts["b"].text and "laws" in excerpts["b"].text and "Three" not in excerpts["b"].text
    assert excerpts["a"].page == f"documents/{document_anchor('a')}.html"
    bare = CitedTexts(store, ["a"], "").excerpts({"a": {2}}, marked=False)["a"]
    assert "data-l" not in bare.text and bare.page == ""


def test_whole_texts_have_all_marks(store):
    first, second = CitedTexts(store, ["a", "b"], "").every()
    assert first.complete and second.complete
    assert first.text.count('<span class="s"') == 3
    for label in ("direct: Lin", "cue", "war"):
        assert f'data-l="{label}"' in first.text
    assert 'title="Lin; , confidence 0.90"' in first.text
    assert 'data-l="organisation" title="Two"' in second.text


def test_documents_are_whole_while_there_is_room(store):
    texts = CitedTexts(store, ["a", "b"], "")
    excerpts = texts.excerpts({"a": {0}, "b": {0}}, marked=False)
    assert [each.complete for each in texts.with_whole(excerpts, 100_000)] == [True, True]
    assert [each.complete for each in texts.with_whole(excerpts, 0)] == [False, False]
    cost = [len(each.text.encode()) for each in texts.every()]
    for doc_id, at in (("a", 0), ("b", 1)):
        cost[at] -= len(excerpts[doc_id].text.encode())
    for room, complete in ((cost[0] - 1, [False, False]), (cost[0], [True, False]), (sum(cost) - 1, [True, False]),
                        (sum(cost), [True, True])):  # fmt: skip
        assert [each.complete for each in texts.with_whole(excerpts, room)] == complete


def test_no_marks_are_read_of_a_document_whose_text_could_not_fit_three_times(tmp_path):
    text = "x" * 10_000
    tables = {"documents": [{"doc_id": "a", "text": text}], "sentences": [{"doc_id": "a", "start": 0, "end": 10_000}],
              "quotes": [], "frame_codes": [], "entities": []}  # fmt: skip
    for name, rows in tables.items():
        write_parquet(tmp_path / f"{name}.parquet", rows_to_table(name, [row(name, **each) for each in rows]))
    texts = CitedTexts(Store(tmp_path), ["a"], "")
    excerpts = texts.excerpts({"a": {0}}, marked=False)
    room = 30_000 - len(excerpts["a"].text)
    assert [reading.complete for reading in texts.with_whole(excerpts, room)] == [True]
    assert [reading.complete for reading in texts.with_whole(excerpts, room - 1)] == [False]
