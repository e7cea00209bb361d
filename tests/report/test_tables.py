"""Tables of the page, cell by cell: headings, intervals, what is left out and said below, and where numbers lead."""

import math
import re

import pytest

from scripts.core.anchors import document_anchor, sentence_anchor
from scripts.core.schemas import table_schemas
from scripts.report import tables as module
from scripts.report.store import Store, schemes
from scripts.report.tables import DIFFERENCE, build, sheet
from scripts.report.views import make_view, views
from tests.report.corpus import row, write_tables

NAN = math.nan
SPEAKERS = [
    {"speaker": "Lin Jian", "role": "spokesperson", "n_quotes": 1234, "share": 0.5, "lo": 0.25, "hi": 0.75,
     "direct_share": 0.3333333, "direct_lo": NAN, "direct_hi": NAN, "method": "lo, hi: bootstrap"},
    {"speaker": "Wang", "role": "", "n_quotes": 2, "share": NAN, "lo": NAN, "hi": NAN, "direct_share": 1.0,
     "direct_lo": NAN, "direct_hi": NAN, "method": "not estimable"},
]  # fmt: skip


@pytest.fixture
def tables(store):
    def of(**tables):
        return store(**{"documents": [{"doc_id": "a", "title": "Tariffs"}, {"doc_id": "b", "title": ""}]} | tables)

    return of


def texts(table):
    return [[cell.text for cell in cells] for cells in table.rows]


def labels(table):
    return [(column.label, column.number) for column in table.columns]


@pytest.mark.parametrize("table", ["frame_contrasts", "speaker_frames", "source_contrasts", "frame_regression"])
def test_a_difference_of_shares_is_in_percentage_points_and_has_no_sign_of_percent(tables, table):
    view = make_view(table, {"columns": {"estimate": {"heading": "difference", "ends": ["lo", "hi"]}}})
    rows = [{"estimate": -0.031, "lo": -0.25, "hi": 0.125, "method": "m"}, {"estimate": 0.2, "lo": 0.19, "hi": 0.21}]
    shown = build(view, tables(**{table: rows}))
    assert texts(shown) == [["−3.1 pp", "−25 to 12 pp"], ["20 pp", "19.0 to 21.0 pp"]]
    assert shown.rows[0][0].value == "-0.031"  # saved as in the file
    assert "percentage points (pp)" in shown.columns[0].meaning


def test_every_column_of_differences_of_shares_has_that_unit_so_that_it_is_shown_in_points():
    differences = {
        (table, name)
        for table, columns in table_schemas().items()
        for name, schema in columns.items()
        if re.search(
            r"share minus the other|\bdifference\b(?!')|change in the share|\bcoefficient\b", schema["meaning"]
        )
        and schema["dtype"] == "float"
        and name not in ("p", "q")
    }
    in_points = {
        (table, name)
        for table, columns in table_schemas().items()
        for name, schema in columns.items()
        if schema.get("unit") == DIFFERENCE and name.split("_")[-1] not in ("lo", "hi")
    }
    assert differences == in_points and len(in_points) == 8
    # A heading that named a unit would be wrong in the file that a reader saves, which has shares.
    headings = [each.heading for view in views() for each in view.columns]
    assert not [heading for heading in headings if "points" in heading and "±" not in heading]


def test_an_estimate_stands_beside_its_interval_and_sorts_by_its_number(tables):
    view = make_view(
        "speakers",
        {
            "caption": "Who",
            "columns": {
                "speaker": {},
                "role": {"heading": "Office"},
                "n_quotes": {},
                "share": {"heading": "Words", "ends": ["lo", "hi"]},
            },
        },
    )
    table = build(view, tables(speakers=SPEAKERS))
    assert labels(table) == [
        ("speaker", False), ("Office", False), ("quotes", True), ("Words", True), ("95% interval", True),
    ]  # fmt: skip
    assert texts(table) == [
        ["Lin Jian", "spokesperson", "1,234", "50%", "25% to 75%"],
        ["Wang", "", "2", "not estimable", "not estimable"],
    ]
    assert [[cell.value for cell in cells] for cells in table.rows] == [
        ["", "", "1234", "0.5", "0.25 to 0.75"],
        ["", "", "", "", ""],
    ]
    assert (table.name, table.caption, table.total, table.carried, table.csv) == (
        "speakers", "Who", 2, 2, "tables/speakers.csv",
    )  # fmt: skip
    assert table.notes == ["Intervals: bootstrap; not estimable."]
    assert table.columns[4].meaning == "lower and upper end of the 95% interval"


def test_the_note_on_intervals_names_each_method_of_the_ends_shown_once(tables):
    few = "lo, hi: Wilson 95 %; bootstrap not estimable: fewer than 5 documents"
    both = "lo, hi: Wilson 95 %; boot_lo, boot_hi: bootstrap over documents 95 %"
    rates = [
        {"word": f"w{at}", "estimate": 1.0, "lo": 0.5, "hi": 2.0, "method": each} for at, each in enumerate([both, few])
    ]
    view = make_view("rates", {"caption": "", "columns": {"estimate": {"ends": ["lo", "hi", "boot_lo", "boot_hi"]}}})
    (note,) = build(view, tables(rates=rates)).notes
    assert note == "Intervals: Wilson; bootstrap over documents; bootstrap not estimable: fewer than 5 documents."
    keyness = "Log Ratio; lo, hi: Katz 95 %; boot_lo, boot_hi: bootstrap over documents 95 %, agreeing with p"
    view = make_view("keyness", {"caption": "", "columns": {"estimate": {"ends": ["boot_lo", "boot_hi"]}}})
    rows = [{"word": "tax", "estimate": 1.0, "boot_lo": 0.5, "boot_hi": 2.0, "method": keyness}]
    assert build(view, tables(keyness=rows)).notes == ["Intervals: bootstrap over documents, agreeing with p."]


def test_settings_in_a_message_stand_in_quotation_marks(tables):
    view = make_view("problems", {"caption": "", "columns": {"seed": {}, "message": {}}})
    faults = [
        {"seed": "a`b`.txt", "message": "Set `input: encodings` or `strict: true`."},
        {"seed": "b", "message": "`"},
    ]
    shown = texts(build(view, tables(problems=faults)))
    assert shown == [["a`b`.txt", "Set “input: encodings” or “strict: true”."], ["b", "`"]]


def test_sentences_are_explained_as_the_page_numbers_them(tables):
    view = make_view("entities", {"caption": "", "columns": {"entity": {}, "sentence": {}}})
    table = build(view, tables(entities=[{"entity": "Lin Jian", "sentence": 0}, {"entity": "Wang", "sentence": 4}]))
    assert texts(table) == [["Lin Jian", "1"], ["Wang", "5"]]
    assert table.columns[1].meaning.startswith("number of the sentence, in files from 0")


def test_a_second_pair_of_ends_is_a_column_more(tables):
    row = SPEAKERS[0] | {"direct_lo": 0.1, "direct_hi": 0.9}
    view = make_view(
        "speakers",
        {"caption": "Who", "columns": {"speaker": {}, "share": {"ends": ["lo", "hi", "direct_lo", "direct_hi"]}}},
    )
    table = build(view, tables(speakers=[row]))
    assert [label for label, _ in labels(table)] == [
        "speaker", "share", "95% interval", "95%, whole documents drawn",
    ]  # fmt: skip
    assert texts(table) == [["Lin Jian", "50%", "25% to 75%", "10% to 90%"]]


def test_columns_that_say_nothing_are_left_out_and_named_below(tables):
    silent = [each | {"role": "", "speaker_type": "person", "share": NAN} for each in SPEAKERS]
    view = make_view(
        "speakers",
        {
            "caption": "Who",
            "columns": {
                "speaker": {},
                "role": {},
                "speaker_type": {"heading": "kind", "unless_same": True},
                "n_quotes": {"unless_same": True},
                "share": {"ends": ["lo", "hi"]},
            },
        },
    )
    table = build(view, tables(speakers=silent))
    assert labels(table) == [("speaker", False), ("quotes", True)]
    assert table.notes == [
        "In all these rows: kind person.",
        "Not estimable from these documents: share.",
        "Intervals: bootstrap; not estimable.",
    ]  # fmt: skip
    # A single row is shown with all of its columns.
    alone = build(view, tables(speakers=silent[:1]))
    assert [label for label, _ in labels(alone)] == ["speaker", "kind", "quotes"]
    nameless = build(view, tables(speakers=[silent[0] | {"speaker": ""}]))
    assert labels(nameless)[0] == ("speaker", False)


def test_a_count_that_leads_to_its_rows_is_shown_though_all_are_the_same(tables):
    opens = {"rows_of": "quotes", "by": ["speaker"]}
    for n, shown in ((3, ["speaker", "quotes"]), (0, ["speaker"])):
        view = make_view(
            "speakers",
            {
                "caption": "Who",
                "name": f"of {n}",
                "columns": {"speaker": {}, "n_quotes": {"unless_same": True, "opens": opens}},
            },
        )
        alike = [each | {"n_quotes": n} for each in SPEAKERS]
        assert [label for label, _ in labels(build(view, tables(speakers=alike)))] == shown


def test_a_column_of_numbers_without_any_is_left_out(tables):
    rows = [{"column": name, "tested": None, "note": "left out"} for name in ("outlet", "month")]
    view = make_view(
        "keyness_summary", {"columns": {"column": {}, "target": {"heading": "group"}, "tested": {}, "note": {}}}
    )
    table = build(view, tables(keyness_summary=rows))
    assert (labels(table), texts(table)) == (
        [("column", False), ("note", False)], [["outlet", "left out"], ["month", "left out"]],
    )  # fmt: skip
    counted = build(view, tables(keyness_summary=[*rows, rows[0] | {"tested": 3}]))
    assert labels(counted) == [("column", False), ("tested", True), ("note", False)]


def test_a_table_without_intervals_names_no_method(tables):
    assert (
        build(
            make_view("speakers", {"caption": "Who", "columns": {"speaker": {}, "n_quotes": {}}}),
            tables(speakers=SPEAKERS),
        ).notes
        == []
    )


def test_a_page_without_javascript_has_the_first_rows_and_fewer_of_what_is_folded(tables):
    sources = tables(speakers=[SPEAKERS[0] | {"speaker": f"s{at}"} for at in range(40)])
    for rows, about in ((10, {}), (5, {"folded": True}), (5, {"below_figure": True}), (0, {"extra": "valence"})):
        table = build(make_view("speakers", {"name": str(about), "columns": {"speaker": {}}, **about}), sources)
        assert [cell for (cell,) in texts(table)] == [f"s{at}" for at in range(rows)]
        assert (table.total, table.carried) == (40, 40)
    assert build(make_view("blame", {"columns": {"speaker": {}}}), sources) is None


@pytest.mark.parametrize(("one_scheme", "shown"), [(True, ["war"]), (False, ["tax", "war"])])
def test_frames_are_those_of_the_first_scheme_unless_all_are_asked_for(tables, one_scheme, shown):
    codes = [{"doc_id": "a", "scheme": scheme, "frame": name} for scheme, name in (("own", "tax"), ("generic", "war"))]
    sources = tables(frame_codes=codes, frame_prevalence=[{"scheme": "generic"}, {"scheme": "own"}])
    view = make_view("frame_codes", {"columns": {"frame": {}}})._replace(one_scheme=one_scheme)
    assert [cell for (cell,) in texts(build(view, sources))] == shown


SPEAKER, FALLING = {"column": "speaker"}, {"column": "n_quotes", "by": "falling"}


def test_rows_stand_in_the_order_that_a_view_asks_for(tables):
    rows = [("b", "x", 1), ("a", "y", 3), ("c", "x", 3), ("a", "x", 2)]
    sources = tables(speakers=[{"speaker": s, "role": r, "n_quotes": n} for s, r, n in rows])

    def order(*columns, where=""):
        view = make_view(
            "speakers",
            {
                "order": columns,
                "where": where,
                "name": str((columns, where)),
                "columns": {"speaker": {}, "n_quotes": {}},
            },
        )
        return ["".join(cells) for cells in texts(build(view, sources))]

    assert order() == ["b1", "a3", "c3", "a2"]
    assert order(FALLING, SPEAKER) == ["a3", "c3", "a2", "b1"]
    assert order(SPEAKER | {"by": "appearance"}, FALLING) == ["b1", "a3", "a2", "c3"]
    assert order(where="role == 'x'") == ["b1", "c3", "a2"]


def test_cells_are_written_for_readers(tables):
    codes = [
        {"doc_id": doc_id, "sentence": at, "scheme": "generic", "frame": "human_interest", "negated": at == 0}
        for doc_id, at in (("a", 0), ("b", 4))
    ]
    view = make_view(
        "frame_codes",
        {"caption": "Cues", "columns": {"doc_id": {"heading": "document"}, "sentence": {}, "frame": {}, "negated": {}}},
    )
    table = build(view, tables(frame_codes=codes))
    assert texts(table) == [["Tariffs", "1", "human interest", "yes"], ["b", "5", "human interest", "no"]]
    assert [cells[2].value for cells in table.rows] == ["human_interest"] * 2
    assert [cells[0].value for cells in table.rows] == ["a", ""]
    assert [[cell.place for cell in cells] for cells in table.rows] == [
        [document_anchor("a"), sentence_anchor("a", 0), "", ""],
        [document_anchor("b"), sentence_anchor("b", 4), "", ""],
    ]


def test_probabilities_ways_to_group_and_long_texts(tables):
    rows = [
        {"column": "doc_id", "target": "t" * 500, "word": "tax", "q": 0.0001, "estimate": 1.5, "p": NAN},
        {"column": "outlet", "target": "Globe", "word": "law", "q": 0.04, "estimate": -2.25, "p": 0.5},
    ]
    view = make_view("keyness", {"columns": {"column": {}, "target": {}, "estimate": {}, "q": {}, "p": {}}})
    assert [[text[:9] for text in cells] for cells in texts(build(view, tables(keyness=rows)))] == [
        ["document", "t" * 9, "1.50", "< 0.001", "not estim"],
        ["outlet", "Globe", "−2.25", "0.040", "0.500"],
    ]
    assert len(texts(build(view, tables(keyness=rows)))[0][1]) == 300


def test_one_document_is_not_named_in_each_row(tables):
    codes = [{"doc_id": "a", "sentence": 0, "frame": "conflict"}]
    sources = tables(documents=[{"doc_id": "a", "title": "t" * 60}], frame_codes=codes)
    assert [
        label for label, _ in labels(build(make_view("frame_codes", {"columns": {"doc_id": {}, "frame": {}}}), sources))
    ] == ["frame"]
    (cells,) = texts(build(make_view("documents", {"columns": {"doc_id": {}}}), sources))
    assert cells == ["t" * 47 + "…"]


def test_marks_are_all_made_by_the_page(tables):
    sources = tables(speakers=SPEAKERS)
    table = build(
        make_view("speakers", {"marks": "quotes", "columns": {"speaker": {}, "share": {"ends": ["lo", "hi"]}}}), sources
    )
    assert (table.carried, table.marks, table.fields) == (2, "quotes", "speaker share lo")
    assert build(make_view("speakers", {"name": "n", "columns": {"speaker": {}}}), sources).fields == ""


def test_numbers_are_as_exact_as_the_pages_data(tables):
    speakers = sheet(make_view("speakers", {"columns": {"speaker": {}, "direct_share": {}}}), tables(speakers=SPEAKERS))
    assert speakers.rows["direct_share"].tolist() == [0.33333, 1.0]


def test_the_store_reads_some_rows_columns_and_documents(tables):
    store = tables(
        quotes=[{"doc_id": d, "sentence": s, "speaker": f"{d}{s}"} for d in "ab" for s in range(3)],
        entities=[],
        frame_prevalence=[{"scheme": name} for name in ("own", "generic", "own")],
    )
    rows, total = store.first("quotes", 2)
    assert (rows["speaker"].tolist(), total) == (["a0", "a1"], 6)
    assert store.first("entities", 2)[1] == 0 and "label" in store.first("entities", 2)[0]
    assert store.first("blame", 2)[1] == 0 and "speaker" in store.first("blame", 2)[0]
    assert store.take("quotes", [4, 1])["speaker"].tolist() == ["b1", "a1"]
    assert store.take("blame", []).empty
    assert (store.count("quotes"), store.count("blame")) == (6, 0)
    assert list(store.load("quotes", "speaker").columns) == ["speaker"]
    assert store.load("quotes") is store.load("quotes") and len(store.load("quotes").columns) > 9
    assert store.of_documents("quotes", ["b", "c"], ["sentence"]) == {
        "b": [{"doc_id": "b", "sentence": at} for at in range(3)],
        "c": [],
    }
    assert store.of_documents("blame", ["b"], ["sentence"]) == {"b": []}
    assert schemes(store) == ["own", "generic"]


def test_a_caption_says_whether_people_have_corrected_the_machine(tables):
    view = make_view("speakers", {"caption": "Speakers", "corrected_in": "frame_corrected", "columns": {"speaker": {}}})
    assert build(view, tables(speakers=SPEAKERS)).caption == "Speakers, not validated"
    corrected = tables(speakers=SPEAKERS, frame_corrected=[{"frame": "war"}])
    assert build(view, corrected).caption == "Speakers, the machine's count"
    assert build(view._replace(corrected_in=""), corrected).caption == "Speakers"


def test_no_more_rows_are_carried_than_a_page_can_have(tables, monkeypatch):
    asked = []

    def rows(store, most):
        asked.append(most)
        return store.first("speakers", most)

    sources = tables(speakers=[SPEAKERS[0] | {"speaker": f"s{at}"} for at in range(4)])
    monkeypatch.setitem(module.ROWS, "first", rows)
    view = make_view("speakers", {"rows": "first", "name": "derived", "columns": {"speaker": {}}})
    assert sheet(view, sources).total == 4
    assert asked == [50_000]
    monkeypatch.setattr(module, "PAGE_ROWS", 3)
    for name, view in {"plain": {}, "ordered": {"order": [SPEAKER]}, "chosen": {"where": "share > 0"}}.items():
        carried = sheet(make_view("speakers", {"name": name, **view, "columns": {"speaker": {}}}), sources)
        assert (carried.rows["speaker"].tolist(), carried.total) == (["s0", "s1", "s2"], 4)


def test_a_document_has_its_title_wherever_it_is_named_and_a_group_is_none(tables):
    sources = tables(
        documents=[{"doc_id": "a", "title": "On a"}, {"doc_id": "b", "title": "On b"}],
        keyness=[
            {"column": "doc_id", "target": "a", "word": "tax"},
            {"column": "outlet", "target": "a", "word": "law"},
        ],
        similarity=[{"doc_id": "a", "other": "b", "estimate": 0.5}],
        frame_contrasts=[{"group": "a", "other": "b", "frame": "war"}],
    )
    assert texts(build(make_view("keyness", {"columns": {"target": {}, "word": {}}}), sources)) == [
        ["On a", "tax"],
        ["a", "law"],
    ]
    alike = build(make_view("similarity", {"columns": {"doc_id": {}, "other": {}}}), sources)
    assert texts(alike) == [["On a", "On b"]] and all(cell.place for cell in alike.rows[0])
    (of_story,) = (view for view in views() if view.table == "story_documents")
    stories = tables(
        documents=[{"doc_id": "a", "title": "On a"}, {"doc_id": "b", "title": "On b"}],
        story_documents=[{"story": "a", "doc_id": doc_id, "date": "2024-01-02"} for doc_id in "ab"],
    )
    assert [row[0] for row in texts(build(of_story, stories))] == ["On a"] * 2
    groups = build(make_view("frame_contrasts", {"columns": {"group": {}, "other": {}}}), sources)
    assert texts(groups) == [["a", "b"]] and not any(cell.place for cell in groups.rows[0])


def test_a_cell_without_text_leads_nowhere(tables):
    codes = [{"doc_id": doc_id, "sentence": 0, "frame": "war"} for doc_id in ("", "b")]
    table = build(make_view("frame_codes", {"columns": {"doc_id": {}, "frame": {}}}), tables(frame_codes=codes))
    assert [bool(cells[0].place) for cells in table.rows] == [False, True]


N, GROUP = {"column": "n"}, {"column": "group"}


@pytest.mark.parametrize(
    ("order", "where"),
    [
        ((N | {"by": "falling"}, GROUP), ""),
        ((GROUP, N | {"by": "falling"}), ""),
        ((N | {"by": "falling"}, GROUP), "n > 1"),
        ((), "n < 3"),
        ((GROUP | {"by": "appearance"}, N), ""),
    ],
)
def test_a_large_table_shows_the_rows_that_a_small_one_would(tmp_path, monkeypatch, order, where):
    numbers = [3, 1, 2, 3, 0, 3, 2, 1]
    rows = [row("frame_prevalence", group=f"g{at % 3}", n=n, frame=f"f{at}") for at, n in enumerate(numbers)]
    write_tables(tmp_path, frame_prevalence=rows)
    view = make_view(
        "frame_prevalence", {"caption": "caption", "order": order, "where": where, "columns": {"frame": {}, "n": {}}}
    )
    small, total = module._rows(view, Store(tmp_path))
    for most in (1, 3, 5):
        monkeypatch.setattr(module, "PAGE_ROWS", most)
        large, of = module._rows(view, Store(tmp_path))
        assert large["frame"].tolist() == small["frame"].tolist()[:most]
        assert of == total
