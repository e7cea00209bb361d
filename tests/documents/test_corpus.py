"""The documents of all batches as one table, and the notes about them."""

import json

import pytest

from scripts.core.storage import read_parquet, rows_to_table, write_parquet, write_text
from scripts.documents.corpus import corpus_facts, write_documents
from scripts.documents.signatures import signature_table
from scripts.parsing.tokens import token_tables
from tests.report.corpus import row

_FAILED = {"stage": "tokens", "severity": "error", "code": "failed", "message": "It failed.", "offset": None}


def document(doc_id, text, *, language="en", metadata="{}"):
    values = {"doc_id": doc_id, "seed": doc_id, "text": text, "language": language, "metadata": metadata}
    return row("batch_documents", **values)


@pytest.fixture
def batches(tmp_path):
    """Return two batches of the corpus and one of the reference folder, as their steps write them."""
    by_batch = {
        "0": [
            document("b.txt", "It is over. They left.\n\nAll of them.", metadata='{"desk": "Foreign", "seed": "own"}'),
            document("d.txt", "On this one the tokens step fails."),
        ],
        "1": [
            document("a.txt", "Es ist vorbei.", language="de"),
            document("c.txt", "It is over.", language="und"),
            document("e.txt", "On this one the parse fails."),
        ],
        "reference/all": [document("r.txt", "Other words.")],
    }
    for batch, documents in by_batch.items():
        folder = tmp_path / batch
        write_text(folder / "manifest.jsonl", "")
        table = rows_to_table("batch_documents", documents)
        sentences, tokens = token_tables(table.filter([row["doc_id"] != "d.txt" for row in documents]))
        failed = [{**_FAILED, "seed": row["doc_id"]} for row in documents if row["doc_id"] == "d.txt"]
        unparsed = [
            {**_FAILED, "stage": "parses", "seed": row["doc_id"]} for row in documents if row["doc_id"] == "e.txt"
        ]
        problem = {**_FAILED, "stage": "documents", "seed": f"{documents[0]['seed']}.bad"}
        tables = {
            "documents": table,
            "sentences": sentences,
            "tokens": tokens,
            "signatures": signature_table(documents),
            "tokens_problems": rows_to_table("problems", failed),
            "parses_problems": rows_to_table("problems", unparsed),
            "problems": rows_to_table("problems", [problem]),
        }
        for name, rows in tables.items():
            write_parquet(folder / f"{name}.parquet", rows)
    return tmp_path


def documents_and_problems(folder, *arguments, characters=1000, **options):
    facts, problems = corpus_facts(folder, *arguments, **options)
    path = folder / "results" / "tables" / "documents.parquet"
    write_documents(path, folder, facts, characters=characters)
    return read_parquet(path), problems


def test_documents_have_their_counts_and_metadata_and_problems_are_joined(batches):
    refused = [{"seed": "link", "code": "link", "message": "No.", "severity": "error"}]
    documents, problems = documents_and_problems(batches, refused, {"c.txt": "b.txt"}, language="en", dropped=False)
    names = (
        "doc_id",
        "n_paragraphs",
        "n_sentences",
        "n_tokens",
        "n_words",
        "parsed",
        "duplicate_of",
        "desk",
        "meta_seed",
    )
    assert [tuple(row[name] for name in names) for row in documents.to_pylist()] == [
        ("a.txt", 1, 1, 4, 3, False, "", None, None),
        ("b.txt", 2, 3, 11, 8, True, "", "Foreign", "own"),
        ("c.txt", 1, 1, 4, 3, True, "b.txt", None, None),
        ("d.txt", 0, 0, 0, 0, False, "", None, None),
        ("e.txt", 1, 1, 7, 6, False, "", None, None),
    ]
    assert [(row["seed"], row["stage"], row["code"]) for row in problems.to_pylist()] == [
        ("a.txt", "corpus", "language"),
        ("a.txt.bad", "documents", "failed"),
        ("b.txt.bad", "documents", "failed"),
        ("c.txt", "corpus", "duplicate"),
        ("link", "seeds", "link"),
        ("reference: r.txt.bad", "documents", "failed"),
    ]


def test_repetitions_that_are_dropped_are_named_in_problems_only(batches):
    documents, problems = documents_and_problems(
        batches, [], {"a.txt": "c.txt", "c.txt": "b.txt"}, language="en", dropped=True
    )
    assert documents["doc_id"].to_pylist() == ["b.txt", "d.txt", "e.txt"]
    notes = [(row["seed"], row["code"]) for row in problems.to_pylist() if row["stage"] == "corpus"]
    assert notes == [("a.txt", "duplicate"), ("c.txt", "duplicate")]


def test_an_outlet_that_is_written_in_two_cases_is_noted(batches):
    names = {"a.txt": "the globe", "b.txt": "The Globe", "c.txt": "The Globe", "d.txt": "Post"}
    for batch in ("0", "1"):
        path = batches / batch / "documents.parquet"
        rows = [row | {"outlet": names.get(row["doc_id"], "")} for row in read_parquet(path).to_pylist()]
        write_parquet(path, rows_to_table("batch_documents", rows))
    _, problems = corpus_facts(batches, [], {}, language="en", dropped=False)
    (note,) = [row for row in problems.to_pylist() if row["code"] == "outlet"]
    assert (note["seed"], note["severity"]) == ("a.txt", "note")
    assert "'the globe' here and 'The Globe' elsewhere" in note["message"]


def test_outlets_that_are_hosts_of_addresses_are_noted_once(batches):
    path = batches / "0" / "documents.parquet"
    rows = read_parquet(path).to_pylist()
    about = json.dumps({"link": "https://www.globe.com/1"})
    write_parquet(
        path, rows_to_table("batch_documents", [row | {"outlet": "globe.com", "metadata": about} for row in rows])
    )
    _, problems = corpus_facts(batches, [], {}, language="en", dropped=False)
    (note,) = [row for row in problems.to_pylist() if row["code"] == "outlet"]
    assert (note["seed"], note["severity"]) == ("b.txt", "note") and "Of 2 texts" in note["message"]


def test_no_batches_make_empty_tables(tmp_path):
    documents, problems = documents_and_problems(tmp_path, [], {}, language="en", dropped=False)
    assert documents.num_rows == problems.num_rows == 0


@pytest.mark.parametrize("characters", [1, 30, 60])
def test_texts_that_are_put_in_order_in_turns_make_the_same_table(batches, characters):
    tables = [
        documents_and_problems(batches, [], {}, language="en", dropped=False, characters=number)[0]
        for number in (characters, 1000)
    ]
    assert tables[0].equals(tables[1])
    assert tables[0]["doc_id"].to_pylist() == [f"{letter}.txt" for letter in "abcde"]


def test_metadata_that_few_documents_have_is_no_column_beyond_the_limit(batches, monkeypatch):
    monkeypatch.setattr("scripts.documents.corpus._MOST_COLUMNS", 1)
    documents, problems = documents_and_problems(batches, [], {}, language="en", dropped=False)
    assert "desk" in documents.column_names and "meta_seed" not in documents.column_names
    assert '"seed": "own"' in documents["metadata"].to_pylist()[1]
    (row,) = [row for row in problems.to_pylist() if row["code"] == "limit"]
    assert (row["seed"], row["severity"]) == ("b.txt", "warning")
    assert (
        "2 kinds of metadata; the limit for columns is 1" in row["message"]
        and "1 kinds, such as seed" in row["message"]
    )
