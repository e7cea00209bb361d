"""The teacher of names: which words it reads, and how much each counts."""

import numpy as np
import pytest

from scripts.core.annotation import Mention
from scripts.entities.labels import label_mentions, learned_weights
from scripts.maths.transformer import encode
from scripts.parsing.base_encoder import embed
from scripts.parsing.tokens import segmented_doc
from scripts.parsing.word_pieces import windows
from tests.entities.made import document
from tests.made_encoder import WIDTH, tiny_encoder
from training.entity_reading import name_sums, without_countries


def one_part(part):
    """Return heads of which only one sees anything: the vectors as they are."""
    heads = np.zeros((3, WIDTH, WIDTH), np.float32)
    heads[part] = np.eye(WIDTH)
    return heads


def vectors(doc, network):
    """Return the mean vector of each token's pieces, for a document of a single window."""
    (window,) = windows(doc, network.vocabulary)
    (x,) = encode([embed(network, window.pieces)], network.layers, [range(len(window.pieces))])
    owner = np.searchsorted(window.places, np.arange(len(window.pieces)), side="right") - 1
    is_mark = np.isin(window.pieces, [network.vocabulary.end, network.vocabulary.start])
    return np.stack([x[:, (owner == n) & ~is_mark].mean(1) for n in range(len(window.tokens))])


def test_the_words_before_in_and_after_a_name():
    network = tiny_encoder()
    doc = segmented_doc("d", "Mayor Ann Bo said so. Bo left.\n\nAnn Bo said so.")
    of_token = vectors(doc, network)
    mentions = [Mention(1, 3, ""), Mention(6, 7, ""), Mention(9, 11, "")]
    before, inside, after = (name_sums(doc, mentions, network, one_part(part)) for part in range(3))
    assert before.keys() == {"ann bo", "bo"}
    assert before["ann bo"] == pytest.approx(of_token[0] / 2, abs=1e-5)  # nothing stands before it in the last sentence
    assert inside["ann bo"] == pytest.approx(of_token[[1, 2, 9, 10]].mean(0), abs=1e-5)
    assert after["ann bo"] == pytest.approx(of_token[[3, 11]].mean(0), abs=1e-5)
    assert not before["bo"].any()
    assert after["bo"] == pytest.approx(of_token[7], abs=1e-5)


def test_only_paragraphs_with_names_are_read():
    network = tiny_encoder()
    alone, among = (
        segmented_doc("d", "Mayor Ann Bo said so."),
        segmented_doc("d", "It rained.\n\nMayor Ann Bo said so."),
    )
    first = among.word.index("Ann")
    of_alone = name_sums(alone, [Mention(1, 3, "")], network, one_part(1))["ann bo"]
    assert (name_sums(among, [Mention(first, first + 2, "")], network, one_part(1))["ann bo"] == of_alone).all()
    assert name_sums(among, [], network, one_part(1)) == {}


def test_a_name_in_a_paragraph_of_many_windows_is_read_once():
    network = tiny_encoder()
    doc = segmented_doc("d", "the harbour , " * 3000 + "Ann Bo said so.")
    at = doc.word.index("Ann")
    mentions = [Mention(at, at + 2, ""), Mention(1, 2, "")]
    sums = name_sums(doc, mentions, network, np.ones((3, WIDTH, 1), np.float32))
    assert sums.keys() == {"ann bo", "harbour"}
    assert all(np.isfinite(values).all() and values.any() for values in sums.values())


def test_listed_countries_are_not_read():
    doc = segmented_doc("d", "They met in Doha, Qatar.")
    assert without_countries(doc, [Mention(3, 4, ""), Mention(5, 6, "")]) == [Mention(3, 4, "")]


@pytest.mark.parametrize(
    ("label", "labels_given"), [("ORG", ["ORG"]), ("LOC", ["GPE"]), ("PER", ["PERSON"]), ("none", [])]
)
def test_what_is_read_is_added_to_the_evidence(label, labels_given):
    doc = document("They like Quux here.", ("Quux", "PERSON"), tags={"They": "PRP"})
    labels, _ = learned_weights()
    mentions = label_mentions(doc, read=lambda *_: {"quux": [50.0 * (of == label) for of in labels]})
    assert [mention.label for mention in mentions] == labels_given
