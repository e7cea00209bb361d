"""Rows that differ from a file of references are shown, with what to do if that is meant."""

import pytest

from tests.reference import hold


def test_a_difference_is_shown_with_the_command_that_writes_it(tmp_path, monkeypatch):
    monkeypatch.setenv("NEWSLOOM_REFERENCE", "write")
    hold(tmp_path / "rows.tsv", [{"speaker": "Ann Lee"}, {"speaker": "Bo Poe"}])
    monkeypatch.delenv("NEWSLOOM_REFERENCE")
    with pytest.raises(AssertionError, match=r"rows\.tsv: 1 new rows.*Cy Roe.*gone.*Bo Poe.*NEWSLOOM_REFERENCE=write"):
        hold(tmp_path / "rows.tsv", [{"speaker": "Ann Lee"}, {"speaker": "Cy Roe"}])
