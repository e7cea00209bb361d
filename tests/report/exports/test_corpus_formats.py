"""Web Annotations and CoNLL-U: offsets that lead back to the words, read by a library of the format."""

import json
from pathlib import Path

import conllu
import pytest

from scripts.core.storage import read_parquet
from scripts.report.exports.annotations import lines, text_iri
from scripts.report.exports.conllu import document_lines, sentence_lines


def test_an_annotation_names_its_text_by_content_and_its_words_by_code_points(tables: Path) -> None:
    documents = read_parquet(tables / "documents.parquet").to_pylist()
    by_iri = {text_iri(row["text"]): row["text"] for row in documents}
    made = [json.loads(line) for line in lines([(row["doc_id"], row["text"]) for row in documents], tables)]
    tables_rows = sum(
        read_parquet(tables / f"{name}.parquet").num_rows for name in ("quotes", "entities", "frame_codes")
    )
    assert len(made) == tables_rows == len({annotation["id"] for annotation in made})
    for annotation in made:
        assert annotation["type"] == "Annotation"
        for target in annotation["target"]:
            position, quoted = target["selector"]
            text = by_iri[target["source"]]
            assert text[position["start"] : position["end"]] == quoted["exact"]
            assert text[: position["start"]].endswith(quoted["prefix"])
            assert text[position["end"] :].startswith(quoted["suffix"])


def token(number: int, start: int, text: str, *, head: int, pos: str = "NOUN") -> dict:
    return {
        "doc_id": "a", "sentence": 0, "token": number, "start": start, "end": start + len(text), "text": text,
        "lemma": text.lower(), "pos": pos, "tag": "NN", "dep": "dep", "head": head,
    }  # fmt: skip


def test_a_reader_of_conllu_gets_the_tree_and_the_place_of_each_token() -> None:
    text = "𝒳's dog\tbarks."
    tokens = [
        token(7, 0, "𝒳", head=9), token(8, 1, "'s", head=7), token(9, 4, "dog", head=10),
        token(10, 8, "barks", head=10), token(11, 13, ".", head=99),
    ]  # fmt: skip
    mention = {"first": 7, "last": 9, "label": "PERSON", "entity": "X|Y=Z"}
    (sentence,) = conllu.parse("\n".join(document_lines("a", tokens, {0: text}, [mention])) + "\n")
    assert sentence.metadata == {"newdoc id": "a", "sent_id": "a-s0", "text": "𝒳's dog barks."}
    assert [word["id"] for word in sentence] == [1, 2, 3, 4, 5]
    assert [word["head"] for word in sentence] == [3, 1, 4, 0, 0]
    assert sentence[3]["deprel"] == "root"
    for word in sentence:
        assert text[int(word["misc"]["StartChar"]) : int(word["misc"]["EndChar"])] == word["form"]
    assert [word["misc"].get("NER") for word in sentence] == ["B-PERSON", "I-PERSON", None, None, None]
    assert sentence[0]["misc"]["Entity"] == "X\\pY\\eZ"
    assert [word["misc"].get("SpaceAfter") for word in sentence] == ["No", None, None, "No", None]


@pytest.mark.parametrize("text", ["a b", "\u2028", "\t"])
def test_white_space_in_a_token_breaks_no_line_and_no_field(text: str) -> None:
    (line, row, blank) = sentence_lines(text, [token(0, 0, text, head=0, pos="")], {})
    assert line.startswith("# text = ") and blank == ""
    assert len(row.split("\t")) == 10
    assert row.split("\t")[6:8] == ["_", "_"]
