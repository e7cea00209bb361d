"""The sentences behind a number are the sentences that it counts, wherever they are asked for."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.core.storage import parquet_writer, read_parquet, rows_to_table, write_parquet
from scripts.report.index import FIRST, Index
from scripts.report.words import IN_GROUP, NEAR, REFERENCE, SEQUENCE, TARGET, WORD
from tests.report.corpus import in_groups, row

WORDS = {"unit": "lemma", "window": 2}
RECORDS = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.integers(0, 30),
        st.sampled_from(["conflict", "economic"]),
        st.sampled_from(["x", "Y", ""]),
    ),
    max_size=60,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("tables")


@settings(max_examples=40)
@given(RECORDS)
def test_find_agrees_with_a_plain_search(folder, records):
    write_parquet(folder / "documents.parquet", rows_to_table("documents", [row("documents", doc_id="a")]))
    rows = [row("frame_codes", doc_id=d, sentence=s, frame=f, speaker=v) for d, s, f, v in records]
    write_parquet(folder / "frame_codes.parquet", rows_to_table("frame_codes", rows))
    keys = [("conflict", "x"), ("economic", ""), ("conflict", "nobody"), ("conflict", "x")]
    for key, sentences in zip(keys, Index(folder, WORDS).find("frame_codes", ("frame", "speaker"), keys), strict=True):
        places = sorted({(d, s) for d, s, f, v in records if (f, v) == key})
        assert sentences.places == places[:FIRST]
        assert sentences.total == len(places)


def test_words_are_found_as_they_were_counted_and_phrases_in_sentences(folder):
    write_parquet(folder / "documents.parquet", rows_to_table("documents", [row("documents", doc_id="a")]))
    tokens = [
        row("tokens", doc_id="a", sentence=n, token=n, norm=norm, lemma=lemma, is_word=True)
        for n, (norm, lemma) in enumerate([("says", "say"), ("china", "China")])
    ]
    write_parquet(folder / "tokens.parquet", rows_to_table("tokens", tokens))
    write_parquet(folder / "readability.parquet", rows_to_table("readability", [row("readability", doc_id="a")]))
    by_lemma = Index(folder, WORDS).find("tokens", ("word",), [("say",), ("china",), ("says",)])
    assert [hits.places for hits in by_lemma] == [[("a", 0)], [("a", 1)], []]
    assert Index(folder, WORDS | {"unit": "form"}).find("tokens", ("word",), [("says",)])[0].places == [("a", 0)]


def test_a_sequence_is_found_as_words_and_not_as_letters(tmp_path):
    texts = ["a great nation .", "great nations", "a great . nation", "the drug crisis"]
    write_tokens(tmp_path, [[text.split() for text in texts]], ["x"])
    keys = [("great nation",), ("great", "nation"), ("a great",), ("the drug crisis",), ("the", "dream")]
    lists = Index(tmp_path, WORDS).find("sentences", ("ngram",), keys)
    assert [[number for _, number in each.places] for each in lists] == [[0], [0], [0, 2], [3], []]


def test_the_first_twenty_sentences_of_a_word_are_listed_and_all_are_counted(folder):
    write_tokens(folder, [[["a"]] * 30], ["x"])
    (hits,) = Index(folder, WORDS).find("tokens", ("word",), [("a",)])
    assert (hits.places, hits.total) == ([("d0", at) for at in range(20)], 30)


def test_a_table_that_is_not_there_finds_nothing(tmp_path):
    write_parquet(tmp_path / "documents.parquet", rows_to_table("documents", []))
    assert Index(tmp_path, WORDS).find("quotes", ("speaker",), [("x",)])[0].total == 0


# Documents of sentences of words; "." is a token that is no word.
TEXTS = st.lists(st.lists(st.lists(st.sampled_from("abc."), max_size=8), max_size=3), min_size=1, max_size=4)


def write_tokens(folder, texts, outlets):
    documents, tokens = [], []
    for number, (text, outlet) in enumerate(zip(texts, outlets, strict=False)):
        documents.append(row("documents", doc_id=f"d{number}", outlet=outlet))
        words = [(at, word) for at, sentence in enumerate(text) for word in sentence]
        tokens += [
            row("tokens", doc_id=f"d{number}", sentence=at, token=n, norm=word, lemma=word.upper(), is_word=word != ".")
            for n, (at, word) in enumerate(words)
        ]
    write_parquet(folder / "documents.parquet", rows_to_table("documents", documents))
    write_parquet(folder / "tokens.parquet", rows_to_table("tokens", tokens))
    counted = [row("readability", doc_id=each["doc_id"]) for each in documents]
    write_parquet(folder / "readability.parquet", rows_to_table("readability", counted))


@settings(max_examples=40)
@given(TEXTS, st.lists(st.sampled_from(["x", "y", "z", ""]), min_size=4, max_size=4))
def test_words_of_a_group_agree_with_a_plain_search(folder, texts, outlets):
    write_tokens(folder, texts, outlets)
    keys = [("a", "outlet", "x", TARGET), ("a", "outlet", "x", REFERENCE), ("b", "outlet", "y", TARGET)]
    for (word, _, group, side), hits in zip(keys, Index(folder, WORDS).find(IN_GROUP, (), keys), strict=True):
        group_outlets = {group} if side == TARGET else {"x", "y", "z"} - {group}
        places = [
            (f"d{number}", at)
            for number, (text, outlet) in enumerate(zip(texts, outlets, strict=False))
            for at, sentence in enumerate(text)
            if outlet in group_outlets and word in sentence
        ]
        assert (hits.places, hits.total) == (places[:FIRST], len(places))


@settings(max_examples=40)
@given(TEXTS)
def test_words_near_each_other_agree_with_a_plain_search(folder, texts):
    write_tokens(folder, texts, ["x"] * 4)
    keys = [("a", "b"), ("a", "c"), ("b", "b")]
    for key, hits in zip(keys, Index(folder, WORDS).find(NEAR, (), keys), strict=True):
        places = []
        for number, text in enumerate(texts):
            for at, sentence in enumerate(text):
                words = [word for word in sentence if word != "."]
                pairs = combinations(range(len(words)), 2)
                near = [(i, j) for i, j in pairs if j - i <= 2 and sorted((words[i], words[j])) == sorted(key)]
                places += [(f"d{number}", at)] if near else []
        assert (hits.places, hits.total) == (places[:FIRST], len(places))


def test_a_comparison_with_other_articles_finds_the_words_here(folder):
    write_tokens(folder, [[["a"]], [["b"]]], ["x", "y"])
    keys = [("a", "corpus", "this corpus", TARGET), ("a", "corpus", "this corpus", REFERENCE)]
    assert [hits.places for hits in Index(folder, WORDS).find(IN_GROUP, (), keys)] == [[("d0", 0)], []]


def test_rows_of_other_keys_are_no_hits(tmp_path):
    write_parquet(tmp_path / "documents.parquet", rows_to_table("documents", [row("documents", doc_id="d")]))
    rows = [row("frame_codes", doc_id="d", sentence=at, frame=name) for at, name in enumerate("abcab")]
    write_parquet(tmp_path / "frame_codes.parquet", rows_to_table("frame_codes", rows))
    for keys in ([("a",)], [("b",), ("a",)], [("a",), ("b",)], [("c",)]):
        lists = Index(tmp_path, WORDS).find("frame_codes", ("frame",), keys)
        expected = [[("d", at) for at, name in enumerate("abcab") if (name,) == key] for key in keys]
        assert [hits.places for hits in lists] == expected
        assert [hits.total for hits in lists] == [len(places) for places in expected]


def written(folder, **tables):
    for name, rows in ({"documents": [{"doc_id": "d"}]} | tables).items():
        write_parquet(folder / f"{name}.parquet", rows_to_table(name, [row(name, **each) for each in rows]))
    return Index(folder, WORDS)


def test_a_refusal_to_speak_is_no_statement_of_anybody(tmp_path):
    kinds = [("Lin", "direct"), ("Lin", "no comment"), ("Bo", "no comment"), ("Bo", "indirect"), ("Cy", "no comment")]
    rows = [{"doc_id": "d", "sentence": at, "speaker": name, "type": kind} for at, (name, kind) in enumerate(kinds)]
    rows.append({"doc_id": "d", "sentence": 9, "speaker": "Lin", "type": None})
    keys = [("Lin",), ("Bo",), ("Cy",)]
    lists = written(tmp_path, quotes=rows).find("quotes", ("speaker",), keys)
    assert [[sentence for _, sentence in each.places] for each in lists] == [[0, 9], [3], []]


def test_a_row_without_a_value_has_none_of_the_keys(tmp_path):
    names = ["a", None, "b", None, "c"]
    rows = [{"doc_id": "d", "sentence": at, "scheme": "s", "frame": name} for at, name in enumerate(names)]
    index = written(tmp_path, frame_codes=rows)
    for keys in ([("s", "a")], [("s", "c")], [("s", name) for name in "abc"], [("s", name) for name in "cba"]):
        lists = index.find("frame_codes", ("scheme", "frame"), keys)
        assert [each.places for each in lists] == [[("d", names.index(name))] for _, name in keys]


def test_documents_come_in_their_order_and_each_sentence_once(tmp_path):
    places = [("b", 1), ("a", 7), ("b", 0), ("a", 7), ("a", 2), ("b", 1)]
    rows = [{"doc_id": doc_id, "sentence": at, "frame": "war"} for doc_id, at in places]
    (hits,) = written(tmp_path, frame_codes=rows).find("frame_codes", ("frame",), [("war",)])
    assert (hits.places, hits.total) == ([("a", 2), ("a", 7), ("b", 0), ("b", 1)], 4)


def test_a_row_of_another_scheme_has_no_key(tmp_path):
    rows = [{"doc_id": "d", "sentence": at, "scheme": scheme, "frame": frame}
            for at, (scheme, frame) in enumerate([("t", "a"), ("t", "b"), ("s", "b"), ("t", "c")])]  # fmt: skip
    lists = written(tmp_path, frame_codes=rows).find(
        "frame_codes", ("scheme", "frame"), [("s", name) for name in "abc"]
    )
    assert [each.places for each in lists] == [[], [("d", 2)], []]


def regrouped(path, rows):
    """Write a table again, so many rows a row group."""
    table = read_parquet(path)
    with parquet_writer(path, table.schema) as out:
        out.write_table(table, row_group_size=rows)


def test_tables_in_many_row_groups_and_files_have_the_same_sentences(tmp_path):
    texts = [[list("ab.a"), list("ab")], [list("ba")], [list("c.a")], [list("ab")] * 25]
    write_tokens(tmp_path, texts, ["x", "y", "", "x"])
    codes = [{"doc_id": f"d{n}", "sentence": s, "frame": "war"} for n in range(4) for s in (0, 0, 1, 7)]
    write_parquet(
        tmp_path / "frame_codes.parquet", rows_to_table("frame_codes", [row("frame_codes", **each) for each in codes])
    )
    questions = [
        (WORD, ("word",), [("a",), ("c",)]),
        (SEQUENCE, ("ngram",), [("a b",), ("b a",)]),
        (SEQUENCE, ("word1", "word2"), [("a", "b")]),
        (NEAR, ("word1", "word2"), [("a", "b")]),
        (IN_GROUP, (), [("a", "outlet", "x", TARGET), ("a", "outlet", "x", REFERENCE)]),
        ("frame_codes", ("frame",), [("war",)]),
    ]
    lists = [Index(tmp_path, WORDS).find(*each) for each in questions]
    for change in (lambda path: regrouped(path, 3), in_groups):
        for name in ("tokens", "frame_codes"):
            change(tmp_path / f"{name}.parquet")
        index = Index(tmp_path, WORDS)
        index.look_up(questions)
        assert [index.find(*each) for each in questions] == lists
    assert [hits.total for hits in lists[0]] == [29, 1]
    assert lists[1][0] == lists[2][0] and lists[1][0].total == 27
    assert [hits.total for hits in lists[4]] == [27, 1]
    assert lists[5][0].total == 12


def test_the_tokens_are_read_once_for_many_lookups(tmp_path):
    write_tokens(tmp_path, [[["a", "b"]]], ["x"])
    index = Index(tmp_path, WORDS)
    index.look_up([(WORD, ("word",), [("a",)]), (NEAR, ("word1", "word2"), [("a", "b")])])
    (tmp_path / "tokens.parquet").unlink()
    assert index.find(WORD, ("word",), [("a",)])[0].total == index.find(NEAR, ("word1", "word2"), [("a", "b")])[0].total
