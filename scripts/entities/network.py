"""Network of entities that are named together: its nodes, its links and the layout of the drawing."""

from collections.abc import Collection

import numpy as np
import pandas as pd

MOST_NODES, LINKS = 24, 3
_STEPS, _SEED, _NEAREST = 500, 1, 0.26


def strongest_links(pairs: pd.DataFrame, names: Collection[str]) -> pd.DataFrame:
    """Return the rows of `cooccurrence` (by sentence) that are among the `LINKS` closest of either entity, in `names`.

    Drawing all links would hide the structure.
    """
    inside = pairs[(pairs["unit"] == "sentence") & pairs["name1"].isin(names) & pairs["name2"].isin(names)]
    inside = inside.sort_values(["n", "npmi", "name1", "name2"], ascending=[False, False, True, True])
    degree = dict.fromkeys(names, 0)
    strongest = []
    for name1, name2 in zip(inside["name1"], inside["name2"], strict=True):
        strongest.append(min(degree[name1], degree[name2]) < LINKS)
        degree[name1] += 1
        degree[name2] += 1
    return inside.loc[strongest]


def layout(weights: np.ndarray, *, seed: int = _SEED) -> np.ndarray:
    """Return the positions (x, y), from -1 to 1, of nodes joined by edges of the weights in a square matrix.

    Fruchterman & Reingold 1991, Software: Practice and Experience 21(11): 1129-1164, with a pull to the middle that
    keeps unconnected parts in the picture; then nodes that are too near for their labels are moved apart.
    """
    n = len(weights)
    if n < 2:
        return np.zeros((n, 2))
    positions = np.random.default_rng(seed).uniform(-1, 1, (n, 2))
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


def network(corpus: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the entity_network table: the entities that share most sentences, of `entities_corpus` and `cooccurrence`.

    There are at most `MOST_NODES`, each named with another of them in two sentences or more.
    """
    if corpus.empty or pairs.empty or not (pairs["unit"] == "sentence").any():
        return pd.DataFrame()
    by_sentence = pairs[pairs["unit"] == "sentence"]
    shared = by_sentence.groupby("name1")["n"].sum().add(by_sentence.groupby("name2")["n"].sum(), fill_value=0)
    chosen = sorted(shared.index, key=lambda name: (-shared[name], name))[:MOST_NODES]
    links = strongest_links(pairs, chosen)
    linked = {*links["name1"], *links["name2"]}
    chosen = [name for name in chosen if name in linked]
    index = {name: number for number, name in enumerate(chosen)}
    weights = np.zeros((len(chosen), len(chosen)))
    for name1, name2, n in zip(links["name1"], links["name2"], links["n"], strict=True):
        weights[index[name1], index[name2]] = weights[index[name2], index[name1]] = n
    positions = layout(weights)
    nodes = corpus.drop_duplicates("name").set_index("name").loc[chosen]
    return pd.DataFrame(
        {
            "name": chosen,
            "kind": nodes["kind"].to_numpy(),
            "mentions": nodes["mentions"].to_numpy(),
            "shared": [int(shared[name]) for name in chosen],
            "neighbours": (weights > 0).sum(axis=1),
            "x": positions[:, 0],
            "y": positions[:, 1],
        }
    )
