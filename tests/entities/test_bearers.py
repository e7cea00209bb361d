"""Evidence in an article for one of several bearers of a name."""

import pytest

from scripts.entities.bearers import Bearer, evidence, see
from scripts.entities.mention_context import Context


def test_each_kind_of_evidence_by_hand():
    first, second = Bearer(), Bearer()
    first.total, second.total = 3, 1
    second.gender, second.roles = 1, frozenset(("mayor",))
    see(first, 0, 0, named=True)
    see(second, 1, 1, named=True)
    see(first, 2, 1, named=False)
    she = Context("mayor", "she", "")
    assert evidence(she, 3, second, [first, second]) == pytest.approx(
        {
            "introduced": 1, "introduced first": 0, "share of mentions before": 1 / 3, "share of full names": 1 / 4,
            "named last": 0, "near": 1 / 3, "same role": 1, "same gender": 1, "other gender": 0,
        }
    )  # fmt: skip
    assert evidence(she, 3, first, [first, second]) == pytest.approx(
        {
            "introduced": 1, "introduced first": 1, "share of mentions before": 2 / 3, "share of full names": 3 / 4,
            "named last": 1, "near": 1 / 3, "same role": 0, "same gender": 0, "other gender": 0,
        }
    )  # fmt: skip


def test_of_a_bearer_who_is_not_seen_yet_only_the_full_names_tell():
    first, second = Bearer(), Bearer()
    first.total = second.total = 1
    strengths = evidence(Context("", "", ""), 0, first, [first, second])
    assert {kind: strength for kind, strength in strengths.items() if strength} == {"share of full names": 0.5}
