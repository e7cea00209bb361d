"""The texts of documents in the reading view."""

import pytest

from scripts.core.anchors import document_anchor
from scripts.report import reading
from scripts.report.reading import readings
from scripts.report.store import Store
from tests.report.corpus import write_tables

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
    write_tables(tmp_path, **tables)
    return Store(tmp_path)


def test_documents_are_whole_with_all_marks(store):
    first, second = readings(store, ["a", "b"])
    assert [(each.anchor, each.title, each.facts) for each in (first, second)] == [
        (document_anchor("a"), "Tariffs", "Globe · 2024-01-02 · 3 sentences · 1 word"),
        (document_anchor("b"), "b", "3 sentences · 6 words"),
    ]
    assert first.text.count('<span class="s"') == second.text.count('<span class="s"') == 3
    for label in ("direct: Lin", "cue", "war"):
        assert f'data-l="{label}"' in first.text
    assert 'title="Lin; , confidence 0.90"' in first.text
    assert 'data-l="organisation" title="Two"' in second.text


def test_each_document_is_read_once_whatever_their_number(store, monkeypatch):
    monkeypatch.setattr(reading, "_AT_ONCE", 1)
    assert [each.title for each in readings(store, ["b", "a"])] == ["b", "Tariffs"]
