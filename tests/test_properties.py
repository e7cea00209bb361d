"""Property tests: the default suite draws the same examples in every run, and `make test-slow` others."""

import sys
from importlib import util

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.internal.conjecture import providers

NUMBERS = 7_000_000


def examples(profile: str) -> list[int]:
    """Return the examples of a property test in a profile, drawn as in a new process."""
    providers.CONSTANTS_CACHE.cache.clear()
    drawn: list[int] = []

    @settings(settings.get_profile(profile))
    @given(st.integers(0, 10 * NUMBERS))
    def test(number):
        drawn.append(number)

    test()
    return drawn


def test_examples_are_the_same_in_every_run_whatever_is_imported(tmp_path, monkeypatch):
    before = examples("newsloom")
    path = tmp_path / "numbers.py"
    path.write_text("\n".join(f"A{number} = {number}" for number in range(NUMBERS, NUMBERS + 900)), encoding="utf-8")
    spec = util.spec_from_file_location("numbers_of_a_step", path)
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setitem(sys.modules, spec.name, module)
    assert examples("newsloom") == before


def test_the_slow_suite_draws_others_each_time():
    assert examples("explore") != examples("explore")
