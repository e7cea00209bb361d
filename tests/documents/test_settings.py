"""Settings that cannot work say so."""

import pytest

from scripts.documents.settings import Settings


@pytest.mark.parametrize("pattern", ["(?P<x>", "x", r"(\d+)_(.*)"])
def test_a_pattern_of_names_that_cannot_work_says_so(pattern):
    with pytest.raises(ValueError, match=r"input\.name_pattern"):
        Settings(name_pattern=pattern)


@pytest.mark.parametrize("encoding", ["base64", "hex", "rot13", "idna", "punycode", "undefined", "no such", ""])
def test_what_is_no_encoding_of_text_is_named(encoding):
    with pytest.raises(ValueError, match=r"input\.encodings\.\*"):
        Settings(encodings={"*": encoding})
