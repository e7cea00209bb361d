"""The weights of labels are fitted on evidence, and gold spans are compared without articles and possessives."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from scripts.entities.labels import best_label
from tests.entities.made import document
from training.entity_gold import folds_of_outlets, read_newswire

TEXTS = [(f"{n}.txt", f"They like Mr. Bo{n}. They live in Xanda{n}. They like Quux{n} here.") for n in range(30)]


def gold_folder(folder):
    rows = []
    for doc_id, text in TEXTS:
        spans = [("Mr. Bo", "Person"), ("Xanda", "Location")]
        starts = [(text.index(words) + words.startswith("Mr") * 4, label) for words, label in spans]
        ends = [(start, text.index(".", start), label) for start, label in starts]
        rows.append(
            {"doc_id": doc_id, "entities": [dict(zip(("start", "end", "label"), e, strict=True)) for e in ends]}
        )
    (folder / "set.docs.jsonl").write_text(
        "\n".join(json.dumps({"doc_id": i, "text": t}) for i, t in TEXTS), encoding="utf-8"
    )
    (folder / "set.gold.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return folder


def test_gold_spans_have_folded_labels(tmp_path):
    texts, gold = read_newswire(gold_folder(tmp_path), "set")
    assert texts == TEXTS
    assert {TEXTS[7][1][start:end]: label for (start, end), label in gold["7.txt"].items()} == {
        "Bo7": "PER",
        "Xanda7": "LOC",
    }


def test_a_title_becomes_evidence_for_a_person_and_in_for_a_place(tmp_path):
    pytest.importorskip("sklearn", reason="scikit-learn is needed to train")
    from training.entity_labels import train

    texts, gold = read_newswire(gold_folder(tmp_path), "set")
    docs = [replace(document(text, tags={"They": "PRP"}), doc_id=doc_id) for doc_id, text in texts]
    labels, weights = train(docs, gold)
    assert set(labels) == {"PER", "LOC", "none"}
    assert best_label({"place:after-title": 1.0}, labels, weights) == "PER"
    assert best_label({"place:after-in": 1.0}, labels, weights) == "LOC"


def test_mentions_are_of_a_network_that_does_not_know_the_outlet(monkeypatch):
    pytest.importorskip("sklearn", reason="scikit-learn is needed to train")
    from training import entity_labels

    doc_ids = [f"outlet{n}_{article}" for n in range(10) for article in range(2)]
    assert list(folds_of_outlets(doc_ids).values()) == [0, 1, 2, 3, 4, 0, 1, 2, 3, 4]
    monkeypatch.setattr(entity_labels, "with_raw_mentions", lambda doc, folder: (doc.doc_id, folder))
    docs = [replace(document("They left."), doc_id=doc_id) for doc_id in doc_ids]
    folders = dict(entity_labels.with_new_mentions(docs, Path("folds")))
    assert folders["outlet1_0"] == folders["outlet1_1"] == folders["outlet6_0"] == Path("folds/1")
    assert folders["outlet9_0"] == Path("folds/4")
