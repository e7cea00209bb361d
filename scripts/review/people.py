"""Names that a reviewer writes, as the names over all documents that the tables have."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import fuzz, process

_ALIKE = 75  # least likeness, of 100, of a written name to one that may be meant


def folded(name: str) -> str:
    """Return a name in small letters, its punctuation as single spaces.

    >>> folded(" Mr. O’Connor ")
    'mr o connor'
    """
    characters = (char if char.isalnum() else " " for char in unicodedata.normalize("NFKC", name).casefold())
    return " ".join("".join(characters).split())


class KnownNames:
    """The names in each document and over all of them, by which a reviewer may call a speaker."""

    def __init__(self, names: Iterable[tuple[str, str, str]]) -> None:
        """Take (doc_id, name within the document, name over all documents) of mentions and speakers."""
        self._pairs: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for doc_id, own, name in names:
            self._pairs[doc_id].add((own, name))
        every = sorted({name for pairs in self._pairs.values() for _, name in pairs}, reverse=True)
        self._corpus = {folded(name): name for name in every}
        self._endings: dict[str, dict[str, set[str]]] = {}

    def _in_document(self, doc_id: str) -> dict[str, set[str]]:
        """Return the names over all documents of a document by the last words of any form of each."""
        if doc_id not in self._endings:
            endings: dict[str, set[str]] = defaultdict(set)
            for pair in self._pairs.get(doc_id, ()):
                for form in pair:
                    words = folded(form).split()
                    for first in range(len(words)):
                        endings[" ".join(words[first:])].add(pair[1])
            self._endings[doc_id] = endings
        return self._endings[doc_id]

    def resolve(self, doc_id: str, written: str) -> str:
        """Return the name over all documents of who is called so in a document; as written if nobody is known so.

        A surname is enough where one in the document bears it.

        >>> KnownNames([("a", "Clinton", "Hillary Clinton")]).resolve("a", "clinton")
        'Hillary Clinton'
        """
        return self.bearer(doc_id, written) or written.strip()

    def bearer(self, doc_id: str, written: str) -> str:
        """Return the name over all documents of who is called so in a document, "" if nobody of the corpus is."""
        key = folded(written)
        bearers = self._in_document(doc_id).get(key, set())
        if len(bearers) == 1:
            return next(iter(bearers))
        return self._corpus.get(key, "")

    def likest(self, doc_id: str, written: str) -> str:
        """Return the name that may be meant by one that nobody bears, those of the document first; "" if none is like.

        >>> KnownNames([("a", "Clinton", "Hillary Clinton")]).likest("a", "Hilary Clintn")
        'Hillary Clinton'
        """
        key = folded(written)
        in_document = {ending: min(names) for ending, names in self._in_document(doc_id).items()}
        for names in (in_document, self._corpus):
            close = process.extractOne(key, sorted(names), scorer=fuzz.ratio, score_cutoff=_ALIKE)
            if close:
                return names[close[0]]
        return ""
