"""Quotations without a cue, each by the rule that it tries; what has a cue is given."""

from dataclasses import replace

import pytest

from scripts.attribution.choice import Attribution
from scripts.attribution.marked import mark
from scripts.attribution.paragraphs import between_statements, continue_quotations, with_quotations
from scripts.attribution.sources import Source
from scripts.core.annotation import Mention
from scripts.parsing.tokens import segmented_doc

CRACKED, MENDED, AS_NEW = "“The old kiln cracked at noon.”", "“We mended it with wet clay.”", "“It is as good as new.”"
OPEN_CRACKED, OPEN_MENDED = CRACKED[:-1], MENDED[:-1]


def with_attributions(text, *attributed, nouns=(), roots=()):
    """Return a text with its marks, and attributions by the words of cue, content and source ("" for none).

    `roots` are words that are main verbs.
    """
    doc = segmented_doc("d", text)
    tags = {**dict.fromkeys(nouns, "NOUN"), "Lopez": "PROPN", "On": "ADP", "is": "AUX", "Is": "AUX"}
    pos = [tags.get(word, "X") for word in doc.word]
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
    return mark(doc), items


def contents_of(marked, items):
    return [[marked.doc.slice(*piece) for piece in item.pieces] for item in items]


def continued_contents(text, *attributed, nouns=(), roots=()):
    """Return the contents of each attribution, in words, and the numbers of the quotations left over."""
    marked, items = with_attributions(text, *attributed, nouns=nouns, roots=roots)
    made, left = continue_quotations(marked, items)
    return contents_of(marked, made), left


def speech(content, cue="said", name="Lopez"):
    return cue, content, name


@pytest.mark.parametrize(
    ("text", "attributed", "contents", "left"),
    [
        # After an announcement.
        (
            f"Below is his statement on rain, Lopez said.\n\n{OPEN_CRACKED}\n\n{MENDED}",
            [speech("rain", "statement")],
            [["rain", OPEN_CRACKED, MENDED]],
            [],
        ),
        # Leading up to the speaker.
        (f"{OPEN_CRACKED}\n\n{MENDED} Lopez said.", [speech(MENDED)], [[OPEN_CRACKED, MENDED]], []),
        (
            f"{OPEN_CRACKED}\n\n{OPEN_MENDED}\n\n{AS_NEW} Lopez said.",
            [speech(AS_NEW)],
            [[OPEN_CRACKED, OPEN_MENDED, AS_NEW]],
            [],
        ),
        # Going on in the same paragraph or the next.
        (f"{CRACKED} Lopez said. {MENDED}", [speech(CRACKED)], [[CRACKED, MENDED]], []),
        (f"{CRACKED} Lopez said. {MENDED} Is it old?", [speech(CRACKED)], [[CRACKED, MENDED]], []),
        (f"{CRACKED} Lopez said. “The old mill,” by Keller, fell.", [speech(CRACKED)], [[CRACKED]], [1]),
        (f"{CRACKED} Lopez said. “The old mill” is a song.", [speech(CRACKED)], [[CRACKED]], [1]),
        (f"{CRACKED} Lopez said.\n\n{MENDED}", [speech(CRACKED)], [[CRACKED, MENDED]], []),
        (f"{CRACKED} Lopez said.\n\n{MENDED}\n\n{AS_NEW}", [speech(CRACKED)], [[CRACKED, MENDED, AS_NEW]], []),
        (f"{CRACKED} Lopez said.\n\nIt rained.\n\n{MENDED}", [speech(CRACKED)], [[CRACKED]], [1]),
        (f"{CRACKED} Lopez said. It rained. {MENDED}", [speech(CRACKED)], [[CRACKED, MENDED]], []),
        (f"{CRACKED} Lopez said. Then “we slept”.", [speech(CRACKED)], [[CRACKED]], [1]),  # no sentence of its own
        (f"{CRACKED} Lopez said. “We slept.”", [speech(CRACKED)], [[CRACKED, "“We slept.”"]], []),
        (f"{CRACKED} Lopez said. “Yes.”", [speech(CRACKED)], [[CRACKED]], [1]),  # five tokens with its marks at least
        (
            f"{CRACKED} Lopez said.\n\n{MENDED} Keller added. {AS_NEW}",
            [speech(CRACKED), speech(MENDED, "added")],
            [[CRACKED], [MENDED, AS_NEW]],
            [],
        ),
        # Following a report.
        (f"Lopez said it rained.\n\n{CRACKED}", [speech("it rained")], [["it rained", CRACKED]], []),
        (
            f"Lopez said it rained.\n\n{CRACKED}\n\n{MENDED}",
            [speech("it rained")],
            [["it rained", CRACKED, MENDED]],
            [],
        ),
        (f"Lopez said it rained. Keller left.\n\n{CRACKED}", [speech("it rained")], [["it rained"]], [0]),
        (f"Lopez said it rained.\n\n{CRACKED} Keller left.", [speech("it rained")], [["it rained"]], [0]),
        (f"It was said it rained.\n\n{CRACKED}", [speech("it rained", name="")], [["it rained"]], [0]),
        # An announced statement goes on behind headings and bullets.
        (
            f"Lopez said it rained:\n\nThe frost\n\n{OPEN_CRACKED}\n\n{MENDED}\n\nWhat now\n\n{AS_NEW}",
            [speech("it rained")],
            [["it rained", OPEN_CRACKED, MENDED, AS_NEW]],
            [],
        ),
        (
            f"Lopez said it rained:\n\n* {CRACKED}\n\n* {MENDED}",
            [speech("it rained")],
            [["it rained", CRACKED, MENDED]],
            [],
        ),
        (f"{CRACKED} Lopez said.\n\nWhat now\n\n{MENDED}", [speech(CRACKED)], [[CRACKED]], [1]),  # not announced
        # Before a paragraph with a speaker.
        (f"{CRACKED}\n\n{MENDED} Lopez said.", [speech(MENDED)], [[CRACKED, MENDED]], []),
        (f"{CRACKED}\n\n{MENDED}\n\n{AS_NEW} Lopez said.", [speech(AS_NEW)], [[CRACKED, MENDED, AS_NEW]], []),
        (f"{CRACKED}\n\nIt rained.\n\n{MENDED} Lopez said.", [speech(MENDED)], [[MENDED]], [0]),
        (f"{CRACKED} It rained.\n\n{MENDED} Lopez said.", [speech(MENDED)], [[MENDED]], [0]),
        (f"{CRACKED}\n\nThen {MENDED} Lopez said.", [speech(MENDED)], [[MENDED]], [0]),
        (f"{CRACKED} {MENDED} Lopez said.", [speech(MENDED)], [[MENDED]], [0]),
        # A quotation belongs to whoever has more than half of it.
        (
            f"{CRACKED}\n\n{MENDED} Lopez said.",
            [speech("mended it with wet clay.”")],
            [[CRACKED, "mended it with wet clay.”"]],
            [],
        ),
        (CRACKED, [], [], [0]),
        # Before its tag, whose cue has another content.
        (f"“The old kiln cracked,” Lopez said. {MENDED}", [speech(MENDED)], [["“The old kiln cracked,”", MENDED]], []),
        (f"“Why did it crack?” Lopez said. {MENDED}", [speech(MENDED)], [["“Why did it crack?”", MENDED]], []),
        (f"“The old kiln cracked,” and it rained. Lopez said {MENDED}", [speech(MENDED)], [[MENDED]], [0]),
        # Most of the sentence after an attribution.
        (
            f"{CRACKED} Lopez said. It was “not old at all”.",
            [speech(CRACKED)],
            [[CRACKED, "It was “not old at all”"]],
            [],
        ),
        (
            "Lopez said it rained. It was “not old at all”.",
            [speech("it rained")],
            [["it rained", "It was “not old at all”"]],
            [],
        ),
        (f"{CRACKED} Lopez said.\n\nIt was “not old at all”.", [speech(CRACKED)], [[CRACKED]], [1]),
        (f"{CRACKED} Lopez said. It rained. It was “not old at all”.", [speech(CRACKED)], [[CRACKED]], [1]),
        (f"{CRACKED} Lopez said. It was “not old at all” then.", [speech(CRACKED)], [[CRACKED]], [1]),
        (f"{CRACKED} Lopez said. It was “The Old Kiln”.", [speech(CRACKED)], [[CRACKED]], [1]),
        (f"{CRACKED} Lopez said. It was “The Old Kiln of Salem.”", [speech(CRACKED)], [[CRACKED]], [1]),
        (f"{CRACKED} Lopez said. It was by far and by all accounts “not old”.", [speech(CRACKED)], [[CRACKED]], [1]),
        ("It was said it rained. It was “not old at all”.", [speech("it rained", name="")], [["it rained"]], [0]),
    ],
)
def test_a_quotation_goes_to_the_attribution_that_it_leads_up_to_goes_on_with_or_follows(
    text, attributed, contents, left
):
    assert continued_contents(text, *attributed, nouns=("statement",)) == (contents, left)


PRAISE = "“They heard that Lopez mended it.”"


@pytest.mark.parametrize(
    ("text", "content", "is_joined"),
    [
        (f"{CRACKED} Lopez said.\n\n{PRAISE}", CRACKED, False),
        (f"{CRACKED} Lopez said.\n\n“They heard that I mended it, Lopez.”", CRACKED, True),
        (f"{CRACKED} Lopez said.\n\n“They heard that Keller mended it.”", CRACKED, True),
        (f"{OPEN_CRACKED}\n\n{PRAISE} Lopez said.", PRAISE, True),
    ],
)
def test_a_quotation_with_the_name_of_its_speaker_is_of_another(text, content, is_joined):
    marked, items = with_attributions(text, speech(content))
    named = [Mention(at, at + 1, "PERSON") for at, word in enumerate(marked.doc.word) if word in ("Lopez", "Keller")]
    _, left = continue_quotations(mark(replace(marked.doc, mentions=named)), items)
    assert (left == []) is is_joined


def test_a_signature_ends_what_it_signs():
    marked, items = with_attributions(f"{CRACKED} - Lopez\n\n{MENDED} {AS_NEW}", speech(CRACKED, "-"))
    assert continue_quotations(marked, [items[0]._replace(rule="signature")])[1] == [1, 2]
    assert continue_quotations(marked, items)[1] == []


@pytest.mark.parametrize(("roots", "owner"), [((), 1), (("asked",), 0), (("said",), 1), (("asked", "said"), 1)])
def test_of_two_reports_the_main_verb_has_the_quotation_after_it_else_the_last(roots, owner):
    reports = [speech("it rained", "asked"), speech("it broke", name="Keller")]
    contents, left = continued_contents(
        f"Lopez asked if it rained; Keller said it broke.\n\n{CRACKED}", *reports, roots=roots
    )
    assert ([len(each) for each in contents], left) == ([1, 2] if owner else [2, 1], [])


@pytest.mark.parametrize(
    ("text", "is_announced"),
    [
        (f"Lopez's statement follows:\n\n{CRACKED}", True),
        (f"Lopez's statement follows:\n\n{CRACKED}\n\nIt rained.", True),
        (f"Lopez's statement follows.\n\n{CRACKED}", False),
        (f"Lopez's mill follows:\n\n{CRACKED}", False),
        (f"The statement follows:\n\n{CRACKED}", False),
        (f"Lopez's statement follows: {CRACKED}", False),  # in one sentence
        ("Lopez's statement follows:\n\n“Yes.”", False),
        (CRACKED, False),
        (f"Below is Lopez's statement. It rained.\n\n{CRACKED}", True),
        (f"Here is Lopez's letter.\n\n{CRACKED}", True),
        (f"Here is Lopez's letter.\n\nThe frost\n\n{CRACKED}", True),
        (f"Below are excerpts from the old and worn copy of Lopez's statement.\n\n{CRACKED}", False),  # too far away
        (f"Below is Lopez's mill. It rained.\n\n{CRACKED}", False),
        (f"Below is Lopez's statement.\n\nIt rained.\n\n{CRACKED}", False),
        (f"Below is Lopez's statement. {CRACKED}", False),
        (f"On Lopez's statement:\n\n{CRACKED}", False),
    ],
)
def test_a_sentence_with_a_noun_of_speech_and_its_owner_announces_a_quotation(text, is_announced):
    contents, left = continued_contents(text, nouns=("statement", "mill", "letter"), roots=("On",))
    assert contents == [[CRACKED]] * is_announced
    assert left == ([] if is_announced else [0])


@pytest.mark.parametrize(
    ("line", "is_announced"),
    [
        ("STATEMENT BY U.S. SENATOR LOPEZ ON MILLS", True),
        ("Lopez Statement on Mills", True),
        ("Lopez 's Statement on Mills", True),
        ("Remarks of Lopez, Mayor.", True),
        ("Remarks of Lopez\n\nMay 2", True),
        ("Statement of the Mill and of Mayor Lopez", False),  # too far away
        ("Statement on Lopez", False),
        ("Lopez on Mills", False),
        ("Remarks of Lopez hurt", False),
    ],
)
def test_a_headline_announces_a_quotation(line, is_announced):
    marked, _ = with_attributions(f"{line}\n\n{CRACKED}")
    tags = {"hurt": "VBD", "'s": "POS"}
    names = [Mention(at, at + 1, "PERSON") for at, word in enumerate(marked.doc.word) if word.lower() == "lopez"]
    doc = replace(marked.doc, tag=[tags.get(word, "X") for word in marked.doc.word], mentions=names)
    items, left = continue_quotations(mark(doc), [])
    assert [doc.norm[item.source.head] for item in items] == ["lopez"] * is_announced
    assert left == ([] if is_announced else [0])


def test_a_headline_is_a_line_of_its_own():
    marked, _ = with_attributions(f"Remarks of Lopez: {CRACKED}")
    assert continue_quotations(mark(replace(marked.doc, mentions=[Mention(2, 3, "PERSON")])), []) == ([], [0])


def test_no_word_of_a_quotation_announces_another():
    text = f"“Below is the old statement of Lopez's mill.”\n\n{CRACKED}"
    assert continued_contents(text, nouns=("statement",)) == ([], [0, 1])


@pytest.mark.parametrize(
    ("name", "contents"), [("Lopez", [["It is cold", CRACKED]]), ("", [["It is cold"], [CRACKED]])]
)
def test_a_sentence_announces_unless_somebody_speaks_in_it(name, contents):
    text = f"It is cold, Lopez said: Lopez's statement follows:\n\n{CRACKED}"
    assert continued_contents(text, speech("It is cold", name=name), nouns=("statement",)) == (contents, [])


def test_a_report_inside_a_quotation_does_not_tell_who_is_quoted():
    text = f"{CRACKED} Lopez said. “He told us that it was old.”"
    attributed = [speech(CRACKED), speech("that it was old.", "told", "He")]
    assert continued_contents(text, *attributed)[0][0] == [CRACKED, "“He told us that it was old.”"]


def test_a_speech_goes_on_after_what_it_quotes():
    inside = "“That was the worst year of all.”"
    text = f"{CRACKED} Lopez said.\n\n“Keller told me:\n\n{inside}\n\n{MENDED}"
    attributed = [speech(CRACKED), speech(inside, "told", "Keller")]
    assert continued_contents(text, *attributed) == ([[CRACKED, "“Keller told me:", MENDED], [inside]], [])
    alone = f"“Keller told me:\n\n{inside}\n\n{MENDED}"
    assert continued_contents(alone, speech(inside, "told", "Keller")) == ([[inside]], [0, 2])


@pytest.mark.parametrize(("n_items", "left"), [(11, []), (12, [1])])
def test_a_speech_goes_on_after_a_list(n_items, left):
    lead = "“These are the things that we want:"
    text = f"Lopez said:\n\n{lead}\n\n" + "Will it rain?\n\n" * n_items + MENDED
    assert continued_contents(text, speech(lead)) == ([[lead, MENDED] if not left else [lead]], left)


@pytest.mark.parametrize(
    ("between", "persons", "is_theirs"),
    [
        (f"It rained.\n\n{MENDED}\n\nIt rained on.", ("Lopez", "Lopez"), True),
        (f"{MENDED}\n\nIt rained on.", ("Lopez", "Lopez"), True),
        (f"It rained.\n\n{MENDED}\n\nIt rained on.", ("Lopez", "Keller"), False),
        (f"It rained.\n\n{MENDED}\n\nIt rained on.", ("", ""), False),  # a paper, nobody
        (f"It rained.\n\n{MENDED} It rained on.", ("Lopez", "Lopez"), False),  # no paragraph of its own
        (f"It rained.\n\nIt did.\n\n{MENDED}\n\nIt rained on.\n\nIt did.", ("Lopez", "Lopez"), True),
        (f"It rained.\n\nIt did.\n\n{MENDED}\n\nIt rained on.\n\nIt did.\n\nIt did.", ("Lopez", "Lopez"), False),
    ],
)
def test_a_paragraph_of_quotation_is_of_the_person_who_speaks_before_and_after_it(between, persons, is_theirs):
    text = f"{CRACKED} Lopez said.\n\n{between}\n\n{AS_NEW} Keller added."
    marked, items = with_attributions(text, speech(CRACKED), speech(AS_NEW, "added", "Keller"))
    belonging = between_statements(marked, items, persons, [1])
    assert belonging == ({1: 0} if is_theirs else {})
    last = [CRACKED, MENDED] if is_theirs else [CRACKED]
    assert contents_of(marked, with_quotations(marked, items, belonging)) == [last, [AS_NEW]]


@pytest.mark.parametrize(
    ("quotation", "persons", "is_theirs"),
    [
        ("“We mended the old kiln with wet clay, and it held.”", ("Lopez", "Lopez"), True),
        ("“We mended the old kiln with wet clay.”", ("Lopez", "Lopez"), False),
        ("“We mended the old kiln with wet clay, and it held.”", ("Lopez", "Keller"), False),
        ("“We mended the old kiln with wet clay, and it held.”", ("", ""), False),
    ],
)
def test_a_later_paragraph_of_quotation_is_of_the_one_person_whom_the_text_quotes(quotation, persons, is_theirs):
    text = f"{CRACKED} Lopez said.\n\n{AS_NEW} Keller added.\n\nIt rained.\n\nIt did.\n\n{quotation}"
    marked, items = with_attributions(text, speech(CRACKED), speech(AS_NEW, "added", "Keller"))
    assert between_statements(marked, items, persons, [2]) == ({2: 1} if is_theirs else {})


def test_a_paragraph_before_the_first_statement_or_after_the_last_is_of_nobody_by_that():
    marked, items = with_attributions(f"{CRACKED}\n\nIt rained.\n\n{MENDED} Lopez said.", speech(MENDED))
    assert between_statements(marked, items, ["Lopez"], [0]) == {}
    marked, items = with_attributions(f"{CRACKED} Lopez said.\n\nIt rained.\n\n{MENDED}", speech(CRACKED))
    assert between_statements(marked, items, ["Lopez"], [1]) == {}
