"""The marks in the page: every quote, mention and cue with its columns, in whatever part it stands."""

import pytest

from scripts.core.storage import read_parquet
from scripts.report.corpus import blocks as module
from scripts.report.corpus.blocks import corpus_blocks
from tests.report.blocks import STATISTICS, WORDS, read_block, read_blocks
from tests.report.corpus import HOSTILE, NAMES, row, write_corpus, write_tables


@pytest.fixture(scope="module", params=[NAMES, HOSTILE], ids=["names", "hostile"])
def folder(request, tmp_path_factory):
    return write_corpus(tmp_path_factory.mktemp("tables"), list(request.param))


def test_quotes_mentions_and_cues_stand_on_their_words(folder):
    _, shared, [(_, part)] = read_blocks(folder)
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


@pytest.mark.parametrize("is_there", [True, False])
def test_a_segment_without_a_statement_has_no_quotes(tmp_path, is_there):
    """The tables of a segment have no file where they have no row."""
    folder = write_corpus(tmp_path, ["Lin Jian"])
    for name in ("quotes", "quote_sources", "entities", "frame_codes"):
        write_tables(folder, **{name: []})
        if not is_there:
            (folder / f"{name}.parquet").unlink()
    _, shared, [(_, part)] = read_blocks(folder)
    assert shared["list names"] == [] and list(part["quote pieces"]) == list(part["piece first"]) == []


def silent(rows):
    """Return the last statement as a refusal to speak, and its row as one that a reader has corrected."""
    last = rows[-1] | {"type": "no comment", "content_spans": [], "content": "", "n_words": 0, "n_quoted": 0}
    named = {"speaker": "Wang Yi", "speaker_in_document": "王毅", "corrected_by": "c.csv, row 2"}
    return [*rows[:-1], last | named]


def test_a_refusal_to_speak_stands_at_its_cue_and_a_correction_is_in_the_page(tmp_path):
    folder = write_corpus(tmp_path, ["Lin Jian", "王毅"])
    rows = silent(read_parquet(folder / "quotes.parquet").to_pylist())
    write_tables(folder, quotes=rows)
    _, shared = read_block(corpus_blocks(folder, {}, WORDS, STATISTICS).shared)
    _, part = read_block(corpus_blocks(folder, {}, WORDS, STATISTICS).parts[0])
    [row], [first] = part["silent row"], part["silent value"]
    assert (row, shared["entry"][part["tokens"][first]].strip()) == (1, "said")
    assert [shared["list corrected_by"][value] for value in part["quote corrected value"]] == ["c.csv, row 2"]
    # Corrections name the speaker as the document does.
    assert shared["list names"][part["quote speaker"][1]] == "Wang Yi"
    assert [shared["list names"][value] for value in part["quote own value"]] == ["王毅"]


def test_few_values_of_a_later_part_count_from_its_first_row_and_token(tmp_path, monkeypatch):
    folder = write_corpus(tmp_path, ["Lin Jian", "王毅", "Bob"])
    write_tables(folder, quotes=silent(read_parquet(folder / "quotes.parquet").to_pylist()))
    mentions = read_parquet(folder / "entities.parquet").to_pylist()
    mentions[-1]["corrected_by"] = "d.csv, row 9"
    write_tables(folder, entities=mentions)
    monkeypatch.setattr(module, "PART_TOKENS", 1)
    _, shared, parts = read_blocks(folder)
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
    write_tables(folder, quotes=[rows[0] | nobody, rows[1]])
    _, shared, [(_, part)] = read_blocks(folder)
    for name, words in (("cue", "said"), ("source", "王毅")):
        first, length = (list(part[f"quote {name}_{end}"]) for end in ("first", "length"))
        assert (first[0], length[0], length[1]) == (0, 0, 1)
        at = part["piece first"][1] + first[1]
        assert shared["entry"][part["tokens"][at]].strip() == words


def test_a_quote_has_its_confidence_in_percent_and_a_span_without_a_token_no_length(tmp_path):
    folder = write_corpus(tmp_path, ["Ann", "Bob", "Eve"])
    rows = read_parquet(folder / "quotes.parquet").to_pylist()
    for quote, confidence in zip(rows, (0.905, None, 1.0), strict=True):
        quote["confidence"] = confidence
    start = rows[0]["cue_start"]
    rows[0]["cue_end"] = start
    write_tables(folder, quotes=rows)
    _, _, [(_, part)] = read_blocks(folder)
    assert list(part["quote confidence"]) == [90, 0, 100]
    assert list(part["quote cue_length"]) == [0, 1, 1]


COLUMNS = ("type", "speaker", "role", "rule")


def a_document(number: int) -> dict[str, list]:
    """Return the rows of a document, by table: a quotation of two pieces, another, a mention and two cues."""
    words = f"pad {'pad ' * number}Ann said one and two but Bo denied three".split()
    text, doc_id = " ".join(words), "abc"[number]
    starts = [len(" ".join(words[:at])) + (at > 0) for at in range(len(words))]
    at = {word: (start, start + len(word)) for word, start in zip(words, starts, strict=True)}
    values = {"type": f"type {number}", "role": f"role {number}", "rule": f"rule {number}", "speaker": "Ann",
              "speaker_in_document": "Ann"}  # fmt: skip
    return {
        "documents": [row("documents", doc_id=doc_id, title=f"On {doc_id}", outlet="Globe" if number else None,
                          date=f"2024-01-0{number + 1}", text=text, n_words=10 + number, n_sentences=1)],
        "sentences": [row("sentences", doc_id=doc_id, start=0, end=len(text), last=len(words), text=text)],
        "tokens": [
            row("tokens", doc_id=doc_id, token=place, start=start, end=start + len(word), text=word, norm=word.lower(),
                lemma=word.lower())
            for place, (word, start) in enumerate(zip(words, starts, strict=True))
        ],
        "quotes": [
            row("quotes", doc_id=doc_id, quote=0, content_spans=[at["one"], (at["two"][0], at["but"][1])],
                n_words=7 + number, n_quoted=3 + number, confidence=0.5, cue_start=at["said"][0], cue_end=at["said"][1],
                source_start=at["Ann"][0], source_end=at["said"][1], **values),
            row("quotes", doc_id=doc_id, quote=1, content_spans=[at["three"]], n_words=1, n_quoted=0, confidence=0.25,
                cue_start=at["denied"][0], cue_end=at["denied"][1], source_start=at["Bo"][0], source_end=at["Bo"][1],
                **values | {"speaker": "Bo", "speaker_in_document": f"B{number}"}),
        ],
        "entities": [row("entities", doc_id=doc_id, mention=0, start=at["Bo"][0], end=at["denied"][1], entity="Bo",
                         label="PERSON")],
        "frame_codes": [
            row("frame_codes", doc_id=doc_id, scheme="g", frame="war", start=at[word][0], end=at[word][1], term=word,
                speaker="Bo" if negated else "Ann", negated=negated)
            for word, negated in (("two", False), ("denied", True))
        ],
    }  # fmt: skip


def marks_of(shared, part) -> dict[str, list]:
    """Return the marks of a part: what each stands on, in words, with its columns."""
    words, names = [shared["entry"][entry].strip() for entry in part["tokens"]], shared["list names"]

    def marked(name: str) -> list[str]:
        spans = zip(part[f"{name} first"], part[f"{name} length"], strict=True)
        return [" ".join(words[first : first + length]) for first, length in spans]

    pieces, taken, quotes = marked("piece"), 0, []
    for at, n_pieces in enumerate(part["quote pieces"]):
        first = part["piece first"][taken]
        around = []
        for name in ("cue", "source"):
            start = first + part[f"quote {name}_first"][at]
            around.append(" ".join(words[start : start + part[f"quote {name}_length"][at]]))
        lists = {name: shared["list names" if name == "speaker" else f"list {name}"] for name in COLUMNS}
        texts = [values[part[f"quote {name}"][at]] for name, values in lists.items()]
        numbers = [part[f"quote {name}"][at] for name in ("words", "quoted", "confidence")]
        quotes.append((pieces[taken : taken + n_pieces], *around, texts, numbers))
        taken += n_pieces
    patterns = [shared["list pattern"][each].split("\x1f") for each in part["code pattern"]]
    speakers = [names[each] for each in part["code speaker"]]
    labels = [shared["list label"][each] for each in part["mention label"]]
    return {
        "quotes": quotes,
        "codes": [*zip(marked("code"), patterns, speakers, part["code negated"], strict=True)],
        "mentions": [*zip(marked("mention"), [names[each] for each in part["mention name"]], labels, strict=True)],
        "own": [names[value] for value in part["quote own value"]],
    }


@pytest.mark.parametrize(("room", "n_parts"), [(1_000, 1), (1, 3)])
def test_every_column_of_a_row_comes_back_in_whatever_part_it_stands(tmp_path, monkeypatch, room, n_parts):
    rows = [a_document(number) for number in range(3)]
    write_tables(tmp_path, **{name: [each for made in rows for each in made[name]] for name in rows[0]})
    monkeypatch.setattr(module, "PART_TOKENS", room)
    facts, shared, parts = read_blocks(tmp_path)
    assert len(parts) == n_parts and facts["words"] == WORDS
    assert (shared["outlet"], shared["title"]) == (["", "Globe", "Globe"], ["On a", "On b", "On c"])
    assert (shared["date"], shared["n_words"]) == ([f"2024-01-0{day}" for day in (1, 2, 3)], [10, 11, 12])
    assert shared["n_sentences"] == [1, 1, 1]
    assert {shared["list names"][number] for number in shared["speaking"]} == {"Ann", "Bo"}
    assert [part_facts for part_facts, _ in parts] == [{"document": at} for at in range(0, 3, 3 // n_parts)]
    for _, part in parts:
        assert list(part["quote own row"]) == [2 * at + 1 for at in range(len(part["sentences"]))]
    made = [marks_of(shared, part) for _, part in parts]
    assert {name: [each for part in made for each in part[name]] for name in made[0]} == {
        "quotes": [
            quote
            for number in range(3)
            for of, role in [([f"type {number}"], [f"role {number}", f"rule {number}"])]
            for quote in (
                (["one", "two but"], "said", "Ann said", [*of, "Ann", *role], [7 + number, 3 + number, 50]),
                (["three"], "denied", "Bo", [*of, "Bo", *role], [1, 0, 25]),
            )
        ],
        "codes": [("two", ["g", "war", "two"], "Ann", 0), ("denied", ["g", "war", "denied"], "Bo", 1)] * 3,
        "mentions": [("Bo denied", "Bo", "PERSON\x1f")] * 3,
        "own": ["B0", "B1", "B2"],
    }


def test_names_have_the_kind_of_entity_that_they_are_over_all_documents(tmp_path):
    folder = write_corpus(tmp_path, ["Ann", "Bob"])
    rows = read_parquet(folder / "entities.parquet").to_pylist()
    named = [
        row("entity_mentions", doc_id=each["doc_id"], mention=each["mention"], entity=each["entity"], kind="person",
            name="Robert" if each["entity"] == "Bob" else each["entity"])
        for each in rows[:3]
    ]  # fmt: skip
    write_tables(folder, entity_mentions=named)
    _, shared, [(_, part)] = read_blocks(folder)
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
    write_tables(folder, quotes=quotes)
    _, shared, _ = read_blocks(folder)
    assert [shared["list names"][number] for number in shared["speaking"]] == ["Lin Jian"]
