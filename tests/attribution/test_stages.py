"""Each stage by itself, before a network weighs anything: on made-up texts and passages of articles, held to files.

A stage that goes wrong is seen in its own rows, where the reader of whole articles may choose well all the same. Tokens
are numbered within their text.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from scripts.attribution import document
from scripts.attribution.candidates import Rated, propose
from scripts.attribution.choice import Attribution, choose_speech, construction
from scripts.attribution.cue_phrases import cue_phrase
from scripts.attribution.cues import find_cues
from scripts.attribution.described_cues import Cue, described_cue
from scripts.attribution.marked import MarkedDoc, mark
from scripts.attribution.paragraphs import continue_quotations
from scripts.attribution.people import find_people
from scripts.attribution.resolution import resolve_speakers
from scripts.attribution.silence import refusal_phrase, with_silences
from scripts.attribution.turns import find_turns
from scripts.core.annotation import Doc
from scripts.core.types import Span
from tests import reference
from tests.attribution.made_rows import attribution_rows
from tests.attribution.stored_parses import stored_documents
from tests.attribution.test_constructions import CASES
from tests.attribution.test_layouts import LAYOUTS
from tests.attribution.test_turns import LAYOUTS as TRANSCRIPTS

FOLDER = Path(__file__).parent / "data" / "reference" / "stages"
SENTENCES = Path(__file__).parent / "data" / "sentences.txt"
# The number of an article in examples/wikinews and that of the first of three paragraphs: of 220 passages with many
# cues those that take the most branches of the code.
PASSAGES = (
    (7, 12), (14, 0), (26, 3), (30, 0), (43, 0), (46, 6), (47, 0), (53, 3), (59, 0), (63, 0), (65, 0), (66, 0), (77, 0),
    (103, 3), (108, 0), (108, 6), (110, 6), (124, 6), (125, 3), (126, 6), (130, 3), (135, 6), (151, 0), (158, 0),
    (158, 6), (162, 6), (169, 3), (171, 6), (175, 0), (182, 0), (188, 3), (192, 3), (196, 6), (204, 3), (220, 3),
    (220, 6), (224, 0), (243, 3), (254, 3), (256, 0),
)  # fmt: skip

Row = dict[str, object]


def passage(number: int, first: int) -> str:
    paragraphs = [line.strip() for line in reference.every_text()[number].split("\n") if line.strip()]
    return "\n\n".join(paragraphs[first : first + 3])


def texts() -> dict[str, str]:
    """Return the texts by name, the transcripts last."""
    made = [(case["name"], case["text"]) for cases in CASES.values() for case in cases]
    made += [(f"layout: {layout['style']}, {layout['name']}", "\n\n".join(layout["paragraphs"])) for layout in LAYOUTS]
    made += [(f"{number}, {first}", passage(number, first)) for number, first in PASSAGES]
    lines = enumerate(SENTENCES.read_text(encoding="utf-8").splitlines(), start=1)
    made += [(f"line {number}", line.replace(" / ", "\n\n")) for number, line in lines if line and line[0] != "#"]
    return {**dict(made), **{f"transcript: {layout['name']}": layout["text"] for layout in TRANSCRIPTS}}


@pytest.fixture(scope="module")
def documents() -> list[MarkedDoc]:
    return [mark(doc) for doc in stored_documents(texts())]


@pytest.fixture(scope="module")
def articles(documents) -> list[MarkedDoc]:
    return [marked for marked in documents if not marked.doc.doc_id.startswith("transcript")]


def attributions(marked: MarkedDoc) -> list[Attribution]:
    """Return for each cue with candidates the first of them as what was said, in the order of the cues."""
    of_cues = [(cue, candidates[0]) for cue in cues_of(marked) if (candidates := propose(marked, cue))]
    return [
        Attribution(cue.token, first.pieces, cue.source, 0.0, construction(marked, first)) for cue, first in of_cues
    ]


def rated(marked: MarkedDoc) -> list[Rated]:
    """Return cues with scores that fall by one from candidate to candidate, from a first one of 1 to 5."""
    of_cues = [(cue, propose(marked, cue)) for cue in cues_of(marked)]
    return [
        Rated(cue, candidates, [float(5 - cue.token * 7 % 5 - at) for at in range(len(candidates))])
        for cue, candidates in of_cues
    ]


def ranges(pieces: Iterable[Span]) -> str:
    return " ".join(f"{first}-{last}" for first, last in pieces)


def shown(doc: Doc, item: Attribution) -> Row:
    return {
        "text": doc.doc_id,
        "cue": f"{item.cue} {doc.word[item.cue]}",
        "rule": item.rule,
        "pieces": ranges(item.pieces),
    }


def cues_of(marked: MarkedDoc) -> list[Cue]:
    return [described_cue(marked, token) for token in find_cues(marked)]


def cue_rows(marked: MarkedDoc) -> Iterator[Row]:
    doc = marked.doc
    for cue in cues_of(marked):
        candidates, source = propose(marked, cue), cue.source
        content = {token for piece in (candidates[0].pieces if candidates else ()) for token in range(*piece)}
        apart = content | set(range(source.first, source.last) if source else ())
        yield {
            "text": doc.doc_id,
            "cue": f"{cue.token} {doc.word[cue.token]}",
            "group": doc.word[cue.group],
            "phrase": doc.slice(*cue_phrase(doc, cue.token, apart)),
            "source": doc.slice(source.first, source.last) if source else "",
            "head": f"{source.head} {source.how}" if source else "",
            "candidates": "; ".join(f"{candidate.shape} {ranges(candidate.pieces)}" for candidate in candidates),
        }


def speaker_rows(marked: MarkedDoc) -> Iterator[Row]:
    cues = [cue for cue in cues_of(marked) if cue.source is not None]
    items = [Attribution(cue.token, ((cue.token, cue.token + 1),), cue.source, 0.0, "") for cue in cues]
    for item, speaker in zip(items, resolve_speakers(marked, items), strict=True):
        source = marked.doc.slice(item.source.first, item.source.last)
        columns = {**speaker._asdict(), "reference": ranges([speaker.reference] if speaker.reference else [])}
        yield {"text": marked.doc.doc_id, "cue": item.cue, "source": source, **columns}


def choice_rows(marked: MarkedDoc) -> Iterator[Row]:
    chosen = choose_speech(marked, rated(marked), least=1.0)
    yield from (shown(marked.doc, item) | {"score": item.score} for item in chosen)


def continuation_rows(marked: MarkedDoc) -> Iterator[Row]:
    """Yield the attributions that get a quotation, where each cue has a content, and every second."""
    own = [*{item.pieces: item for item in attributions(marked)}.values()]
    for before in (own, own[::2]):
        items, left = continue_quotations(marked, before)
        yield from (shown(marked.doc, item) | {"left": ""} for item in items if item not in before)
        if left:
            yield {"text": marked.doc.doc_id, "cue": "", "rule": "", "pieces": "", "left": " ".join(map(str, left))}


def silence_rows(marked: MarkedDoc) -> Iterator[Row]:
    doc = marked.doc
    for item in with_silences(marked, []):
        phrase = refusal_phrase(marked, item.cue, cue_phrase(doc, item.cue, set()))
        yield shown(doc, item) | {
            "phrase": doc.slice(*phrase),
            "source": doc.slice(item.source.first, item.source.last),
        }


def quotation_rows(marked: MarkedDoc) -> Iterator[Row]:
    for number, quotation in enumerate(marked.quotations):
        flags = [name for name in ("single", "open_ended") if getattr(quotation, name)]
        flags += ["tagged"] if marked.is_tagged[number] else []
        piece = quotation.first, quotation.last
        yield {
            "text": marked.doc.doc_id,
            "tokens": ranges([piece]),
            "run end": marked.run_end[number],
            "is": " ".join(flags),
            "words": marked.doc.text[quotation.start : quotation.end][:40],
        }


def person_rows(marked: MarkedDoc) -> Iterator[Row]:
    people = find_people(marked)
    for name, evidence in people.gender.items():
        words = sorted(word for word, mentions in people.by_word.items() if name in {each.entity for each in mentions})
        of_name = {"role": people.roles.get(name, ""), "gender": evidence, "words": " ".join(words)}
        yield {"text": marked.doc.doc_id, "name": name, **of_name}


STAGES = {
    "cues": cue_rows,
    "speakers": speaker_rows,
    "choice": choice_rows,
    "continuations": continuation_rows,
    "silences": silence_rows,
    "quotations": quotation_rows,
    "persons": person_rows,
}


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_gives_the_rows_of_its_file(articles, stage):
    reference.hold(FOLDER / f"{stage}.tsv", [row for marked in articles for row in STAGES[stage](marked)])


def test_quotes_by_made_scores_are_those_of_the_file(documents, monkeypatch):
    """The way through all stages, in transcripts, layouts and texts of refusals."""
    monkeypatch.setattr(document, "rate", lambda marked, *_, **__: rated(marked))
    own = [
        marked.doc
        for marked in documents
        if marked.doc.doc_id.startswith(("transcript", "layout", "line 19", "line 2"))
    ]
    reference.hold(FOLDER / "quotes.tsv", [{"text": doc.doc_id, **row} for doc in own for row in attribution_rows(doc)])


def test_turns_are_those_of_the_file(documents):
    rows = [
        {
            "text": marked.doc.doc_id,
            "label": marked.doc.slice(*turn.label),
            "pieces": ranges(turn.pieces),
            **turn.speaker._asdict(),
        }
        for marked in documents
        for turn in find_turns(marked)
    ]
    reference.hold(FOLDER / "turns.tsv", rows)
