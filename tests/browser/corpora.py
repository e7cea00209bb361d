"""Made-up corpora for the page: annotations that are drawn, and of them every table that the steps make."""

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
from hypothesis import strategies as st

from scripts.core.known_sources import names_in_json, parse_known
from scripts.core.schemas import arrow_schema
from scripts.core.storage import read_parquet, rows_to_table, to_table, write_parquet, write_text
from scripts.documents import groups
from scripts.entities import summaries as entity_summaries
from scripts.framing import summaries
from scripts.reuse import quote_families
from scripts.sources import quote_sources, source_shares, statement_totals
from scripts.speakers import joint_statements, speaker_profiles, speakers
from scripts.stories import story_speakers, topics
from scripts.stories.topic_words import FILE
from scripts.words import (
    boilerplate_counts,
    collocations,
    counts,
    frequencies,
    keyness,
    ngrams,
    rates,
    readability,
    speaker_words,
)
from tests.report.corpus import row
from tests.words.test_steps import SETTINGS, run

LEMMAS = {"fell": "fall"}
# Names of speakers, and the role that tells the kind of source; nobody, and somebody without a name.
ROLES = {"Jo Gray": "mayor", "Bo Lee": "professor", "Al Roe": ""}
# Frames of a scheme that comes with the project, and a term of each.
FRAMES, TERMS = ("conflict", "economic"), ("lemma:disagree", "econom*")
CUES = {"said": "say", "claimed": "claim", "revealed": "reveal", "warned": "warn", "": ""}
# A passage, and what others make of it: cut at an end and inside, with another word, a negation, another number.
PASSAGE = ["we", "will", "not", "close", "the", "old", "harbour", "before", "three", "stormy", "winters", "of", "tax"]
VARIANTS = (
    PASSAGE,
    PASSAGE[:8],
    [*PASSAGE[:7], "…", *PASSAGE[9:]],
    [word.replace("stormy", "bitter") for word in PASSAGE],
    [word for word in PASSAGE if word != "not"],
    [word.replace("three", "four") for word in PASSAGE],
)
SPEECH = " ".join(["My friends ,", *PASSAGE[:10], "and that is that ."])
SHEET = "name,party,from\nJo Gray,Greens,\nBo Lee,Reds,2024-02\n"


class Spoken(NamedTuple):
    """A sentence: its words, who is quoted with it (direct, indirect, no comment; "" is no statement), and its cues."""

    words: list[str]
    speaker: str = ""
    kind: str = ""
    frame: str = "conflict"
    n_cues: int = 0
    cue: str = "said"
    # Whether the text has the source, in its first word; and who is named beside it.
    sourced: bool = True
    beside: str = ""


class Text(NamedTuple):
    """A document: its sentences, and whether it is wire copy, a repeat of the first, or in another language."""

    sentences: list[Spoken]
    use: str = ""


WORDS = st.lists(st.sampled_from(["tax", "Tax", "cut", "rain", "fell", ",", "the"]), min_size=1, max_size=9)
SENTENCES = st.builds(
    Spoken,
    st.one_of(WORDS, st.sampled_from(VARIANTS)),
    st.sampled_from([*ROLES, ""]),
    st.sampled_from(["direct", "direct", "indirect", "no comment", ""]),
    st.sampled_from(FRAMES),
    st.integers(0, 2),
    st.sampled_from([*CUES]),
    st.booleans(),
    st.sampled_from([*ROLES, ""]),
)
TEXTS = st.builds(
    Text, st.lists(SENTENCES, min_size=1, max_size=5), st.sampled_from(["", "", "wire", "repeat", "foreign"])
)
CORPORA = st.lists(TEXTS, min_size=3, max_size=5)
# The units in which words are counted.
COUNTED = st.sampled_from(["form", "lemma"])


def _statement(spoken: Spoken, text: str, spans: list[tuple[int, int]], words: int) -> dict[str, object]:
    """Return the columns of a statement in a text, the last that it has so far, by the spans of its tokens."""
    start, end = spans[0][0], spans[-1][1]
    silent, direct = spoken.kind == "no comment", spoken.kind == "direct"
    place = dict(zip(("source_start", "source_end"), spans[0] if spoken.sourced else (None, None), strict=True))
    cue = dict(zip(("cue_start", "cue_end"), spans[0] if spoken.cue or silent else (None, None), strict=True))
    cue |= {f"cue_head_{side}": cue[f"cue_{side}"] for side in ("start", "end")}
    return {
        "type": spoken.kind, "speaker": spoken.speaker, "speaker_in_document": spoken.speaker, "speaker_type": "person",
        "role": ROLES.get(spoken.speaker, ""), "source": text[slice(*spans[0])] if spoken.sourced else "",
        "cue": spoken.cue, "cue_lemma": CUES[spoken.cue], "confidence": 0.9,
        "content_spans": [] if silent else [[start, end]], "content": "" if silent else text[start:end],
        "n_words": 0 if silent else words, "n_quoted": words if direct else 0, **place, **cue,
        "joint_spans": [[*spans[-1]]] if spoken.speaker and spoken.beside else [],
    }  # fmt: skip


def annotations(corpus: list[Text]) -> dict[str, list[dict[str, object]]]:
    """Return the tables that the batches make of a made-up corpus, as rows."""
    tables: dict[str, list] = {name: [] for name in ("documents", "sentences", "tokens", "quotes", "entities",
                                                     "frame_codes", "near_duplicates", "valence", "blame")}  # fmt: skip
    for number, (sentences, use) in enumerate(corpus):
        at, english = {"doc_id": f"{number}.txt"}, use != "foreign"
        text, first = "", 0
        for place, spoken in enumerate(sentences):
            spans, words = [], ["“", *spoken.words, "”"] if spoken.kind == "direct" else spoken.words
            for word in words:
                text += " " * bool(text) + word
                spans.append((len(text) - len(word), len(text)))
            here, n_words = at | {"sentence": place}, sum(word.isalpha() for word in words)
            for token, (word, (left, right)) in enumerate(zip(words, spans, strict=True)):
                lemma = LEMMAS.get(word.lower(), word.lower()) if english else ""
                tables["tokens"].append(row("tokens", **here, token=first + token, start=left, end=right, text=word,
                    norm=word.lower(), lemma=lemma, is_word=word.isalpha(), is_stop=word == "the"))  # fmt: skip
            (start, _), (_, end) = spans[0], spans[-1]
            bounds = {"start": start, "end": end, "text": text[start:end]}
            tables["sentences"].append(row("sentences", **here, **bounds, first=first, last=first + len(spans)))
            first += len(spans)
            if not english:
                continue
            tables["valence"].append(row("valence", **here, compound=0.1))
            if spoken.kind:
                tables["quotes"].append(row("quotes", **here, quote=place, **_statement(spoken, text, spans, n_words)))
            # Who speaks is named by the first word, and by the last whoever is named with them.
            for mention, name in enumerate(filter(None, (spoken.speaker, spoken.beside))):
                span = dict(zip(("start", "end"), spans[-mention], strict=True))
                tables["entities"].append(row("entities", **at, mention=2 * place + mention, sentence=place, **span,
                    entity=name, label="PERSON", text=name))  # fmt: skip
            if spoken.speaker and spoken.beside:
                tables["blame"].append(
                    row("blame", **here, speaker=spoken.speaker, target=spoken.beside, stance="accepted")
                )
            voice = spoken.speaker if spoken.kind in ("direct", "indirect") else "(narrator)"
            tables["frame_codes"] += [
                row("frame_codes", **here, scheme="generic", frame=FRAMES[(FRAMES.index(spoken.frame) + cue) % 2],
                    start=left, end=right, term=TERMS[(FRAMES.index(spoken.frame) + cue) % 2], speaker=voice)
                for cue, (left, right) in enumerate(spans[: spoken.n_cues])
            ]  # fmt: skip
        n_words = sum(each["is_word"] for each in tables["tokens"] if each["doc_id"] == at["doc_id"])
        facts = {"outlet": "AB"[number % 2], "date": f"2024-0{1 + number % 3}-02", "title": f"Title {number}"}
        facts |= {"duplicate_of": "0.txt"} if use == "repeat" and number else {}
        tables["documents"].append(row("documents", **at, **facts, text=text, n_words=n_words, n_tokens=first,
            parsed=english, n_sentences=len(sentences)))  # fmt: skip
        if use in ("wire", "repeat") and number:
            pair = {"cluster": "0.txt", "doc_id": "0.txt", "other": at["doc_id"]}
            tables["near_duplicates"].append(row("near_duplicates", **pair))
    return tables


def _file_manifest(path: Path, text: str, role: str = "") -> Path:
    """Write a file that a user gives, and its manifest, whose path is returned."""
    write_text(path, text)
    entry = {"path": str(path), "sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "role": role}
    write_text(path.with_suffix(".jsonl"), json.dumps(entry) + "\n")
    return path.with_suffix(".jsonl")


def _settings(counted: str) -> dict[str, object]:
    """Return the settings of the steps that make the tables; words are counted by form or lemma."""
    words = SETTINGS["words"] | {"unit": counted, "other_languages": False}
    chosen = SETTINGS | {
        "words": words,
        "phrases": {"min_count": 1, "most": 50},
        "groups": "outlet",
        "sources_known": 0.33,
    }
    chosen |= {"keyness": SETTINGS["keyness"] | {"reference": None, "min_count": 1}}
    chosen |= {"rates": {"words": ["tax"], "most": 5}}
    known = names_in_json(parse_known("known.csv", SHEET.encode()).rows)
    entities = {"aliases": {"merge": {}, "apart": []}, "metonyms": False, "known": known}
    chosen |= {"entities": entities, "tables": {"csv_max_rows": 100}}
    return chosen | {"framing": {"schemes": ["generic"], "folder": "frames"}, "profiles": {"speakers": 5, "words": 9}}


def write_tables(folder: Path, corpus: list[Text], counted: str, monkeypatch) -> dict[str, object]:
    """Write the tables of a made-up corpus, those with counts by the steps themselves; return the settings of words."""
    for name, rows in annotations(corpus).items():
        write_parquet(folder / f"{name}.parquet", rows_to_table(name, rows))
    chosen, stage, batch = _settings(counted), folder / "stage.json", folder / "batches" / "0"
    stage.write_text(json.dumps({"settings": chosen, "user_files": {}}), encoding="utf-8")
    write_text(batch / "manifest.jsonl", "")
    tokens = read_parquet(folder / "tokens.parquet")
    write_parquet(batch / "documents.parquet", read_parquet(folder / "documents.parquet", ["doc_id"]))
    write_parquet(batch / "tokens.parquet", tokens.select(["doc_id", "sentence", "text", "is_word"]).rename_columns(
        ["doc_id", "sentence", "word", "is_word"]))  # fmt: skip
    write_parquet(batch / "parses.parquet", tokens.select(["lemma"]))
    inputs = {name: batch / f"{name}.parquet" for name in ("documents", "tokens", "parses")}
    outputs = ("vocabulary", "word_counts", "ngram_counts", "collocate_counts", "document_counts", "problems")
    run(monkeypatch, counts, settings=stage, **inputs, **{name: batch / f"{name}.parquet" for name in outputs})
    write_parquet(folder / "boilerplate_places.parquet", rows_to_table("boilerplate_places", []))
    counted_batches = {"batches": folder / "batches", "repeated": folder / "repeated"}
    run(monkeypatch, boilerplate_counts, settings=stage, batches=folder / "batches", tables=folder,
        folder=folder / "repeated")  # fmt: skip
    common = {"settings": stage, "folder": folder}
    for module in (frequencies, ngrams, collocations, readability):
        run(monkeypatch, module, **counted_batches, **common)
    write_parquet(batch / "quotes.parquet", read_parquet(folder / "quotes.parquet"))
    sheet, speech = (_file_manifest(folder / name, text) for name, text in
                     (("known.csv", SHEET), ("speech.txt", SPEECH)))  # fmt: skip
    run(monkeypatch, entity_summaries, batches=folder / "batches", **common)
    for module in (rates, keyness):
        run(monkeypatch, module, documents=folder / "documents.parquet", **counted_batches, **common)
    for module in (groups, joint_statements, speakers, summaries, speaker_profiles, speaker_words):
        run(monkeypatch, module, **common)
    # The batches tell nothing of their sources, so the corpus step reads the texts.
    write_parquet(batch / "sources.parquet", arrow_schema("batch_sources").empty_table())
    run(monkeypatch, quote_sources, manifest=sheet, batches=folder / "batches", **common)
    run(monkeypatch, source_shares, manifest=sheet, **common)
    run(monkeypatch, statement_totals, **common)
    run(monkeypatch, quote_families, manifest=speech, **common)
    _write_stories_and_topics(common, corpus, monkeypatch)
    _as_if_certain(folder / "source_contrasts.parquet")
    return chosen["words"]


def _write_stories_and_topics(common: dict[str, Path], corpus: list[Text], monkeypatch) -> None:
    """Write the tables of a story of the first three documents, and of a topic of one word."""
    folder = common["folder"]
    tables = annotations(corpus)
    members = [row("story_documents", story="0.txt", central=not number, **{name: each[name] for name in
        ("doc_id", "date", "outlet", "title")}) for number, each in enumerate(tables["documents"][:3])]  # fmt: skip
    write_parquet(folder / "story_documents.parquet", rows_to_table("story_documents", members))
    run(monkeypatch, story_speakers, **common)
    place = ("doc_id", "sentence", "quote")
    hits = [
        row("topic_hits", topic="tax", term="tax", start=start, end=start + 3,
            speaker=quote["speaker"] or "(source not named)", **{name: quote[name] for name in place})
        for quote in tables["quotes"]
        for [start, _] in quote["content_spans"]
        if "tax" in quote["content"]
    ]  # fmt: skip
    write_parquet(folder / "topic_hits.parquet", rows_to_table("topic_hits", hits))
    counts_of = Counter(hit["doc_id"] for hit in hits)
    about = [row("topic_documents", topic="tax", doc_id=name, hits=n, belongs=n > 1) for name, n in counts_of.items()]
    write_parquet(folder / "topic_documents.parquet", rows_to_table("topic_documents", about))
    manifest = _file_manifest(folder / "topics.yaml", "tax:\n  words: [tax]\n", FILE)
    paths = {"manifest": manifest, "problems": folder / "topic_problems.parquet"}
    run(monkeypatch, topics, **paths, **common)


def _as_if_certain(path: Path) -> None:
    """Make every contrast of sources one that the page shows, as few documents never do."""
    table = read_parquet(path)
    columns = {name: table[name] for name in table.column_names} | {"q": pa.array([0.01] * len(table), pa.float64())}
    write_parquet(path, to_table(path.stem, columns))
