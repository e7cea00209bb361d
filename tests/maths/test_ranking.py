"""Values by frequency: all of them, in an order that does not depend on how they were counted."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from scripts.maths.ranking import by_frequency


@given(st.lists(st.sampled_from("abc")), st.randoms())
def test_order_depends_on_the_counts_alone(values, random):
    ranked = by_frequency(Counter(values))
    assert [(-values.count(value), value) for value in ranked] == sorted((-values.count(v), v) for v in {*values})
    random.shuffle(values)
    assert by_frequency(Counter(values)) == ranked
