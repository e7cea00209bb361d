"""The page: what it says, that it weighs what it may, that its bytes depend on its input alone."""

from html.parser import HTMLParser

import pyarrow as pa
import pytest

from scripts.core.storage import read_parquet, write_parquet
from scripts.report import page as module
from scripts.report.data import Block, Payload
from scripts.report.page import Options, render_report
from scripts.report.reading import MAX_SCHEMES
from tests.report.blocks import STATISTICS, WORDS
from tests.report.corpus import HOSTILE, HUGE, NAMES, row, write_corpus, write_tables

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
OPTIONS = Options(title="Report", words=WORDS, statistics=STATISTICS, sections=SECTIONS, max_bytes=1_000_000, css="")


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
    provenance = {"model": names[0] if names else "", "seeds": [str(number) for number in range(60)]}
    return render_report(tables, folder, provenance, OPTIONS._replace(**changed)).page


@pytest.fixture(scope="module")
def names_page(tmp_path_factory):
    """Return the page of documents on long, Chinese and Arabic names."""
    return render(tmp_path_factory.mktemp("names"), NAMES)


@pytest.fixture(scope="module")
def lin(tmp_path_factory):
    """Return the folder of a single document, and its page."""
    folder = tmp_path_factory.mktemp("lin")
    return folder, render(folder, ["Lin Jian"])


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
        assert {a["type"] for tag, a in tags if tag == "script" and "type" in a} == {"text/plain"}
        assert [tag for tag, _ in tags].count("style") == 1
        assert not [tag for tag, _ in tags if tag in ("img", "iframe", "object", "embed", "base")]
        for tag, attributes in tags:
            assert not [name for name in attributes if name.startswith("on") or name == "style"], tag
            for name in ("href", "src", "action"):
                assert attributes.get(name, "#").startswith(("#", "data:,")), attributes


def test_the_page_says_how_many_entries_of_the_provenance_it_has(lin):
    _, page = lin
    assert page.count("The first 40 of 61 rows; all are in") == 1 and "The first 0 of" not in page


def test_the_page_keeps_to_its_size_and_says_what_it_leaves_out(tmp_path):
    names = [f"Speaker {number}" for number in range(300)]
    page = render(tmp_path, names, max_bytes=530_000)
    assert len(page.encode()) <= 530_000
    assert "of 300 rows; all are in <code>tables/speakers.csv</code>" in page
    targets = {a["href"][1:] for tag, a in Tags(page).tags if tag == "a" and a.get("href", "").startswith("#")}
    assert targets <= {a["id"] for _, a in Tags(page).tags if "id" in a}


def test_a_huge_word_is_shown_in_part(tmp_path):
    page = render(tmp_path, [HUGE, "Lin Jian"])
    assert len(page.encode()) < 1_000_000
    assert "Lin Jian" in page


def test_no_documents_at_all_is_said_in_words(tmp_path):
    page = render(tmp_path, [])
    assert "No document could be analysed" in page
    assert "No statement was attributed to anyone" in page
    assert "Put articles into the folder" in page and "are few" not in page


def test_same_input_same_bytes(tmp_path, names_page):
    assert render(tmp_path, NAMES) == names_page
    assert render(tmp_path, NAMES, processes=2) == names_page


def test_one_document_has_no_interval_and_no_stories_and_says_so(lin, names_page):
    _, page = lin
    assert "not estimable" in page
    assert "This is a single document." in page
    assert [text.count('<section id="stories"') for text in (page, names_page)] == [0, 1]


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
    assert "needs at least two documents" not in page
    (folder / "tables" / "similarity.parquet").unlink()
    asked = OPTIONS._replace(sections=(*SECTIONS, "tf-idf"))
    again = render_report(folder / "tables", folder, {}, asked).page
    assert "Similarity needs at least two documents." in again


def test_as_many_schemes_are_marked_as_have_a_look(tmp_path):
    tables = write_corpus(tmp_path / "tables", [f"s{at}" for at in range(MAX_SCHEMES + 2)])
    codes = read_parquet(tables / "frame_codes.parquet")
    schemes = pa.array([f"scheme{at}" for at in range(codes.num_rows)])
    codes = codes.set_column(codes.column_names.index("scheme"), "scheme", schemes)
    write_parquet(tables / "frame_codes.parquet", codes)
    prevalence = [row("frame_prevalence", group="(all)", scheme=scheme, frame="war") for scheme in schemes.to_pylist()]
    write_tables(tables, frame_prevalence=prevalence)
    page = render_report(tables, tmp_path, {}, OPTIONS).page
    assert page.count('id="layer-frame') == MAX_SCHEMES


@pytest.mark.parametrize(("most", "files"), [(210, 0), (209, 2), (109, 3)])
def test_data_stand_in_the_page_where_there_is_room(monkeypatch, tmp_path, most, files):
    data = Payload([Block("t", "t" * 10)], [Block("p", "p" * 100)])
    monkeypatch.setattr(module, "payload", lambda *_: data)
    made = []

    def page(*, blocks, beside, **_):
        made.append(([block.file for block in blocks], beside))
        return "ü" * 50

    monkeypatch.setattr(module, "_static_page", lambda *_: page)
    report = render_report(write_corpus(tmp_path, ["Ann"]), tmp_path, {}, OPTIONS._replace(max_bytes=most))
    # The page is weighed as a page with data beside it; with scripts there is the page that reads them.
    assert made[0] == (["t.js", "p.js"], True)
    assert made[1][1] == (files > 0) and len(report.files) == files


def test_a_few_texts_can_be_read_without_javascript_and_none_of_more_or_longer_ones(tmp_path, lin, monkeypatch):
    _, page = lin
    assert page.count('<article class="reading"') == 1 and page.count('<span class="s"') == 2
    assert render(tmp_path, ["Ann"] * 20).count('<article class="reading"') == 20
    assert '<article class="reading"' not in render(tmp_path / "many", ["Ann"] * 21, sections=("documents",))
    monkeypatch.setattr(module, "_TEXT_BYTES", 20)
    assert '<article class="reading"' not in render(tmp_path / "long", ["Ann"], sections=("documents",))


def test_a_corpus_that_is_too_large_for_a_page_is_not_packed_and_the_page_says_so(tmp_path, monkeypatch):
    names = ["Lin Jian", "Trump"]
    sentence = "more than the {} that fit into a page"
    total = read_parquet(write_corpus(tmp_path / "tables", names) / "tokens.parquet").num_rows
    for most, is_packed in ((total, True), (total - 1, False)):
        monkeypatch.setattr(module, "MOST_TOKENS", most)
        page = render(tmp_path, names)
        assert ('id="data-corpus"' in page) == is_packed == (sentence.format(most) not in page)
