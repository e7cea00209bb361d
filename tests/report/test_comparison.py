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
    at_the_bound = compare_groups(write(tmp_path, {"a": [1], "b": [1]}, frames, [contrast | {"q": 0.05}]))
    assert [group.frames[0].differs for group in at_the_bound.groups] == ["", ""]
    turned = compare_groups(write(tmp_path, {"a": [1], "b": [1]}, frames, [contrast | {"estimate": -0.2}]))
    assert [group.frames[0].differs for group in turned.groups] == ["less", "more"]


def test_the_largest_groups_come_first_and_the_others_are_counted(tmp_path):
    compared = compare_groups(write(tmp_path, {f"g{n:02}": [1] * (n + 1) for n in range(15)}))
    assert (len(compared.groups), compared.total, compared.groups[0].name) == (12, 15, "g14")


def test_statements_of_somebody_are_counted_and_documents_without_any_are_none(tmp_path):
    store = write(tmp_path, {"globe": [5, 5], "post": [5]})
    quotes = [
        row("quotes", doc_id="globe0", quote=at, n_quoted=10, speaker=name) for at, name in enumerate(["A", "B", ""])
    ]
    quotes.append(row("quotes", doc_id="post0", quote=0, n_quoted=0, speaker="C", type="no comment"))
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
    assert [frame.text for frame in first.frames] == ["law 20%", "sea 20%", "tax 20%"]
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


def test_equally_large_groups_stand_by_name_and_two_are_compared(tmp_path):
    compared = compare_groups(write(tmp_path, {"post": [1], "globe": [1], "": [1, 1]}))
    assert ([group.name for group in compared.groups], compared.total) == (["globe", "post"], 2)


def test_the_three_leading_speakers_have_their_share_interval_and_rows(tmp_path):
    store = write(tmp_path, {"a": [1], "b": [1]})
    shares = [("Bo", 0.2), ("Ann", 0.2), ("Cy", 0.1), ("Lin", 0.5)]
    rows = [row("speakers_by_group", group="a", speaker=name, share=share, lo=0.05, hi=0.6) for name, share in shares]
    rows += [row("speakers_by_group", group="b", speaker="Eve", share=1.0, lo=None, hi=None)]
    write_parquet(tmp_path / "speakers_by_group.parquet", rows_to_table("speakers_by_group", rows))
    a, b = compare_groups(store).groups
    assert [(each.text, each.interval) for each in a.speakers] == [
        ("Lin 50%", "5.0% to 60.0%"),
        ("Ann 20%", "5.0% to 60.0%"),
        ("Bo 20%", "5.0% to 60.0%"),
    ]
    assert [(each.text, each.interval) for each in b.speakers] == [("Eve 100%", "")]
    assert b.speakers[0].rows == ("quotes of a group", ["speaker", "value"], ["Eve", "b"])


def test_each_number_has_the_key_of_the_rows_that_it_counts(tmp_path):
    frames = [{"group": "a", "frame": "war", "estimate": 0.5, "lo": 0.25, "hi": 0.75}]
    compared = compare_groups(write(tmp_path, {"a": [1], "b": [1]}, frames))
    group = compared.groups[0]
    assert group.documents.rows == ("documents of a group", ["value"], ["a"], "documents")
    assert group.statements.rows == ("statements of a group", ["value"], ["a"])
    assert group.quoted.rows == ("statements of a group", ["side", "value"], ["anybody", "a"], "share")
    assert group.frames[0].rows == ("frame_codes", ["scheme", "frame", "group"], ["generic", "war", "a"], "sentences")
    assert (group.frames[0].interval, compared.scheme) == ("25% to 75%", "generic")


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
    for name, rows in (("frame_prevalence", prevalence), ("frame_contrasts", contrasts)):
        write_parquet(tmp_path / f"{name}.parquet", rows_to_table(name, rows))
    compared = compare_groups(store)
    assert compared.scheme == "own words"
    assert [(frame.text, frame.differs) for frame in compared.groups[0].frames] == [
        ("war 30%", "more"),
        ("tax 10%", ""),
    ]


def test_a_group_without_words_has_no_share_and_differs_from_none(tmp_path):
    store = write(tmp_path, {"globe": [40, 41, 42, 43, 44], "post": [0, 0, 0, 0, 0]})
    documents = [row("documents", doc_id=f"{name}{at}", n_words=n) for name, n in (("globe", 100), ("post", 0))
                 for at in range(5)]  # fmt: skip
    write_parquet(tmp_path / "documents.parquet", rows_to_table("documents", documents))
    assert [(group.quoted.text, group.quoted.differs) for group in compare_groups(store).groups] == [
        ("42%", ""),
        ("not estimable", ""),
    ]
