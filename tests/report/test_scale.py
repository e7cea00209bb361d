"""The page of a large corpus: small, and made in a time that does not depend on what it cannot show."""

import pytest

from tests.report.test_page import render


@pytest.mark.slow
@pytest.mark.parametrize(("documents", "megabytes"), [(1_000, 1), (10_000, 3)])
def test_size_of_the_page(tmp_path, documents, megabytes):
    page = render(tmp_path, [f"Speaker {number % 500}" for number in range(documents)])
    assert len(page.encode()) <= megabytes * 1_000_000
