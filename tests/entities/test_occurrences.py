"""Forms of names in the documents that have them, from the rows of several tables."""

import numpy as np
import pyarrow as pa
import pytest

from scripts.entities.mention_context import NO_CONTEXT, Context
from scripts.entities.occurrences import (
    CONTEXT,
    OCCURRENCE_COLUMNS,
    by_form,
    document_numbers,
    named_rows,
    occurrences_of,
)

ROWS = [
    # doc_id, label, text, entity, roles
    ("a", "PERSON", "Lee", "Ann Lee", "mayor"),
    ("a", "DATE", "Monday", "Monday", ""),
    ("b", "PERSON", "Lee", "Ann Lee", ""),
    ("c", "ORG", "Lee", "Lee", ""),
    ("b", "PERSON", "Lee", "Ann Lee", "mayor"),
    ("c", "ORG", "Acme", "Acme Ltd", ""),
]


def table(rows=ROWS):
    values = dict(zip(OCCURRENCE_COLUMNS, zip(*(each[:4] for each in rows), strict=True), strict=True))
    columns = {name: pa.array([""] * len(rows), pa.string()) for name in CONTEXT}
    columns |= {name: pa.array(cells, pa.string()) for name, cells in values.items()}
    return pa.table(columns | {"roles": pa.array([each[4] for each in rows], pa.string())})


def test_names_of_the_documents_that_are_asked_for_are_taken_the_first_document_too():
    assert document_numbers(table(), pa.array(["a", "b"]), 7).tolist() == [7, 7, 8, -1, 8, -1]
    rows, documents = named_rows(table(), pa.array(["a", "b"]), 0)
    assert rows["entity"].to_pylist() == ["Ann Lee"] * 3 and documents.tolist() == [0, 1, 1]


@pytest.mark.parametrize("parts", [["abc"], ["ab", "c"], ["a", "b", "c"]])
def test_a_form_is_counted_in_each_document_whatever_tables_its_mentions_stand_in(parts):
    made = [named_rows(table(), pa.array([*doc_ids]), "abc".index(doc_ids[0])) for doc_ids in parts]
    occurrences, of_mention = occurrences_of(made)
    counted = {
        (*occurrences.forms[form], document): times
        for form, document, times in zip(
            occurrences.form.tolist(), occurrences.document.tolist(), occurrences.times.tolist(), strict=True
        )
    }
    assert counted == {
        ("PERSON", "Lee", "Ann Lee", 0): 1,
        ("PERSON", "Lee", "Ann Lee", 1): 2,
        ("ORG", "Lee", "Lee", 2): 1,
        ("ORG", "Acme", "Acme Ltd", 2): 1,
    }
    # The mentions stand in the order of their tables, each in the order of its rows.
    named = (
        ["Ann Lee", "Ann Lee", "Lee", "Ann Lee", "Acme Ltd"]
        if parts == ["abc"]
        else [*["Ann Lee"] * 3, "Lee", "Acme Ltd"]
    )
    assert [occurrences.forms[form].entity for form in occurrences.form[of_mention].tolist()] == named
    contexts = [occurrences.contexts_of(at) for at in range(len(occurrences.form))]
    mayor = Context("mayor", "", "")
    assert [each for each in contexts if each] == [[mayor], [mayor]]
    assert occurrences.contexts[0] == NO_CONTEXT


def test_forms_lead_to_their_documents():
    occurrences, _ = occurrences_of([named_rows(table(), pa.array([*"abc"]), 0)])
    places = by_form(occurrences)
    lee = occurrences.forms.index(("PERSON", "Lee", "Ann Lee"))
    acme = occurrences.forms.index(("ORG", "Acme", "Acme Ltd"))
    assert places.documents(lee).tolist() == [0, 1] and places.documents(acme, lee).tolist() == [0, 1, 2]
    (place,) = places.places(lee, np.array([1]))
    at = places.order[place]
    assert (occurrences.form[at], occurrences.document[at]) == (lee, 1)
