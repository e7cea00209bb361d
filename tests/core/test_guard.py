import errno
import re
import subprocess
import sys

import pytest

from scripts.core.expressions import RunawayError
from scripts.core.guard import STEPS, ProgramError, guarded
from scripts.core.storage import ROOT


def lengths(chosen):
    """Return the length of each name; fails on one that has an exclamation mark."""
    for name in chosen:
        if "!" in name:
            raise ValueError(f"{name} at {object()!r}")
    return {name: len(name) for name in chosen}


def guard(analyse, doc_ids, *, step="quotes", sample=lambda: None, sound=0):
    return guarded(step, doc_ids, analyse, sample=sample, sound=sound)


@pytest.mark.parametrize("step", STEPS)
def test_a_document_that_fails_costs_itself_and_leaves_one_row(step, capsys):
    result, problems = guard(lengths, ["a", "bad!", "ccc"], step=step)
    assert result == {"a": 1, "ccc": 3}
    (row,) = problems.to_pylist()
    assert (row["seed"], row["stage"], row["code"]) == ("bad!", step, "failed")
    assert STEPS[step][1] in row["message"]
    assert re.search(r"ValueError: bad! at <object object at 0x\.\.\.>; test_guard\.py, line \d+\)", row["message"])
    assert "Traceback" in capsys.readouterr().err


def test_nothing_is_tried_twice_where_all_is_well():
    calls = []
    assert guard(lambda chosen: calls.append(chosen) or 7, ["a", "b"], sample=lambda: 1 / 0)[0] == 7
    assert calls == [{"a", "b"}]


def test_a_fault_that_needs_no_document_is_not_one_of_each():
    def broken(chosen):
        raise KeyError("setting")

    with pytest.raises(KeyError):
        guard(broken, ["a"])


def caused(error, cause):
    """Raise one error from another, as a package does that hides what it met."""
    try:
        raise cause
    except type(cause) as met:
        raise error from met


FAULTS = [
    MemoryError(),
    OSError(errno.ENOSPC, "No space left on device"),
    OSError(errno.EIO, "Input/output error"),
    PermissionError(errno.EACCES, "Permission denied"),
    ModuleNotFoundError("No module named 'x'"),
    RunawayError("a pattern"),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__ + str(fault)[:10])
@pytest.mark.parametrize("hidden", [False, True])
@pytest.mark.parametrize("alone", [False, True])
def test_a_fault_of_the_machine_or_a_setting_ends_the_step(fault, hidden, alone):
    def analyse(chosen):
        if alone and len(chosen) > 1:
            raise ValueError("of all together")
        if "b" in chosen and hidden:
            caused(ValueError("cannot read"), fault)
        if "b" in chosen:
            raise fault

    with pytest.raises(ValueError if hidden else type(fault)) as raised:
        guard(analyse, ["a", "b"])
    assert not isinstance(raised.value, ProgramError)
    assert fault in (raised.value, raised.value.__cause__)


def test_an_error_that_was_dealt_with_before_is_none_of_the_machine():
    def analyse(chosen):
        if "b" in chosen:
            try:
                raise FileNotFoundError
            except FileNotFoundError:
                raise ValueError("odd") from None

    assert guard(analyse, ["a", "b"])[1]["seed"].to_pylist() == ["b"]


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no such bound")
def test_memory_that_ends_ends_the_step():
    code = (
        "import resource\n"
        "from scripts.core.guard import guarded\n"
        "resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, resource.RLIM_INFINITY))\n"
        "guarded('quotes', ['a', 'b'], lambda chosen: len(bytearray(4_000_000_000)) if 'b' in chosen else 0, "
        "sample=lambda: None)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1 and done.stderr.rstrip().endswith("MemoryError")


@pytest.mark.parametrize("doc_ids", [["a!"], ["a", "b!"]])
def test_a_step_that_fails_on_a_sentence_of_its_own_is_at_fault(doc_ids):
    with pytest.raises(
        ProgramError, match=r"quotes failed on a sentence of its own.*not of a document \(KeyError: 'x'"
    ):
        guard(lengths, doc_ids, sample=lambda: {}["x"])


def test_a_sentence_that_the_machine_fails_on_ends_the_step():
    with pytest.raises(MemoryError):
        guard(lengths, ["a", "b!"], sample=lambda: caused(MemoryError(), ValueError()))


def test_documents_that_all_fail_alike_fail_the_step():
    with pytest.raises(ProgramError, match=r"quotes failed on each of 3 documents in the same way.*ValueError: "):
        guard(lengths, ["a!", "b!", "c!"])


def test_documents_that_fail_each_in_its_way_are_named():
    def analyse(chosen):
        if "a" in chosen:
            raise KeyError
        if "b" in chosen:
            raise ValueError

    assert guard(analyse, ["a", "b"])[1]["seed"].to_pylist() == ["a", "b"]


def test_one_document_alone_is_at_fault_where_the_sentence_goes_well():
    assert guard(lengths, ["a!"])[1]["seed"].to_pylist() == ["a!"]


def test_documents_that_all_fail_are_at_fault_where_others_went_well_before():
    assert guard(lengths, ["a!", "b!"], sound=1)[1]["seed"].to_pylist() == ["a!", "b!"]


def test_documents_that_fail_only_together_fail_the_step():
    def pair(chosen):
        if len(chosen) > 1:
            raise ValueError

    with pytest.raises(ValueError, match=r"\A\Z"):
        guard(pair, ["a", "b"])
