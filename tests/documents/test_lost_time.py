"""Seconds that gave no text: one sum for the jobs of a run, whatever stands in the file."""

import pytest

from scripts.documents.lost_time import add_lost, counted_in, lost_seconds


def test_jobs_that_share_a_file_have_one_sum(tmp_path):
    file = tmp_path / "stages" / "lost_seconds.txt"
    with counted_in(file):
        assert lost_seconds() == 0
        add_lost(0)
        assert not file.exists()
        add_lost(60)
        with counted_in(tmp_path / "another"):
            assert lost_seconds() == 0
        add_lost(5)
    with counted_in(file):
        assert lost_seconds() == 65


def test_without_a_file_nothing_is_counted():
    add_lost(60)
    assert lost_seconds() == 0


@pytest.mark.parametrize("damaged", [b"\xff\n", b"-7\n", b"9" * 5000 + b"\n", b"\n\n", "٣\n".encode()])
def test_a_damaged_line_counts_for_nothing(tmp_path, damaged):
    (tmp_path / "lost").write_bytes(b"1\n" + damaged)
    with counted_in(tmp_path / "lost"):
        add_lost(2)
        assert lost_seconds() == 3
