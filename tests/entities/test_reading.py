"""Names as the encoder reads them: which words count how much, and what it changes in a label."""

import csv
import hashlib
import importlib.util

import numpy as np
import pytest

from scripts.core.annotation import Mention
from scripts.core.lexicons import LEXICONS
from scripts.core.storage import WORKFLOW
from scripts.entities import reading
from scripts.entities.labels import best_label, label_mentions, learned_weights
from scripts.entities.reading import HEADS_FILE, READING_WEIGHTS, name_sums, names_as_read
from scripts.entities.recognition import with_raw_mentions
from scripts.maths.transformer import encode
from scripts.parsing.base_encoder import PACKAGE, embed
from scripts.parsing.parses import annotate
from scripts.parsing.tokens import segmented_doc
from scripts.parsing.word_pieces import windows
from tests.entities.made import document
from tests.made_encoder import WIDTH, tiny_encoder

needs_model = pytest.mark.skipif(
    importlib.util.find_spec(PACKAGE) is None, reason=f"the package {PACKAGE} is not installed: make accurate"
)


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


def test_listed_countries_are_not_read(monkeypatch):
    network = tiny_encoder(heads=(3 * WIDTH, 2), bias=(2,))
    monkeypatch.setattr(reading, "encoder", lambda: network)
    doc = segmented_doc("d", "They met in Doha, Qatar.")
    assert names_as_read(doc, [Mention(3, 4, ""), Mention(5, 6, "")]).keys() == {"doha"}


def test_log_odds_have_two_decimals_and_a_bias(monkeypatch):
    network = tiny_encoder(heads=(3 * WIDTH, 2), bias=(2,))
    monkeypatch.setattr(reading, "encoder", lambda: network)
    doc = segmented_doc("d", "Mayor Ann Bo said so.")
    (read,) = names_as_read(doc, [Mention(1, 3, "")]).values()
    sums = name_sums(doc, [Mention(1, 3, "")], network, network.heads["heads"].reshape(3, WIDTH, 2))["ann bo"]
    assert read == pytest.approx(sums + network.heads["bias"], abs=0.005001)
    assert read == [round(value, 2) for value in read]


def test_what_is_read_is_added_to_the_evidence():
    labels, weights = ("LOC", "PER"), {"bias": (0.0, 0.0), "place:after-in": (1.0, 0.0)}
    assert best_label({"place:after-in": 1.0}, labels, weights) == "LOC"
    assert best_label({"place:after-in": 1.0}, labels, weights, [0.0, 0.9]) == "LOC"
    assert best_label({"place:after-in": 1.0}, labels, weights, [0.0, 1.1]) == "PER"


def test_a_label_changes_by_what_is_read():
    doc = document("They like Quux here.", ("Quux", "PERSON"), tags={"They": "PRP"})
    labels, _ = learned_weights(READING_WEIGHTS)

    def sees(label):
        return lambda doc, names: {"quux": [50.0 * (of == label) for of in labels]}

    for label, shown in (("ORG", "ORG"), ("LOC", "GPE"), ("PER", "PERSON")):
        (mention,) = label_mentions(doc, learned_weights(READING_WEIGHTS), sees(label))
        assert mention.label == shown
    assert label_mentions(doc, learned_weights(READING_WEIGHTS), sees("none")) == []


def test_the_shipped_heads_are_small_linear_and_have_the_labels_of_the_weights():
    path = WORKFLOW / "models" / HEADS_FILE
    assert path.stat().st_size <= 300_000
    assert hashlib.sha256(path.read_bytes()).hexdigest() == reading._SHA256
    stored = np.load(path, allow_pickle=False)
    assert {name: stored[name].shape for name in stored} == {"heads": (3 * 384, 6), "heads.scale": (6,), "bias": (6,)}
    with (LEXICONS / READING_WEIGHTS).open(encoding="utf-8", newline="") as handle:
        header = next(csv.reader(line for line in handle if not line.startswith("#")))
    assert header == ["evidence", "LOC", "MISC", "NORP", "ORG", "PER", "none"]


@needs_model
def test_documents_read_before_change_no_name(nlp):
    texts = [
        ("a", "Huawei said it would sue. Ann Lee of Huawei left Shenzhen."),
        ("b", "Ann Lee met Bo in Kigali."),
        ("c", ""),
    ]
    docs = list(map(with_raw_mentions, annotate(nlp, texts)))
    names = {doc.doc_id: [mention for mention in doc.mentions if mention.label] for doc in docs}
    read = {doc.doc_id: names_as_read(doc, names[doc.doc_id]) for doc in docs}
    assert read["a"] and read["b"] and not read["c"]
    assert {doc.doc_id: names_as_read(doc, names[doc.doc_id]) for doc in docs[::-1]} == read
