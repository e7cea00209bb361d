"""Children and edges of subtrees, beside the plain definition."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from scripts.attribution.tree import build_tree
from scripts.core.annotation import blank


@st.composite
def heads(draw):
    """Return a random forest: every token's head is one that was placed before it, or itself."""
    order = draw(st.permutations(range(draw(st.integers(1, 25)))))
    head = list(range(len(order)))
    for position, token in enumerate(order[1:], start=1):
        head[token] = order[draw(st.integers(0, position - 1))] if draw(st.booleans()) else token
    return head


@given(heads())
def test_edges_are_those_of_the_subtree(head):
    doc = blank("x", "", [], [0] * len(head), [0] * len(head), [""] * len(head))
    tree = build_tree(replace(doc, head=head))
    subtree = {token: {token} for token in range(len(head))}
    for token in range(len(head)):
        above = token
        while head[above] != above:
            above = head[above]
            subtree[above].add(token)
    assert tree.left == [min(subtree[token]) for token in range(len(head))]
    assert tree.right == [max(subtree[token]) for token in range(len(head))]
    assert tree.children == [[t for t in range(len(head)) if head[t] == token != t] for token in range(len(head))]
