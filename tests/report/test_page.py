"""The page: what it says, that it weighs what it may, that its bytes depend on its input alone."""

import re
from html.parser import HTMLParser
from types import SimpleNamespace

import pyarrow as pa
import pytest
from markupsafe import Markup

from scripts.core.storage import read_parquet, rows_to_table, write_parquet
from scripts.report import page as module
from scripts.report.data import Block, Payload, Placed
from scripts.report.evidence import Hits
from scripts.report.model import Figure, Prose
from scripts.report.page import (
    _LEVELS,
    Level,
    Options,
    ReportSources,
    _listed,
    _rows_at_most,
    _static_page,
    render_report,
)
from scripts.report.reading import MAX_SCHEMES
from scripts.report.store import Store
from scripts.report.texts import CitedTexts
from tests.report.blocks import STATISTICS, WORDS
from tests.report.corpus import HOSTILE, HUGE, NAMES, row, write_corpus

SECTIONS = (
    "voices",
    "sources",
    "passages",
    "stories",
    "entities",
    "words",
    "framing",
    "documents",
    "problems",
    "methods",
    "provenance",
)
OPTIONS = Options(
    title="Report", words=WORDS, statistics=STATISTICS, sections=SECTIONS, max_bytes=1_000_000, css="", pages=""
)


class Tags(HTMLParser):
    """All tags with their attributes."""

    def __init__(self, page):
        super().__init__()
        self.tags = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def render(folder, names, **changed):
    tables = write_corpus(folder / "tables", list(names))
    sources = ReportSources(tables, folder, {"model": names[0] if names else ""})
    return render_report(sources, OPTIONS._replace(**changed)).page


@pytest.fixture(scope="module")
def names_page(tmp_path_factory):
    """Return the page of documents on long, Chinese and Arabic names."""
    return render(tmp_path_factory.mktemp("names"), NAMES)


@pytest.fixture(scope="module")
def lin(tmp_path_factory):
    """Return the folder of a single document, and its page."""
    folder = tmp_path_factory.mktemp("lin")
    return folder, render(folder, ["Lin Jian"])


def test_the_answer_names_the_speaker_with_most_words(tmp_path):
    page = render(tmp_path, ["Lin Jian", "Lin Jian", "Trump"])
    headline = re.search(r'<p class="headline">(.*?)</p>', page, re.S).group(1)
    assert "<strong>Lin Jian</strong>" in headline
    assert "67% of all that is quoted or reported" in headline


def test_the_answer_speaks_of_a_group_as_of_many(tmp_path):
    tables = write_corpus(tmp_path / "tables", ["experts"])
    speakers = read_parquet(tables / "speakers.parquet")
    kinds = pa.array(["group"] * speakers.num_rows)
    at = speakers.column_names.index("speaker_type")
    write_parquet(tables / "speakers.parquet", speakers.set_column(at, "speaker_type", kinds))
    page = render_report(ReportSources(tables, tmp_path, {}), OPTIONS).page
    assert "<strong>Experts</strong>, experts, are quoted most, with" in page


def test_every_link_within_the_page_has_its_target_and_ids_are_unique(names_page):
    tags = Tags(names_page).tags
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    targets = [a["href"][1:] for tag, a in tags if tag == "a" and a.get("href", "").startswith("#")]
    assert len(ids) == len(set(ids))
    assert targets and not set(targets) - set(ids)


def test_nothing_in_the_page_acts_or_is_styled_by_an_attribute(tmp_path, names_page):
    for page in (names_page, render(tmp_path, HOSTILE)):
        tags = Tags(page).tags
        assert [a.get("type", "it runs") for tag, a in tags if tag == "script"].count("it runs") == 1
        assert {a["type"] for tag, a in tags if tag == "script" and "type" in a} == {"application/octet-stream"}
        assert [tag for tag, _ in tags].count("style") == 1
        assert not [tag for tag, _ in tags if tag in ("img", "iframe", "object", "embed", "base")]
        for tag, attributes in tags:
            assert not [name for name in attributes if name.startswith("on") or name == "style"], tag
            for name in ("href", "src", "action"):
                assert attributes.get(name, "#").startswith(("#", "data:,")), attributes


def test_the_page_says_how_many_entries_of_the_provenance_it_has(tmp_path):
    tables = write_corpus(tmp_path / "tables", ["Lin Jian"])
    page = render_report(
        ReportSources(tables, tmp_path, {"seeds": [str(number) for number in range(60)]}), OPTIONS
    ).page
    assert page.count("The first 40 of 60 rows; all are in") == 1 and "The first 0 of" not in page


def test_the_page_keeps_to_its_size_and_says_what_it_leaves_out(tmp_path):
    names = [f"Speaker {number}" for number in range(300)]
    page = render(tmp_path, names, max_bytes=526_000)
    assert len(page.encode()) <= 526_000
    assert "of 300 rows; all are in <code>tables/speakers.csv</code>" in page
    targets = {a["href"][1:] for tag, a in Tags(page).tags if tag == "a" and a.get("href", "").startswith("#")}
    assert targets <= {a["id"] for _, a in Tags(page).tags if "id" in a}


def test_a_huge_word_is_shown_in_part(tmp_path):
    page = render(tmp_path, [HUGE, "Lin Jian"])
    assert len(page.encode()) < 1_000_000
    assert "Lin Jian" in page


def test_a_list_names_its_documents_where_there_are_two(tmp_path):
    doc_ids = [f"0000{at} Lin Jian.txt" for at in range(2)]
    store = Store(write_corpus(tmp_path / "tables", ["Lin Jian"] * 2))
    hits = Hits("e1", "Statements", [(doc_ids[0], 0), (doc_ids[0], 1), (doc_ids[1], 0)], 9, '["quotes"]')
    listed = _listed(hits, CitedTexts(store, doc_ids, ""), 12)
    assert [(each["title"], [place["number"] for place in each["places"]]) for each in listed["documents"]] == [
        ("Lin Jian", [0, 1]),
        ("Lin Jian", [0]),
    ]
    assert [place["text"] for place in listed["documents"][0]["places"]] == ["Lin Jian sa…", "Lin Jian bl…"]
    assert (listed["total"], listed["shown"], listed["title"]) == (9, 3, "Statements")
    assert listed["key"] == ["quotes"]
    alone = _listed(hits._replace(places=hits.places[:2]), CitedTexts(store, doc_ids[:1], ""), 0)
    assert [(each["title"], each["places"][0]["text"]) for each in alone["documents"]] == [("", "")]


@pytest.mark.parametrize(("length", "is_told"), [(0, False), (1, True), (899, True), (900, False)])
def test_a_key_of_a_huge_word_is_not_told(tmp_path, length, is_told):
    store = Store(write_corpus(tmp_path / "tables", ["T" * 40, "Bo"]))
    doc_ids = store.load("documents", "doc_id")["doc_id"].tolist()
    hits = Hits("e1", "Statements", [(doc_ids[0], 0)], 1, "1".rjust(length) if length else "")
    listed = _listed(hits, CitedTexts(store, doc_ids, ""), 0)
    assert listed["key"] == (1 if is_told else None)
    assert listed["documents"][0]["title"] == "T" * 31 + "…"


def test_no_documents_at_all_is_said_in_words(tmp_path):
    page = render(tmp_path, [])
    assert "No document could be analysed" in page
    assert "No statement was attributed to anyone" in page
    assert "Put articles into the folder" in page and "are few" not in page


def test_same_input_same_bytes(tmp_path, names_page):
    assert render(tmp_path, NAMES) == names_page
    assert render(tmp_path, NAMES, processes=2) == names_page


def test_one_document_has_no_interval_and_says_so(lin):
    _, page = lin
    assert "not estimable" in page
    assert "This is one document." in page


def test_the_methods_say_how_often_the_steps_are_right(lin):
    _, page = lin
    assert "How often the steps are right" in page and "PolNeAR" in page


def test_the_texts_stand_among_the_documents_or_by_themselves(tmp_path, names_page):
    for page, among in ((names_page, True), (render(tmp_path, NAMES[:1], sections=("sources",)), False)):
        assert page.count('<section id="texts"') == 1
        after = page[page.index('<section id="texts"') :]
        assert ('<section id="problems"' in after) == among


def test_what_a_figure_or_table_needs_is_said_where_it_is_missing(lin):
    folder, page = lin
    assert "needs two of them" not in page
    (folder / "tables" / "similarity.parquet").unlink()
    asked = OPTIONS._replace(sections=(*SECTIONS, "tf-idf"))
    again = render_report(ReportSources(folder / "tables", folder, {}), asked).page
    assert "How alike documents are needs two of them." in again


def test_as_many_schemes_are_marked_as_have_a_look(tmp_path):
    tables = write_corpus(tmp_path / "tables", [f"s{at}" for at in range(MAX_SCHEMES + 2)])
    codes = read_parquet(tables / "frame_codes.parquet")
    schemes = pa.array([f"scheme{at}" for at in range(codes.num_rows)])
    codes = codes.set_column(codes.column_names.index("scheme"), "scheme", schemes)
    write_parquet(tables / "frame_codes.parquet", codes)
    prevalence = [row("frame_prevalence", group="(all)", scheme=scheme, frame="war") for scheme in schemes.to_pylist()]
    write_parquet(tables / "frame_prevalence.parquet", rows_to_table("frame_prevalence", prevalence))
    page = render_report(ReportSources(tables, tmp_path, {}), OPTIONS).page
    assert page.count('id="layer-frame') == MAX_SCHEMES


def test_the_rows_that_could_fit_are_bounded_by_the_bytes_of_a_page_that_was_made():
    level = _LEVELS[1]._replace(rows=100)
    assert _rows_at_most(level, 2_000, 1_000) == pytest.approx(65)
    assert _rows_at_most(level, 500, 1_000) == pytest.approx(130)


LEVELS = tuple(
    Level(rows, 1, 0, marked=False, places=rows, documents=documents)
    for rows, documents in ((200, 2), (100, 9), (60, 9), (45, 9), (8, 9))
)


@pytest.fixture
def tried(monkeypatch):
    """Return a function that makes a page of `size` bytes a row and tells the rows tried, those rendered, the page, and
    the room that was given to whole texts."""

    def of(most, *, size=1_000, cited=0, documents=1, texts=True, figure=0, script=0):
        rows, rendered, rooms = [], [], []

        def sections(sources, options, store, evidence, level):
            rows.append(level.rows)
            evidence.cited = {"a": set(range(cited * level.rows)), "b": {0} if cited else set()}
            drawn = Figure("words", "", "", Markup("x" * figure), "", None)
            return [SimpleNamespace(rows=level.rows, title="", chapter="X", anchor="x", blocks=[drawn, Prose([])])]

        def render(template, css, *, readings, sections, beside, **parts):
            if beside:
                rendered.append(sections[0].rows)
            return "x" * (size * sections[0].rows + figure + script) + "".join(readings)

        def with_whole(excerpts, room):
            rooms.append(room)
            return ["whole"]

        texts_of = SimpleNamespace(schemes=(), excerpts=lambda cited, *, marked: {}, with_whole=with_whole)
        for name, value in {"_LEVELS": LEVELS, "_sections": sections, "render": render,
                            "CitedTexts": lambda *_, most_words: texts_of,
                            "summarise": lambda *_: None}.items():  # fmt: skip
            monkeypatch.setattr(module, name, value)
        index = SimpleNamespace(documents=documents, names={}, titles={})
        store = SimpleNamespace(once=lambda key, make: None)
        options = OPTIONS._replace(texts=texts)
        page = _static_page(None, options, store, index, most, lambda: Placed([], {}), script=script)
        return rows, rendered, page(blocks=[], beside=False), rooms

    return of


def test_a_page_has_the_most_rows_that_fit(tried):
    assert tried(200_000)[0] == [200] and tried(199_999)[0] == [200, 100]
    # The page of 200 rows tells that 65 could fit at most, so 100 are not tried.
    assert tried(50_000)[0] == [200, 60, 45]
    rows, _, page, _ = tried(5_000)
    assert rows == [200, 8] and page == "x" * 8_000  # as near as it can come


@pytest.mark.parametrize("part", ["figure", "script"])
def test_figures_and_script_take_the_same_room_on_a_page_of_any_size(tried, part):
    # At most 65 rows fit into the room that these leave, though 108 would fit into the whole.
    assert tried(150_000, **{part: 100_000})[0] == [200, 60, 45]
    assert tried(5_000, **{part: 100_000})[0] == [200, 8]


def test_the_smallest_page_has_eight_rows_a_table_and_four_folded():
    assert _LEVELS[-1][:5] == (8, 4, 0, False, 1)


def test_more_rows_are_not_tried_of_more_documents(tried):
    assert [tried(1_000_000, documents=documents)[0] for documents in (2, 3, 9)] == [[200], [100], [100]]


def test_a_page_is_not_rendered_if_the_sentences_that_it_cites_have_no_room(tried):
    # 45 rows cite 45 sentences of one document and one of another, of 250 bytes each at least.
    assert tried(46 * 250, cited=1, size=1)[:2] == ([200, 45], [45])
    assert tried(46 * 250 - 1, cited=1, size=1)[:2] == ([200, 45, 8], [8])
    assert tried(250, cited=1, size=1)[1] == [8]


def test_what_room_is_left_goes_to_whole_texts(tried):
    assert tried(9_000, size=40)[2:] == ("x" * 8_000 + "whole", [1_000])
    assert tried(9_000, size=40, texts=False)[2:] == ("x" * 8_000, [])


@pytest.mark.parametrize(
    ("most", "static", "files"), [(210, 210, 0), (209, 209, 1), (109, 109, 2), (600_011, 600_010, 0)]
)
def test_data_stand_in_the_page_where_there_is_room(monkeypatch, tmp_path, most, static, files):
    data = Payload([Block("t", "t" * 10)], [Block("p", "p" * 100)])
    monkeypatch.setattr(module, "payload", lambda *_: data)
    made = []

    def static_page(sources, options, store, index, most_bytes, beside, *, script):
        made.append((most_bytes, [block.file for block in beside().blocks]))

        def page(*, blocks, beside, **_):
            made.append(beside)
            return "ü" * 50

        return page

    monkeypatch.setattr(module, "_static_page", static_page)
    monkeypatch.setattr(module, "script_source", lambda: "s" * 10)
    report = render_report(
        ReportSources(write_corpus(tmp_path, ["Ann"]), tmp_path, {}), OPTIONS._replace(max_bytes=most)
    )
    # The page is weighed as a page with data beside it.
    assert made == [(static, ["report-data/t.html", "report-data/p.html"]), True, files > 0]
    assert len(report.files) == files


def test_a_corpus_that_is_too_large_for_a_page_is_not_packed_and_the_page_says_so(tmp_path, monkeypatch):
    names = ["Lin Jian", "Trump"]
    sentence = "more than the {} that fit into a page"
    total = read_parquet(write_corpus(tmp_path / "tables", names) / "tokens.parquet").num_rows
    for most, is_packed in ((total, True), (total - 1, False)):
        monkeypatch.setattr(module, "MOST_TOKENS", most)
        page = render(tmp_path, names)
        assert ('id="data-corpus"' in page) == is_packed == (sentence.format(most) not in page)
