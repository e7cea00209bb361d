"""Entities over all documents: their normal names, and the forms of mentions that are treated together."""

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scripts.entities.kinds import fold
from scripts.entities.names import bare_name
from scripts.maths.intervals import ENOUGH
from scripts.parsing.query_words import letters_of

# Numbers of documents, sorted and distinct.
DocumentNumbers = NDArray[np.integer]
# The lowest share of the informative documents in which a word must mean one entity.
_MOST = 0.8


class Form(NamedTuple):
    """The label, text and name within the document that mentions share, in one or more documents."""

    label: str
    text: str
    entity: str


class CorpusEntity(NamedTuple):
    """An entity over all documents: its kind (PER, LOC, ...) and its name in normal form.

    `of` is the country of a state body, or the doc_id of its document if the country is unknown; for a short form whose
    person is open, the persons that it may mean; otherwise empty.
    """

    kind: str
    name: str
    of: str = ""


_MARKS = str.maketrans({".": "", ",": "", "-": " ", "&": "and"})
_NO_LETTERS = str.maketrans("", "", " '’")


@cache
def normal(name: str) -> str:
    """Return a name without case, accents, full stops, commas, hyphens or legal form, with "and" for "&" and plain
    quotation marks.

    >>> normal("Acme-Motors, Inc."), normal("Hugo Chávez"), normal("Fish & Wildlife Service"), normal("O’Hara")
    ('acme motors', 'hugo chavez', 'fish and wildlife service', "o'hara")
    """
    letters = unicodedata.normalize("NFKD", letters_of(name).casefold())
    plain = letters if letters.isascii() else "".join(each for each in letters if not unicodedata.combining(each))
    return " ".join(bare_name(tuple(plain.translate(_MARKS).split())))


def one_spelling_each(times: Mapping[str, int]) -> dict[str, str]:
    """Return the usual one of the names of bodies that have the same letters, but for "the".

    `times` is the number of mentions of each name, in normal form.

    >>> one_spelling_each({"exxon mobil": 2, "exxonmobil": 3, "the times": 1})["exxon mobil"]
    'exxonmobil'
    """
    spellings: dict[str, list[str]] = defaultdict(list)
    for name in times:
        spellings[name.removeprefix("the ").translate(_NO_LETTERS)].append(name)
    return {name: min(names, key=lambda each: (-times[each], each)) for names in spellings.values() for name in names}


def entity_of(form: Form) -> CorpusEntity:
    """Return the entity of a form, as named within its own document."""
    return CorpusEntity(fold(form.label), normal(form.entity))


def agreed(documents: int, of_documents: int) -> bool:
    """Return True if `documents` out of `of_documents` informative documents are enough to decide for the others.

    >>> agreed(4, 4), agreed(8, 10), agreed(8, 11)
    (False, True, False)
    """
    return documents >= max(ENOUGH, _MOST * of_documents)
