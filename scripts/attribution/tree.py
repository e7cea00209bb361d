"""The dependency tree of a document as lists: children of every token, and the edges of its subtree."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from scripts.core.annotation import Doc

# Tags of verbs that have a subject of their own, and the same with modal auxiliaries such as "would".
FINITE = frozenset(("VBD", "VBP", "VBZ"))
FINITE_OR_MODAL = FINITE | {"MD"}


@dataclass(frozen=True, slots=True)
class Tree:
    """`children[i]` in text order; the subtree of `i` lies within tokens `left[i]` to `right[i]` (inclusive)."""

    children: list[list[int]]
    left: list[int]
    right: list[int]


def build_tree(doc: Doc) -> Tree:
    """Return children and subtree edges of every token, in time linear in the tokens."""
    head = doc.head
    size = len(head)
    children: list[list[int]] = [[] for _ in range(size)]
    for token, above in enumerate(head):
        if above != token:
            children[above].append(token)
    left, right = list(range(size)), list(range(size))
    # The first token that reaches a word from below is the left edge of its subtree, and the last one the right edge.
    for token, above in enumerate(head):
        while token < left[above]:
            left[above], above = token, head[above]
    for token in reversed(range(size)):
        above = head[token]
        while token > right[above]:
            right[above], above = token, head[above]
    return Tree(children, left, right)


def objects_of(doc: Doc, tree: Tree, head: int, prepositions: Collection[str]) -> Iterator[int]:
    """Yield the objects of some prepositions after a noun or participle: Lee in "a letter from Lee"."""
    for child in tree.children[head]:
        if doc.dep[child] in ("prep", "agent") and doc.norm[child] in prepositions:
            yield from (inner for inner in tree.children[child] if doc.dep[inner] == "pobj")
