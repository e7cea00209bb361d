"""Every link of every table, clicked: the rows behind a number are as many as it says, those of a name are there."""

import json
import re

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from scripts.core.encoded import as_table
from scripts.core.storage import read_parquet, rows_to_table, write_parquet, write_text
from scripts.documents import groups
from scripts.entities.summaries import summaries as entity_tables
from scripts.framing import summaries
from scripts.quotes import speaker_profiles, speakers
from scripts.report.page import Sources, render_report
from scripts.words import collocations, counts, frequencies, keyness, ngrams, rates, readability, speaker_words
from tests.report.corpus import row
from tests.report.test_page import OPTIONS
from tests.words.test_steps import SETTINGS, run

LEMMAS = {"fell": "fall"}
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
# Words as they are counted: by form or lemma, all or those of a pattern.
COUNTED = st.tuples(st.sampled_from(["form", "lemma"]), st.sampled_from([None, "[a-z]{4,}|tax"]))
# Of each link: table, heading, whether its column has numbers, its text, and what the list behind it tells. A click on
# a heading shows the rows that the page makes itself, which have all links.
CLICKED = """(async () => {
    const pause = () => new Promise(done => setTimeout(done, 0)), clicked = [];
    const next = box => [...box.querySelectorAll('.tools button')].find(each => each.textContent === 'Next');
    for (const box of document.querySelectorAll('.table')) {
        const heads = [...box.querySelectorAll('thead th')].map(head => head.textContent);
        box.querySelector('thead button').click();
        for (let wait = 0; !('whole' in box.dataset) && wait < 500; wait += 1) await pause();
        for (;;) {
            for (const link of box.querySelectorAll('tbody a')) {
                const href = link.getAttribute('href'), cell = link.closest('td');
                if (!/^#rows=|^#e/.test(href)) continue;
                document.querySelector('#rows')?.remove();
                history.replaceState(null, '', href);
                dispatchEvent(new HashChangeEvent('hashchange'));
                const said = () => document.querySelector('#rows > p')?.textContent ?? 'Looking …';
                for (let wait = 0; said() === 'Looking …' && wait < 500; wait += 1) await pause();
                const numeric = cell.classList.contains('num');
                clicked.push([box.id, heads[cell.cellIndex], numeric, link.textContent, said()]);
            }
            if (!next(box) || next(box).disabled) break;
            next(box).click();
            await pause();
        }
    }
    return clicked;
})()"""


def annotations(corpus):
    """Return the tables of documents, sentences, tokens, statements, names and frames of made-up sentences."""
    tables = {name: [] for name in ("documents", "sentences", "tokens", "quotes", "entities", "frame_codes")}
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
                    norm=word.lower(), lemma=LEMMAS.get(word.lower(), word.lower()), is_word=word.isalpha(),
                    is_stop=word == "the"))  # fmt: skip
            end, last = len(text), first + len(words)
            tables["sentences"].append(
                row("sentences", **here, start=start, end=end, text=text[start:end], first=first, last=last)
            )
            cue = {"cue": words[0], "cue_start": spans[0][0], "cue_end": spans[0][1]}
            if kind:
                content = (
                    {"content_spans": [[start, end]], "n_words": 2, "n_quoted": 1}
                    if kind == "direct"
                    else {"n_words": 0}
                )
                nowhere = {"source_start": None, "source_end": None}
                tables["quotes"].append(
                    row("quotes", **here, quote=place, type=kind, speaker=speaker, **nowhere, **cue, **content)
                )
            if speaker:
                span = {"start": spans[0][0], "end": spans[0][1]}
                tables["entities"].append(row("entities", **at, mention=place, sentence=place, **span, entity=speaker,
                    label="PERSON", text=speaker))  # fmt: skip
            voice = speaker if kind == "direct" else "(narrator)"
            tables["frame_codes"] += [
                row("frame_codes", **here, scheme="generic", frame=FRAMES[(FRAMES.index(frame) + cue) % 2], start=left,
                    end=right, term=words[cue], speaker=voice)
                for cue, (left, right) in enumerate(spans[:n_cues])
            ]  # fmt: skip
            first = last
        n_words = sum(each["is_word"] for each in tables["tokens"] if each["doc_id"] == at["doc_id"])
        tables["documents"].append(row("documents", **at, outlet="AB"[number % 2], text=text, n_words=n_words,
            parsed=True, n_sentences=len(sentences),
            date=f"2024-0{1 + number % 3}-02", title=f"Title {number}"))  # fmt: skip
    return tables


def write_tables(folder, corpus, counted, monkeypatch):
    """Write the tables of a made-up corpus, those with counts by the steps themselves; return the settings of words."""
    tables = annotations(corpus)
    for name, rows in tables.items():
        write_parquet(folder / f"{name}.parquet", rows_to_table(name, rows))
    words = SETTINGS["words"] | {"unit": counted[0], "pattern": counted[1], "other_languages": False}
    chosen = SETTINGS | {"words": words, "phrases": {"min_count": 1, "most": 50}, "groups": "outlet"}
    chosen |= {"keyness": SETTINGS["keyness"] | {"reference": None, "min_count": 1}}
    chosen |= {"rates": {"words": ["tax"], "most": 5}}
    chosen |= {"framing": {"schemes": ["generic"], "folder": "frames"}, "profiles": {"speakers": 5, "words": 9}}
    stage, batch = folder / "stage.json", folder / "batches" / "0"
    stage.write_text(json.dumps({"settings": chosen}), encoding="utf-8")
    named = entity_tables({name: read_parquet(folder / f"{name}.parquet") for name in
                           ("documents", "sentences", "entities", "quotes")},
                          {"aliases": {"merge": {}, "apart": []}, "metonyms": False})  # fmt: skip
    for name, rows in named.items():
        write_parquet(folder / f"{name}.parquet", as_table(name, rows))
    write_text(batch / "manifest.jsonl", "")
    tokens = read_parquet(folder / "tokens.parquet")
    write_parquet(batch / "documents.parquet", read_parquet(folder / "documents.parquet", ["doc_id"]))
    write_parquet(batch / "tokens.parquet", tokens.select(["doc_id", "sentence", "text", "is_word"]).rename_columns(
        ["doc_id", "sentence", "word", "is_word"]))  # fmt: skip
    write_parquet(batch / "parses.parquet", tokens.select(["lemma"]))
    inputs = {name: batch / f"{name}.parquet" for name in ("documents", "tokens", "parses")}
    outputs = ("vocabulary", "word_counts", "ngram_counts", "collocate_counts", "document_counts", "problems")
    run(monkeypatch, counts, settings=stage, **inputs, **{name: batch / f"{name}.parquet" for name in outputs})
    common = {"settings": stage, "folder": folder}
    for module in (frequencies, ngrams, collocations, readability):
        run(monkeypatch, module, batches=folder / "batches", **common)
    for module in (rates, keyness):
        run(monkeypatch, module, batches=folder / "batches", documents=folder / "documents.parquet", **common)
    for module in (groups, speakers, summaries, speaker_profiles, speaker_words):
        run(monkeypatch, module, **common)
    return words


# Columns of which some corpus must have a link: those of names and of counts that the page finds by key.
LINKED = {
    "speakers": {"speaker", "statements", "words", "of them quoted", "documents"},
    "speakers-by-group-data": {"speaker", "statements", "words", "documents"},
    "speaker_periods": {"speaker", "statements", "words", "reported", "documents"},
    "speaker_words": {"speaker", "word", "times", "documents", "of anybody"},
    "speaker_neighbours": {"speaker", "quoted beside", "documents with both"},
    "speaker_frames": {"speaker", "sentences with the frame", "of", "documents"},
    "frame_speakers": {"sentences with the frame", "of", "documents"},
    "frame_prevalence": {"sentences", "documents"},
    "frames-by-group-data": {"sentences", "documents"},
    "frame-trends-data": {"sentences", "documents"},
    "frame_cooccurrence": {"with one", "with the other"},
    "frame_coverage": {"without a cue"},
    "entities_corpus": {"name", "mentions", "documents"},
    "entities_documents": {"name", "mentions"},
    "frequencies": {"word", "count", "documents"},
    "keyness": {"word", "count in it", "in the others", "its documents"},
    "rates": {"word", "count", "in documents"},
    "ngrams": {"sequence", "count", "documents"},
    "collocations": {"count", "documents"},
    "collocates": {"times", "documents"},
    "documents": {"words"},
    "quotes": {"speaker"},
}
# Figures whose data are tables of their own.
FIGURES = (
    "speakers_by_group",
    "frames_by_group",
    "frame_trends",
    "entity_documents",
    "entity_network",
    "word_contrast",
)
FIRST = [
    [
        (["tax", "cut", "rain"], "Jo Gray", "direct", "conflict", 2),
        (["rain", "fell"], "Jo Gray", "no comment", "conflict", 1),
        (["tax", "rain", "fell"], "Bo Lee", "direct", "economic", 2),
    ],
    [(["tax", "cut", ",", "cut"], "Bo Lee", "direct", "economic", 1), (["rain"], "Jo Gray", "direct", "conflict", 0)],
    [(["Tax", "cut", "cut"], "Jo Gray", "direct", "economic", 1), (["rain"], "", "direct", "conflict", 1)],
]


def clicked_links(browser, folder, corpus, counted):
    """Return every link that was clicked in the report of a made-up corpus."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        words = write_tables(folder / "tables", corpus, counted, monkeypatch)
    for name in FIGURES:
        write_text(folder / "figures" / f"{name}.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>')
    report = render_report(Sources(folder / "tables", folder / "figures", {}), OPTIONS._replace(words=words))
    page = folder / "report.html"
    page.write_text(report.page, encoding="utf-8")
    browser.look()
    browser.open(page)
    browser.until("document.querySelector('#reading-room .reading') !== null")
    return browser.value(CLICKED)


def wrong(clicked):
    """Return the links whose list does not begin with the number of the cell; of a name, those without rows."""
    return [each for each in clicked if re.match(re.escape(each[3]) if each[2] else "[1-9]", each[4] or "") is None]


@pytest.mark.filterwarnings("ignore")
def test_every_table_has_its_links(browser, tmp_path):
    clicked = clicked_links(browser, tmp_path, FIRST, ("lemma", None))
    there = {(table.removeprefix("table-"), heading) for table, heading, *_ in clicked}
    assert {(table, heading) for table, headings in LINKED.items() for heading in headings} - there == set()
    assert wrong(clicked) == []


# Of each number of the first screen: its text, and what the list behind it tells.
FIRST_SCREEN = """(async () => {
    const told = [], pause = () => new Promise(done => setTimeout(done, 0));
    for (const link of document.querySelectorAll('#groups td a')) {
        document.querySelector('#rows')?.remove();
        history.replaceState(null, '', link.getAttribute('href'));
        dispatchEvent(new HashChangeEvent('hashchange'));
        const said = () => document.querySelector('#rows > p')?.textContent ?? 'Looking …';
        for (let wait = 0; said() === 'Looking …' && wait < 500; wait += 1) await pause();
        told.push([link.closest('td').dataset.label, link.textContent, said()]);
    }
    return told;
})()"""


@pytest.mark.filterwarnings("ignore")
def test_numbers_of_the_first_screen_lead_to_their_rows(browser, tmp_path):
    clicked_links(browser, tmp_path, FIRST, ("lemma", None))
    first_screen = browser.value(FIRST_SCREEN)
    assert {label for label, *_ in first_screen} == {"documents", "statements", "speakers", "leading frames"}
    counts = [(text, shown.split()[0]) for label, text, shown in first_screen if label in ("documents", "statements")]
    assert [text for text, _ in counts] == [shown for _, shown in counts] and len(counts) == 4
    assert all(re.match("[1-9]", shown) for *_, shown in first_screen)


@pytest.mark.filterwarnings("ignore")
@given(CORPORA, COUNTED)
@settings(max_examples=2, deadline=None, derandomize=True, phases=[Phase.generate],
          suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])  # fmt: skip
def test_the_rows_behind_a_number_are_as_many_as_it_says(browser, tmp_path_factory, corpus, counted):
    assert wrong(clicked_links(browser, tmp_path_factory.mktemp("links"), corpus, counted)) == []
