"""Names that a reviewer writes: each is a name over all documents of the tables, nobody, or of no use."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from rapidfuzz import fuzz, process

from scripts.core.lexicons import word_list
from scripts.core.sheets import NO, YES

# As `folded` leaves them: of - and ? nothing is left.
NOBODY_WORDS = frozenset(["", "none", "nobody", "unknown"])
_ALIKE = 75  # least likeness, of 100, of a written name to one that may be meant


def folded(name: str) -> str:
    """Return a name in small letters, its punctuation as single spaces.

    >>> folded(" Mr. O’Connor ")
    'mr o connor'
    """
    characters = (char if char.isalnum() else " " for char in unicodedata.normalize("NFKC", name).casefold())
    return " ".join("".join(characters).split())


class Answer(ValueError):
    """An answer that cannot be used; the message says why, `code` names the kind."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


class KnownNames:
    """The names by which a reviewer may call a speaker: those of the corpus, and any in the text of the document."""

    def __init__(self, names: Iterable[tuple[str, str, str]], texts: Mapping[str, str] = MappingProxyType({})) -> None:
        """Take (doc_id, name within the document, name over all documents) of mentions and speakers, and the texts."""
        self._texts = texts
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

    def bearer(self, doc_id: str, written: str) -> str:
        """Return the name over all documents of who is called so in a document, "" if nobody of the corpus is.

        A surname is enough where one in the document bears it.

        >>> KnownNames([("a", "Clinton", "Hillary Clinton")]).bearer("a", "clinton")
        'Hillary Clinton'
        """
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

    def speaker(self, doc_id: str, written: str, faults: list[Answer]) -> str:
        """Return the speaker whom a cell names, "" where it names nobody; a cell that cannot be used is a fault."""
        name = folded(written)
        if name in NOBODY_WORDS and written.strip():
            return ""
        bearer = self.bearer(doc_id, written) if name else ""
        if bearer:
            return bearer
        if not name:
            fault = "is empty: the words count as nobody's"
        elif name in YES | NO:
            fault = f"says {written.strip()[:40]!r}, where a name belongs"
        elif {*name.split()} <= {*word_list("stopwords.txt")}:
            fault = f"has {written.strip()[:40]!r}, which names nobody"
        elif f" {name} " in f" {folded(self._texts[doc_id])} ":
            return written.strip()
        else:
            close = self.likest(doc_id, written)
            meant = f" (did you mean {close!r}?)" if close else ""
            fault = f"has {written.strip()[:80]!r}, which nobody in the corpus is called{meant}"
        faults.append(Answer("whose", f"whose {fault}. Write the name as the text has it, or unknown."))
        return ""
