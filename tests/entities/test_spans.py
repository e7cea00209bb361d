"""Repaired spans never overlap, whatever overlaps what in the model's mentions and the names already known."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.annotation import Mention
from scripts.entities import find_entities
from scripts.parses import annotate

LABELS = st.sampled_from(["PERSON", "ORG", "GPE", "NORP", "DATE"])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 760), st.integers(1, 12), LABELS), max_size=60))
def test_any_mentions_of_the_model_give_spans_that_do_not_overlap(article, raw):
    mentions, free = [], 0
    for first, length, label in sorted(raw):
        if first >= free:
            mentions.append(Mention(first, first + length, label))
            free = first + length
    found = find_entities(replace(article, mentions=mentions))
    assert all(left.last <= right.first for left, right in pairwise(found))
    assert all(mention.first < mention.last <= len(article.word) for mention in found)
    assert all(mention.label and mention.entity for mention in found)


def test_names_that_share_a_word(nlp):
    text = "A Washington Post-Kaiser Family Foundation poll found wide support."
    doc = next(annotate(nlp, [("x", text)]))
    found = [doc.slice(mention.first, mention.last) for mention in find_entities(doc)]
    assert found == ["Washington Post", "Kaiser Family Foundation"]
