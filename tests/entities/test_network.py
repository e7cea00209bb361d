import numpy as np
import pyarrow as pa

from scripts.entities.cooccurrence import UNITS
from scripts.entities.network import NamedPair, layout, network, pairs_by_sentence, strongest_links

WEIGHTS = np.zeros((12, 12))
for first, second in [(0, 1), (1, 2), (2, 0), (3, 4), (5, 6), (7, 8), (9, 10), (10, 11), (0, 9)]:
    WEIGHTS[first, second] = WEIGHTS[second, first] = 3


def pairs(*rows):
    return [NamedPair(name1, name2, n, 0.5) for name1, name2, n in rows]


def test_the_same_weights_give_the_same_places_with_room_for_labels():
    places = layout(WEIGHTS)
    assert (places == layout(WEIGHTS)).all()
    assert np.abs(places).max() == 1
    apart = np.sqrt(((places[:, None] - places[None]) ** 2).sum(axis=2)) + np.eye(12)
    assert apart.min() > 0.15


def test_a_link_is_kept_where_it_is_among_the_closest_of_either():
    star = pairs(*[("A", name, 9 - at) for at, name in enumerate("BCDE")], ("B", "C", 5))
    assert len(strongest_links(star, set("ABCDE"))) == 5
    assert [pair[:2] for pair in strongest_links(star, set("AB"))] == [("A", "B")]


def test_only_linked_entities_are_drawn():
    corpus = pa.table({"name": ["A", "B", "C"], "kind": ["place"] * 3, "mentions": [5, 4, 3]})
    assert network(corpus, pairs(("A", "B", 2)))["name"].to_pylist() == ["A", "B"]
    assert network(corpus, []).num_rows == network(corpus.slice(3), []).num_rows == 0


def test_pairs_by_sentence():
    row = {"name1": "A", "name2": "B", "n": 2, "npmi": 0.5}
    assert pairs_by_sentence(pa.Table.from_pylist([row | {"unit": unit} for unit in UNITS])) == pairs(("A", "B", 2))
