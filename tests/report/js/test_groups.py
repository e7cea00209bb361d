"""Groups as a reader has them shown: from an address, in a file of a view, in tables, texts and colours of sides."""

import pytest

from scripts.report.choices.groups_shown import side_colours
from scripts.report.choices.view_files import parse_view
from scripts.report.corpus.blocks import corpus_blocks
from tests.report.blocks import STATISTICS, WORDS
from tests.report.js.node import needs_node, packed, run

pytestmark = needs_node
SHOWN = {
    "hidden": ["Globe", "__proto__"],
    "names": {"Post": "The <b>Post", "2024": "Last: year", "constructor": "C"},
    "colours": {"Post": "sky", "Globe": "olive"},
    "order": ["Post", "Globe"],
}


def test_an_address_gives_only_what_can_be_shown():
    asked = {
        "hidden": ["a", "a", "", 3],
        "names": {"a": " A ", "b": "", "c": 1, "d": "x" * 81},
        "colours": {"a": "blue", "b": "toString", "c": "#fff"},
        "order": "a",
    }
    views = [{"choose": {}, "groups_shown": each} for each in (asked, {"hidden": []}, 3, None, [1])]
    cleaned = run("(views) => views.map((view) => viewFrom(JSON.stringify(view)))", views)
    assert cleaned[0]["groups_shown"] == {"hidden": ["a"], "names": {"a": "A"}, "colours": {"a": "blue"}}
    assert cleaned[1:] == [{"choose": {}}] * 4


def test_a_file_of_the_page_is_read_by_the_pipeline():
    view = {"choose": {"groups": ["Globe", "2024", "Post"]}, "against": "others", "groups_shown": SHOWN}
    file, address, texts, colours = run(
        """(given) => {
            const view = viewFrom(JSON.stringify(given));
            asked.view = view;
            groupNames.push("2024", "Globe", "Post");
            const sides = [{ choice: { groups: ["Globe"] } }, { choice: { groups: ["Post"] } }, { choice: {} }];
            const shared = { stories: [] };
            return [viewFile(view), viewFrom(decodeURIComponent(viewHash(view).slice(5))),
                [conditionText(shared, view.choose), othersText(shared, view.choose)],
                [sides, [sides[0], { ...sides[0], isOthers: true }], [sides[2]]].map(sideColours)];
        }""",
        view,
    )
    assert address == view
    parsed = parse_view("a.yaml", file.encode())
    assert parsed.groups._asdict() == {
        "hidden": ("Globe", "__proto__"), "order": ("Post", "Globe"), "names": (*parsed.groups.names,),
        "colours": (("Post", "sky"), ("Globe", "olive")),
    }  # fmt: skip
    assert dict(parsed.groups.names) == SHOWN["names"]
    assert texts[0] == parsed.choose.text({}, parsed.groups) == "Documents of The <b>Post or Globe or Last: year"
    assert texts[1] == f"All others (not d{texts[0][1:]})"
    of = [["Globe", "Post", ""], ["Globe", ""], [""]]
    assert colours == [side_colours(groups, parsed.groups) for groups in of]
    assert colours[0] == ["#8a6d00", "#56b4e9", "#0072b2"]


@pytest.mark.parametrize(
    ("columns", "rows", "shown"),
    [
        # By frame and group: groups change places within a frame.
        ("frame group", "x (all), x a, x b, y (all), y a, y b", "x (all), x b, x a, y (all), y b, y a"),
        # By group and frame: groups change places with all their rows.
        ("group frame", "a x, a y, b x, b y, c x", "b x, b y, a x, a y"),
        # By evidence: the table is no list of groups, and keeps its order.
        ("group frame", "a x, b x, a y", "a x, b x, a y"),
        ("group other", "a b, a c, b c", "a b"),
        ("frame term", "a b, c a", "a b, c a"),
    ],
)
def test_rows_of_hidden_groups_leave_a_table_that_follows_the_order(columns, rows, shown):
    names, cells = columns.split(), [row.split() for row in rows.split(", ")]
    block = {name: [row[at] for row in cells] for at, name in enumerate(names)}
    made = run(
        """({ block, names }) => {
            asked.view = { choose: {}, groups_shown: { hidden: ["c"], order: ["b", "a"], names: { a: "A & <i>" } } };
            groupNames.push("a", "b", "c");
            const columns = names.map((name) => textColumn({}, block, { kind: "text", of: [name] }));
            const rows = ofGroups({ columns }, [...block[names[0]].keys()]);
            return rows.map((row) => names.map((name) => block[name][row]).join(" "))
                .concat(columns[names.indexOf("group")]?.text(0) ?? []);
        }""",
        {"block": block, "names": names},
    )
    first = cells[0][names.index("group")] if "group" in names else None
    assert made == [*shown.split(", "), *([] if first is None else ["A & <i>" if first == "a" else first])]


def test_a_row_about_a_group_is_known_by_what_the_table_says_it_is_of():
    groups = run(
        """() => {
            const block = { by: ["group", "label"], value: ["a", "a"], covariate: undefined };
            const group = groupIn(block, "value").group;
            return [group(0), group(1), Object.keys(groupIn(block, "other"))];
        }"""
    )
    assert groups == ["a", "", []]


def test_titles_of_lists_have_the_names_of_groups(made_tables):
    blocks = packed(corpus_blocks(made_tables, {"group": ["Globe", "Post"] * 12}, WORDS, STATISTICS))
    titles = run(
        """async (packed) => {
            const corpus = await corpusFrom(packed);
            asked.view = { choose: {}, groups_shown: { names: { Globe: "The Globe" } } };
            return [
                listTitle(corpus, "documents of a group", ["value"], ["Globe"]),
                listTitle(corpus, "quotes of a group", ["speaker", "value"], ["Ann Lee", "Globe"]),
                listTitle(corpus, "quote_sources", ["value", "group"], ["expert", "Globe"]),
                listTitle(corpus, "tokens of a group", ["word", "column", "group", "side"], ["tax", "x", "Globe", ""]),
            ];
        }""",
        blocks,
    )
    assert titles == [
        "Documents: The Globe",
        "Statements of Ann Lee: The Globe",
        "Statements · expert · The Globe",
        "“tax” in The Globe",
    ]
