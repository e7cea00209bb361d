"""The reading of a network with made-up weights: what it takes from the network, and that nothing else changes it."""

import importlib.util

import numpy as np
import pytest

from scripts.attribution import network as reader
from scripts.attribution.described_cues import described_cue
from scripts.attribution.document import find_quotes
from scripts.attribution.encoding import CONTENT, CUE, Encoding, as_seen, encoding
from scripts.attribution.marked import mark
from scripts.attribution.network import SHAPES, rate_as_read
from scripts.attribution.network_features import FEATURES
from scripts.attribution.network_spans import better_source
from scripts.parsing.base_encoder import PACKAGE
from scripts.parsing.parses import annotate
from scripts.parsing.word_pieces import LONGEST_WINDOW
from tests.made_encoder import WIDTH, tiny_encoder

needs_model = pytest.mark.skipif(
    importlib.util.find_spec(PACKAGE) is None, reason=f"the package {PACKAGE} is not installed: make accurate"
)
SENTENCE = "Mayor Ann Smith said on Monday that the harbour would close, and the fishermen went home."


@pytest.fixture(scope="module")
def tiny():
    """Return an encoder of one layer with random weights, for which any token may be a cue."""
    return tiny_encoder(
        **{"token": (WIDTH, 6), "token_bias": (6,), "cue": (WIDTH, 4 * 3), "cue_bias": (4 * 3,)},
        **{"seen": (WIDTH, 4 * 3), "seen_bias": (4 * 3,), "distance": (257, 4)},
        **{"alone": (WIDTH, 4), "alone_bias": (4,)},
    )


@pytest.fixture(scope="module")
def marked(nlp):
    return mark(next(annotate(nlp, [("d", SENTENCE)])))


def blank_reading(marked, **seen_of_said):
    """Return the reading of a network that sees nothing but the cue "said"; `seen_of_said` are tokens by column."""
    cue_token = marked.doc.word.index("said")
    tokens = np.zeros((len(marked.doc.word), 6))
    tokens[cue_token, CUE] = 0.9
    of_cue = np.zeros((len(marked.doc.word), 4), np.uint16)
    for name, places in seen_of_said.items():
        of_cue[places, ("content", "begin", "end", "source").index(name)] = 950
    return cue_token, Encoding(tokens, {cue_token: (0, of_cue)})


@pytest.mark.parametrize(
    ("quotation", "probability", "is_seen"),
    [
        ('"We have seen it all,"', 0.9, False),
        ('"We have seen it all. "It was wet,"', 0.9, False),  # left open and taken up
        ('"We have seen it all,"', 0.1, True),
    ],
)
def test_a_cue_does_not_see_the_next_quotation_with_a_cue_of_its_own(nlp, quotation, probability, is_seen):
    text = f'Ann Smith said it rained. {quotation} he added. "It hailed," she says.'
    marked = mark(next(annotate(nlp, [("d", text)])))
    added = marked.doc.word.index("added")
    cue, reading = blank_reading(marked, content=slice(0, len(marked.doc.word)))
    reading.tokens[added, CUE] = probability
    _, probabilities = as_seen(reader.without_next_quotation(marked, reading), cue)
    first = marked.quotations[0].first
    assert bool(probabilities[first : added - 1, CONTENT].any()) is is_seen
    assert probabilities[:first, CONTENT].all() and probabilities[added:, CONTENT].all()


def everything_read(doc, network):
    """Return the reading of a document in which any token may be a cue."""
    return encoding(mark(doc), range(len(doc.word)), network, least=0.0)


def same(reading, again):
    return (reading.tokens == again.tokens).all() and all(
        (reading.of_cues[c][1] == again.of_cues[c][1]).all() for c in reading.of_cues
    )


def test_documents_read_before_change_nothing(tiny, nlp):
    texts = [SENTENCE, "Said Ann.\n\n" * 30, SENTENCE + "\n\n" + "The harbour is closed, he said. " * 60, ""]
    docs = list(annotate(nlp, [(str(number), text) for number, text in enumerate(texts)]))
    read = {doc.doc_id: everything_read(doc, tiny) for doc in docs}
    again = {doc.doc_id: everything_read(doc, tiny) for doc in reversed(docs)}
    assert read["2"].of_cues
    assert all(same(read[name], again[name]) for name in read)


def test_a_paragraph_changes_no_window_without_it(tiny, nlp):
    alone, before = (
        everything_read(doc, tiny)
        for doc in annotate(nlp, [("a", "said " * 120), ("b", "mayor " * 120 + "\n\n" + "said " * 120)])
    )
    assert (alone.tokens == before.tokens[120:]).all()


def test_probabilities_have_three_decimals(tiny, marked):
    read = everything_read(marked.doc, tiny)
    assert (read.tokens == read.tokens.round(3)).all()
    assert len({*read.tokens.flat}) > 20


def test_a_token_that_is_hardly_a_cue_is_not_looked_at(tiny, marked):
    everything = range(len(marked.doc.word))
    read = encoding(marked, everything, tiny, least=0.5)
    likely = {token for token in everything if read.tokens[token, CUE] >= 0.5}
    assert {token for token in read.of_cues if marked.doc.pos[token] != "PUNCT"} == {
        token for token in likely if marked.doc.pos[token] != "PUNCT"
    }
    assert 0 < len(likely) < len(marked.doc.word)


def test_a_cue_at_the_end_of_ten_thousand_tokens_is_seen(tiny, nlp):
    doc = next(annotate(nlp, [("d", "the harbour , " * 3400 + "Ann Smith said .")]))
    cue_token = doc.word.index("said")
    first, of_cue = encoding(mark(doc), [cue_token], tiny, least=0.0).of_cues[cue_token]
    assert first <= cue_token < first + len(of_cue) <= len(doc.word)


def test_what_cues_see_is_kept_in_two_bytes_and_read_as_it_was_rounded(tiny, marked):
    read = everything_read(marked.doc, tiny)
    for cue, (first, thousandths) in read.of_cues.items():
        begin, probabilities = as_seen(read, cue)
        assert thousandths.nbytes <= 2 * 4 * LONGEST_WINDOW
        assert begin == first
        assert (probabilities == np.round(probabilities, 3)).all()
        assert 0 < probabilities.max() <= 1


def test_the_content_that_the_network_sees_scores_best(marked):
    doc = marked.doc
    content = list(range(doc.word.index("the"), doc.word.index("close") + 1))
    cue_token, read = blank_reading(marked, content=content, begin=content[:1], end=content[-1:])
    bare = dict.fromkeys(FEATURES, 0.0) | {"seen overlap": 2.0, "seen begin": 1.0, "seen end": 1.0}
    table = {shape: [0.0, *bare.values()] for shape in SHAPES}
    rated = rate_as_read(marked, read, table)
    assert [of.cue.token for of in rated] == [cue_token]
    best = max(zip(rated[0].scores, rated[0].candidates, strict=True))[1]
    assert doc.slice(*best.pieces[0]) in ("that the harbour would close", "the harbour would close")
    assert all(score == round(score, 2) for score in rated[0].scores)


@pytest.mark.parametrize(
    "text",
    ["Ann Smith arrived and he said the harbour would close.", "Ann Smith, who said the harbour would close, left."],
)
def test_a_pronoun_beside_its_cue_is_the_source_whatever_else_is_seen(nlp, text):
    marked = mark(next(annotate(nlp, [("d", text)])))
    doc = marked.doc
    cue_token, read = blank_reading(marked, source=[0, 1])
    better = better_source(marked, read, described_cue(marked, cue_token))
    assert doc.slice(better.first, better.last) in ("he", "who")


def test_the_reader_rates_by_its_own_encoder(tiny, marked, monkeypatch):
    monkeypatch.setattr(reader, "reader_network", {"light": tiny}.__getitem__)
    monkeypatch.setattr(reader, "weights", lambda *_: {shape: [1.0] + [0.0] * len(FEATURES) for shape in SHAPES})
    monkeypatch.setattr(reader, "LEAST_CUE", 0.0)
    rated = reader.rate(marked, reader="light")
    assert {score for of in rated for score in of.scores} == {1.0}


@needs_model
@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("Mayor Ann Smith said on Monday that the harbour would close.", "Ann Smith", "that the harbour would close"),
        (
            '"The kiln is safe," said Eva Brandt. "It was rebuilt."',
            "Eva Brandt",
            '"The kiln is safe," ... "It was rebuilt."',
        ),
        (
            "According to the ministry, three ferries will stop in May.",
            "the ministry",
            "three ferries will stop in May",
        ),
        ("The union has repeatedly warned that wages are falling.", "The union", "that wages are falling"),
    ],
)
def test_plain_attributions(nlp, text, speaker, content):
    doc = next(annotate(nlp, [("d", text)]))
    quotes = [quote for quote in find_quotes(doc, reader="encoder") if quote.cue]
    shown = [
        (" ... ".join(text[slice(*span)] for span in quote.content).rstrip("."), text[slice(*quote.source)])
        for quote in quotes
    ]
    assert [words for words, _ in shown] == [content]
    assert speaker in shown[0][1]


@needs_model
@pytest.mark.parametrize(
    "text", ["", " ", "😀 " * 50, "a" * 100_000, '"' * 300, "word " * 1000, "\n\n".join("Said." for _ in range(300))]
)
def test_text_of_any_kind_is_read(nlp, text):
    for doc in annotate(nlp, [("d", text)]):
        assert [*find_quotes(doc, reader="encoder")] == []
