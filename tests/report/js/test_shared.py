"""Python and the page's script agree by construction: what both need is written once, and used by its name."""

import re
from collections import Counter
from itertools import pairwise

from scripts.core.schemas import table_schemas
from scripts.report.markup import ENDS_KINDS, NUMBER_KINDS
from scripts.report.rendering import LARGE_SCRIPTS, SCRIPTS, TEMPLATES
from scripts.report.shared import page_constants
from scripts.report.views import views
from tests.report.js.node import needs_node, run

_NAMES = (*dict.fromkeys((*SCRIPTS, *LARGE_SCRIPTS)), "reader.js")
_SOURCES = "\n".join((TEMPLATES / "report" / "js" / name).read_text(encoding="utf-8") for name in _NAMES)
CODE = re.sub(r"/\*.*?\*/", "", _SOURCES, flags=re.S)
# Texts that also are words of the page, or names of other things in it.
PLAIN = {"UNKNOWN", "VALUE_COLUMN", "BETWEEN_NAMES"}


def copies(code: str, name: str, value: object) -> list[str]:
    """Return the copies of a constant in code: a text, a fraction, two neighbours of a list, a key and value."""
    if isinstance(value, dict):
        pairs = [(key, each) for key, each in value.items() if isinstance(each, str)]
        return [key for key, each in pairs if re.search(rf'"?{re.escape(key)}"?: "{re.escape(each)}"', code)]
    if isinstance(value, list | tuple):
        texts = [f'"{each}"' for each in value]
        neighbours = pairwise(texts)
        return [first for first, second in neighbours if re.search(rf"{re.escape(first)},\s*{re.escape(second)}", code)]
    if isinstance(value, str):
        return [value] if f'"{value}"' in code and name not in PLAIN else []
    return [name] if isinstance(value, float) and re.search(rf"(?<![\d.]){value}(?!\d)", code) else []


def test_the_script_has_no_copy_of_a_constant():
    for name, value in page_constants().items():
        assert copies(CODE, name, value) == [], name
        assert not re.search(rf"^(?:const|let) {name}\b", CODE, re.M), name


def test_a_copy_is_seen():
    code = (
        'const A = ["quote", "source", "cue"], B = { PERSON: "person" }; if (value === "(all)" || x < 0.0995) stop();'
    )
    constants = page_constants()
    copied = [name for name in constants if copies(code, name, constants[name])]
    assert sorted(copied) == ["EVERY", "LAYERS", "NAME_KINDS", "WHOLE_PERCENT"]


def test_the_script_uses_every_constant_and_every_name_of_its_own():
    own = re.findall(r"^(?:const|let) (\w+)", CODE, re.M)
    assert len(own) > 200
    counts = Counter(re.findall(r"\w+", CODE))
    assert [name for name in page_constants() if name not in counts] == []
    assert [name for name in own if counts[name] < 2] == []
    assert {path.name for path in (TEMPLATES / "report" / "js").glob("*.js")} == set(_NAMES)


def links():
    return [column.link for view in views() for column in view.columns if column.link]


@needs_node
def test_the_page_finds_and_names_all_kinds_of_rows_and_units_that_tables_lead_to():
    known = run("() => [FINDERS, AMOUNTS, { ...TITLES, ...MADE_TITLES }, MARK_TABLES].map((each) => Object.keys(each))")
    finders, units, titles, tables = map(set, known)
    assert len(links()) > 50
    assert {link.table for link in links()} <= finders
    assert {link.unit for link in links()} <= units | {"", "share"}
    assert {link.table for link in links()} <= titles
    assert {view.marks for view in views() if view.marks} == tables


@needs_node
def test_the_page_puts_every_kind_of_column_in_form():
    cells = set(run("() => Object.keys(CELLS)"))
    assert cells == {*NUMBER_KINDS, "text", "frame", "bool"}
    assert set(ENDS_KINDS) <= cells
    dtypes = {column["dtype"] for table in table_schemas().values() for column in table.values()}
    assert {"int", "bool"} <= dtypes & cells


@needs_node
def test_marks_of_the_page_have_the_columns_that_its_tables_name():
    fields = run("""() => Object.fromEntries(Object.entries(MARK_VALUES).map(([kind, values]) =>
        [kind, Object.keys(values({ attributes: { kind: [] } }))]))""")
    kinds = {
        "statements": "quotes",
        "unattributed": "quotes",
        "sources": "quotes",
        "mentions": "mentions",
        "codes": "codes",
    }
    for view in views():
        if view.marks:
            named = {column.name for column in view.columns} - {"doc_id", "sentence"}
            assert named <= set(fields[kinds[view.marks]]), view.key
