"""Decisions applied to a document's rows: each kind, and each way in which one does not apply."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.core.annotation import Doc, text_sha256
from scripts.parsing.tokens import segmented_doc
from scripts.review.corrections import (
    correct_frames,
    correct_names,
    correct_quotes,
    jaccard,
    merge_names,
    part_names,
)
from scripts.review.decisions import Decision

TEXT = 'The port will close, Ann Smith said. "We shall appeal," said Bo Lee, who runs it. Nobody answered.'
DOC: Doc = segmented_doc("a.txt", TEXT)


def span(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def quote(words: str, speaker: str, **columns: object) -> dict:
    start, end = span(words)
    cue = span("said")
    return {
        "doc_id": "a.txt", "quote": 0, "sentence": 0, "type": "indirect", "content_spans": [[start, end]],
        "content": words, "n_words": 4, "n_quoted": 0, "cue": "said", "cue_lemma": "say", "cue_start": cue[0],
        "cue_end": cue[1], "cue_head_start": cue[0], "cue_head_end": cue[1],
        "source": speaker, "source_start": 0, "source_end": 1, "speaker": speaker,
        "speaker_in_document": speaker, "ref_start": None,
        "ref_end": None, "joint_spans": [],
        "speaker_type": "person", "role": "mayor", "rule": "verb", "confidence": 0.8,
        "ids": "", "corrected_by": "", **columns,
    }  # fmt: skip


QUOTES = [quote("The port will close", "Ann Smith"), quote('"We shall appeal,"', "Bo Lee", quote=1, type="direct")]


def decide(kind: str, words: str = "The port will close", old: str = "", new: str = "", row: int = 2) -> Decision:
    return Decision("c.csv", row, "a.txt", text_sha256(TEXT), *span(words), kind, old, new, "cm", "2025-01-01", "")


def fates(outcomes: list) -> list[str]:
    return [outcome.status for outcome in outcomes]


def test_a_speaker_is_changed_and_the_row_says_by_whom() -> None:
    rows, outcomes = correct_quotes(DOC, QUOTES, [decide("speaker", old="Ann Smith", new="Jo Gray")])
    assert fates(outcomes) == ["applied"]
    assert [row["speaker"] for row in rows] == ["Jo Gray", "Bo Lee"]
    assert [row["corrected_by"] for row in rows] == ["c.csv, row 2", ""]
    assert rows[0]["role"] == ""
    assert QUOTES[0]["speaker"] == "Ann Smith"


@pytest.mark.parametrize("old", ["Port officials", "unnamed officials"])
def test_a_source_without_a_name_is_corrected_by_what_the_article_or_the_class_is_called(old: str) -> None:
    statement = quote("The port will close", "unnamed officials", speaker_in_document="Port officials")
    rows, outcomes = correct_quotes(DOC, [statement], [decide("speaker", old=old, new="Jo Gray")])
    assert fates(outcomes) == ["applied"]
    assert (rows[0]["speaker"], rows[0]["speaker_in_document"]) == ("Jo Gray", "Jo Gray")
    rejected, _ = correct_quotes(DOC, [statement], [decide("reject_quote", old=old)])
    assert rejected == []
    merged, _, outcomes = merge_names([statement], [], [decide("merge", old="Port officials", new="Port Board")])
    assert fates(outcomes) == ["applied"] and merged[0]["speaker"] == "Port Board"


def test_a_refusal_has_no_words_and_is_corrected_by_the_place_of_its_cue() -> None:
    cue = span("Nobody answered")
    refusal = quote("", "Cy Dunn", quote=2, type="no comment", content_spans=[], cue_start=cue[0], cue_end=cue[1])
    decisions = [
        decide("speaker", old="Ann Smith", new="Jo Gray"),
        decide("reject_quote", "Nobody answered", old="Cy Dunn", row=3),
    ]
    rows, outcomes = correct_quotes(DOC, [*QUOTES, refusal], decisions)
    assert fates(outcomes) == ["applied", "applied"]
    assert [row["speaker"] for row in rows] == ["Jo Gray", "Bo Lee"]


def test_a_statement_in_pieces_is_met_at_the_span_from_its_first_to_its_last() -> None:
    pieces = quote("The port", "Ann Smith", content_spans=[[*span("The port")], [*span("Ann Smith")]])
    decision = decide("speaker", "The port will close, Ann Smith", old="Ann Smith", new="Jo Gray")
    rows, outcomes = correct_quotes(DOC, [pieces], [decision])
    assert fates(outcomes) == ["applied"] and rows[0]["speaker"] == "Jo Gray"


def test_the_old_speaker_may_be_named_as_over_all_documents() -> None:
    named = [quote("The port will close", "Smith"), QUOTES[1]]
    rows, outcomes = correct_quotes(DOC, named, [decide("speaker", old="Ann Smith", new="Jo Gray")])
    assert fates(outcomes) == ["applied"]
    assert (rows[0]["speaker"], rows[0]["speaker_in_document"]) == ("Jo Gray", "Jo Gray")
    rejected, outcomes = correct_quotes(DOC, named, [decide("reject_quote", old="Ann Smith")])
    assert (fates(outcomes), len(rejected)) == (["applied"], 1)
    quotes = [quote("The port will close", "Ann Brown"), QUOTES[1]]
    assert fates(correct_quotes(DOC, quotes, [decide("speaker", old="Ann Smith", new="Jo Gray")])[1]) == ["stale"]


def test_a_statement_may_be_a_refusal_to_speak_which_has_no_words() -> None:
    rows, outcomes = correct_quotes(DOC, QUOTES, [decide("type", old="indirect", new="no comment")])
    assert fates(outcomes) == ["applied"]
    refusal = next(row for row in rows if row["type"] == "no comment")
    assert (refusal["content_spans"], refusal["n_words"], refusal["n_quoted"]) == ([], 0, 0)
    mute = [quote("The port will close", "Ann Smith", cue_start=None, cue_end=None)]
    assert fates(correct_quotes(DOC, mute, [decide("type", old="indirect", new="no comment")])[1]) == ["invalid"]
    spoken = decide("type", "said", old="no comment", new="direct")
    assert fates(correct_quotes(DOC, [refusal], [spoken])[1]) == ["invalid"]


def test_a_changed_value_is_stale_and_the_same_value_agreed() -> None:
    stale = decide("speaker", old="Al Brown", new="Jo Gray")
    agreed = decide("speaker", old="Al Brown", new="Ann  Smith")
    for decision, status in ((stale, "stale"), (agreed, "agreed")):
        rows, outcomes = correct_quotes(DOC, QUOTES, [decision])
        assert fates(outcomes) == [status]
        assert rows == QUOTES
    assert "'Ann Smith', not 'Al Brown'" in correct_quotes(DOC, QUOTES, [stale])[1][0].detail


def test_an_attribution_is_met_again_if_its_extent_has_changed_a_little() -> None:
    rows, outcomes = correct_quotes(DOC, QUOTES, [decide("type", "port will close,", "indirect", "mixed")])
    assert (fates(outcomes), rows[0]["type"]) == (["applied"], "mixed")
    assert fates(correct_quotes(DOC, QUOTES, [decide("type", "Nobody answered", "indirect", "mixed")])[1]) == ["stale"]


def test_a_rejected_attribution_goes_and_the_others_are_numbered_anew() -> None:
    rows, outcomes = correct_quotes(DOC, QUOTES, [decide("reject_quote", old="Ann Smith")])
    assert fates(outcomes) == ["applied"]
    assert [(row["quote"], row["speaker"]) for row in rows] == [(0, "Bo Lee")]


def test_a_missed_statement_is_added_with_its_words_counted() -> None:
    rows, outcomes = correct_quotes(DOC, QUOTES[:1], [decide("add_quote", '"We shall appeal,"', new="Bo Lee")])
    assert fates(outcomes) == ["applied"]
    assert [(row["quote"], row["speaker"], row["type"], row["n_words"], row["n_quoted"]) for row in rows] == [
        (0, "Ann Smith", "indirect", 4, 0),
        (1, "Bo Lee", "direct", 3, 3),
    ]
    assert fates(correct_quotes(DOC, QUOTES, [decide("add_quote", '"We shall appeal,"', new="Bo Lee")])[1]) == [
        "agreed"
    ]


def test_extent_and_cue_are_given_by_characters_or_the_cue_by_its_words() -> None:
    start, end = span("port will close")
    rows, outcomes = correct_quotes(
        DOC,
        QUOTES,
        [
            decide("content", old="The port will close", new=f"{start}-{end}"),
            decide("cue", old="said", new="runs", row=3),
        ],
    )
    assert fates(outcomes) == ["applied", "applied"]
    assert (rows[0]["content"], rows[0]["n_words"]) == ("port will close", 3)
    assert (rows[0]["cue"], rows[0]["cue_start"]) == ("runs", span("runs")[0])
    assert (rows[0]["cue_lemma"], rows[0]["cue_head_start"], rows[0]["cue_head_end"]) == ("runs", *span("runs"))
    assert rows[0]["corrected_by"] == "c.csv, row 2; c.csv, row 3"


@pytest.mark.parametrize(
    ("last", "name", "contents"),
    [
        ('"We shall appeal,"', "Ann Smith", ["all"]),
        ("We shall appeal", "Smith", ["all"]),  # without the quotation marks
        ("We shall", "Ann Smith", ["all", '"We shall appeal,"']),
        ('"We shall appeal,"', "Bo Lee", ["all", '"We shall appeal,"']),
    ],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_a_content_dragged_over_another_statement_of_the_speaker_takes_its_place(
    last, name, contents, is_first
) -> None:
    words = TEXT[: span(last)[1]]
    quotes = [QUOTES[0], quote('"We shall appeal,"', name, quote=1)]
    decisions = [
        decide("content", old="The port will close", new=f"0-{len(words)}"),
        decide("role", '"We shall appeal,"', old="mayor", new="pilot", row=3),
    ]
    rows, outcomes = correct_quotes(DOC, quotes, decisions if is_first else decisions[::-1])
    assert fates(outcomes) == ["applied", "applied"]
    assert [row["content"] for row in rows] == [words if each == "all" else each for each in contents]


def test_a_statement_within_another_stays_where_no_content_was_corrected() -> None:
    quotes = [quote("The port will close, Ann Smith", "Ann Smith"), quote("Ann Smith", "Ann Smith", quote=1)]
    decision = decide("speaker", "The port will close, Ann Smith", old="Ann Smith", new="Anna Smith")
    rows, outcomes = correct_quotes(DOC, quotes, [decision])
    assert (fates(outcomes), len(rows)) == (["applied"], 2)


def test_of_two_contents_given_as_the_same_words_one_is_left() -> None:
    quotes = [QUOTES[0], quote('"We shall appeal,"', "Ann Smith", quote=1)]
    decisions = [
        decide("content", words, old=words, new="0-50", row=row)
        for row, words in enumerate(("The port will close", '"We shall appeal,"'), 2)
    ]
    rows, outcomes = correct_quotes(DOC, quotes, decisions)
    assert (fates(outcomes), [row["corrected_by"] for row in rows]) == (["applied"] * 2, ["c.csv, row 2"])


def test_the_head_of_a_corrected_cue_is_the_one_it_had_else_the_first_word_under_no_other() -> None:
    heads = {"said": "Smith", "Smith": "said", "Ann": "Smith", "who": "runs", "runs": "runs", "it": "runs"}
    above = [DOC.word.index(heads.get(word, word)) for word in DOC.word]
    doc = replace(DOC, head=above)
    for new, head in (("Smith said", "said"), ("who runs it", "runs")):
        rows, _ = correct_quotes(doc, QUOTES[:1], [decide("cue", old="said", new=new)])
        assert (rows[0]["cue"], rows[0]["cue_lemma"]) == (new, head)
        assert (rows[0]["cue_head_start"], rows[0]["cue_head_end"]) == span(head)


@pytest.mark.parametrize(("kind", "new"), [("content", "9-3"), ("content", "0-9999"), ("cue", "."), ("cue", "(")])
def test_a_value_that_is_not_in_the_text_is_invalid_and_changes_nothing(kind, new) -> None:
    old = "The port will close" if kind == "content" else "said"
    rows, outcomes = correct_quotes(DOC, QUOTES[:1], [decide(kind, old=old, new=new)])
    assert fates(outcomes) == ["invalid"]
    assert rows == QUOTES[:1]


def test_names_change_label_and_identity_or_go() -> None:
    start, end = span("Ann Smith")
    names = [{"start": start, "end": end, "mention": 0, "label": "ORG", "entity": "Ann Smith", "corrected_by": ""}]
    rows, outcomes = correct_names(names, [decide("label", "Ann Smith", "ORG", "PERSON")])
    assert (rows[0]["label"], fates(outcomes)) == ("PERSON", ["applied"])
    rows, outcomes = correct_names(names, [decide("entity", "Ann Smith", "Ann Smith", "Anna Smith")])
    assert (rows[0]["entity"], fates(outcomes)) == ("Anna Smith", ["applied"])
    assert correct_names(names, [decide("reject_name", "Ann Smith", "Ann Smith")])[0] == []
    assert fates(correct_names(names, [decide("label", "Bo Lee", "ORG", "PERSON")])[1]) == ["stale"]


def test_two_speakers_of_a_document_become_one() -> None:
    names = [{"entity": "Bo Lee", "corrected_by": ""}]
    merge = Decision("c.csv", 5, "a.txt", text_sha256(TEXT), -1, -1, "merge", "Bo Lee", "Robert Lee", "", "", "")
    quotes, entities, outcomes = merge_names(QUOTES, names, [merge])
    assert ([row["speaker"] for row in quotes], entities[0]["entity"]) == (["Ann Smith", "Robert Lee"], "Robert Lee")
    assert [row["corrected_by"] for row in [*quotes, *entities]] == ["", "c.csv, row 5", "c.csv, row 5"]
    assert fates(outcomes) == ["applied"]
    assert fates(merge_names(quotes, entities, [merge])[2]) == ["stale"]


def test_what_a_document_calls_by_one_name_is_kept_apart_from_another() -> None:
    text = 'Mayor Ann Smith spoke. "We pay," Smith said. "No," she said. Smith, her brother, said: "I do not."'
    doc = segmented_doc("a.txt", text)

    def place(words: str, nth: int = 0) -> tuple[int, int]:
        start = [at for at in range(len(text)) if text.startswith(words, at)][nth]
        return start, start + len(words)

    def statement(words: str, source: tuple[int, int], ref: tuple[int, int] | None = None) -> dict:
        spans = {"source_start": source[0], "source_end": source[1], "content_spans": [list(place(words))]}
        of = {"ref_start": None, "ref_end": None} if ref is None else {"ref_start": ref[0], "ref_end": ref[1]}
        return dict.fromkeys(("speaker", "speaker_in_document"), "Ann Smith") | {"corrected_by": "", **spans, **of}

    full, first, second = place("Ann Smith"), place("Smith said"), place("Smith, her")
    short = [(first[0], first[0] + 5), (second[0], second[0] + 5)]
    names = [{"start": a, "end": b, "entity": "Ann Smith", "corrected_by": ""} for a, b in (full, *short)]
    quotes = [statement("We pay", short[0]), statement("No", place("she"), full), statement("I do not", short[1])]
    apart = Decision("c.csv", 5, "a.txt", text_sha256(text), -1, -1, "apart", "Smith", "Ann Smith", "", "", "")
    rows, entities, outcomes = part_names(doc, quotes, names, [apart])
    assert [row["entity"] for row in entities] == ["Ann Smith", "Smith", "Smith"]
    assert [row["speaker"] for row in rows] == ["Smith", "Ann Smith", "Smith"]
    assert [row["speaker_in_document"] for row in rows] == ["Smith", "Ann Smith", "Smith"]
    assert [row["corrected_by"] for row in [*entities, *rows]] == ["", *["c.csv, row 5"] * 3, "", "c.csv, row 5"]
    assert (fates(outcomes), quotes[0]["speaker"]) == (["applied"], "Ann Smith")
    # Names that the document keeps apart already are marked, so that no link over all documents joins them.
    again = part_names(doc, rows, [row | {"corrected_by": ""} for row in entities], [apart])
    assert [row["corrected_by"] for row in again[1]] == ["", "c.csv, row 5", "c.csv, row 5"]
    assert fates(part_names(doc, quotes, names, [apart._replace(old="Jones")])[2]) == ["stale"]
    assert part_names(doc, quotes, names, [apart._replace(what="merge")]) == (quotes, names, [])


def test_a_cue_of_a_frame_is_rejected_by_its_place_and_name() -> None:
    start, end = span("appeal")
    codes = [{"start": start, "end": end, "scheme": "generic", "frame": frame} for frame in ("conflict", "moral")]
    rows, outcomes = correct_frames(codes, [decide("reject_frame", "appeal", "generic.conflict")])
    assert ([row["frame"] for row in rows], fates(outcomes)) == (["moral"], ["applied"])
    assert fates(correct_frames(rows, [decide("reject_frame", "appeal", "generic.conflict")])[1]) == ["stale"]


def test_another_speaker_brings_type_and_role_and_takes_the_words_for_the_wrong_one_away() -> None:
    text = 'The report was clear. Sen. Ann Smith, a lawyer, spoke. "We shall appeal," it said.'
    doc = segmented_doc("a.txt", text)
    start = text.index('"We')
    wrong = quote("The port", "the report", speaker_type="document", role="the paper", source="it", source_start=3)
    wrong["content_spans"] = [[start, start + 17]]
    at = text.index("Ann Smith")
    names = [{"start": at, "end": at + 9, "label": "PERSON", "entity": "Ann Smith"}]
    decision = Decision("c.csv", 2, "a.txt", "", start, start + 17, "speaker", "the report", "Ann Smith", "", "", "")
    (row,), outcomes = correct_quotes(doc, [wrong], [decision], names)
    assert fates(outcomes) == ["applied"]
    assert (row["speaker_type"], row["source"], row["source_start"]) == ("person", "", None)
    (row,), _ = correct_quotes(doc, [wrong], [decision._replace(new="Lin")], names)
    assert (row["speaker_type"], row["role"]) == ("", "")
    (row,), _ = correct_quotes(doc, [wrong], [decision._replace(new="Smith")], names)
    assert row["speaker_type"] == "person"
    (row,), _ = correct_quotes(doc, [wrong], [decision._replace(new="Anna Smith")], names)
    assert (row["speaker_type"], row["role"]) == ("person", "")
    (row,), _ = correct_quotes(doc, [wrong | {"source": "Smith"}], [decision], names)
    assert row["source"] == "Smith"
    (row,), _ = correct_quotes(doc, [], [decision._replace(what="add_quote")], names)
    assert row["speaker_type"] == "person"


@pytest.mark.parametrize("old", ["mayor", ""])  # the machine's, or that of the new speaker
def test_a_role_is_corrected_after_the_speaker_whatever_the_order_of_rows(old: str) -> None:
    role, speaker = decide("role", old=old, new="pilot"), decide("speaker", old="Ann Smith", new="Jo Gray", row=3)
    rows, outcomes = correct_quotes(DOC, QUOTES, [role, speaker])
    assert fates(outcomes) == ["applied", "applied"]
    assert (rows[0]["speaker"], rows[0]["role"]) == ("Jo Gray", "pilot")


@pytest.mark.parametrize(
    ("words", "status", "content"),
    [
        ("The port will close, Ann", "applied", "The port will close, Ann"),
        ("The port will close,", "agreed", "The port will close"),
        ("port will close", "agreed", "The port will close"),
    ],
)
def test_a_longer_content_than_that_of_the_machine_changes_it(words, status, content) -> None:
    rows, outcomes = correct_quotes(DOC, QUOTES, [decide("add_quote", words, new="Ann Smith")])
    assert fates(outcomes) == [status]
    assert [row["content"] for row in rows] == [content, '"We shall appeal,"']
    assert rows[0]["n_words"] == len(content.replace(",", "").split())


LONG = TEXT[: TEXT.index(" Bo Lee")]


@pytest.mark.parametrize(
    ("additions", "statuses", "contents"),
    [
        ([LONG], ["applied"], [LONG, "who runs it"]),
        ([TEXT], ["applied"], [TEXT]),
        (["port"], ["agreed"], ["The port will close", "who runs it"]),
        ([LONG, "Ann Smith said"], ["applied", "agreed"], [LONG, "who runs it"]),
        (["Ann", "Ann Smith said"], ["applied", "applied"], ["The port will close", "Ann Smith said", "who runs it"]),
        (["Nobody"], ["applied"], ["The port will close", "who runs it", "Nobody"]),
    ],
)
@pytest.mark.parametrize("name", ["Ann Smith", "Smith", "Anna Smith"])
def test_no_word_of_a_speaker_is_counted_twice_after_an_addition(additions, statuses, contents, name) -> None:
    quotes = [QUOTES[0], QUOTES[1], quote("who runs it", "Ann Smith", quote=2)]
    decisions = [decide("add_quote", words, new=name, row=row) for row, words in enumerate(additions, 2)]
    rows, outcomes = correct_quotes(DOC, quotes, decisions)
    assert fates(outcomes) == statuses
    assert [row["content"] for row in rows if row["speaker"] != "Bo Lee"] == contents
    assert "Bo Lee" in {row["speaker"] for row in rows}


@given(st.lists(st.integers(0, 60), min_size=4, max_size=4))
def test_the_overlap_of_spans_is_symmetric_and_one_only_for_equals(numbers) -> None:
    (a, b), (c, d) = sorted(numbers[:2]), sorted(numbers[2:])
    left, right = (a, b + 1), (c, d + 1)
    assert jaccard(left, right) == jaccard(right, left)
    assert 0 <= jaccard(left, right) <= 1
    assert (jaccard(left, right) == 1) == (left == right)
