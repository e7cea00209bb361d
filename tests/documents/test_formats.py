"""The reader of a file is chosen by the ending of its name."""

import pytest

from tests.documents.reading import refused


@pytest.mark.parametrize("name", ["a.zip", "a.txt.gz", "a.zip.gz", "a.gz.zip", "a.doc", "a.tar.xz"])
def test_broken_and_unknown_files_are_refused(name):
    assert refused(name, b"PK\x03\x04 not really") in ("broken", "format", "nested")
