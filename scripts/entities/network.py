"""The network of entities that are named together: which of them, and where each stands in the drawing."""

import numpy as np
import pandas as pd

MOST_NODES = 30
_STEPS, _SEED = 400, 1


def layout(weights: np.ndarray, *, seed: int = _SEED) -> np.ndarray:
    """Places (x, y) from -1 to 1 for nodes that edges of the given weights pull together, the same for the same ones.

    Fruchterman & Reingold 1991, Software: Practice and Experience 21(11): 1129-1164, with a pull to the middle that
    keeps parts without a connection in the picture.
    """
    n = len(weights)
    places = np.random.default_rng(seed).uniform(-1, 1, (n, 2))
    if n < 2:
        return np.zeros((n, 2))
    ideal = 1.6 / np.sqrt(n)
    pull = weights / max(weights.max(), 1e-9)
    for step in range(_STEPS):
        apart = places[:, None] - places[None]
        distance = np.maximum(np.sqrt((apart**2).sum(axis=2)), 0.01)
        force = ideal**2 / distance**2 - pull * distance / ideal
        np.fill_diagonal(force, 0)
        move = (apart * force[:, :, None]).sum(axis=1) - 0.3 * places
        length = np.maximum(np.sqrt((move**2).sum(axis=1, keepdims=True)), 1e-9)
        places += move / length * np.minimum(length, 0.15 * (1 - step / _STEPS))
    places -= places.mean(axis=0)
    # Sums of floats differ in the last digits from machine to machine; the places in the table must not.
    return np.round(places / max(np.abs(places).max(), 1e-9), 3)


def network(corpus: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """The entity_network table: the entities with most shared sentences, of `entities_corpus` and `cooccurrence`.

    At most `MOST_NODES`, each named with another in two sentences or more.
    """
    if corpus.empty or pairs.empty:
        return pd.DataFrame()
    pairs = pairs[pairs["unit"] == "sentence"]
    ends = pd.concat(
        [pairs[["name1", "n"]].set_axis(["name", "n"], axis=1), pairs[["name2", "n"]].set_axis(["name", "n"], axis=1)]
    )
    shared = ends.groupby("name")["n"].sum()
    chosen = sorted(shared.index, key=lambda name: (-shared[name], name))[:MOST_NODES]
    index = {name: number for number, name in enumerate(chosen)}
    weights = np.zeros((len(chosen), len(chosen)))
    for one, other, n in zip(pairs["name1"], pairs["name2"], pairs["n"], strict=True):
        if one in index and other in index:
            weights[index[one], index[other]] = weights[index[other], index[one]] = n
    places = layout(weights)
    nodes = corpus.drop_duplicates("name").set_index("name").loc[chosen]
    return pd.DataFrame(
        {
            "name": chosen,
            "kind": nodes["kind"].to_numpy(),
            "mentions": nodes["mentions"].to_numpy(),
            "shared": [int(shared[name]) for name in chosen],
            "neighbours": (weights > 0).sum(axis=1),
            "x": places[:, 0],
            "y": places[:, 1],
        }
    )
