"""Whom a reviewer names in the column `whose`: somebody in the corpus, nobody, or a cell that cannot be used."""

from collections.abc import Mapping
from typing import NamedTuple

from scripts.core.lexicons import word_list
from scripts.core.sheets import NO, YES
from scripts.review.people import KnownNames, folded

# As `folded` leaves them: of - and ? nothing is left.
NOBODY_WORDS = frozenset(["", "none", "nobody", "unknown"])
_WHOSE = "Write the name as the text has it, or unknown."


class Answer(ValueError):
    """An answer that cannot be used; the message says why, `code` names the kind."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


class ReviewNames(NamedTuple):
    """The names by which a reviewer may call a speaker: those of the corpus, and any in the text of the document."""

    known: KnownNames
    texts: Mapping[str, str]

    def speaker(self, doc_id: str, written: str, faults: list[Answer]) -> str:
        """Return the speaker whom a cell names, "" where it names nobody; a cell that cannot be used is a fault."""
        name = folded(written)
        if name in NOBODY_WORDS and written.strip():
            return ""
        bearer = self.known.bearer(doc_id, written) if name else ""
        if bearer:
            return bearer
        if not name:
            faults.append(Answer("whose", f"whose is empty: the words count as nobody's. {_WHOSE}"))
        elif name in YES | NO:
            faults.append(Answer("whose", f"whose says {written.strip()[:40]!r}, where a name belongs. {_WHOSE}"))
        elif {*name.split()} <= {*word_list("stopwords.txt")}:
            faults.append(Answer("whose", f"whose has {written.strip()[:40]!r}, which names nobody. {_WHOSE}"))
        elif f" {name} " in f" {folded(self.texts[doc_id])} ":
            return written.strip()
        else:
            close = self.known.likest(doc_id, written)
            meant = f" (did you mean {close!r}?)" if close else ""
            message = (
                f"whose has {written.strip()[:80]!r}, which nobody in the corpus is called{meant}. Write the name as "
                "the text has it, or unknown."
            )
            faults.append(Answer("whose", message))
        return ""
