"""Groups side by side: what differs is marked, what cannot be known is not shown, one group is none."""

from scripts.core.storage import rows_to_table, write_parquet
from scripts.report.comparison import compare_groups
from scripts.report.store import Store
from tests.report.corpus import row


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
    for name, rows in tables.items():
        write_parquet(folder / f"{name}.parquet", rows_to_table(name, rows))
    return Store(folder)


def test_one_group_is_not_compared(tmp_path):
    assert compare_groups(write(tmp_path, {"globe": [1, 2, 3]})) is None
    assert compare_groups(write(tmp_path, {"globe": [1, 2, 3], "": [4]})) is None


def test_a_clear_difference_is_marked_on_both_sides_and_a_small_one_on_none(tmp_path):
    compared = compare_groups(write(tmp_path, {"globe": [40, 41, 42, 43, 44, 45], "post": [10, 11, 12, 13, 14]}))
    assert [(group.name, group.quoted.text, group.quoted.differs) for group in compared.groups] == [
        ("globe", "42%", "more"),
        ("post", "12%", "less"),
    ]
    alike = compare_groups(write(tmp_path, {"globe": [10, 30, 50, 20, 40], "post": [11, 29, 52, 20, 41]}))
    assert [group.quoted.differs for group in alike.groups] == ["", ""]


def test_a_group_of_four_documents_has_no_interval_and_no_mark(tmp_path):
    compared = compare_groups(write(tmp_path, {"globe": [40, 41, 42, 43, 44], "post": [10, 11, 12, 13]}))
    assert [(bool(group.quoted.interval), group.quoted.differs) for group in compared.groups] == [
        (True, ""),
        (False, ""),
    ]


def test_frames_are_marked_by_the_table_of_contrasts_from_both_sides(tmp_path):
    frames = [
        {"group": group, "frame": "human_interest", "estimate": share} for group, share in (("a", 0.4), ("b", 0.2))
    ]
    contrast = {"group": "a", "other": "b", "frame": "human_interest", "estimate": 0.2, "q": 0.01}
    compared = compare_groups(write(tmp_path, {"a": [1], "b": [1]}, frames, [contrast]))
    assert [(group.frames[0].text, group.frames[0].differs) for group in compared.groups] == [
        ("human interest 40%", "more"),
        ("human interest 20%", "less"),
    ]
    weak = compare_groups(write(tmp_path, {"a": [1], "b": [1]}, frames, [contrast | {"q": 0.06}]))
    assert [group.frames[0].differs for group in weak.groups] == ["", ""]


def test_the_largest_groups_come_first_and_the_others_are_counted(tmp_path):
    compared = compare_groups(write(tmp_path, {f"g{n:02}": [1] * (n + 1) for n in range(15)}))
    assert (len(compared.groups), compared.total, compared.groups[0].name) == (12, 15, "g14")


def test_statements_of_somebody_are_counted_and_documents_without_any_are_none(tmp_path):
    store = write(tmp_path, {"globe": [5, 5], "post": [5]})
    quotes = [
        row("quotes", doc_id="globe0", quote=at, n_quoted=10, speaker=name) for at, name in enumerate(["A", "B", ""])
    ]
    write_parquet(tmp_path / "quotes.parquet", rows_to_table("quotes", quotes))
    globe, post = compare_groups(store).groups
    assert (globe.documents.text, globe.statements.text, globe.quoted.text) == ("2", "2", "15%")
    assert (post.documents.text, post.statements.text, post.quoted.text) == ("1", "0", "0%")


def test_frames_that_occur_nowhere_in_a_group_are_not_listed_and_of_equals_the_first_comes_first(tmp_path):
    frames = [{"group": "a", "frame": name, "estimate": 0.2} for name in ("war", "law", "tax", "sea")]
    store = write(tmp_path, {"a": [1], "b": [1]}, frames)
    rows = [row("frame_prevalence", scheme="generic", group="b", frame="none", n=0, estimate=0.0)]
    rows += [row("frame_prevalence", scheme="generic", n=1, **each) for each in frames]
    write_parquet(tmp_path / "frame_prevalence.parquet", rows_to_table("frame_prevalence", rows))
    first, second = compare_groups(store).groups
    assert [frame.text for frame in first.frames] == [f"{name} 20%" for name in sorted(("war", "law", "tax", "sea"))][
        : len(first.frames)
    ]
    assert second.frames == []


def test_evenness_is_shown_where_it_is_estimable(tmp_path):
    store = write(tmp_path, {"a": [1], "b": [1], "c": [1]})
    rows = [
        row("source_balance", group="a", estimate=0.62, lo=0.5, hi=0.7),
        row("source_balance", group="b", estimate=None),
    ]
    write_parquet(tmp_path / "source_balance.parquet", rows_to_table("source_balance", rows))
    a, b, c = (group.evenness for group in compare_groups(store).groups)
    assert (a.text, a.interval) == ("0.62", "0.50 to 0.70")
    assert b.text != a.text and not b.interval and c.text == ""
