"""Names and aliases of the user's table of known sources that occur in the corpus.

A row without dates holds for every article; a row with `from` or `to` holds for the articles of that time.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from scripts.core.known_sources import Known, by_key, key, match
from scripts.entities.corpus_entities import CorpusEntity, DocumentNumbers, Form, normal
from scripts.entities.occurrences import ByForm


class _KnownNames(NamedTuple):
    """Entities that forms mean by the user's table: in all of a form's documents (`always`) or in some (`at_times`).

    `written` has the names as the table writes them.
    """

    always: dict[int, CorpusEntity]
    at_times: list[tuple[int, CorpusEntity, DocumentNumbers]]
    written: dict[CorpusEntity, str]


def known_names(
    forms: Sequence[Form],
    entities: Sequence[CorpusEntity],
    places: ByForm,
    dates: Sequence[str],
    known: Sequence[Known],
) -> _KnownNames:
    """Return the entities that forms mean by the user's table; `dates` has each document's date, "" if it has none.

    A form that the table lacks is looked up by the name of its entity: Chris J. Dodd as Chris Dodd, of which it is
    another spelling. A name that several rows have on the date of a document means nobody there.
    """
    index = by_key(known)
    names = _KnownNames({}, [], {})
    if not index:
        return names
    for number, (form, entity) in enumerate(zip(forms, entities, strict=True)):
        called = next((name for name in (form.entity, entity.name) if key(name) in index), None)
        if called is None:
            continue
        documents: dict[str, list[int]] = defaultdict(list)
        for document in places.documents(number).tolist():
            row = match(index, called, dates[document])[1]
            documents[row.name if row else ""].append(document)
        for name, of_name in documents.items():
            meant = CorpusEntity(entity.kind, normal(name))
            if name:
                names.written[meant] = name
            if name and len(documents) == 1:
                names.always[number] = meant
            elif name:
                names.at_times.append((number, meant, np.array(of_name)))
    return names
