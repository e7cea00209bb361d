"""Resolves the names that reviewers write to names over all documents, to nobody, or to a fault."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz, process

from scripts.core.lexicons import word_list
from scripts.core.sheets import NO, YES

# Answers that mean nobody, after `folded`, which leaves nothing of "-" and "?".
NOBODY_WORDS = frozenset(["", "none", "nobody", "unknown"])
_ALIKE = 75  # least similarity, of 100, of a written name to the name that is suggested for it


def folded(name: str) -> str:
    """Return a name in lower case with punctuation replaced by single spaces.

    >>> folded(" Mr. O’Connor ")
    'mr o connor'
    """
    characters = (char if char.isalnum() else " " for char in unicodedata.normalize("NFKC", name).casefold())
    return " ".join("".join(characters).split())


class Answer(ValueError):
    """An answer that cannot be used; the message says why, `code` is the code of the problem."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


class KnownNames:
    """The names that a reviewer may give to a speaker: those of the corpus, and any words in the document's text."""

    def __init__(self, names: Iterable[tuple[str, str, str]], texts: Mapping[str, str]) -> None:
        """Take (doc_id, name in the document, name over all documents) of mentions and speakers; texts by doc_id."""
        self._texts = texts
        self._pairs: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for doc_id, own, name in names:
            self._pairs[doc_id].add((own, name))
        every = sorted({name for pairs in self._pairs.values() for _, name in pairs}, reverse=True)
        self._corpus = {folded(name): name for name in every}
        self._endings: dict[str, dict[str, set[str]]] = {}

    def _in_document(self, doc_id: str) -> dict[str, set[str]]:
        """Return a document's names over all documents, by every ending (one or more last words) of their forms."""
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
        """Return the name over all documents of whoever is called so in a document, or "" if nobody in the corpus is.

        A surname is enough if only one name in the document ends with it.

        >>> KnownNames([("a", "Clinton", "Hillary Clinton")], {}).bearer("a", "clinton")
        'Hillary Clinton'
        """
        key = folded(written)
        bearers = self._in_document(doc_id).get(key, set())
        if len(bearers) == 1:
            return next(iter(bearers))
        return self._corpus.get(key, "")

    def likest(self, doc_id: str, written: str) -> str:
        """Return the most similar known name, looking in the document first; "" if none is similar enough.

        >>> KnownNames([("a", "Clinton", "Hillary Clinton")], {}).likest("a", "Hilary Clintn")
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
        """Return the speaker named in a cell, or "" if it names nobody; adds a fault if the cell cannot be used."""
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
