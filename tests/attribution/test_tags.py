"""A quotation without a cue goes by the verb of speech in the words after it, whatever the tagger made of that."""

import pytest

from scripts.attribution.marked import mark
from scripts.attribution.tags import tagged
from tests.attribution.made_parse import made_parse

QUOTATION = "“The old kiln broke,” "
PARSE = "PUNCT/``/punct/broke DET/DT/det/kiln ADJ/JJ/amod/kiln NOUN/NN/nsubj/broke VERB/VBD/ROOT/broke "
PARSE += "PUNCT/,/punct/broke PUNCT/''/punct/broke "
PUNCT = " PUNCT/./punct/broke"


@pytest.mark.parametrize(
    ("tag", "parse", "source", "cue"),
    [
        ("the two write.", "DET/DT/det/write NUM/CD/nummod/write NOUN/NN/dep/broke", "the two", "write"),
        (
            "a voice in the ad state.",
            "DET/DT/det/voice NOUN/NN/dep/broke ADP/IN/prep/voice DET/DT/det/ad NOUN/NN/compound/state NOUN/NN/pobj/in",
            "a voice in the ad",
            "state",
        ),
        ("Lopez say.", "PROPN/NNP/nsubj/say VERB/VBP/dep/broke", "Lopez", "say"),
    ],
)
def test_the_words_before_the_verb_are_the_source(tag, parse, source, cue):
    doc = made_parse(QUOTATION + tag, PARSE + parse + PUNCT)
    (item,) = tagged(mark(doc), [], [0])
    assert (doc.slice(item.source.first, item.source.last), doc.word[item.cue]) == (source, cue)
    assert [doc.slice(*piece) for piece in item.pieces] == [QUOTATION.strip()]
    assert doc.word[item.source.head] in ("two", "voice", "Lopez")
    assert tagged(mark(doc), [item], [0]) == []  # the tag has a cue


@pytest.mark.parametrize(
    ("tag", "parse"),
    [
        ("the two sleep.", "DET/DT/det/sleep NUM/CD/nummod/sleep NOUN/NN/dep/broke"),  # no verb of speech
        ("state of the art.", "NOUN/NN/dep/broke ADP/IN/prep/state DET/DT/det/art NOUN/NN/pobj/of"),  # nobody before it
        ("say.", "VERB/VB/dep/broke"),  # nobody speaks
    ],
)
def test_other_words_attribute_nothing(tag, parse):
    assert tagged(mark(made_parse(QUOTATION + tag, PARSE + parse + PUNCT)), [], [0]) == []
