"""Network of entities that are named together: nodes, links and the layout of the drawing."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scripts.core.storage import to_table
from scripts.maths.ranking import by_frequency

MOST_NODES, LINKS = 24, 3
_STEPS, _SEED, _NEAREST = 500, 1, 0.26


class NamedPair(NamedTuple):
    """Two entities that are named together in `n` sentences."""

    name1: str
    name2: str
    n: int
    npmi: float


def strongest_links(pairs: Iterable[NamedPair], names: Collection[str]) -> list[NamedPair]:
    """Return the pairs (by sentence) of entities in `names` that are among the `LINKS` strongest of either entity.

    The strongest come first. Drawing all links would hide the structure.
    """
    inside = [pair for pair in pairs if pair.name1 in names and pair.name2 in names]
    degree = dict.fromkeys(names, 0)
    strongest = []
    for pair in sorted(inside, key=lambda pair: (-pair.n, -pair.npmi, pair.name1, pair.name2)):
        if min(degree[pair.name1], degree[pair.name2]) < LINKS:
            strongest.append(pair)
        degree[pair.name1] += 1
        degree[pair.name2] += 1
    return strongest


def pairs_by_sentence(rows: pa.Table) -> list[NamedPair]:
    """Return the pairs of table cooccurrence whose unit is the sentence."""
    rows = rows.filter(pc.equal(rows["unit"], "sentence")).select(list(NamedPair._fields))
    return [NamedPair(*values) for values in zip(*rows.to_pydict().values(), strict=True)]


def layout(weights: np.ndarray) -> np.ndarray:
    """Return the positions (x, y), from -1 to 1, of nodes whose edges have the weights in a square matrix.

    Fruchterman & Reingold 1991, Software: Practice and Experience 21(11): 1129-1164, with a pull towards the middle
    that keeps unconnected parts in the picture; then nodes that are too close for their labels are moved apart.
    """
    n = len(weights)
    if n < 2:
        return np.zeros((n, 2))
    positions = np.random.default_rng(_SEED).uniform(-1, 1, (n, 2))
    ideal = 2.0 / np.sqrt(n)
    pull = np.sqrt(weights / max(weights.max(), 1e-9))
    for step in range(_STEPS):
        apart = positions[:, None] - positions[None]
        distance = np.maximum(np.sqrt((apart**2).sum(axis=2)), 0.01)
        force = ideal**2 / distance**2 - pull * distance / ideal
        np.fill_diagonal(force, 0)
        move = (apart * force[:, :, None]).sum(axis=1) - 0.5 * positions
        length = np.maximum(np.sqrt((move**2).sum(axis=1, keepdims=True)), 1e-9)
        positions += move / length * np.minimum(length, 0.15 * (1 - step / _STEPS))
    positions = _stretched(positions)
    for _ in range(_STEPS):
        apart = positions[:, None] - positions[None]
        distance = np.maximum(np.sqrt((apart**2).sum(axis=2)), 1e-3)
        np.fill_diagonal(distance, np.inf)
        near = np.maximum(0.0, _NEAREST - distance) / distance / 4
        positions += (apart * near[:, :, None]).sum(axis=1)
    # Sums of floats differ in the last digits from machine to machine; the positions in the table must not.
    return np.round(_stretched(positions), 3)


def _stretched(positions: np.ndarray) -> np.ndarray:
    """Return positions stretched to fill the square from -1 to 1."""
    low, high = positions.min(axis=0), positions.max(axis=0)
    return 2 * (positions - low) / np.maximum(high - low, 1e-9) - 1


def network(corpus: pa.Table, pairs: Sequence[NamedPair]) -> pa.Table:
    """Return the entity_network table: the entities that share the most sentences with others, from `entities_corpus`.

    There are at most `MOST_NODES`, each named together with another of them in two sentences or more.
    """
    shared: Counter[str] = Counter()
    for pair in pairs:
        shared.update({pair.name1: pair.n, pair.name2: pair.n})
    chosen = by_frequency(shared)[:MOST_NODES]
    links = strongest_links(pairs, chosen)
    linked = {name for pair in links for name in (pair.name1, pair.name2)}
    chosen = [name for name in chosen if name in linked]
    index = {name: number for number, name in enumerate(chosen)}
    weights = np.zeros((len(chosen), len(chosen)))
    for name1, name2, n, _ in links:
        weights[index[name1], index[name2]] = weights[index[name2], index[name1]] = n
    positions = layout(weights)
    # Several entities may share a name; the most mentioned comes first in `corpus`.
    row = [pc.index(corpus["name"], name).as_py() for name in chosen]
    return to_table(
        "entity_network",
        {
            "name": chosen,
            "kind": corpus["kind"].take(pa.array(row, pa.int64())),
            "mentions": corpus["mentions"].take(pa.array(row, pa.int64())),
            "shared": [shared[name] for name in chosen],
            "neighbours": (weights > 0).sum(axis=1),
            "x": positions[:, 0],
            "y": positions[:, 1],
        },
    )
