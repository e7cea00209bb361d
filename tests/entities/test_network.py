import numpy as np
import pyarrow as pa
import pytest

from scripts.entities.cooccurrence import UNITS
from scripts.entities.network import LINKS, MOST_NODES, NamedPair, layout, network, pairs_by_sentence, strongest_links

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


def test_three_links_of_either_entity_the_closest_first_and_ties_by_association_and_name():
    names = "ABCDEFG"
    star = [NamedPair("A", name, 5, npmi) for name, npmi in zip("BCDEFG", (0.5, 0.5, 0.9, 0.1, 0.2, 0.3), strict=True)]
    assert [pair.name2 for pair in strongest_links(star, names)] == ["D", "B", "C", "G", "F", "E"]
    both = [*pairs(("A", "B", 9), ("A", "C", 8), ("A", "D", 7)), *pairs(("E", "F", 9), ("E", "G", 8), ("E", "D", 7))]
    last = pairs(("A", "E", 6))
    assert strongest_links([*last, *both], names) == sorted(both, key=lambda pair: (-pair.n, pair.name1))
    assert last[0] in strongest_links([*last, *both[:2], *both[3:]], names)
    assert LINKS == 3


def test_the_row_of_an_entity():
    corpus = pa.table(
        {"name": ["A", "B", "C", "B"], "kind": ["place", "person", "place", "body"], "mentions": [5, 4, 3, 2]}
    )
    rows = network(corpus, pairs(("A", "B", 2), ("B", "C", 3))).to_pylist()
    shown = [(row["name"], row["kind"], row["mentions"], row["shared"], row["neighbours"]) for row in rows]
    assert shown == [("B", "person", 4, 5, 2), ("C", "place", 3, 3, 1), ("A", "place", 5, 2, 1)]


def test_at_most_so_many_entities_are_drawn():
    names = [f"n{number:02}" for number in range(MOST_NODES + 4)]
    ring = pairs(*zip(names, [*names[1:], names[0]], range(len(names) + 9, 9, -1), strict=True))
    corpus = pa.table({"name": names, "kind": ["place"] * len(names), "mentions": [1] * len(names)})
    assert network(corpus, ring).num_rows == MOST_NODES == 24


PLACES = [
    (-0.143, 0.232), (-0.383, 0.473), (-0.504, 0.243), (0.567, -0.961), (0.263, -1.0), (0.777, 0.88),
    (0.497, 1.0), (-1.0, -0.473), (-0.795, -0.671), (0.259, 0.072), (0.651, -0.044), (1.0, -0.127),
]  # fmt: skip


def test_places_are_the_same_on_every_machine():
    assert layout(WEIGHTS) == pytest.approx(np.array(PLACES), abs=0.002)
    chain = np.array([[0, 3, 0], [3, 0, 1], [0, 1, 0]])
    assert layout(chain) == pytest.approx(np.array([(1, 1), (0.084, 0.084), (-1, -1)]), abs=0.002)
    assert layout(np.zeros((1, 1))).tolist() == [[0, 0]]
    assert np.abs(layout(chain[:2, :2])).tolist() == [[1, 1], [1, 1]]
