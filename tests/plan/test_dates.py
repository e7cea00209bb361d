"""Dates of results: all before a given time, in their order."""

import itertools
import os

import pytest

from scripts.core.recorded import read_record
from scripts.plan.dates import disk_time, mend_dates, settle_dates
from scripts.plan.record import begin_record, record_written

NOW = 1_800_000_000 * 10**9
NAMES = ("a", "b", "c/d", "c/e")


@pytest.fixture
def dated(tmp_path):
    """Return a function that makes files of these dates (s from NOW), rounded down to a number of seconds."""

    def make(*seconds, coarse=0):
        for name, second in zip(NAMES, seconds, strict=True):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).touch()
            moment = NOW + int(second * 10**9)
            if coarse:
                moment -= moment % (coarse * 10**9)
            os.utime(tmp_path / name, ns=(moment, moment))
        os.utime(tmp_path / "c", ns=(NOW - 10**12, NOW - 10**12))
        return tmp_path

    return make


def ours(folder):
    return [folder / name for name in NAMES]


def dates(folder):
    return [(folder / name).stat().st_mtime_ns for name in NAMES]


def order(moments):
    """Return of each pair which is the newer, or that none is."""
    return [(first > second) - (first < second) for first, second in itertools.combinations(moments, 2)]


@pytest.mark.parametrize("coarse", [0, 1, 2])
@pytest.mark.parametrize(
    "seconds", [(-3, -2, -1, 0), (0.4, 0.1, 0.2, 0.3), (50, 47.5, 50, -1e4), (1e8, 5, 1e8 - 1, 1e8 - 2)]
)
def test_all_are_older_than_now_in_the_order_that_they_had(dated, coarse, seconds):
    folder = dated(*seconds, coarse=coarse)
    before = dates(folder)
    assert settle_dates(folder, ours(folder), NOW) > 0
    assert max(dates(folder)) < NOW
    assert order(dates(folder)) == order(before)
    # As a file system of coarse dates stores them.
    if coarse:
        assert [moment % (coarse * 10**9) for moment in dates(folder)] == [0] * len(NAMES)
    assert settle_dates(folder, ours(folder), NOW) == 0


def test_dates_in_the_past_stay(dated):
    folder = dated(-1e9, -5, -2, -0.001)
    before = dates(folder)
    assert settle_dates(folder, ours(folder), NOW) == 0
    assert dates(folder) == before


@pytest.mark.parametrize("stop", range(len(NAMES)))
def test_the_order_holds_wherever_it_is_stopped(dated, monkeypatch, stop):
    folder = dated(40, 10, 30, 20)
    before = order(dates(folder))
    calls, utime = itertools.count(), os.utime

    def killed(path, *, ns):
        if next(calls) == stop:
            raise KeyboardInterrupt
        utime(path, ns=ns)

    monkeypatch.setattr("scripts.plan.dates.os.utime", killed)
    with pytest.raises(KeyboardInterrupt):
        settle_dates(folder, ours(folder), NOW)
    monkeypatch.undo()
    assert order(dates(folder)) == before
    settle_dates(folder, ours(folder), NOW)
    assert order(dates(folder)) == before


def test_a_file_with_two_names_is_moved_once(dated):
    folder = dated(3, 1, 2, 0)
    before = order(dates(folder))
    os.link(folder / "c/d", folder / "c/d.kept")
    settle_dates(folder, [*ours(folder), folder / "c/d.kept"], NOW)
    assert order(dates(folder)) == before


def test_a_link_to_what_lies_elsewhere_and_a_file_that_vanishes_are_no_obstacle(dated, tmp_path, monkeypatch):
    folder = dated(3, 1, 2, 0)
    (folder / "away").symlink_to("nowhere")
    utime = os.utime

    def late(path, *, ns):
        (folder / "a").unlink(missing_ok=True)
        utime(path, ns=ns)

    monkeypatch.setattr("scripts.plan.dates.os.utime", late)
    assert settle_dates(folder, [folder / "away", *ours(folder), folder / "a" / "b"], NOW) > 0
    assert max((folder / name).stat().st_mtime_ns for name in NAMES[1:]) < NOW


def test_what_is_not_ours_keeps_its_date_and_moves_nothing(dated):
    folder = dated(50, -5, -2, -1)
    before = dates(folder)
    assert settle_dates(folder, ours(folder)[1:], NOW) == 0
    assert dates(folder) == before
    assert settle_dates(folder, ours(folder)[::2], NOW) > 0
    assert dates(folder)[0] < NOW
    assert dates(folder)[1::2] == before[1::2]


def test_the_record_moves_with_the_files(tmp_path):
    report = tmp_path / "report.html"
    report.write_text("as written")
    record_written(tmp_path)
    moment = report.stat().st_mtime_ns
    begin_record(tmp_path, moment + 10**10)
    by = settle_dates(tmp_path, [report], moment)
    assert report.stat().st_mtime_ns == moment - by
    assert read_record(tmp_path).files["report.html"].date == moment - by
    assert read_record(tmp_path).since == moment + 10**10 - by


@pytest.mark.parametrize(("ahead", "number"), [(0, 0), (1.9, 0), (50, 1)])
def test_a_clock_that_was_wrong_is_told_and_a_coarse_date_is_not(dated, monkeypatch, capsys, ahead, number):
    monkeypatch.setattr("scripts.plan.dates.disk_time", lambda folder: NOW)
    folder = dated(ahead, -1, -2, -3)
    mend_dates(folder, ours(folder))
    assert max(dates(folder)) < NOW
    assert capsys.readouterr().err.count("ahead of the clock") == number


def test_the_time_of_a_disk_is_that_of_a_file_written_now(tmp_path):
    first = disk_time(tmp_path)
    (tmp_path / "a").touch()
    assert first <= (tmp_path / "a").stat().st_mtime_ns <= disk_time(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
