"""The language of a text: as its metadata states it, English by its function words, or by a model (py3langid).

A batch keeps the model's answers in a file that Snakemake does not track, so that the model is loaded only for new or
changed articles. If the file is missing or damaged, the model is asked again.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from scripts.core.kept import read_kept_rows
from scripts.core.lexicons import comma_rows
from scripts.core.storage import write_parquet

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# The first 1,000 characters suffice to identify all of 832 English news articles; reading more costs 2 us per character
# and changes no answer.
_CHARACTERS = 1_000
# Below this probability the model's answer on a short text is arbitrary: with this bound it took 0 of 1,729 English
# headlines and sentences for another language, without it 25.
_LEAST_PROBABILITY = 0.6
UNDETERMINED = "und"
# Unpacking the model takes 0.4 s, and asking it 2 ms per article. It is not asked if 15 % of the words, and 5 % in each
# third, are among these: that spares it 1,624 of 1,672 news articles, all of which it calls English too.
# Words that exist in another language as well (to, for, was, will, is, over) are left out.
_ENGLISH = frozenset([
    "the", "and", "of", "that", "with", "from", "this", "these", "those", "their", "they", "them", "were", "been",
    "would", "could", "should", "which", "who", "what", "when", "where", "there", "has", "had", "his", "her", "she",
    "it", "its", "are", "because", "while", "than", "then", "other", "only", "said", "says", "you", "your", "our",
    "into", "about", "after", "before", "between", "through", "against", "but", "by", "not", "as", "if", "more",
    "most", "such",
])  # fmt: skip
_SHARE, _SHARE_OF_THIRD, _FEWEST_WORDS = 0.15, 0.05, 60

# Pairs of the answers of the last run and of this one, by the SHA-256 of the text asked about; the last pair is in use.
_MEMORIES: list[tuple[Mapping[str, str], dict[str, str]]] = []


@cache
def _codes() -> dict[str, str]:
    """Return {code or name: ISO 639-1 code} of the languages that have such a code."""
    return {name: row[0] for row in comma_rows("languages.csv") for name in row}


def iso_639_1(stated: str) -> str:
    """Return the two-letter code of a language that metadata states, "" if it is unknown or has none.

    Accepts codes of ISO 639-1, 639-2 and 639-3, English names, and tags with a region or script.

    >>> [iso_639_1(stated) for stated in ("EN-gb", "ger", "deu", "German (Swiss)", "unk", "xx")]
    ['en', 'de', 'de', 'de', '', '']
    """
    return _codes().get(re.split(r"[-_ (,;/]", stated[:100].strip().lower(), maxsplit=1)[0], "")


def _is_english(text: str) -> bool:
    """Return True if English function words make up enough of a text and of each third of it."""
    is_function_word = [word in _ENGLISH for word in text.lower().split()]
    third = len(is_function_word) // 3
    thirds = (is_function_word[:third], is_function_word[third : 2 * third], is_function_word[2 * third :])
    everywhere = all(sum(part) >= _SHARE_OF_THIRD * len(part) for part in thirds)
    enough = len(is_function_word) >= _FEWEST_WORDS and sum(is_function_word) >= _SHARE * len(is_function_word)
    return everywhere and enough


@cache
def identifier() -> "LanguageIdentifier":
    """Return the model that identifies languages, which is loaded once."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True, min_confidence=_LEAST_PROBABILITY)
    # Longer labels are close relatives of one of these (Nigerian Pidgin takes headlines from English) or "no language".
    model.set_languages([label for label in model.labels if len(label) == 2])
    return model


def kept_answers(path: Path, fingerprint: bytes) -> dict[str, str] | None:
    """Return the answers saved in a file; None if it is missing, damaged or has another fingerprint."""
    answers = (row["answers"] for row in read_kept_rows(path) if row["fingerprint"] == fingerprint)
    return next((dict(json.loads(text)) for text in answers), None)


@contextmanager
def remembered(path: Path, fingerprint: bytes) -> Iterator[None]:
    """Use the last run's answers from a file within a `with` block; save the answers used in it to that file."""
    asked: dict[str, str] = {}
    _MEMORIES.append((kept_answers(path, fingerprint) or {}, asked))
    try:
        yield
    finally:
        _MEMORIES.pop()
    write_parquet(path, pa.table({"fingerprint": [fingerprint], "answers": [json.dumps(asked, sort_keys=True)]}))


def detect(text: str) -> str:
    """Return the ISO 639-1 code of a text's language; "und" (undetermined) where it is too short or too odd to tell."""
    return "en" if _is_english(text[:_CHARACTERS]) else by_model(text)


def by_model(text: str) -> str:
    """Return the language of a text by the model alone, reusing the answer of the last run if it is remembered."""
    asked = text[:_CHARACTERS]
    known, new = _MEMORIES[-1] if _MEMORIES else ({}, {})
    key = hashlib.sha256(asked.encode("utf-8", "surrogatepass")).hexdigest()
    new[key] = known.get(key) or str(identifier().classify(asked)[0])
    return new[key]
