import numpy as np

from scripts.maths import minhash


def sequences(words):
    return {tuple(words[at : at + minhash.SHINGLE]) for at in range(len(words) - minhash.SHINGLE + 1)}


def test_min_hash_estimates_the_resemblance():
    random = np.random.default_rng(4)
    vocabulary = [f"w{number}" for number in range(3000)]
    misses = []
    for _ in range(100):
        first = random.integers(0, 3000, 300)
        second = first.copy()
        changed = random.integers(1, 40)
        second[random.integers(0, 300, changed)] = random.integers(0, 3000, changed)
        left, right = sequences(first.tolist()), sequences(second.tolist())
        true = len(left & right) / len(left | right)
        rows = minhash.signatures(np.r_[first, second], np.repeat([0, 1], 300), vocabulary, 2)
        deviation = np.sqrt(true * (1 - true) / minhash.HASHES)
        misses.append(((rows[0] == rows[1]).mean() - true) / deviation)
    # The estimate is that of 128 draws: no bias, and the standard deviation of a binomial.
    assert abs(np.mean(misses)) < 0.3
    assert 0.8 < np.std(misses) < 1.2


def test_signatures_do_not_depend_on_the_batch():
    words = [f"w{number % 37}" for number in range(60)]
    alone = minhash.signatures(np.arange(60) % 37, np.zeros(60, int), words[:37], 1)
    names = sorted({*words, "another", "zzz"})
    number = np.array([names.index(word) for word in words])
    beside = minhash.signatures(np.r_[[names.index("zzz")] * 9, number], np.repeat([0, 1], [9, 60]), names, 2)
    assert (alone[0] == beside[1]).all()


def test_signatures_stay_what_they_are():
    """Runs to come compare theirs with the signatures of runs before."""
    (row,) = minhash.signatures(np.arange(6), np.zeros(6, int), list("abcdef"), 1)
    assert row[:3].tolist() == [508770655, 1296073078, 1011504979]


def test_a_text_shorter_than_a_shingle_has_no_signature():
    assert not minhash.signatures(np.arange(4), np.zeros(4, int), list("abcd"), 1).any()
    assert minhash.signatures(np.array([], int), np.array([], int), [], 0).shape == (0, minhash.HASHES)
