"""Every linked number of every table, clicked: the rows behind it are as many as it says."""

import json
import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from scripts.core.storage import read_parquet, rows_to_table, write_parquet, write_text
from scripts.quotes.speakers import speakers
from scripts.report.page import Sources, render_report
from scripts.words import collocations, counts, frequencies, keyness, ngrams, rates
from tests.report.corpus import row
from tests.report.test_page import OPTIONS
from tests.words.test_steps import SETTINGS, run

UNIT = {**OPTIONS.words, "unit": "form", "pattern": None, "window": SETTINGS["words"]["window"]}
SPEAKERS = ("Jo Gray", "Bo Lee", "")
FRAMES = ("conflict", "economic")
SENTENCES = st.lists(
    st.tuples(
        st.lists(st.sampled_from(["tax", "Tax", "cut", "rain", "fell", ",", "the"]), min_size=1, max_size=9),
        st.sampled_from(SPEAKERS),
        st.sampled_from(["direct", "no comment", ""]),
        st.sampled_from(FRAMES),
        st.integers(0, 2),
    ),
    min_size=1,
    max_size=4,
)
CORPORA = st.lists(SENTENCES, min_size=2, max_size=4)
# Of each linked number: table, cell, and the first number that the list behind it tells.
CLICKED = """(async () => {
    const pause = () => new Promise(done => setTimeout(done, 2)), clicked = [];
    const next = box => [...box.querySelectorAll('.tools button')].find(each => each.textContent === 'Next');
    for (const box of document.querySelectorAll('.table')) for (;;) {
        for (const link of box.querySelectorAll('td.num a')) {
            if (!/^#rows=|^#e/.test(link.getAttribute('href'))) continue;
            document.querySelector('#rows')?.remove();
            location.hash = '';
            await pause();
            location.hash = link.getAttribute('href');
            const said = () => document.querySelector('#rows > p')?.textContent ?? 'Looking …';
            for (let wait = 0; said() === 'Looking …' && wait < 500; wait += 1) await pause();
            clicked.push([box.id, link.closest('tr').textContent, link.textContent, said()]);
        }
        if (!next(box) || next(box).disabled) break;
        next(box).click();
        await pause();
    }
    return clicked;
})()"""


def annotations(corpus):
    """Return the tables of documents, sentences, tokens, statements, names and frames of made-up sentences."""
    tables = {name: [] for name in ("documents", "sentences", "tokens", "quotes", "entities", "entity_mentions")}
    tables |= {"frame_codes": []}
    for number, sentences in enumerate(corpus):
        at = {"doc_id": f"{number}.txt"}
        text, first = "", 0
        for place, (words, speaker, kind, frame, n_cues) in enumerate(sentences):
            spans, start = [], len(text) + bool(text)
            for word in words:
                text += " " * bool(text) + word
                spans.append((len(text) - len(word), len(text)))
            here = at | {"sentence": place}
            for token, (word, (left, right)) in enumerate(zip(words, spans, strict=True)):
                tables["tokens"].append(row("tokens", **here, token=first + token, start=left, end=right, text=word,
                    norm=word.lower(), lemma=word.lower(), is_word=word.isalpha(), is_stop=word == "the"))  # fmt: skip
            end, last = len(text), first + len(words)
            tables["sentences"].append(
                row("sentences", **here, start=start, end=end, text=text[start:end], first=first, last=last)
            )
            cue = {"cue": words[0], "cue_start": spans[0][0], "cue_end": spans[0][1]}
            if kind:
                content = {"content_spans": [[start, end]], "n_words": 2} if kind == "direct" else {"n_words": 0}
                nowhere = {"source_start": None, "source_end": None}
                tables["quotes"].append(
                    row("quotes", **here, quote=place, type=kind, speaker=speaker, **nowhere, **cue, **content)
                )
            if speaker:
                mention = at | {"mention": place}
                span = {"start": spans[0][0], "end": spans[0][1]}
                tables["entities"].append(row("entities", **mention, sentence=place, **span, entity=speaker,
                    label="PERSON", text=words[0]))  # fmt: skip
                tables["entity_mentions"].append(row("entity_mentions", **mention, sentence=place, entity=speaker,
                    name=speaker, kind="person"))  # fmt: skip
            tables["frame_codes"] += [
                row("frame_codes", **here, scheme="generic", frame=frame, start=left, end=right, term=word)
                for word, (left, right) in list(zip(words, spans, strict=True))[:n_cues]
            ]
            first = last
        n_words = sum(each["is_word"] for each in tables["tokens"] if each["doc_id"] == at["doc_id"])
        tables["documents"].append(row("documents", **at, outlet="AB"[number % 2], text=text, n_words=n_words,
            n_sentences=len(sentences), date="2024-01-02", title=f"Title {number}"))  # fmt: skip
    return tables


def totals(tables):
    """Return the tables of the corpus that count names and frames."""
    names = [each["name"] for each in tables["entity_mentions"]]
    places = {(each["frame"], each["doc_id"], each["sentence"]) for each in tables["frame_codes"]}
    return {
        "entities_corpus": [row("entities_corpus", name=name, kind="person", mentions=names.count(name))
                            for name in sorted(set(names))],
        "frame_prevalence": [row("frame_prevalence", group="(all)", scheme="generic", frame=frame,
                                 n=sum(place[0] == frame for place in places)) for frame in FRAMES],
    }  # fmt: skip


def write_tables(folder, corpus, monkeypatch):
    """Write the tables of a made-up corpus: those of words by the steps themselves."""
    tables = annotations(corpus)
    for name, rows in (tables | totals(tables)).items():
        write_parquet(folder / f"{name}.parquet", rows_to_table(name, rows))
    speaker_rows = speakers(read_parquet(folder / "quotes.parquet").to_pandas(),
                    [each["doc_id"] for each in tables["documents"]], resamples=20)  # fmt: skip
    speaker_rows = speaker_rows.astype(object).where(speaker_rows.notna(), None).to_dict("records")
    write_parquet(folder / "speakers.parquet", rows_to_table("speakers", speaker_rows))
    stage, batch = folder / "stage.json", folder / "batches" / "0"
    chosen = SETTINGS | {"keyness": SETTINGS["keyness"] | {"groups": ["outlet"], "reference": None, "min_count": 1}}
    chosen |= {"phrases": {"min_count": 1, "most": 50}, "rates": {"groups": ["outlet"], "words": ["tax"], "most": 5}}
    stage.write_text(json.dumps({"settings": chosen}), encoding="utf-8")
    write_text(batch / "manifest.jsonl", "")
    tokens = read_parquet(folder / "tokens.parquet")
    write_parquet(batch / "documents.parquet", read_parquet(folder / "documents.parquet", ["doc_id"]))
    write_parquet(batch / "tokens.parquet", tokens.select(["doc_id", "sentence", "text", "is_word"]).rename_columns(
        ["doc_id", "sentence", "word", "is_word"]))  # fmt: skip
    write_parquet(batch / "parses.parquet", tokens.select(["lemma"]))
    inputs = {name: batch / f"{name}.parquet" for name in ("documents", "tokens", "parses")}
    outputs = ("vocabulary", "word_counts", "ngram_counts", "collocate_counts", "document_counts", "problems")
    run(monkeypatch, counts, settings=stage, **inputs, **{name: batch / f"{name}.parquet" for name in outputs})
    common = {"batches": folder / "batches", "settings": stage, "folder": folder}
    for module in (frequencies, ngrams, collocations):
        run(monkeypatch, module, **common)
    for module in (rates, keyness):
        run(monkeypatch, module, documents=folder / "documents.parquet", **common)


@pytest.mark.filterwarnings("ignore")
@given(CORPORA)
@example(
    [
        [
            (["tax", "cut"], "Jo Gray", "direct", "conflict", 2),
            (["rain", "fell"], "Jo Gray", "no comment", "conflict", 1),
        ],
        [(["tax", ",", "cut"], "Bo Lee", "direct", "economic", 1)],
    ]
)
@settings(max_examples=5, deadline=None, derandomize=True,
          suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])  # fmt: skip
def test_the_rows_behind_a_number_are_as_many_as_it_says(browser, tmp_path_factory, corpus):
    folder = tmp_path_factory.mktemp("links")
    with pytest.MonkeyPatch.context() as monkeypatch:
        write_tables(folder / "tables", corpus, monkeypatch)
    report = render_report(Sources(folder / "tables", folder / "figures", {}), OPTIONS._replace(words=UNIT))
    page = folder / "report.html"
    page.write_text(report.page, encoding="utf-8")
    browser.look()
    browser.open(page)
    browser.settle(0.3)
    clicked = browser.value(CLICKED)
    assert {"table-frequencies"} <= {table for table, *_ in clicked}
    wrong = [each for each in clicked if re.match(r"[\d,]+", each[3] or "") is None
             or re.match(r"[\d,]+", each[3]).group() != each[2]]  # fmt: skip
    assert wrong == []
