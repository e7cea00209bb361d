"""A made-up corpus with statements, kinds, names and frames that differ by document, as the pipeline's tables."""

import re
from pathlib import Path
from random import Random
from typing import Any

from tests.report.corpus import row, write_tables

DOCUMENTS = 24
GROUPS = ("Globe", "Post")
SPEAKERS = ("Ann Lee", "Bo Lee", "Cy Day", "王毅", "")
# Who says the statements of others with them, and none alone.
JOINED = "Zoe Roe"
KINDS = ("citizen", "expert", "politician", "unknown")
# The first speakers have one each, the others none that is known.
GENDERS = ("woman", "man")
FRAMES = ("conflict", "economic", "morality")
PLACES = ("Paris", "Rome")
# Names with their label and kind; words in small letters are taken for names to have several in a sentence.
NAMES = {
    **dict.fromkeys(PLACES, ("GPE", "place")),
    "bridge": ("ORG", "organisation"),
    "school": ("PERSON", "person"),
    "peace": ("NORP", "group"),
}
WORDS = (
    "tax",
    "taxes",
    "school",
    "the",
    "of",
    "says",
    "bridge",
    "well-being",
    "don't",
    "money",
    "war",
    "peace",
    "post",
    "9am",
)
# Choices of all kinds that the page can ask for.
CHOICES: tuple[dict[str, Any], ...] = (
    {},
    {"groups": ["Globe"]},
    {"groups": ["Globe", "Post"]},
    {"outlets": ["Post 1"]},
    {"from": "2024-01-10"},
    {"from": "2024-01", "to": "2024-01-15"},
    {"words": "tax*"},
    {"words": "tax | lemma:school"},
    {"words": "the tax"},
    {"words": "well-being | don't"},
    {"words": "tax*", "take": "sentences"},
    {"words": "money", "take": "sentences", "groups": ["Post"]},
    {"speaker": "lee"},
    {"speaker": "lee", "take": "sentences"},
    {"speaker": "王 | day", "take": "sentences"},
    {"kind": "expert"},
    {"kind": "expert", "take": "sentences"},
    {"kind": "citizen", "speaker": "ann", "words": "war", "take": "sentences"},
    {"kind": "gender: woman"},
    {"kind": "gender: unknown", "words": "tax*", "take": "statements"},
    {"kind": "gender: nobody"},
    {"origin": "wire"},
    {"words": "nothing like this"},
    {"topics": ["money"]},
    {"topics": ["money"], "take": "sentences"},
    {"topics": ["money", "war and peace"], "take": "statements"},
    {"topics": ["war and peace"], "take": "statements", "speaker": "lee"},
    {"stories": ["00.txt", "03.txt"]},
    {"words": "the tax | peace", "take": "statements"},
    {"words": "tax*", "kind": "expert", "groups": ["Globe"], "take": "statements"},
    {"words": "tax & peace | money & the", "take": "sentences"},
    {"words": "war & tax*", "take": "statements"},
    {"naming": "bri"},
    {"naming": "paris | school", "take": "sentences"},
    {"naming": "bri", "speaker": "lee", "words": "tax*", "take": "statements"},
    {"naming": "peace", "kind": "expert", "take": "sentences"},
)
TOPICS = {"money": ("tax", "money"), "war and peace": ("war", "peace")}


def random_choices(seed: int, number: int) -> list[dict[str, Any]]:
    """Return choices of one to four conditions at random."""
    random = Random(seed)
    values: dict[str, tuple[Any, ...]] = {
        "naming": ("rome", "school | bridge"),
        "words": ("tax*", "the | peace", "lemma:say", "bridge", "the tax"), "topics": (["money"], [*TOPICS]),
        "stories": (["00.txt"],), "groups": (["Globe"], ["Post"]), "outlets": (["Post 1", "Globe 0"],),
        "from": ("2024-01-08",), "to": ("2024-01-20",), "speaker": ("lee", "lee | day"), "kind": KINDS,
        "origin": ("own",), "take": ("sentences", "statements"),
    }  # fmt: skip
    names = [random.sample([*values], random.randint(1, 4)) for _ in range(number)]
    return [{name: random.choice(values[name]) for name in values if name in of} for of in names]


Rows = dict[str, list[dict[str, Any]]]


def _sentence(random: Random, number: int) -> str:
    words = [random.choice(WORDS) for _ in range(random.randint(3, 9))]
    return f"{random.choice(PLACES)} {' '.join(words)} {number}."


def _tokens(doc_id: str, text: str, bounds: list[tuple[int, int]]) -> list[dict[str, Any]]:
    rows = []
    for sentence, (start, end) in enumerate(bounds):
        for at, match in enumerate(re.finditer(r"\w+(?=n't)|n't|\w+|[^\w\s]", text[start:end])):
            word = match.group()
            place = {"start": start + match.start(), "end": start + match.end()}
            norm = word.lower()
            lemma = {"taxes": "tax", "says": "say"}.get(norm, norm)
            is_word = any(sign.isalnum() for sign in word)
            rows.append(row("tokens", doc_id=doc_id, sentence=sentence, token=at, text=word, norm=norm, lemma=lemma,
                            is_word=is_word, **place))  # fmt: skip
    return rows


def _statements(random: Random, doc_id: str, text: str, bounds: list[tuple[int, int]], rows: Rows) -> None:
    sources = []
    for quote in range(random.randint(0, 4)):
        first = random.randrange(len(bounds))
        last = min(len(bounds) - 1, first + random.randint(0, 1))
        silent = random.random() < 0.1
        start, end = bounds[first][0] + 2, bounds[last][1] - 1
        words = 0 if silent else len(re.findall(r"\w+", text[start:end]))
        speaker = random.choice(SPEAKERS)
        about = {"doc_id": doc_id, "quote": quote, "sentence": first}
        quoted = random.randint(0, words)
        rows["quotes"].append(
            row("quotes", **about, type="no comment" if silent else "mixed", speaker=speaker, role="",
                speaker_in_document=speaker, speaker_type="person", n_words=words, n_quoted=quoted, cue="says",
                content_spans=[] if silent else [[start, end]], content=text[start:end], cue_start=bounds[first][0],
                cue_end=bounds[first][0] + 2, source_start=None, source_end=None, confidence=0.9)
        )  # fmt: skip
        if speaker and not silent:
            rows["joint_statements"].append(row("joint_statements", **about, speaker=JOINED, n_words=words))
            sources.append({**about, "speaker": speaker, "kind": random.choice(KINDS), "stance": "neutral",
                            "words": words, "words_direct": quoted, "row": SPEAKERS.index(speaker)})  # fmt: skip
    earliest = min((source["sentence"] for source in sources), default=-1)
    for source in sources:
        is_first = source["sentence"] == earliest
        earliest = -1 if is_first else earliest
        rows["quote_sources"].append(row("quote_sources", **source, first=is_first))


def _topics(doc_id: str, tokens: list[dict[str, Any]], rows: Rows) -> None:
    """Add the hits of topics to the rows, and the documents with one: two hits make a document of the topic."""
    for topic, lemmas in TOPICS.items():
        hits = [token for token in tokens if token["lemma"] in lemmas]
        for token in hits:
            of = [
                quote
                for quote in rows["quotes"]
                if quote["doc_id"] == doc_id
                and any(start <= token["start"] < end for start, end in quote["content_spans"])
            ]
            about = {name: token[name] for name in ("doc_id", "sentence", "start", "end")}
            quote = of[-1]["quote"] if of else None
            rows["topic_hits"].append(row("topic_hits", **about, topic=topic, term=token["lemma"], quote=quote))
        if hits:
            about = {"topic": topic, "doc_id": doc_id, "hits": len(hits), "belongs": len(hits) > 1}
            rows["topic_documents"].append(row("topic_documents", **about))


def _document(random: Random, number: int, rows: Rows) -> None:
    doc_id, group = f"{number:02d}.txt", GROUPS[number % 2]
    sentences = [_sentence(random, number) for _ in range(random.randint(2, 8))]
    if number % 3 == 1:  # boilerplate at its end, without a statement, name or cue that would count
        sentences.append("Jobs and tax: follow the jobs desk.")
    text, bounds = " ".join(sentences), []
    for sentence in sentences:
        start = bounds[-1][1] + 1 if bounds else 0
        bounds.append((start, start + len(sentence)))
    tokens = _tokens(doc_id, text, bounds)
    n_words = sum(token["is_word"] for token in tokens)
    rows["documents"].append(
        row("documents", doc_id=doc_id, seed=doc_id, title=f"Title {number}", outlet=f"{group} {number % 4}",
            date=f"2024-{1 + number // 8:02d}-{1 + number % 8 * 3:02d}", language="en",
            n_sentences=len(sentences), n_words=n_words, parsed=number != 7, text=text, metadata="{}",
            duplicate_of="00.txt" if number == 5 else "")
    )  # fmt: skip
    rows["document_groups"].append({"doc_id": doc_id, "group": group})
    origin = "wire" if number % 5 == 0 else "own"
    rows["document_origins"].append(row("document_origins", doc_id=doc_id, origin=origin))
    rows["tokens"] += tokens
    for sentence, (start, end) in enumerate(bounds):
        place = {"doc_id": doc_id, "sentence": sentence}
        of = [at for at, token in enumerate(tokens) if token["sentence"] == sentence]
        rows["sentences"].append(row("sentences", **place, start=start, end=end, first=of[0], last=of[-1] + 1))
        if sentences[sentence].startswith("Jobs and tax"):
            place |= {"last": sentence + 1, "boilerplate": 1, "n_words": 7, "left_out": True}
            rows["boilerplate_places"].append({**place, "start": start, "end": end})
            bounds.pop()
            continue
        if number == 7:  # it was not parsed
            continue
        for match in re.finditer("|".join(NAMES), text[start:end]):
            name, (label, kind) = match.group(), NAMES[match.group()]
            about = {**place, "mention": sum(each["doc_id"] == doc_id for each in rows["entities"])}
            span = {"start": start + match.start(), "end": start + match.end()}
            rows["entities"].append(row("entities", **about, **span, label=label, text=name, entity=name))
            rows["entity_mentions"].append(row("entity_mentions", **about, entity=name, name=name, kind=kind))
        for frame in random.sample(FRAMES, random.choice((0, 0, 1, 2))):
            rows["frame_codes"].append(
                row("frame_codes", **place, scheme="generic", frame=frame, start=start, end=start + 4, term="x")
            )  # fmt: skip
    if number != 7:
        _statements(random, doc_id, text, bounds, rows)
    _topics(doc_id, tokens, rows)
    if number % 7 in (0, 3):
        about = {"doc_id": doc_id, "title": f"Title {number}"}
        rows["story_documents"].append(row("story_documents", **about, story=f"0{number % 7}.txt"))
    rows["readability"].append(row("readability", doc_id=doc_id, n_words=n_words, n_sentences=len(sentences)))


def write_made(folder: Path) -> Path:
    """Write the tables of the corpus into a folder."""
    random = Random(3)
    names = ("documents", "document_groups", "document_origins", "readability", "sentences", "tokens", "quotes")
    names += ("boilerplate_places", "joint_statements", "quote_sources", "entities", "entity_mentions")
    names += ("frame_codes", "frame_prevalence")
    names += ("topic_hits", "topic_documents", "stories", "story_documents", "source_shares", "source_attributes")
    rows: Rows = {name: [] for name in names}
    for number in range(DOCUMENTS):
        _document(random, number, rows)
    rows["source_shares"] = [row("source_shares", attribute="kind", value=kind) for kind in KINDS]
    rows["source_shares"] += [row("source_shares", attribute="gender", value=gender) for gender in GENDERS]
    rows["source_attributes"] = [
        row("source_attributes", row=number, attribute="gender", value=gender)
        for number, gender in zip(range(len(SPEAKERS)), GENDERS, strict=False)
    ]
    rows["frame_prevalence"] = [row("frame_prevalence", scheme="generic", frame=frame) for frame in FRAMES]
    rows["topic_documents"].sort(key=lambda each: each["topic"])
    rows["stories"] = [row("stories", story=f"0{number}.txt", title=f"Title {number}") for number in (3, 0)]
    write_tables(folder, **rows)
    return folder
