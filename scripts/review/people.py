"""Names that a reviewer writes, as the names over all documents that the tables have."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable


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
        self._corpus: dict[str, str] = {}
        self._document: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for doc_id, own, name in sorted(set(names)):
            self._corpus.setdefault(folded(name), name)
            for form in (own, name):
                words = folded(form).split()
                for first in range(len(words)):
                    self._document[doc_id][" ".join(words[first:])].add(name)

    def resolve(self, doc_id: str, written: str) -> str:
        """Return the name over all documents of who is called so in a document; as written if nobody is known so.

        A surname is enough where one in the document bears it.

        >>> KnownNames([("a", "Clinton", "Hillary Clinton")]).resolve("a", "clinton")
        'Hillary Clinton'
        """
        key = folded(written)
        in_document = self._document[doc_id][key] if doc_id in self._document else set()
        if key in self._corpus and (len(in_document) != 1 or self._corpus[key] in in_document):
            return self._corpus[key]
        return next(iter(in_document)) if len(in_document) == 1 else self._corpus.get(key, written.strip())
