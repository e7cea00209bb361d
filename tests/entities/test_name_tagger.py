"""Raw mentions: what the network reads of a token, how its log-odds become spans, and what the shipped one finds."""

import hashlib

import numpy as np
import pytest
from scipy.special import softmax

from scripts.core.annotation import Mention
from scripts.core.storage import WORKFLOW
from scripts.entities import name_tagger
from scripts.entities.__main__ import before_fork
from scripts.entities.kinds import ONTONOTES
from scripts.entities.name_tagger import (
    TAGGERS,
    ending_of,
    lists_of,
    log_odds,
    names_with_chances,
    shape_of,
    taggers,
)
from scripts.parsing.parses import annotate
from scripts.parsing.tokens import segmented_doc

N = len(ONTONOTES)


def odds(*labels):
    """Return log-odds of tokens that are surely so: "" for none, "B-" or "I-" and a label."""
    table = np.zeros((len(labels), 2 * N + 1), np.float32)
    for row, label in enumerate(labels):
        table[row, 0 if not label else 1 + ONTONOTES.index(label[2:]) + N * (label[0] == "I")] = 20
    return table


@pytest.mark.parametrize(
    ("labels", "spans"),
    [
        (["", "B-PERSON", "I-PERSON", ""], [(1, 3, "PERSON")]),
        (["B-GPE", "B-GPE", "", ""], [(0, 1, "GPE"), (1, 2, "GPE")]),
        (["", "I-ORG", "I-ORG", "I-ORG"], [(1, 4, "ORG")]),
        (["", "", "", ""], []),
    ],
)
def test_spans_of_log_odds(labels, spans):
    doc = segmented_doc("d", "one two three four")
    assert [mention[:3] for mention in name_tagger._spans(doc, odds(*labels))] == spans


def test_no_mention_goes_on_in_the_next_sentence():
    doc = segmented_doc("d", "They met Ann.\n\nBo left.")
    at = doc.word.index("Bo")
    labels = ["I-PERSON" if token >= 2 else "" for token in range(len(doc.word))]
    assert all(mention.last <= at or mention.first >= at for mention in name_tagger._spans(doc, odds(*labels)))


def test_tokens_that_disagree_have_the_label_that_is_likeliest_together():
    table = odds("B-ORG", "I-PERSON")
    table[1, 1 + ONTONOTES.index("ORG") + N] = 19.5
    doc = segmented_doc("d", "Ann Bo")
    assert [*name_tagger._spans(doc, table)] == [Mention(0, 2, "ORG")]


def test_what_is_read_of_a_token():
    assert [shape_of(word) for word in ("A", "UN", "UNESCO", "McCain", "Ann", "19th", "said", "iPad", ",")] == [
        *range(1, 10)
    ]
    assert ending_of("Ouagadougou") == ending_of("DOUGOU") != ending_of("Ouagadougo")
    doc = segmented_doc("d", "The May vote: Kenya and Addis Ababa may agree.")
    lists = {(doc.word[token], number) for token, number in lists_of(doc)}
    assert {("Kenya", 0), ("Addis", 1), ("Ababa", 1), ("May", 14)} <= lists
    assert not any(word == "vote" and number < 5 for word, number in lists)


def test_blocks_change_nothing(nlp, monkeypatch):
    (doc,) = annotate(nlp, [("d", "Ann Lee of the World Bank met Bo Xi in Kigali on Monday. " * 12)])
    together, chances = names_with_chances(doc)
    monkeypatch.setattr(name_tagger, "_BLOCK", 7)
    in_blocks, of_blocks = names_with_chances(doc)
    assert in_blocks == together and len(together) >= 48
    assert np.array_equal(of_blocks, chances)


def test_the_second_network_counts_half_where_the_first_is_unsure_and_reads_the_tokens_around(nlp, monkeypatch):
    (doc,) = annotate(
        nlp, [("d", "Bo Xi told the Kigali Herald on Monday that Mercy Corps and Rafto may stay away. " * 3)]
    )
    begins, tokens_of = name_tagger._begins, {0: set(), 1: set()}

    def recorded(doc, tokens, lists, folder, network):
        tokens_of[network].update(tokens.tolist())
        return begins(doc, tokens, lists, folder, network)

    monkeypatch.setattr(name_tagger, "_begins", recorded)
    _, both = names_with_chances(doc)
    lists, every = name_tagger._list_mask(doc), np.arange(len(doc.word))
    odds = (log_odds(begins(doc, every, lists, None, number), each) for number, each in enumerate(taggers(None)))
    first, second = (softmax(each.astype(float), axis=1) for each in odds)
    unsure = (first @ name_tagger._of_kinds()).max(1) < name_tagger._SURE
    assert 0 < unsure.sum() < len(unsure) // 2
    expected = np.where(unsure[:, None], (first + second) / 2, first) @ name_tagger._of_kinds()
    assert np.allclose(both, expected, atol=1e-6)
    near = [token for token in every.tolist() if unsure[max(0, token - 5) : token + 6].any()]
    assert tokens_of == {0: set(every.tolist()), 1: set(near)}


def test_the_shipped_network_finds_names_dates_and_amounts(nlp):
    (doc,) = annotate(nlp, [("d", "Angela Merkel visited Nairobi on Monday and gave the World Bank $5 million.")])
    labels = {doc.slice(mention.first, mention.last): mention.label for mention in names_with_chances(doc)[0]}
    assert (
        labels.items()
        >= {
            "Angela Merkel": "PERSON",
            "Nairobi": "GPE",
            "Monday": "DATE",
            "$5 million": "MONEY",
        }.items()
    )
    assert names_with_chances(segmented_doc("d", ""))[0] == []


def test_the_networks_are_read_once_and_before_the_first_job():
    taggers.cache_clear()
    before_fork([])
    assert taggers.cache_info().misses == 1
    names_with_chances(segmented_doc("d", "Ann Lee met Bo Xi."))
    taggers(None)
    assert taggers.cache_info().misses == 1


@pytest.mark.parametrize("name", TAGGERS)
def test_a_file_is_small_and_known_by_its_digest(name, tmp_path, monkeypatch):
    path = WORKFLOW / "models" / name
    assert path.stat().st_size <= 2_000_000
    assert hashlib.sha256(path.read_bytes()).hexdigest() == TAGGERS[name]
    (tmp_path / "models").mkdir()
    for each in TAGGERS:
        damaged = (WORKFLOW / "models" / each).read_bytes()[: -1 if each == name else None]
        (tmp_path / "models" / each).write_bytes(damaged)
    monkeypatch.setattr(name_tagger, "WORKFLOW", tmp_path)
    with pytest.raises(ValueError, match=name):
        name_tagger.tagger_files()
