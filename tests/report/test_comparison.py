"""Groups side by side: what differs is marked, what cannot be known is not shown, one group is none."""

import math

import pytest

from scripts.report.comparison import Group, compare_groups
from scripts.report.rendering import render
from scripts.report.store import Store
from tests.report.corpus import row, write_tables


def write(folder, quoted, frames=(), contrasts=()):
    """Write documents of 100 words each; `quoted` has the quoted words of each document of each group."""
    documents, groups, quotes = [], [], []
    for group, words in quoted.items():
        for number, n_quoted in enumerate(words):
            doc_id = f"{group}{number}"
            documents.append(row("documents", doc_id=doc_id, n_words=100))
            groups.append(row("document_groups", doc_id=doc_id, group=group))
            quotes.append(row("quotes", doc_id=doc_id, n_quoted=n_quoted))
    tables = {
        "documents": documents,
        "document_groups": groups,
        "quotes": quotes,
        "frame_prevalence": [row("frame_prevalence", scheme="generic", n=1, **each) for each in frames],
        "frame_contrasts": [row("frame_contrasts", scheme="generic", **each) for each in contrasts],
    }
    write_tables(folder, **tables)
    return Store(folder)


def groups_of(store: Store) -> list[Group]:
    """Return all groups that are compared, whether they are looked at first or folded."""
    compared = compare_groups(store)
    assert compared is not None
    return [*compared.groups, *compared.folded]


@pytest.mark.parametrize(
    ("sizes", "reason"),
    [
        ({"globe": [1, 2]}, "All documents are in one group, globe, so no groups are compared"),
        ({"globe": [1, 2], "": [4]}, "All documents with a group are in one group, globe, so no groups are compared"),
        ({"": [1, 2]}, "No groups are compared: no document has a value"),
    ],
)
def test_one_group_is_not_compared_and_the_page_says_why(tmp_path, sizes, reason):
    compared = compare_groups(write(tmp_path, sizes))
    page = render("report/groups.html.j2", "", comparison=compared)
    assert reason in page and "<table" not in page and "How to read this" not in page


def test_a_single_document_is_not_compared(tmp_path):
    assert compare_groups(write(tmp_path, {"globe": [1]})) is None


def test_documents_without_a_group_are_counted(tmp_path):
    compared = compare_groups(write(tmp_path, {"globe": [1], "post": [2], "": [3, 4]}))
    assert compared is not None and (compared.without, compared.documents) == (2, 4)
    page = render("report/groups.html.j2", "", comparison=compared)
    assert "2 of 4 documents are in no group" in page
    grouped = compare_groups(write(tmp_path / "all", {"globe": [1], "post": [2]}))
    assert "in no group" not in render("report/groups.html.j2", "", comparison=grouped)


def test_a_clear_difference_is_marked_on_both_sides_and_a_small_one_on_none(tmp_path):
    compared = groups_of(write(tmp_path, {"globe": [40, 41, 42, 43, 44], "post": [10, 11, 12, 13, 14] * 6}))
    assert [(group.name, group.quoted.text, group.quoted.differs) for group in compared] == [
        ("post", "12%", "less"),
        ("globe", "42%", "more"),
    ]
    alike = groups_of(write(tmp_path, {"globe": [10, 30, 50, 20, 40], "post": [11, 29, 52, 20, 41]}))
    assert [group.quoted.differs for group in alike] == ["", ""]


def test_a_group_of_four_documents_has_no_interval_and_no_mark(tmp_path):
    compared = groups_of(write(tmp_path, {"globe": [40, 41, 42, 43, 44], "post": [10, 11, 12, 13]}))
    assert [(bool(group.quoted.interval), group.quoted.differs) for group in compared] == [
        (True, ""),
        (False, ""),
    ]


def test_frames_are_marked_by_the_table_of_contrasts_from_both_sides(tmp_path):
    frames = [
        {"group": group, "frame": "human_interest", "estimate": share} for group, share in (("a", 0.4), ("b", 0.2))
    ]
    contrast = {"group": "a", "other": "b", "frame": "human_interest", "estimate": 0.2, "q": 0.01}
    compared = groups_of(write(tmp_path, {"a": [1], "b": [1]}, frames, [contrast]))
    assert [(group.frame.text, group.frame.differs) for group in compared] == [
        ("human interest 40%", "more"),
        ("human interest 20%", "less"),
    ]
    weak = groups_of(write(tmp_path, {"a": [1], "b": [1]}, frames, [contrast | {"q": 0.06}]))
    assert [group.frame.differs for group in weak] == ["", ""]
    at_the_bound = groups_of(write(tmp_path, {"a": [1], "b": [1]}, frames, [contrast | {"q": 0.05}]))
    assert [group.frame.differs for group in at_the_bound] == ["", ""]
    turned = groups_of(write(tmp_path, {"a": [1], "b": [1]}, frames, [contrast | {"estimate": -0.2}]))
    assert [group.frame.differs for group in turned] == ["less", "more"]


def test_the_five_largest_groups_of_ten_documents_come_first_and_the_others_are_folded(tmp_path):
    compared = compare_groups(write(tmp_path, {f"g{n:02}": [1] * (n + 4) for n in range(24)}))
    assert [group.name for group in compared.groups] == ["g23", "g22", "g21", "g20", "g19"]
    assert (compared.folded[0].name, len(compared.folded), compared.total) == ("g18", 15, 24)
    sizes = {"a": [1] * 12, "b": [1] * 10, "c": [1] * 9}
    compared = compare_groups(write(tmp_path, sizes))
    assert ([g.name for g in compared.groups], [g.name for g in compared.folded]) == (["a", "b"], ["c"])
    # A group alone has none beside it.
    compared = compare_groups(write(tmp_path, sizes | {"b": [1] * 9}))
    assert ([g.name for g in compared.groups], [g.name for g in compared.folded]) == ([], ["a", "b", "c"])


def test_bars_are_parts_of_the_longest_interval(tmp_path):
    compared = compare_groups(write(tmp_path, {"globe": [40, 41, 42, 43, 44], "post": [10, 11, 12, 13]}))
    assert compared is not None
    (share, lo, hi), (second, none, _) = (group.bar for group in compared.folded)
    assert hi == compared.longest and 0 < lo < share < hi
    assert second / share == pytest.approx(11.5 / 42) and math.isnan(none)


def test_documents_without_a_statement_are_none(tmp_path):
    store = write(tmp_path, {"globe": [5, 5], "post": [5]})
    quotes = [
        row("quotes", doc_id="globe0", quote=at, n_quoted=10, speaker=name) for at, name in enumerate(["A", "B", ""])
    ]
    for at, kind in enumerate(("no comment", "boilerplate")):
        quotes.append(row("quotes", doc_id="post0", quote=at, n_quoted=10 * at, speaker="C", type=kind))
    write_tables(tmp_path, quotes=quotes)
    globe, post = groups_of(store)
    assert (globe.documents.text, globe.quoted.text) == ("2", "15%")
    assert (post.documents.text, post.quoted.text) == ("1", "0%")


def test_frames_that_occur_nowhere_in_a_group_are_not_listed_and_of_equals_the_first_comes_first(tmp_path):
    frames = [{"group": "a", "frame": name, "estimate": 0.2} for name in ("war", "law", "tax", "sea")]
    store = write(tmp_path, {"a": [1], "b": [1]}, frames)
    rows = [row("frame_prevalence", scheme="generic", group="b", frame="none", n=0, estimate=0.0)]
    rows += [row("frame_prevalence", scheme="generic", n=1, **each) for each in frames]
    write_tables(tmp_path, frame_prevalence=rows)
    first, second = groups_of(store)
    assert (first.frame.text, second.frame.text) == ("law 20%", "")


def test_equally_large_groups_stand_by_name_and_two_are_compared(tmp_path):
    compared = groups_of(write(tmp_path, {"post": [1], "globe": [1], "": [1, 1]}))
    assert [group.name for group in compared] == ["globe", "post"]


def test_the_leading_speaker_has_share_interval_and_rows(tmp_path):
    store = write(tmp_path, {"a": [1], "b": [1]})
    shares = [("Bo", 0.2), ("Ann", 0.2), ("Cy", 0.1), ("Lin", 0.5)]
    rows = [row("speakers_by_group", group="a", speaker=name, share=share, lo=0.05, hi=0.6) for name, share in shares]
    rows += [row("speakers_by_group", group="b", speaker="Eve", share=1.0, lo=None, hi=None)]
    write_tables(tmp_path, speakers_by_group=rows)
    a, b = groups_of(store)
    assert (a.speaker.text, a.speaker.interval) == ("Lin 50%", "5.0% to 60.0%")
    assert (b.speaker.text, b.speaker.interval) == ("Eve 100%", "")
    assert b.speaker.rows == ("quotes of a group", ["speaker", "value"], ["Eve", "b"])


def test_each_number_has_the_key_of_the_rows_that_it_counts(tmp_path):
    frames = [{"group": "a", "frame": "war", "estimate": 0.5, "lo": 0.25, "hi": 0.75}]
    compared = compare_groups(write(tmp_path, {"a": [1], "b": [1]}, frames))
    group = compared.folded[0]
    assert group.documents.rows == ("documents of a group", ["value"], ["a"], "documents")
    assert group.quoted.rows == ("statements of a group", ["side", "value"], ["anybody", "a"], "share")
    assert group.frame.rows == ("frame_codes", ["scheme", "frame", "group"], ["generic", "war", "a"], "sentences")
    assert (group.frame.interval, compared.scheme) == ("25% to 75%", "generic")


def test_frames_of_the_first_scheme_are_compared(tmp_path):
    store = write(tmp_path, {"a": [1], "b": [1]})
    frames = [("own_words", "tax", 0.1), ("own_words", "war", 0.3), ("generic", "war", 0.9)]
    prevalence = [
        row("frame_prevalence", scheme=scheme, group="a", frame=frame, n=1, estimate=share)
        for scheme, frame, share in frames
    ]
    contrasts = [
        row("frame_contrasts", scheme=scheme, group="a", other="b", frame=frame, estimate=1.0, q=0.01)
        for scheme, frame in (("generic", "tax"), ("own_words", "war"))
    ]
    write_tables(tmp_path, frame_prevalence=prevalence, frame_contrasts=contrasts)
    compared = compare_groups(store)
    frame = compared.folded[0].frame
    assert (compared.scheme, frame.text, frame.differs) == ("own words", "war 30%", "more")


def test_a_group_without_words_has_no_share_and_differs_from_none(tmp_path):
    store = write(tmp_path, {"globe": [40, 41, 42, 43, 44], "post": [0, 0, 0, 0, 0]})
    documents = [row("documents", doc_id=f"{name}{at}", n_words=n) for name, n in (("globe", 100), ("post", 0))
                 for at in range(5)]  # fmt: skip
    write_tables(tmp_path, documents=documents)
    assert [(group.quoted.text, group.quoted.differs) for group in groups_of(store)] == [
        ("42%", ""),
        ("not estimable", ""),
    ]
