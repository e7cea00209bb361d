"""The seed that holds a document: itself, its table, its archive."""

import pytest

from scripts.documents.paths import folder_depth, owning_seed

SEEDS = {"t.csv", "note#7", "a/z.zip", "a/b/c.txt"}


@pytest.mark.parametrize(
    ("path", "seed"),
    [
        ("t.csv", "t.csv"),
        ("t.csv#12", "t.csv"),
        ("t.csv#12345678901", None),
        ("note#7", "note#7"),
        ("note", None),
        ("a/z.zip/in/x.txt#3", "a/z.zip"),
        ("a/b/c.txt", "a/b/c.txt"),
        ("a/b", None),
        ("", None),
    ],
)
def test_a_row_and_a_member_belong_to_their_file(path, seed):
    assert owning_seed(path, SEEDS, depth=folder_depth(SEEDS)) == seed


def test_a_path_of_many_folders_is_cut_at_the_deepest_seed():
    assert folder_depth(SEEDS) == 2 and folder_depth(set()) == 0
    assert owning_seed("a/z.zip" + "/x" * 10_000, SEEDS, depth=2) == "a/z.zip"
