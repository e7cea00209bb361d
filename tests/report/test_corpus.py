"""The corpus in the page: all of its texts and marks, and nothing else."""

import hashlib
import shutil
from functools import partial

import numpy as np
import pandas as pd
import pytest

from scripts.core.storage import read_parquet, rows_to_table, write_parquet
from scripts.report.corpus import blocks as module
from scripts.report.corpus.blocks import corpus_blocks
from scripts.report.corpus.tokens import counted_words, tiered_order
from scripts.report.data import Block, Payload, payload, placed, read_corpus
from scripts.report.index import Index
from scripts.report.store import Store
from tests.report.blocks import read_block
from tests.report.corpus import HOSTILE, NAMES, in_groups, row, write_corpus

WORDS = {"unit": "lemma", "pattern": None, "other_languages": False, "window": 5}


@pytest.fixture(scope="module", params=[NAMES, HOSTILE], ids=["names", "hostile"])
def folder(request, tmp_path_factory):
    return write_corpus(tmp_path_factory.mktemp("tables"), list(request.param))


def read(folder):
    blocks = corpus_blocks(folder, {}, {}, WORDS)
    facts, shared = read_block(blocks.shared)
    return facts, shared, [read_block(part) for part in blocks.parts]


def texts_of(shared, part):
    """Return the text of each sentence of a part, by document."""
    words, lengths = [shared["entry"][entry] for entry in part["tokens"]], iter(part["lengths"])
    documents, at = [], 0
    for sentences in part["sentences"]:
        documents.append([])
        for _ in range(sentences):
            length = next(lengths)
            documents[-1].append("".join(words[at : at + length]).strip())
            at += length
    return documents


def test_every_sentence_is_in_the_page_as_the_document_has_it(folder):
    _, shared, parts = read(folder)
    sentences = read_parquet(folder / "sentences.parquet").to_pandas()
    expected = [rows["text"].tolist() for _, rows in sentences.groupby("doc_id")]
    assert [document for _, part in parts for document in texts_of(shared, part)] == expected
    assert shared["doc_id"] == sorted(sentences["doc_id"].unique())


def test_quotes_mentions_and_cues_stand_on_their_words(folder):
    _, shared, [(_, part)] = read(folder)
    words = [shared["entry"][entry] for entry in part["tokens"]]

    def span(first, length):
        return "".join(words[first : first + length]).strip()

    quotes = read_parquet(folder / "quotes.parquet").to_pandas()
    pieces = zip(part["piece first"], part["piece length"], strict=True)
    assert [span(*piece) for piece in pieces] == quotes["content"].tolist()
    assert [shared["list names"][name] for name in part["quote speaker"]] == quotes["speaker"].tolist()
    codes = read_parquet(folder / "frame_codes.parquet").to_pandas()
    assert len(part["code first"]) == len(codes)
    assert {span(*code) for code in zip(part["code first"], part["code length"], strict=True)} == {"blames"}
    assert len(part["mention first"]) == read_parquet(folder / "entities.parquet").num_rows


def test_a_large_corpus_comes_in_parts_that_make_up_the_whole(folder, monkeypatch):
    _, shared, [(_, undivided)] = read(folder)
    all_texts = texts_of(shared, undivided)
    monkeypatch.setattr(module, "PART_TOKENS", 60)
    facts, shared, parts = read(folder)
    assert len(parts) > 1
    assert facts["parts"] == [len(part["sentences"]) for _, part in parts]
    assert [document for _, part in parts for document in texts_of(shared, part)] == all_texts
    assert sum(len(part["mention first"]) for _, part in parts) == len(undivided["mention first"])
    assert all(first < len(part["tokens"]) for _, part in parts for first in part["code first"])


def test_the_same_tables_make_the_same_bytes(folder):
    assert corpus_blocks(folder, {}, {}, WORDS) == corpus_blocks(folder, {}, {}, WORDS)


def test_tokens_in_a_file_for_each_group_make_the_same_bytes(folder, tmp_path):
    copy = shutil.copytree(folder, tmp_path / "tables")
    in_groups(copy / "tokens.parquet")
    assert corpus_blocks(copy, {}, {}, WORDS) == corpus_blocks(folder, {}, {}, WORDS)


def test_frequent_words_have_the_short_numbers():
    counts = pd.Series(range(1, 1001)).to_numpy()
    order = tiered_order(counts, [f"{n:04}" for n in range(1000)])
    assert set(order[:128]) == set(range(872, 1000))
    assert order[:128].tolist() == sorted(order[:128].tolist())


def test_the_rarest_words_have_the_long_numbers():
    counts = pd.Series(range(1, 17_001)).to_numpy()
    order = tiered_order(counts, [f"{n:05}" for n in range(17_000)]).tolist()
    for first, last in ((0, 128), (128, 16_384), (16_384, 17_000)):
        assert order[first:last] == sorted(range(17_000 - last, 17_000 - first))


@pytest.fixture
def letters(tmp_path):
    """Return a document of the words a and b, each with a space before it and without."""
    folder = write_corpus(tmp_path, ["x"])
    text = "a ba b ab"
    spans = [(0, 1), (2, 3), (3, 4), (5, 6), (7, 8), (8, 9)]
    key = {"doc_id": "d"}
    tables = {
        "documents": [key | {"title": "D", "text": text, "outlet": "Globe"}],
        "sentences": [key | {"start": 0, "end": len(text), "first": 0, "last": len(spans), "text": text}],
        "tokens": [
            key | {"token": at, "start": start, "end": end, "text": text[start:end], "norm": text[start:end],
                   "lemma": "x", "is_word": text[start:end] == "a" or at in (1, 3), "is_stop": at in (1, 3)}
            for at, (start, end) in enumerate(spans)
        ],
    }  # fmt: skip
    for name in ("quotes", "entities", "frame_codes"):
        tables[name] = []
    for name, rows in tables.items():
        write_parquet(folder / f"{name}.parquet", rows_to_table(name, [row(name, **each) for each in rows]))
    return folder


def test_a_word_is_an_entry_for_each_white_space_before_it(letters):
    _, shared, [(_, part)] = read(letters)
    assert "".join(shared["entry"][entry] for entry in part["tokens"]) == "a ba b ab"
    assert sorted(shared["entry"]) == [" a", " b", "a", "b"]


def test_words_and_stop_words_are_flagged(letters):
    _, shared, _ = read(letters)
    assert dict(zip(shared["entry"], shared["flags"], strict=True)) == {"a": 5, " a": 5, "b": 0, " b": 7}


def test_a_word_is_its_lemma_or_its_form_as_words_are_counted():
    rows = [("Says", "", "say"), ("Tax", "", "="), ("n’t", "n't", ""), ("Of", "", "")]
    vocabulary = pd.DataFrame(rows, columns=["surface", "norm", "lemma"])
    assert counted_words(vocabulary, "lemma") == ["say", "tax", "n't", "of"]
    assert counted_words(vocabulary, "form") == ["says", "tax", "n't", "of"]


def test_documents_have_a_value_for_each_way_to_group_them(letters):
    write_parquet(
        letters / "document_groups.parquet",
        rows_to_table("document_groups", [row("document_groups", doc_id="d", group="left")]),
    )
    _, shared = read_block(
        payload(Store(letters), Index(letters, WORDS), partial(read_corpus, letters, WORDS)).tables[0].text
    )
    assert (shared["group group"], shared["group outlet"]) == (["left"], ["Globe"])
    assert "group doc_id" not in shared and "group month" not in shared
    (letters / "document_groups.parquet").unlink()
    _, shared = read_block(
        payload(Store(letters), Index(letters, WORDS), partial(read_corpus, letters, WORDS)).tables[0].text
    )
    assert "group group" not in shared and shared["group outlet"] == ["Globe"]


def test_texts_are_files_where_the_page_has_no_room_and_tables_too_where_it_has_less():
    data = Payload([Block("data-corpus", "c" * 10)], [Block("data-part-0", "p" * 100)])
    blocks, files = placed(data, 110)
    assert (blocks, files) == ([*data.tables, *data.texts], {})
    blocks, files = placed(data, 109)
    assert [(block.name, block.file, block.text) for block in blocks] == [
        ("data-corpus", "", "c" * 10),
        ("data-part-0", "report-data/data-part-0.html", ""),
    ]
    assert list(files) == ["report-data/data-part-0.html"] and "p" * 100 in files["report-data/data-part-0.html"]
    assert [list(placed(data, room)[1]) for room in (10, 9)] == [
        ["report-data/data-part-0.html"],
        ["report-data/data-corpus.html", "report-data/data-part-0.html"],
    ]


def silent(rows):
    """Return the last statement as a refusal to speak, and its row as one that a reader has corrected."""
    last = rows[-1] | {"type": "no comment", "content_spans": [], "content": "", "n_words": 0, "n_quoted": 0}
    named = {"speaker": "Wang Yi", "speaker_in_document": "王毅", "corrected_by": "c.csv, row 2"}
    return [*rows[:-1], last | named]


def test_a_refusal_to_speak_stands_at_its_cue_and_a_correction_is_in_the_page(tmp_path):
    folder = write_corpus(tmp_path, ["Lin Jian", "王毅"])
    rows = silent(read_parquet(folder / "quotes.parquet").to_pylist())
    write_parquet(folder / "quotes.parquet", rows_to_table("quotes", rows))
    names = {(rows[-1]["doc_id"], "王毅"): "Wang Yi"}
    _, shared = read_block(corpus_blocks(folder, names, {}, WORDS).shared)
    _, part = read_block(corpus_blocks(folder, names, {}, WORDS).parts[0])
    [row], [first] = part["silent row"], part["silent value"]
    assert (row, shared["entry"][part["tokens"][first]].strip()) == (1, "said")
    assert [shared["list corrected_by"][value] for value in part["quote corrected value"]] == ["c.csv, row 2"]
    # Corrections name the speaker as the document does.
    assert shared["list names"][part["quote speaker"][1]] == "Wang Yi"
    assert [shared["list names"][value] for value in part["quote own value"]] == ["王毅"]


def test_documents_have_the_hash_of_their_text_by_which_corrections_name_them(folder):
    _, shared, _ = read(folder)
    texts = read_parquet(folder / "documents.parquet")["text"].to_pylist()
    assert shared["text_sha256"] == [hashlib.sha256(text.encode()).hexdigest() for text in texts]


def test_parts_hold_as_many_documents_as_have_room(tmp_path, monkeypatch):
    folder = write_corpus(tmp_path, ["Ann", "Bob", "Eve"])
    size = len(read(folder)[2][0][1]["tokens"]) // 3
    for room, parts in ((3 * size, [3]), (3 * size - 1, [2, 1]), (2 * size - 1, [1, 1, 1]), (1, [1, 1, 1])):
        monkeypatch.setattr(module, "PART_TOKENS", room)
        facts, _, blocks = read(folder)
        assert facts["parts"] == parts
        assert [len(part["tokens"]) for _, part in blocks] == [n * size for n in parts]


def test_few_values_of_a_later_part_count_from_its_first_row_and_token(tmp_path, monkeypatch):
    folder = write_corpus(tmp_path, ["Lin Jian", "王毅", "Bob"])
    write_parquet(
        folder / "quotes.parquet", rows_to_table("quotes", silent(read_parquet(folder / "quotes.parquet").to_pylist()))
    )
    mentions = read_parquet(folder / "entities.parquet").to_pylist()
    mentions[-1]["corrected_by"] = "d.csv, row 9"
    write_parquet(folder / "entities.parquet", rows_to_table("entities", mentions))
    monkeypatch.setattr(module, "PART_TOKENS", 1)
    _, shared, parts = read(folder)
    *earlier, (facts, last) = parts
    assert not any(len(part[name]) for _, part in earlier for name in ("silent row", "mention corrected row"))
    assert facts == {"document": 2}
    assert (list(last["silent row"]), list(last["mention corrected row"])) == ([0], [1])
    [first] = last["silent value"]
    assert shared["entry"][last["tokens"][first]].strip() == "said"
    [corrected] = last["mention corrected value"]
    assert shared["list corrected_by"][corrected] == "d.csv, row 9"


def test_a_quotation_of_nobody_has_no_cue_and_no_source(tmp_path):
    folder = write_corpus(tmp_path, ["Lin Jian", "王毅"])
    rows = read_parquet(folder / "quotes.parquet").to_pylist()
    nobody = {f"{name}_{side}": None for name in ("cue", "source") for side in ("start", "end")}
    write_parquet(folder / "quotes.parquet", rows_to_table("quotes", [rows[0] | nobody, rows[1]]))
    _, shared, [(_, part)] = read(folder)
    for name, words in (("cue", "said"), ("source", "王毅")):
        first, length = (list(part[f"quote {name}_{end}"]) for end in ("first", "length"))
        assert (first[0], length[0], length[1]) == (0, 0, 1)
        at = part["piece first"][1] + first[1]
        assert shared["entry"][part["tokens"][at]].strip() == words


def test_tables_that_the_page_makes_of_marks_have_no_block(tmp_path):
    store = Store(write_corpus(tmp_path, ["Ann", "Bob"]))
    names = [
        block.name for block in payload(store, Index(tmp_path, WORDS), partial(read_corpus, tmp_path, WORDS)).tables
    ]
    assert {"data-table-speakers", "data-table-documents"} <= set(names)
    assert not {"data-table-quotes", "data-table-entities", "data-table-frame_codes"} & set(names)


def test_white_space_before_the_first_word_is_its_gap(tmp_path):
    folder = write_corpus(tmp_path, ["x"])
    rows = {
        "documents": [row("documents", doc_id=name, title=name, text="\n\na b") for name in ("d", "e")],
        "sentences": [row("sentences", doc_id=name, start=2, end=5, last=2, text="a b") for name in ("d", "e")],
        "tokens": [
            row("tokens", doc_id=name, token=at, start=start, end=start + 1, text=word, norm=word, lemma=word)
            for name in ("d", "e") for at, (start, word) in enumerate([(2, "a"), (4, "b")])
        ],
        "quotes": [], "entities": [], "frame_codes": [],
    }  # fmt: skip
    for name, table in rows.items():
        write_parquet(folder / f"{name}.parquet", rows_to_table(name, table))
    _, shared, [(_, part)] = read(folder)
    assert [shared["entry"][entry] for entry in part["tokens"]] == ["\n\na", " b"] * 2


def test_a_quote_has_its_confidence_in_percent_and_a_span_without_a_token_no_length(tmp_path):
    folder = write_corpus(tmp_path, ["Ann", "Bob", "Eve"])
    rows = read_parquet(folder / "quotes.parquet").to_pylist()
    for quote, confidence in zip(rows, (0.905, None, 1.0), strict=True):
        quote["confidence"] = confidence
    start = rows[0]["cue_start"]
    rows[0]["cue_end"] = start
    write_parquet(folder / "quotes.parquet", rows_to_table("quotes", rows))
    _, _, [(_, part)] = read(folder)
    assert list(part["quote sure"]) == [90, 0, 100]
    assert list(part["quote cue_length"]) == [0, 1, 1]


@pytest.mark.parametrize(
    ("paragraphs", "steps"), [([0, 1], [0, 1]), ([0, 0], [0, 0]), ([0, 3], [0, 3]), ([2, 3], [0, 1])]
)
def test_each_sentence_says_how_many_paragraphs_begin_before_it(tmp_path, monkeypatch, paragraphs, steps):
    folder = write_corpus(tmp_path, ["Ann", "Bob"])
    rows = read_parquet(folder / "sentences.parquet").to_pylist()
    for sentence, paragraph in zip(rows, paragraphs * 2, strict=True):
        sentence["paragraph"] = paragraph
    write_parquet(folder / "sentences.parquet", rows_to_table("sentences", rows))
    _, _, [(_, part)] = read(folder)
    assert list(part["paragraphs"]) == steps * 2
    monkeypatch.setattr(module, "PART_TOKENS", 1)
    assert [list(part["paragraphs"]) for _, part in read(folder)[2]] == [steps, steps]


COLUMNS = ("type", "speaker", "speaker_type", "role", "rule")


def test_every_column_of_a_row_comes_back_in_whatever_part_it_stands(tmp_path, monkeypatch):
    """Three documents, each with a quotation of two pieces, another, a mention and two cues; of different words."""
    folder, quotes, codes, mentions, documents, sentences, tokens = tmp_path, [], [], [], [], [], []
    for number, doc_id in enumerate("abc"):
        words = f"pad {'pad ' * number}Ann said one and two but Bo denied three".split()
        text = " ".join(words)
        starts = [len(" ".join(words[:at])) + (at > 0) for at in range(len(words))]
        at = {word: (start, start + len(word)) for word, start in zip(words, starts, strict=True)}
        documents.append(row("documents", doc_id=doc_id, title=f"On {doc_id}", outlet="Globe" if number else None,
                             date=f"2024-01-0{number + 1}", text=text, n_words=10 + number, n_sentences=1))  # fmt: skip
        sentences.append(row("sentences", doc_id=doc_id, start=0, end=len(text), last=len(words), text=text))
        tokens += [
            row("tokens", doc_id=doc_id, token=place, start=start, end=start + len(word), text=word, norm=word.lower(),
                lemma=word.lower())
            for place, (word, start) in enumerate(zip(words, starts, strict=True))
        ]  # fmt: skip
        values = {"type": f"type {number}", "role": f"role {number}", "rule": f"rule {number}", "speaker": "Ann",
                  "speaker_in_document": "Ann", "speaker_type": f"kind {number}"}  # fmt: skip
        quotes += [
            row("quotes", doc_id=doc_id, quote=0, content_spans=[at["one"], (at["two"][0], at["but"][1])],
                n_words=7 + number, n_quoted=3 + number, confidence=0.5, cue_start=at["said"][0], cue_end=at["said"][1],
                source_start=at["Ann"][0], source_end=at["said"][1], **values),
            row("quotes", doc_id=doc_id, quote=1, content_spans=[at["three"]], n_words=1, n_quoted=0, confidence=0.25,
                cue_start=at["denied"][0], cue_end=at["denied"][1], source_start=at["Bo"][0], source_end=at["Bo"][1],
                **values | {"speaker": "Bo", "speaker_in_document": f"B{number}"}),
        ]  # fmt: skip
        mentions.append(row("entities", doc_id=doc_id, mention=0, start=at["Bo"][0], end=at["denied"][1], entity="Bo",
                            label="PERSON"))  # fmt: skip
        codes += [
            row("frame_codes", doc_id=doc_id, scheme="g", frame="war", start=at[word][0], end=at[word][1], term=word,
                speaker="Bo" if negated else "Ann", negated=negated)
            for word, negated in (("two", False), ("denied", True))
        ]  # fmt: skip
    tables = {"documents": documents, "sentences": sentences, "tokens": tokens, "quotes": quotes, "entities": mentions,
              "frame_codes": codes}  # fmt: skip
    for name, rows in tables.items():
        write_parquet(folder / f"{name}.parquet", rows_to_table(name, rows))
    for room, n_parts in ((1_000, 1), (1, 3)):
        monkeypatch.setattr(module, "PART_TOKENS", room)
        facts, shared, parts = read(folder)
        assert len(parts) == n_parts and facts["words"] == WORDS
        assert (shared["outlet"], shared["title"]) == (["", "Globe", "Globe"], ["On a", "On b", "On c"])
        assert (shared["date"], shared["n_words"]) == ([f"2024-01-0{day}" for day in (1, 2, 3)], [10, 11, 12])
        assert shared["n_sentences"] == [1, 1, 1]
        assert {shared["list names"][number] for number in shared["speaking"]} == {"Ann", "Bo"}
        first_document = 0
        made = {"quotes": [], "codes": [], "mentions": [], "own": []}
        for part_facts, part in parts:
            assert part_facts == {"document": first_document}
            first_document += len(part["sentences"])
            words = [shared["entry"][entry].strip() for entry in part["tokens"]]

            def words_of(first, length, words=words):
                return " ".join(words[first : first + length])

            pieces = [words_of(*each) for each in zip(part["piece first"], part["piece length"], strict=True)]
            firsts, taken = list(part["piece first"]), 0
            for at, n_pieces in enumerate(part["quote pieces"]):
                cue, source = (
                    words_of(firsts[taken] + part[f"quote {name}_first"][at], part[f"quote {name}_length"][at])
                    for name in ("cue", "source")
                )
                texts = [shared[f"list {'names' if name == 'speaker' else name}"][part[f"quote {name}"][at]]
                         for name in COLUMNS]  # fmt: skip
                numbers = [part[f"quote {name}"][at] for name in ("words", "quoted", "sure")]
                made["quotes"].append((pieces[taken : taken + n_pieces], cue, source, texts, numbers))
                taken += n_pieces
            for at, place in enumerate(zip(part["code first"], part["code length"], strict=True)):
                pattern = shared["list pattern"][part["code pattern"][at]].split("\x1f")
                speaker = shared["list names"][part["code speaker"][at]]
                made["codes"].append((words_of(*place), pattern, speaker, part["code negated"][at]))
            for at, place in enumerate(zip(part["mention first"], part["mention length"], strict=True)):
                name, label = (
                    shared["list names"][part["mention name"][at]],
                    shared["list label"][part["mention label"][at]],
                )
                made["mentions"].append((words_of(*place), name, label))
            made["own"] += [shared["list names"][value] for value in part["quote own value"]]
            assert list(part["quote own row"]) == [2 * at + 1 for at in range(len(part["sentences"]))]
        assert made["quotes"] == [
            quote
            for number in range(3)
            for texts in [[f"type {number}", "{}", f"kind {number}", f"role {number}", f"rule {number}"]]
            for quote in (
                (
                    ["one", "two but"],
                    "said",
                    "Ann said",
                    [each.format("Ann") for each in texts],
                    [7 + number, 3 + number, 50],
                ),
                (["three"], "denied", "Bo", [each.format("Bo") for each in texts], [1, 0, 25]),
            )
        ]
        assert (
            made["codes"] == [("two", ["g", "war", "two"], "Ann", 0), ("denied", ["g", "war", "denied"], "Bo", 1)] * 3
        )
        assert made["mentions"] == [("Bo denied", "Bo", "PERSON\x1f")] * 3
        assert made["own"] == ["B0", "B1", "B2"]


def test_a_part_has_four_hundred_thousand_tokens_at_most():
    counts = np.array([399_999, 1, 1, 400_001, 0, 400_000])
    assert module._part_bounds(counts) == [(0, 2), (2, 3), (3, 4), (4, 6)]
    assert module._part_bounds(np.array([], np.int64)) == []


def test_names_have_the_kind_of_entity_that_they_are_over_all_documents(tmp_path):
    folder = write_corpus(tmp_path, ["Ann", "Bob"])
    rows = read_parquet(folder / "entities.parquet").to_pylist()
    named = [
        row("entity_mentions", doc_id=each["doc_id"], mention=each["mention"], entity=each["entity"], kind="person",
            name="Robert" if each["entity"] == "Bob" else each["entity"])
        for each in rows[:3]
    ]  # fmt: skip
    write_parquet(folder / "entity_mentions.parquet", rows_to_table("entity_mentions", named))
    _, shared, [(_, part)] = read(folder)
    assert [shared["list names"][name] for name in part["mention name"]] == ["Ann", "Ann", "Robert", "Bob"]
    labels = [shared["list label"][label].split("\x1f") for label in part["mention label"]]
    assert labels == [["PERSON", "person"]] * 3 + [["PERSON", ""]]
    assert (list(part["mention own row"]), [shared["list names"][name] for name in part["mention own value"]]) == (
        [2],
        ["Bob"],
    )


def test_names_of_refusals_are_no_voices_and_frequent_names_have_the_short_numbers(tmp_path):
    folder = write_corpus(tmp_path, ["Lin Jian", "王毅"])
    quotes = silent(read_parquet(folder / "quotes.parquet").to_pylist())
    write_parquet(folder / "quotes.parquet", rows_to_table("quotes", quotes))
    _, shared, _ = read(folder)
    assert [shared["list names"][number] for number in shared["speaking"]] == ["Lin Jian"]


@pytest.mark.parametrize(
    ("settings", "counted"),
    [
        ({}, ["Tax", "law2", "mot"]),
        ({"pattern": "[a-z]+"}, ["Tax", "mot"]),
        ({"other_languages": False}, ["Tax", "law2"]),
        ({"pattern": ".+", "other_languages": False}, ["!", "Tax", "law2"]),
    ],
)
def test_words_are_flagged_as_the_settings_count_them(tmp_path, settings, counted):
    folder = write_corpus(tmp_path, ["x"])
    text, words = "Tax law2 mot !", [("Tax", "tax", True), ("law2", "law", True), ("mot", "", True), ("!", "!", False)]
    spans = [(text.index(word), text.index(word) + len(word)) for word, *_ in words]
    tables = {
        "documents": [{"doc_id": "d", "text": text}],
        "sentences": [{"doc_id": "d", "end": len(text), "last": 4, "text": text}],
        "tokens": [{"doc_id": "d", "token": at, "start": start, "end": end, "text": word, "norm": word.lower(),
                    "lemma": lemma, "is_word": is_word}
                   for at, ((word, lemma, is_word), (start, end)) in enumerate(zip(words, spans, strict=True))],
        "quotes": [], "entities": [], "frame_codes": [],
    }  # fmt: skip
    for name, rows in tables.items():
        write_parquet(folder / f"{name}.parquet", rows_to_table(name, [row(name, **each) for each in rows]))
    blocks = corpus_blocks(folder, {}, {}, WORDS | {"other_languages": True} | settings)
    _, shared = read_block(blocks.shared)
    entries = [entry.strip() for entry in shared["entry"]]
    assert sorted(entry for entry, flags in zip(entries, shared["flags"], strict=True) if flags & 4) == counted
    assert sorted(entry for entry, flags in zip(entries, shared["flags"], strict=True) if flags & 1) == [
        "Tax",
        "law2",
        "mot",
    ]
    of_entry = dict(zip(entries, zip(shared["lemma"], shared["norm"], shared["gap"], strict=True), strict=True))
    # What is the token in small letters is left out.
    assert of_entry == {"Tax": ("=", "", 0), "law2": ("law", "", 1), "mot": ("", "", 1), "!": ("=", "", 1)}


def test_a_word_with_two_lemmas_is_two_entries_and_one_with_other_letters_keeps_its_norm(letters):
    tokens = read_parquet(letters / "tokens.parquet").to_pylist()
    tokens[0]["lemma"], tokens[2]["norm"] = "a", "A"
    write_parquet(letters / "tokens.parquet", rows_to_table("tokens", tokens))
    _, shared, [(_, part)] = read(letters)
    assert "".join(shared["entry"][entry] for entry in part["tokens"]) == "a ba b ab"
    assert sorted(zip(shared["entry"], shared["lemma"], strict=True)) == [
        (" a", "x"), (" b", "x"), ("a", "="), ("a", "x"), ("b", "x"),
    ]  # fmt: skip
    _, part_lemmas = shared["lemma"], [shared["lemma"][entry] for entry in part["tokens"]]
    assert part_lemmas == ["=", "x", "x", "x", "x", "x"]


def test_numbers_of_one_byte_go_to_the_most_frequent_and_of_equals_to_the_first():
    counts = np.array([1] * 200)
    order = tiered_order(counts, [f"{n:04}" for n in range(200)]).tolist()
    assert order == list(range(200))
    two_keys = tiered_order(np.array([1, 1, 1, 2]), ["b", "a", "a", "c"], ["x", "z", "y", "w"]).tolist()
    assert two_keys == [2, 1, 0, 3]
    split = tiered_order(np.array([1, *[2] * 128]), ["a"] * 129, [f"{n:04}" for n in range(129)]).tolist()
    assert split == [*range(1, 129), 0]


def test_words_are_told_apart_where_there_are_more_of_them_than_of_lemmas(letters):
    lemmas = dict(zip("bacdef", "xyzxxx", strict=True))
    rows = {
        "documents": [row("documents", doc_id="d", text="bacdef")],
        "sentences": [row("sentences", doc_id="d", end=6, last=6, text="bacdef")],
        "tokens": [
            row("tokens", doc_id="d", token=at, start=at, end=at + 1, text=word, norm=word, lemma=lemma)
            for at, (word, lemma) in enumerate(lemmas.items())
        ],
    }
    for name, table in rows.items():
        write_parquet(letters / f"{name}.parquet", rows_to_table(name, table))
    _, shared, [(_, part)] = read(letters)
    assert {shared["entry"][entry]: shared["lemma"][entry] for entry in part["tokens"]} == lemmas


def test_documents_say_what_is_counted_in_them(tmp_path):
    folder = write_corpus(tmp_path, ["Ann", "Bob", "Eve", "Joe"])
    rows = read_parquet(folder / "documents.parquet").to_pylist()
    doc_ids = [each["doc_id"] for each in rows]
    for each, parsed, repeats in zip(rows, (True, True, False, False), (None, doc_ids[0], "", doc_ids[0]), strict=True):
        each |= {"parsed": parsed, "duplicate_of": repeats}
    tables = {
        "documents": rows,
        "readability": [row("readability", doc_id=doc_ids[at]) for at in (0, 3)],
        "document_origins": [
            row("document_origins", doc_id=doc_id, origin=origin)
            for doc_id, origin in zip(doc_ids, ("own", "wire", "wire", "own"), strict=True)
        ],
    }
    for name, table in tables.items():
        write_parquet(folder / f"{name}.parquet", rows_to_table(name, table))
    _, shared, _ = read(folder)
    parsed, sources, words, wire, repeats = 1, 2, 4, 8, 16  # as templates/report/js/find.js reads them
    assert list(shared["uses"]) == [parsed + sources + words, parsed + wire + repeats, wire, words + repeats]
