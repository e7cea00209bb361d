"""A reference list in CSL JSON gives metadata to the files that it names by title, id or citation key."""

import json

import pytest

from scripts.documents.csl import read_csl
from scripts.documents.seeds import find_seeds

ITEMS = [
    {
        "id": "smith2020",
        "type": "article-newspaper",
        "title": "Harbour to close: fishermen protest against the plans of the council in May",
        "container-title": "The Example",
        "author": [{"family": "Smith", "given": "Ann"}, {"literal": "Agency"}, "x"],
        "issued": {"date-parts": [["2020", 3, 4]]},
        "URL": "https://example.org/a",
        "note": {"deep": []},
    },
    {"id": "lee", "title": "“Council” votes", "issued": {"raw": "March 2020"}},
    {"id": "gone", "title": "No such file"},
]


def listed(items, *names):
    lines, messages = read_csl(json.dumps(items).encode(), names)
    return {line.path: line.values for line in lines}, messages


def test_an_item_belongs_to_the_file_that_has_its_key_or_title():
    cut = "Smith and Agency - 2020 - Harbour to close fishermen protest against the pla.pdf"
    values, messages = listed(ITEMS, "a/smith2020.html", cut, "Council votes.txt", "other.txt")
    assert (
        values["a/smith2020.html"]
        == values[cut]
        == {
            "title": ITEMS[0]["title"],
            "outlet": "The Example",
            "url": "https://example.org/a",
            "date": "2020-03-04",
            "author": "Ann Smith; Agency",
        }
    )
    assert values["Council votes.txt"] == {"title": "“Council” votes", "date": "March 2020"}
    assert set(values) == {"a/smith2020.html", cut, "Council votes.txt"}
    reason = "Item 3: no file here is named like 'No such file', by its title, id or citation key."
    assert messages == [f"{reason} Rename the file, or delete the item."]


def test_a_short_title_is_never_taken_for_the_beginning_of_another():
    assert listed([{"title": "Harbour to close in May"}], "Harbour.txt", "Harbour to close.txt")[0] == {}


@pytest.mark.parametrize(("letters", "is_taken"), [(40, True), (39, False)])
def test_a_title_in_a_name_may_be_cut_short_after_forty_letters(letters, is_taken):
    title = "Harbour to close, fishermen protesting against the plans"
    name = f"{title.replace(',', '')[:letters]}.txt"
    assert (name in listed([{"title": title}], name)[0]) is is_taken
    assert listed([{"title": title[:30]}], name)[0] == {}


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ({"date-parts": [[2020]]}, "2020"),
        ({"date-parts": [["2020", "3", 4, 5]]}, "2020-03-04"),
        ({"date-parts": [[2020, "March"]], "raw": "March 2020"}, "March 2020"),
        ({"date-parts": [[]], "literal": "Spring"}, "Spring"),
        ({"date-parts": []}, None),
        ("2020", None),
    ],
)
def test_dates_of_items(issued, date):
    assert listed([{"id": "a", "issued": issued}], "a.txt")[0]["a.txt"].get("date") == date


def test_an_item_of_more_than_a_hundred_files_belongs_to_none():
    names = [f"{number}/a.txt" for number in range(101)]
    assert len(listed([{"id": "a"}], *names[:100])[0]) == 100
    values, messages = listed([{"id": "a"}], *names)
    assert values == {} and messages[0].startswith("Item 1: 101 files are named like it; the limit is 100")


@pytest.mark.parametrize("data", [b"", b"{", b"[1]", b'[{"title": "a"}, 1]', b'{"a": 1}', b"[" * 100_000])
def test_what_is_no_reference_list_is_refused(data):
    with pytest.raises(ValueError, match="CSL JSON"):
        read_csl(data, [])


def test_the_list_is_no_document_and_the_sheet_stands_above_it(tmp_path):
    (tmp_path / "lee.txt").write_text("Council voted.", encoding="utf-8")
    (tmp_path / "metadata.json").write_text(json.dumps([*ITEMS[1:], {"id": 3, "title": 7}]), encoding="utf-8")
    (tmp_path / "metadata.csv").write_text("path,date\nlee.txt,2020-03-05\n", encoding="utf-8")
    (seed,), refused = find_seeds(tmp_path, largest=1)
    assert seed.metadata == {"lee.txt": {"date": "2020-03-05", "title": "“Council” votes"}}
    assert [(entry.seed, entry.code, entry.severity) for entry in refused] == [
        ("metadata.json", "metadata", "warning")
    ] * 2
    (tmp_path / "metadata.json").write_text("{", encoding="utf-8")
    (seed,), refused = find_seeds(tmp_path, largest=1)
    assert seed.metadata == {"lee.txt": {"date": "2020-03-05"}}
    assert refused[0].severity == "error" and "reference list was not used" in refused[0].message


def test_a_list_of_nothing_but_brackets_is_refused_before_it_is_parsed(monkeypatch):
    monkeypatch.setattr("scripts.documents.json_text._MOST_CONTAINERS", 3)
    with pytest.raises(ValueError, match="more than 3 lists and objects"):
        read_csl(b"[{},{},{}]", [])


def test_keys_that_stand_twice_are_told():
    lines, messages = read_csl(b'[{"id": "a", "title": "A", "title": "B"}]', ["a.txt"])
    assert lines[0].values == {"title": "B"}
    assert [message[:48] for message in messages] == ["Keys that appear twice in an object: title. The "]
