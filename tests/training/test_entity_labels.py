"""The weights of labels are fitted on evidence, and gold spans are compared without articles and possessives."""

import json
from dataclasses import replace

import pytest

from scripts.entities.labels import best_label
from tests.entities.made import document
from training.entity_gold import read_newswire

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
