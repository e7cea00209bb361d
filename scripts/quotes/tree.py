"""The dependency tree of a document as lists: children of every token, and the edges of its subtree."""

from dataclasses import dataclass

from scripts.core.annotation import Doc


@dataclass(frozen=True, slots=True)
class Tree:
    """`children[i]` in text order; the subtree of `i` lies within tokens `left[i]` to `right[i]` (inclusive)."""

    children: list[list[int]]
    left: list[int]
    right: list[int]


def build_tree(doc: Doc) -> Tree:
    """Children and subtree edges of every token, in time linear in the tokens."""
    head = doc.head
    size = len(head)
    children: list[list[int]] = [[] for _ in range(size)]
    left, right = list(range(size)), list(range(size))
    for token, above in enumerate(head):
        if above == token:
            continue
        children[above].append(token)
        # An ancestor whose edges already include the token passed them on to its own ancestors.
        while not left[above] <= token <= right[above]:
            if token < left[above]:
                left[above] = token
            else:
                right[above] = token
            above = head[above]
    return Tree(children, left, right)
