"""The site of static pages: each link of it leads to a file and an anchor that are there, and nothing is loaded."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from docs.make_site import EXAMPLES, site
from scripts.core.storage import ROOT

EXAMPLE = (
    "# One page\n\nSee [two](docs/two.md#the-end), ![a](docs/a.svg), [gone](docs/gone.md), <https://example.org>.\n"
)


class Page(HTMLParser):
    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if name in ("href", "src") and value:
                self.links.append(value)
            elif name == "id" and value:
                self.ids.add(value)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Page]:
    files = site(tmp_path_factory.mktemp("made") / "site", ROOT)
    return {path: Page(path) for path in files if path.suffix == ".html" and path.parent.name not in EXAMPLES}


def test_each_link_of_the_docs_leads_to_a_file_and_an_anchor(pages: dict[Path, Page]) -> None:
    dead = []
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or link.endswith(("senate/report.html", "wikinews/report.html")):
                continue
            file = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            known = pages[file].ids if file in pages else set()
            if not file.is_file() or (parts.fragment and parts.fragment not in known):
                dead.append((path.name, link))
    assert dead == [] and len(pages) > 30


def test_a_page_of_the_docs_loads_nothing_from_the_network(pages: dict[Path, Page]) -> None:
    texts = [path.read_text(encoding="utf-8") for path in pages]
    assert not [text[:200] for text in texts if "<script" in text or "<link" in text or 'src="http' in text]


def test_a_link_to_what_is_not_there_is_text_and_the_others_are_moved(tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / "docs").mkdir(parents=True)
    for name in ("README.md", "CONTRIBUTING.md"):
        (root / name).write_text(EXAMPLE, encoding="utf-8")
    (root / "docs" / "two.md").write_text("[back](../README.md)\n\n## The end\n", encoding="utf-8")
    (root / "docs" / "a.svg").write_text("<svg/>", encoding="utf-8")
    files = site(tmp_path / "site", root)
    names = [path.relative_to(tmp_path / "site").as_posix() for path in files]
    assert names == ["CONTRIBUTING.html", "docs/a.svg", "docs/two.html", "index.html"]
    first = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert '<a href="docs/two.html#the-end">two</a>' in first and "<a>gone</a>" in first
    assert '<h1 id="one-page">' in first and '<img src="docs/a.svg"' not in first.partition("<nav>")[0]
    second = (tmp_path / "site" / "docs" / "two.html").read_text(encoding="utf-8")
    assert '<a href="../index.html">back</a>' in second and '<h2 id="the-end">' in second
    with pytest.raises(FileExistsError, match="not empty"):
        site(tmp_path / "site", root)
