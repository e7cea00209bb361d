"""Quotations without a cue, each by the rule that it tries; what has a cue is given."""

from dataclasses import replace

import pytest

from scripts.attribution.choice import Attribution
from scripts.attribution.marked import mark
from scripts.attribution.paragraphs import continue_quotations
from scripts.attribution.sources import Source
from scripts.parsing.tokens import segmented_doc

ONE, TWO, THREE = "“The old kiln cracked at noon.”", "“We mended it with wet clay.”", "“It is as good as new.”"
OPEN_ONE, OPEN_TWO = ONE[:-1], TWO[:-1]


def continued(text, *attributed, nouns=(), roots=()):
    """Return the contents of each attribution with those that it gets, in words, and the numbers of those left over.

    `attributed` are the words of cue, content and source ("" for none); `roots` are words that are main verbs.
    """
    doc = segmented_doc("d", text)
    pos = ["NOUN" if word in nouns else "X" for word in doc.word]
    head = [at if word in roots else max(0, at - 1) for at, word in enumerate(doc.word)]
    dep = ["poss" if word in ("Lopez", "mayor") else "dep" for word in doc.word]
    heads = [at + 2 if word in ("Lopez", "mayor") and nouns else head[at] for at, word in enumerate(doc.word)]
    doc = replace(doc, pos=pos, head=heads, dep=dep, lemma=doc.norm, tag=["X"] * len(pos))
    items = []
    for cue, content, name in attributed:
        start = text.index(content)
        piece = doc.start.index(start), doc.end.index(start + len(content)) + 1
        source = Source(*(doc.word.index(name) + at for at in (0, 1, 0)), "subject") if name else None
        items.append(Attribution(doc.word.index(cue), (piece,), source, 1.0, "verb after its content"))
    made, left = continue_quotations(mark(doc), items)
    return [[doc.slice(*piece) for piece in item.pieces] for item in made], left


def speech(content, cue="said", name="Lopez"):
    return cue, content, name


@pytest.mark.parametrize(
    ("text", "attributed", "contents", "left"),
    [
        # Leading up to the speaker.
        (f"{OPEN_ONE}\n\n{TWO} Lopez said.", [speech(TWO)], [[OPEN_ONE, TWO]], []),
        (f"{OPEN_ONE}\n\n{OPEN_TWO}\n\n{THREE} Lopez said.", [speech(THREE)], [[OPEN_ONE, OPEN_TWO, THREE]], []),
        # Going on in the same paragraph or the next.
        (f"{ONE} Lopez said. {TWO}", [speech(ONE)], [[ONE, TWO]], []),
        (f"{ONE} Lopez said.\n\n{TWO}", [speech(ONE)], [[ONE, TWO]], []),
        (f"{ONE} Lopez said.\n\n{TWO}\n\n{THREE}", [speech(ONE)], [[ONE, TWO, THREE]], []),
        (f"{ONE} Lopez said.\n\nIt rained.\n\n{TWO}", [speech(ONE)], [[ONE]], [1]),
        (f"{ONE} Lopez said. It rained. {TWO}", [speech(ONE)], [[ONE, TWO]], []),
        (f"{ONE} Lopez said. Then “we slept”.", [speech(ONE)], [[ONE]], [1]),  # no sentence of its own
        (f"{ONE} Lopez said. “We slept.”", [speech(ONE)], [[ONE, "“We slept.”"]], []),
        (f"{ONE} Lopez said. “Yes.”", [speech(ONE)], [[ONE]], [1]),  # five tokens with its marks at least
        (
            f"{ONE} Lopez said.\n\n{TWO} Keller added. {THREE}",
            [speech(ONE), speech(TWO, "added")],
            [[ONE], [TWO, THREE]],
            [],
        ),
        # Following a report.
        (f"Lopez said it rained.\n\n{ONE}", [speech("it rained")], [["it rained", ONE]], []),
        (f"Lopez said it rained.\n\n{ONE}\n\n{TWO}", [speech("it rained")], [["it rained", ONE, TWO]], []),
        (f"Lopez said it rained. Keller left.\n\n{ONE}", [speech("it rained")], [["it rained"]], [0]),
        (f"Lopez said it rained.\n\n{ONE} Keller left.", [speech("it rained")], [["it rained"]], [0]),
        (f"It was said it rained.\n\n{ONE}", [speech("it rained", name="")], [["it rained"]], [0]),
        # Before a paragraph with a speaker.
        (f"{ONE}\n\n{TWO} Lopez said.", [speech(TWO)], [[ONE, TWO]], []),
        (f"{ONE}\n\n{TWO}\n\n{THREE} Lopez said.", [speech(THREE)], [[ONE, TWO, THREE]], []),
        (f"{ONE}\n\nIt rained.\n\n{TWO} Lopez said.", [speech(TWO)], [[TWO]], [0]),
        (f"{ONE} It rained.\n\n{TWO} Lopez said.", [speech(TWO)], [[TWO]], [0]),
        (f"{ONE}\n\nThen {TWO} Lopez said.", [speech(TWO)], [[TWO]], [0]),
        (f"{ONE} {TWO} Lopez said.", [speech(TWO)], [[TWO]], [0]),
        # A quotation belongs to whoever has more than half of it.
        (
            f"{ONE}\n\n{TWO} Lopez said.",
            [speech("mended it with wet clay.”")],
            [[ONE, "mended it with wet clay.”"]],
            [],
        ),
        (ONE, [], [], [0]),
    ],
)
def test_a_quotation_goes_to_the_attribution_that_it_leads_up_to_goes_on_with_or_follows(
    text, attributed, contents, left
):
    assert continued(text, *attributed) == (contents, left)


@pytest.mark.parametrize(("roots", "owner"), [((), 1), (("asked",), 0), (("said",), 1), (("asked", "said"), 1)])
def test_of_two_reports_the_main_verb_has_the_quotation_after_it_else_the_last(roots, owner):
    reports = [speech("it rained", "asked"), speech("it broke", name="Keller")]
    contents, left = continued(f"Lopez asked if it rained; Keller said it broke.\n\n{ONE}", *reports, roots=roots)
    assert ([len(each) for each in contents], left) == ([1, 2] if owner else [2, 1], [])


@pytest.mark.parametrize(
    ("text", "is_announced"),
    [
        (f"Lopez's statement follows:\n\n{ONE}", True),
        (f"Lopez's statement follows:\n\n{ONE}\n\nIt rained.", True),
        (f"Lopez's statement follows.\n\n{ONE}", False),
        (f"Lopez's mill follows:\n\n{ONE}", False),
        (f"The statement follows:\n\n{ONE}", False),
        (f"Lopez's statement follows: {ONE}", False),  # in one sentence
        ("Lopez's statement follows:\n\n“Yes.”", False),
        (ONE, False),
    ],
)
def test_a_sentence_with_a_noun_of_speech_and_its_owner_announces_a_quotation(text, is_announced):
    contents, left = continued(text, nouns=("statement", "mill"))
    assert contents == [[ONE]] * is_announced
    assert left == ([] if is_announced else [0])


def test_a_sentence_with_a_cue_announces_none():
    text = f"It is said: Lopez's statement follows:\n\n{ONE}"
    contents, left = continued(text, speech("It is", name=""), nouns=("statement",))
    assert (contents, left) == ([["It is"]], [0])
