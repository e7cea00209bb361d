"""The language of a text, with a kept model that ships in its package (py3langid, 97 languages)."""

import re

import py3langid

_READ = 2_000  # characters, after the first: longer stretches cost time and were not seen to change the answer
_FEWEST_LETTERS = 20
_LETTERS = re.compile(r"[^\W\d_]")


def detect(text: str) -> str:
    """The ISO 639-1 code of a text's language; "und" (undetermined) where there are too few letters to tell."""
    sample = text[:_READ]
    if len(_LETTERS.findall(sample)) < _FEWEST_LETTERS:
        return "und"
    return str(py3langid.classify(sample)[0])
