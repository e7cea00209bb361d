"""Raw mentions: what the network reads of a token, how its log-odds become spans, and what the shipped one finds."""

import hashlib

import numpy as np
import pytest

from scripts.core.annotation import Mention
from scripts.core.storage import WORKFLOW
from scripts.entities import name_tagger
from scripts.entities.kinds import ONTONOTES
from scripts.entities.name_tagger import TAGGER_FILE, ending_of, lists_of, names_with_chances, shape_of
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
    together = names_with_chances(doc)[0]
    monkeypatch.setattr(name_tagger, "_BLOCK", 7)
    assert names_with_chances(doc)[0] == together and len(together) >= 48


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


def test_the_file_is_small_and_known_by_its_digest(tmp_path, monkeypatch):
    path = WORKFLOW / "models" / TAGGER_FILE
    assert path.stat().st_size <= 2_000_000
    assert hashlib.sha256(path.read_bytes()).hexdigest() == name_tagger._SHA256
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / TAGGER_FILE).write_bytes(path.read_bytes()[:-1])
    monkeypatch.setattr(name_tagger, "WORKFLOW", tmp_path)
    with pytest.raises(ValueError, match=TAGGER_FILE):
        name_tagger.tagger_file()
