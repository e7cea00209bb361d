"""The same quoted passage in several documents: which passages are one, how they differ, and the tables of families."""

from collections import Counter
from functools import partial

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.planted_quotes import SCENES, chosen_for, found_plants, is_right, real_passages
from benchmarks.quote_families import aligned_families, exact_families, examples, families, scores
from scripts.core.plain_words import plain_words
from scripts.core.storage import write_parquet
from scripts.reuse.passages import LONGEST_PASSAGE, Passage, passages
from scripts.reuse.quote_families import family_tables, read_outlets, read_quotes, without_second_half
from scripts.reuse.reference_forms import occurrences, reference_form
from scripts.reuse.travelling import content_words, is_same, is_version, numbers_of_families, possible_forms
from scripts.reuse.variants import compare, marks

PASSAGE = "We will not close the old harbour before all twelve cranes have been inspected by the engineers"


QUAY = "The ferries that carry our children to school have not left the quay since Tuesday morning"


def in_documents(*texts):
    return [Passage(f"d{at}", 0, 0, len(text), text) for at, text in enumerate(texts)]


def test_variants_are_joined_and_decoys_are_not():
    """Hand-made variants and decoys; Quotebank's exact match joins a fifth of the variants."""
    chosen = [*examples()]
    assert sum(example.same for example in chosen) >= 300 <= sum(not example.same for example in chosen)
    score = scores(chosen, aligned_families)
    assert score.precision >= 0.95 and score.recall >= 0.90
    assert scores(chosen, exact_families).recall < 0.25


@pytest.mark.parametrize(
    "text, kind",
    [
        ("we will not close the old harbour before all twelve cranes have been inspected by the engineers", "exact"),
        ("We'll not close the old har-bour before all twelve cranes have been inspected by the engineers", "altered"),
        ("We will not close the old har-bour before all twelve cranes have been inspected by the engineers", "exact"),
        ("close the old harbour before all twelve cranes", "cut"),
        ("We will not close the old harbour before all cranes have been inspected by the engineers", "joined"),
        ("We will not close the old port before all twelve cranes have been inspected by the engineers", "altered"),
        (f"{PASSAGE}, and nobody will tell me otherwise", "longer"),
        (f"I say again: {PASSAGE.removesuffix(' by the engineers')}", "cut"),
        (
            "We will not close the old harbour before all twelve cranes have been sold to the engineers' wives",
            "altered",
        ),
    ],
)
def test_kinds(text, kind):
    assert compare(PASSAGE, text).kind == kind


@pytest.mark.parametrize(
    "longest, text, negation, number",
    [
        (PASSAGE, PASSAGE.replace(" not", ""), True, False),
        (PASSAGE, PASSAGE.replace("twelve", "12"), False, False),
        (PASSAGE, PASSAGE.replace("twelve", "eleven"), False, True),
        (PASSAGE, PASSAGE.replace("twelve ", ""), False, False),
        (PASSAGE.replace("twelve ", ""), PASSAGE, False, True),
        (PASSAGE, "close the old harbour before all twelve cranes", False, False),
        (
            "It will depend on whether or not he pays the bill",
            "It will depend on whether he pays the bill",
            False,
            False,
        ),
        ("We close the old harbour early next year", "We close the old harbour without any delay", True, False),
        (
            "We close the old harbour early next year",
            "We close the old harbour without any further delay",
            False,
            False,
        ),
        ("They do not know it and we cannot wait", "They don't know it and we cannot wait", False, False),
        ("The town, which was never rich, has closed it", "The town has closed it", False, False),
        ("The town has, if not today, closed it", "The town has closed it", True, False),
        (
            "He has paid the bill in full",
            "Nobody knows why and I will not say it: he has paid the bill in full",
            False,
            False,
        ),
        ("No doctor has paid the bill", "Every doctor has paid the bill", True, False),
        ("He paid 1,200 dollars for it", "He paid 1,300 dollars for it", False, True),
        ("He paid in the 11th hour", "He paid in the eleventh hour", False, False),
    ],
)
def test_flags(longest, text, negation, number):
    variant = compare(longest, text)
    assert (variant.negation, variant.number) == (negation, number), variant


@pytest.fixture(scope="module")
def real():
    return real_passages(200)


@pytest.mark.parametrize("scene", SCENES)
def test_who_altered_a_quotation_carries_the_flag_and_who_did_not_carries_none(scene, real):
    """Changes planted in sentences of the inaugural addresses; without dates and numbers nothing tells who made one."""
    results = found_plants(chosen_for(scene, real), scene)
    joined = [each for each in results if each.is_joined]
    assert len(results) >= 190 and len(joined) >= 0.95 * len(results)
    for flag in ("negation", "number"):
        planted = [each for each in joined if each.change == flag]
        assert len(planted) >= 8 and sum(flag in each.flags for each in planted) >= 0.95 * len(planted)
        blamed = [each for each in planted if flag in each.of_true and flag not in each.flags]
        assert len(blamed) <= 0.02 * len(planted)
        if scene in ("earliest", "commonest"):
            assert not any(flag in each.of_true for each in planted)
    if scene == "undated":
        assert {each.reason for each in joined if each.change != "marks"} == {"unknown"}
    else:
        assert sum(map(is_right, joined)) >= 0.9 * len(joined)


TRUE = PASSAGE
FALSE = PASSAGE.replace("close", "ever close")


@pytest.mark.parametrize(
    "texts, dates, stories, number, reason",
    [
        ([FALSE, TRUE, TRUE], ["2025-01-01", "2025-02-01", "2025-02-02"], "abc", 1, "commonest"),
        ([FALSE, TRUE, TRUE], ["2025-01-01", "2025-02-01", "2025-02-02"], "abb", 0, "earliest"),
        ([FALSE, TRUE], ["2025-02-01", "2025-01-01"], "ab", 1, "earliest"),
        ([FALSE, TRUE], ["", "2025-01-01"], "ab", 0, "unknown"),
        ([FALSE, TRUE], ["2025-01-01T10:00:00+02:00", "2025-01-01T09:00:00+00:00"], "ab", 0, "unknown"),
        ([FALSE, TRUE], ["2025-01-01T10:00:00", "2025-01-01T09:00:00"], "ab", 1, "earliest"),
        ([FALSE, TRUE, TRUE.replace("twelve", "eleven")], ["", "", ""], "abc", 1, "closest"),
        ([TRUE, TRUE.upper()], ["", ""], "ab", 0, "only"),
        ([TRUE.replace("harbour", "port"), TRUE], ["", "2025-01-01"], "ab", 1, "unknown"),
        ([TRUE, TRUE, FALSE], ["", "2025-01-01", "2025-02-01"], "aab", 1, "earliest"),
    ],
)
def test_the_reference_form_is_the_commonest_or_the_earliest(texts, dates, stories, number, reason):
    assert reference_form(texts, dates, [*stories]) == (number, reason)


def test_parts_that_do_not_overlap_are_compared_with_the_whole():
    """The first half is commonest, and the second cannot be compared with it."""
    speech = f"{PASSAGE}. {QUAY}"
    texts = [PASSAGE, PASSAGE, QUAY, speech]
    assert reference_form(texts, ["2025-01-01"] * 3 + ["2025-01-02"], [*"abcd"])[0] == 3
    family, reason = occurrences(in_documents(*texts), ["2025-01-01"] * 3 + ["2025-01-02"], [*"abcd"])
    assert [variant.kind for _, variant in family] == ["cut", "cut", "cut", "reference"] and reason == "unknown"


def test_where_nothing_shows_who_changed_a_negation_all_are_flagged():
    """Two have it and two do not, and none has a date."""
    texts = [PASSAGE, PASSAGE, *[PASSAGE.replace(" not", "")] * 2]
    family, reason = occurrences(in_documents(*texts), [""] * 4, [*"abcd"])
    assert (reason, [variant.negation for _, variant in family]) == ("unknown", [True] * 4)
    assert {variant.kind for _, variant in family} >= {"reference", "exact"}


def test_a_cut_is_no_place_where_a_last_word_comes_again():
    """An alignment may put the last word of a cut further on, as if words were left out inside."""
    assert compare("close the gate and mend the fence by the river and the", "close the gate and").kind == "cut"
    assert compare("the one who sold the harbour sold the", "sold the").kind == "cut"


def test_an_ellipsis_hides_words():
    assert compare(PASSAGE, "We will not close the old harbour ... before all twelve cranes have been").hidden == 0
    variant = compare(PASSAGE, "We will not close … before all twelve cranes")
    assert (variant.kind, variant.hidden) == ("joined", 3)
    assert variant.marked == (
        "we will not close [-the old harbour-] before all twelve cranes [-have been inspected by the engineers-]"
    )


def test_passages_that_overlap_are_one_family():
    first = "Nobody asked me, and the mayor had signed the contract for the new bridge over the river long before that."
    decoy = (
        "The mayor had signed the contract for the new bridge over the river long before that. I read it in a paper."
    )
    assert len(families(in_documents(first, decoy))) == 1


def quoted(content, spans):
    return passages({"doc_id": "d", "quote": 0, "content_spans": spans, "content": content})


def test_pieces_of_one_speech_are_one_passage():
    content = '"We will not close the harbour," ... "and we will not sell it."'
    pieces = [[0, 32], [42, 69]]
    assert [each.text for each in quoted(content, pieces)] == [
        "We will not close the harbour, and we will not sell it."
    ]


def test_words_outside_quotation_marks_are_no_passage():
    content = "that he was “very much in favour of it” but would “wait and see”"
    assert [each.text for each in quoted(content, [[5, 5 + len(content)]])] == ["very much in favour of it"]


def test_of_an_endless_passage_the_beginning_is_compared():
    content = "“" + "never " * 50_000 + "”"
    (passage,) = quoted(content, [[0, len(content)]])
    assert (passage.start, passage.end) == (1, len(content) - 1)
    assert len(passage.text.split()) == LONGEST_PASSAGE
    texts = [" ".join(f"word{at % 97}" for at in range(start, start + LONGEST_PASSAGE)) for start in range(3)]
    assert len(families(in_documents(*texts))) == 1


def test_one_document_makes_no_family():
    assert families([Passage("d", quote, 0, 9, PASSAGE) for quote in range(3)]) == []
    assert families([]) == []


def test_a_passage_that_everybody_quotes_is_one_family():
    texts = [PASSAGE.replace("twelve", f"{word} twelve") for word in ("my", "your", "our", "their", "his") * 30]
    (family,) = families(in_documents(PASSAGE, *texts))
    assert len(family) == 151


COLUMNS = ("doc_id", "quote", "sentence", "content_spans", "content", "speaker", "speaker_type")
QUOTES = [
    dict(zip(COLUMNS, row, strict=True))
    for row in [
        ("late", 0, 4, [[0, 97]], f"“{PASSAGE}”", "Smith", "person"),
        ("early", 3, 2, [[10, 60]], "“close the old harbour before all twelve cranes”", "Ann Smith", "person"),
        ("wire", 1, 1, [[10, 107]], f"“{PASSAGE}”", "Bob Jones", "person"),
        ("copy", 0, 0, [[30, 127]], f"“{PASSAGE}”", "the mayor", "unnamed"),
        ("alone", 0, 3, [[0, 60]], "“Nobody else has ever said a thing about those red herrings”", "Al Lone", "person"),
    ]
]
DOCUMENTS = {
    "late": {"outlet": "Globe", "date": "2025-03-02"},
    "early": {"outlet": "Post", "date": "2025-03-01"},
    "wire": {"outlet": "Herald", "date": "2025-03-03"},
    "copy": {"outlet": "Courier", "date": None},
    "alone": {"outlet": None, "date": "2025-03-01"},
}


def tables_of(quotes, clusters):
    """Return the rows of the two tables; quotes are read as `read_quotes` reads them."""

    def read(chosen):
        return quotes if chosen is None else [quotes[number] for number in chosen]

    return [table.to_pylist() for table in family_tables(read, lambda _: DOCUMENTS, clusters)]


def test_families_are_numbered_by_stories_however_many_are_rows_at_a_time(monkeypatch):
    ferries = "“The ferries that carry our children to school have not left the quay since Tuesday morning”"
    alone = [row for row in QUOTES if row["doc_id"] == "alone"]
    more = [{**QUOTES[0], "doc_id": name, "content": ferries} for name in ("early", "wire")]
    expected = tables_of([*more, *QUOTES, *alone], {})
    assert [(row["family"], row["stories"]) for row in expected[0]] == [(1, 4), (2, 2)]
    assert [row["family"] for row in expected[1]] == [1] * 4 + [2] * 2
    monkeypatch.setattr("scripts.reuse.quote_families._FAMILIES", 1)
    assert tables_of([*more, *QUOTES, *alone], {}) == expected


def test_copies_of_one_story_bring_no_family_to_the_front():
    more = [{**QUOTES[0], "doc_id": name, "content": f"“{QUAY}”"} for name in ("early", "wire", "alone")]
    rows, _ = tables_of([*more, *QUOTES[:4]], dict.fromkeys(("late", "wire", "copy"), "late"))
    assert [(row["family"], row["stories"], row["documents"]) for row in rows] == [(1, 3, 3), (2, 2, 4)]


def test_an_occurrence_that_hides_words_counts_once():
    content = f"“{PASSAGE.replace('the old harbour', '…')}”"
    cut = {**QUOTES[2], "content": content, "content_spans": [[0, len(content)]]}
    (family,), reuse = tables_of([QUOTES[0], cut], {})
    assert (family["hidden"], [row["hidden"] for row in reuse]) == (1, [0, 3])


def test_quotes_are_read_some_at_a_time_and_by_number(tmp_path, monkeypatch):
    rows = [{**row, "type": "direct", "n_words": 9} for row in QUOTES]
    rows += [{**rows[0], "type": "boilerplate"}, {**rows[0], "n_words": 0}, {**rows[0], "content": "no mark"}]
    path = tmp_path / "quotes.parquet"
    write_parquet(path, pa.Table.from_pylist([*rows[5:], *rows[:5]]))
    monkeypatch.setattr("scripts.reuse.quote_families._ROWS", 2)
    assert [row["doc_id"] for row in read_quotes(path)] == [row["doc_id"] for row in QUOTES]
    assert [row["doc_id"] for row in read_quotes(path, [0, 3, 4])] == ["late", "copy", "alone"]


def test_a_corpus_without_families(tmp_path):
    write_parquet(tmp_path / "documents.parquet", pa.table({"doc_id": ["a"], "outlet": ["Globe"], "date": [""]}))
    tables = family_tables(lambda _: [], partial(read_outlets, tmp_path / "documents.parquet"), {})
    assert [table.num_rows for table in tables] == [0, 0]


def test_tables():
    (family,), reuse = tables_of(QUOTES, {"wire": "copy", "copy": "copy"})
    assert (family["documents"], family["stories"], family["outlets"]) == (4, 3, 4)
    assert (family["first_seen"], family["doc_id"], family["quote"]) == ("2025-03-01", "early", 3)
    assert (family["exact"], family["cut"]) == (2, 1)
    assert family["speakers"] == "Ann Smith; Bob Jones; Smith; the mayor" and family["speakers_differ"]
    assert [(row["doc_id"], row["first"], row["copy_of"]) for row in reuse] == [
        ("early", True, ""),
        ("late", False, ""),
        ("wire", False, ""),
        ("copy", False, "wire"),
    ]
    assert [(row["sentence"], row["first_half"], row["second_half"]) for row in reuse] == [
        (2, 6 / 9, 2 / 8),
        (4, 1.0, 1.0),
        (1, 1.0, 1.0),
        (0, 1.0, 1.0),
    ]
    assert all((row["hidden"], row["negation"], row["number"]) == (0, False, False) for row in reuse)
    assert family["without_second_half"] == "Post"


def test_an_outlet_that_has_the_second_half_elsewhere_does_not_leave_it_out():
    halves = [("Post", 1.0, 0.2), ("Post", 0.1, 0.9), ("Sun", 0.1, 0.1), ("Globe", 0.5, 0.4), ("", 1.0, 0.0)]
    halves.append(("Echo", 1.0, 0.5))  # half of it is enough
    rows = [dict(zip(("outlet", "first_half", "second_half"), row, strict=True)) for row in halves]
    assert without_second_half(rows) == ["Globe"]


@given(st.lists(st.sampled_from(PASSAGE.split()), min_size=5), st.lists(st.sampled_from(PASSAGE.split()), min_size=5))
def test_marks_have_all_words_of_both_passages(longest, words):
    parts = [*marks(compare(" ".join(longest), " ".join(words)).marked)]
    assert [word for mark in parts if mark.fate != "added" for word in mark.words] == [word.lower() for word in longest]
    assert [word for mark in parts if mark.fate != "cut" for word in mark.words] == [word.lower() for word in words]


def test_a_surname_or_no_name_is_no_other_speaker():
    same = [row for row in QUOTES if row["speaker"] != "Bob Jones"]
    (family,), _ = tables_of(same, {})
    assert not family["speakers_differ"]


BOTH = f"{PASSAGE} {QUAY}".split()
STRETCHES = st.lists(
    st.tuples(st.integers(0, len(BOTH) - 5), st.integers(2, 16)).map(lambda each: BOTH[each[0] : sum(each)]),
    min_size=1,
    max_size=4,
).map(lambda parts: [word for part in parts for word in part])


@settings(max_examples=200)
@given(STRETCHES, STRETCHES)
def test_what_is_sorted_out_before_the_alignment_is_no_version(words, others):
    """Passages of stretches of two: some share most words, some a dozen in a row, others few."""
    shorter, longer = sorted((words, others), key=len)
    letters = {word: chr(number) for number, word in enumerate(sorted({*words, *others}))}
    spelt, spelt_longer = ("".join(letters[word] for word in each) for each in (shorter, longer))
    if is_same(longer, shorter, content_words(shorter)):
        assert possible_forms(spelt, {7: spelt_longer}) == [7]


def test_single_words_in_common_make_no_version():
    """They count where two of them follow each other in both passages."""
    shorter = ["the", "harbour", "was", "closed", "by", "a", "storm", "in", "the", "night", "of", "March"]
    scattered = [word for each in shorter for word in (each, "indeed")]
    pairs = [word for at, each in enumerate(shorter) for word in ((each, "indeed") if at % 2 else (each,))]
    content = content_words(shorter)
    assert not is_same(scattered, shorter, content) and is_same(pairs, shorter, content)


@pytest.mark.parametrize(("shared", "words", "is_one"), [(6, 8, True), (5, 7, False), (4, 5, False)])
def test_a_version_has_three_quarters_of_the_words_and_five_of_them(shared, words, is_one):
    others = [f"word{number}" for number in range(words - shared)]
    assert is_version(plain_words(QUAY), [*plain_words(QUAY)[:shared], *others]) == is_one


TEXTS = [
    PASSAGE,
    "close the old harbour before all twelve cranes",
    "close the old port before all twelve cranes have been inspected",
    "the engineers have been to the old harbour and all twelve cranes",
    "all twelve cranes have been inspected by the engineers",
]


def families_pair_by_pair(groups, *, common):
    """Return families by the numbers of their passages, each compared with all longest forms before it.

    A run of words in more than `common` of those proposes none.
    """

    def runs(words):
        return {tuple(words[at : at + 3]) for at in range(len(words) - 2)}

    words = [plain_words(passage.text) for passage in groups]
    order = sorted(range(len(groups)), key=lambda at: (-len(words[at]), words[at], *groups[at][:3]))
    members: dict[int, list[int]] = {}
    for at in order:
        having = Counter(run for head in members for run in runs(words[head]))
        rare = {run for run in runs(words[at]) if having[run] <= common}
        likely = sorted(members, key=lambda head: -len(runs(words[head]) & rare))
        joined = (head for head in likely if runs(words[head]) & rare and is_version(words[head], words[at]))
        members.setdefault(next(joined, at), []).append(at)
    return [family for family in members.values() if len(family) > 1]


FOUR_WORDS = st.sampled_from(("harbour", "cranes", "ferries", "closes"))


@settings(max_examples=100)
@given(
    st.integers(6, 16).flatmap(lambda most: st.lists(st.lists(FOUR_WORDS, min_size=5, max_size=most))),
    st.sampled_from([1, 50]),
)
def test_a_passage_joins_the_longest_form_with_which_it_shares_most(texts, common):
    """Of four words: passages repeat their own runs, and share some with forms that they are no versions of."""
    groups = in_documents(*map(" ".join, texts))
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr("scripts.reuse.travelling._COMMON", common)
        assert numbers_of_families(groups) == families_pair_by_pair(groups, common=common)


def test_runs_that_are_sorted_in_turns_make_the_same_families(monkeypatch):
    texts = [text for example in examples() for text in (example.text, example.second)]
    undivided = families(in_documents(*texts))
    monkeypatch.setattr("scripts.reuse.travelling._AT_ONCE", 100)
    assert families(in_documents(*texts)) == undivided != []


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from(TEXTS) | st.lists(st.sampled_from(PASSAGE.split()), min_size=5).map(" ".join), max_size=9),
    st.randoms(use_true_random=False),
)
def test_the_order_of_the_passages_does_not_matter(texts, random):
    groups = in_documents(*texts)
    shuffled = random.sample(groups, len(groups))
    assert families(shuffled) == families(groups)
    for family in families(groups):
        assert len({passage.doc_id for passage, _ in family}) > 1
        assert sum(variant.kind == "reference" for _, variant in family) == 1


def test_a_class_of_sources_is_no_other_speaker():
    """ "The Prime Minister" in one document, whoever that is, may be whom another one names."""
    rows = [{**row, "speaker": "unnamed ministers"} if row["speaker"] == "Bob Jones" else row for row in QUOTES]
    (family,), _ = tables_of(rows, {})
    assert "unnamed ministers" in family["speakers"] and not family["speakers_differ"]
