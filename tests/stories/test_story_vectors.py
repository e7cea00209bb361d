"""A vector of an article has the weights that the module's description gives, counted here one word at a time."""

import math
from collections import Counter, defaultdict

import numpy as np
import pyarrow as pa
import pytest

from scripts.core.lexicons import tab_rows
from scripts.stories.stories import article_vectors, by_date, originals_of
from scripts.stories.story_vectors import Cells, frequencies_of, vectors
from tests.stories.test_stories import article, tokens

STOP = {"in", "the", "and", "a", "to", "of", "with"}


def terms_of(text, families):
    """Return how often each word counts in all of a text, in its first four sentences, and among numbers."""
    counts = Counter({(f"family {family}", 0): 4 for family in families})
    for sentence, words in enumerate(text.split(" . ")):
        for word in (word for word in words.split() if word.isalnum() and word not in STOP):
            weight = 2 if word[0].isupper() else 1
            counts[word.lower(), 0] += weight
            if sentence < 4:
                counts[word.lower(), 1] += weight
            if word[0].isdigit():
                counts[word.lower(), 2] += 1
    return counts


def is_of_house(term, documents, texts, outlets, outlet):
    """Return whether half of an outlet's articles, five or more, have a term that is four times as rare elsewhere."""
    own = [doc_id for doc_id in texts if outlets[doc_id] == outlet]
    having = len(documents[term] & {*own})
    elsewhere, others = len(documents[term]) - having, len(texts) - len(own)
    return len(own) >= 5 and having >= len(own) / 2 and 4 * elsewhere * len(own) <= having * others


def expected_vectors(texts, outlets, families):
    terms = {doc_id: terms_of(text, families[doc_id]) for doc_id, text in texts.items()}
    documents = defaultdict(set)
    for doc_id, counts in terms.items():
        for term in counts:
            documents[term].add(doc_id)
    share = {word: float(each) for word, each in tab_rows("word_shares.tsv")}
    vectors = {}
    for doc_id, counts in terms.items():
        weights, squares = defaultdict(dict), Counter()
        for term, n in counts.items():
            if outlets[doc_id] and is_of_house(term, documents, texts, outlets, outlets[doc_id]):
                continue
            elsewhere = 500 * share.get(term[0], 0) + len(documents[term])
            weight = (1 + math.log(n)) * round(4 * math.log((len(texts) + 500) / max(1, elsewhere)))
            is_shared = len(documents[term]) > 1
            squares[term[1]] += weight**2 * (1 if is_shared else 50 / (50 + len(texts)))
            if is_shared and weight > 0:
                weights[term[1]][term] = weight
        vectors[doc_id] = {
            term: 1000 * math.sqrt((0.4, 0.4, 0.2)[block] / squares[block]) * weight
            for block, of_block in weights.items()
            for term, weight in sorted(
                of_block.items(), key=lambda each: (-each[1], not each[0][0].startswith("family "), each[0][0])
            )[:100]
        }
    return vectors


def made_texts():
    """Return articles of many sentences with words in common, names and numbers; one outlet always writes two words."""
    random = np.random.default_rng(4)
    vocabulary = [f"word{at}" for at in range(400)] + [f"Name{at}" for at in range(20)] + [f"{at}" for at in range(60)]
    texts = {}
    for number in range(12):
        words = random.choice(vocabulary, 20 if number else 700)
        sentences = [" ".join(words[at : at + 4]) for at in range(0, len(words), 4)]
        texts[f"d{number:02}"] = " . ".join(["the dock and the fire" if number % 3 else "the new dock", *sentences])
        if number < 6:
            texts[f"d{number:02}"] += " . Press office"
        if number in (0, 1, 2, 3, 7):  # four times as rare elsewhere
            texts[f"d{number:02}"] += " . Night desk"
    return texts


@pytest.mark.parametrize("parts", [1, 3])
def test_vectors_weigh_words_beginnings_and_numbers(parts, monkeypatch):
    monkeypatch.setattr("scripts.stories.story_vectors._WAITING", 0)
    texts = made_texts()
    outlets = {doc_id: "Globe" if at < 6 else "Post" if at < 10 else "" for at, doc_id in enumerate(texts)}
    families = {doc_id: [2] if at in (1, 7) else [] for at, doc_id in enumerate(texts)}
    reuse = pa.table({"family": [2, 2, 2, 1], "doc_id": ["d07", "d01", "d01", "a copy"]})
    articles = by_date(pa.Table.from_pylist([article(doc_id, outlet=outlets[doc_id]) for doc_id in texts]))
    rows = {**texts, "a copy": texts["d00"]}
    names = [*rows]
    blocks = [tokens({name: rows[name] for name in names[at::parts]}) for at in range(parts)]
    made = article_vectors(blocks, reuse, originals_of(articles))
    words, bounds = made.words.to_pylist(), made.rows.bounds.tolist()
    for number, (doc_id, expected) in enumerate(expected_vectors(texts, outlets, families).items()):
        cells = range(bounds[number], bounds[number + 1])
        vector = {
            (words[made.rows.column[at] // 3], int(made.rows.column[at]) % 3): int(made.rows.value[at]) for at in cells
        }
        assert vector.keys() == expected.keys(), doc_id
        assert vector == pytest.approx(expected, abs=0.5), doc_id
    assert "press" not in {words[column // 3] for column in made.rows.column.tolist()}


def test_a_word_that_all_of_many_articles_have_is_in_no_vector_nor_one_that_one_has():
    n = 4_000
    words = ["everywhere", *(f"pair {at}" for at in range(n // 2)), *(f"alone {at}" for at in range(n))]
    number = np.arange(n)
    term = np.stack([np.zeros(n, int), 1 + number // 2, 1 + n // 2 + number], axis=1) * 3
    part = Cells(np.repeat(number, 3), term.ravel(), np.ones(3 * n, int))
    made = vectors([part], words, frequencies_of([part], np.full(n, -1)), np.arange(len(words)))
    assert np.diff(made.bounds).tolist() == [1] * n
    assert made.column.tolist() == (3 * (1 + number // 2)).tolist()
