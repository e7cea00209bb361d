"""The copy for others of articles that repeat themselves in every place: it has no twelve of their words in a row."""

import base64
import gzip
import html
import io
import json
import re
import zlib
from collections.abc import Iterator
from zipfile import ZipFile

import pyarrow.parquet as pq
import pytest
import yaml

from scripts.plan.settings import check
from tests.workflow.project import ROOT, copy_project, run

RUN = 12
LEDE = "The mayor of the old harbour town said on Monday that she would not close the fish market this year."
ARTICLES = [
    f"{LEDE} “We will keep every stall open for as long as people come here to buy their fish in the morning,” "
    "Mayor Ann Smith said. “No,” she said. “I do not. I never will. We all know it. It is our town. You may go.” "
    "Critics blamed the council for the costs of the repairs, which the tax office put at nine million dollars.",
    "“We will keep every stall open for as long as people come here to buy their fish in the morning,” Ann Smith told "
    "reporters. He came. She left. They sat. It rained. We ate. You slept. I read. The workers protested and fought in "
    "the streets about the budget, the economy, jobs and the rights of those who have to pay for what others broke.",
]
# Other columns with the words of the article, plain, as HTML, with escapes, and within other values.
SEEDS = {
    "news.jsonl": "".join(
        json.dumps(
            {
                "text": text, "title": text[:100], "outlet": "The Globe" if number else "The Mail",
                "date": "2025-03-01", "author": "Bo Lee", "party": "Green", "body": text, "raw_text": text.upper(),
                "summary_html": f"<p>{text.replace(' of ', ' <b>of</b> ')}</p>", "language": text,
                "nested": {"a": [text], text[:90]: 1}, "tags": [text, "harbour"], "section": html.escape(text),
            }
        ) + "\n"
        for number, text in enumerate(ARTICLES)
    ),
    "metadata.csv": f'path,teaser,title\nseed.txt,"{LEDE}","{LEDE}"\n',
    "seed.txt": next((ROOT / "seeds").glob("*.txt")).read_text(encoding="utf-8"),
}  # fmt: skip


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def runs(text: str) -> set[tuple[str, ...]]:
    of_text = words(text)
    return {tuple(of_text[at : at + RUN]) for at in range(len(of_text) - RUN + 1)}


def unpacked(text: str) -> Iterator[str]:
    """Yield a text in the ways in which it may hold others: without tags and escapes, and what is packed in it."""
    for each in (text, re.sub(r"<[^>]*>", " ", text), re.sub(r"<[^>]*>", "", text)):
        yield html.unescape(html.unescape(each))
        yield each.replace(r"\"", '"').replace(r"\n", " ")
        yield re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), each)
    for blob in re.findall(r"[A-Za-z0-9+/]{60,}={0,2}", text):
        try:
            data = base64.b64decode(blob + "=" * (-len(blob) % 4))
        except ValueError:
            continue
        for unpack in (bytes, gzip.decompress, zlib.decompress, lambda packed: zlib.decompress(packed, -15)):
            try:
                yield unpack(data).decode("utf-8", errors="replace")
            except (OSError, EOFError, zlib.error):
                continue


def strings(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield str(key)
            yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)
    elif isinstance(value, str):
        yield value


def readings(name: str, data: bytes) -> Iterator[str]:
    """Yield the texts of a member in every way in which a reader might come by them."""
    if name.endswith(".parquet"):
        columns = pq.read_table(io.BytesIO(data)).to_pydict()
        for values in columns.values():
            yield from map(str, values)
        for row in zip(*columns.values(), strict=True):
            yield " ".join(map(str, row))
        return
    text = data.decode("utf-8", errors="replace")
    yield from unpacked(text)
    if name.endswith(".json"):
        for each in strings(json.loads(text)):
            yield from unpacked(each)
    if name.endswith(".yaml"):
        for each in strings(yaml.safe_load(text)):
            yield from unpacked(each)


@pytest.fixture(scope="module")
def members(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the members of the copy of a run."""
    project = copy_project(tmp_path_factory.mktemp("news") / "p", seeds=SEEDS)
    settings = yaml.safe_load((project / "config.yaml").read_text(encoding="utf-8"))
    settings["groups"] = "party"
    settings["report"]["css"] = "own.css"
    (project / "own.css").write_text("h1 { color: green }", encoding="utf-8")
    settings["concordance"] = {"terms": ["fish", "for as", "the"], "context": 10}
    settings["keyness"]["min_count"] = 1
    settings["phrases"]["min_count"], settings["words"]["n"] = 1, [2, 3, 4, 5]
    (project / "config.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    for folder in ("review", "coding", "frames", "reference", "topics", "views"):
        (project / folder).mkdir()
    quoted = f'"{LEDE}"'
    head = "doc_id,text_sha256,start,end,what,old,new,who,date,note\n"
    (project / "review" / "c.csv").write_text(f"{head}*,,,,merge,A,B,cm,,{quoted}\n", encoding="utf-8")
    (project / "review" / "names.csv").write_text(
        f"sheet,doc_id,text,right,x\nnames,a,{quoted},1,{quoted}\n", encoding="utf-8"
    )
    (project / "coding" / "ann.csv").write_text(f"doc_id,text,note,conflict\na,{quoted},{quoted},1\n", encoding="utf-8")
    (project / "sources.csv").write_text(
        f"name,party,quote_1,about\nAnn Smith,Green,{quoted},{quoted}\n", encoding="utf-8"
    )
    scheme = {"title": "Own", "source": LEDE, "frames": {"good": {"definition": "good", "terms": ["good"]}}}
    (project / "frames" / "own.yaml").write_text(yaml.safe_dump(scheme, width=40), encoding="utf-8")
    (project / "frames" / "fine.yaml").write_text(yaml.safe_dump({**scheme, "source": "me"}), encoding="utf-8")
    (project / "topics.yaml").write_text("fish:\n  least: 1\n  words: [fish]\n", encoding="utf-8")
    (project / "topics" / "ann.csv").write_text(
        f"about_it,left,hit,right,topic,term,doc_id,start,end\nyes,{quoted},fish,{quoted},fish,fish,a,1,5\n",
        encoding="utf-8",
    )
    (project / "views" / "mail.yaml").write_text("choose: {outlets: [The Mail]}\n", encoding="utf-8")
    (project / "reference" / "speech.txt").write_text(ARTICLES[0], encoding="utf-8")
    done = run(project, "share")
    assert done.code == 0, done.output
    with ZipFile(project / "results" / "share.zip") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_no_twelve_words_in_a_row_of_an_article_are_in_any_member(members: dict[str, bytes]) -> None:
    of_articles = set().union(*map(runs, [*ARTICLES, SEEDS["seed.txt"]]))
    leaks = {
        name: " ".join(sorted(shared)[0])
        for name, data in members.items()
        for text in readings(name, data)
        if (shared := runs(text) & of_articles)
    }
    assert leaks == {}


def test_the_copy_is_of_use_all_the_same(members: dict[str, bytes]) -> None:
    documents = pq.read_table(io.BytesIO(members["tables/documents.parquet"])).to_pydict()
    assert {"author", "party", "tags"} <= documents.keys()
    assert not {"body", "raw_text", "summary_html", "nested", "teaser"} & documents.keys()
    assert documents["party"] == ["Green", "Green", None]
    assert documents["title"][0] == "The mayor of the old harbour town said …."
    assert json.loads(documents["metadata"][0])["author"] == "Bo Lee"
    quotes = pq.read_table(io.BytesIO(members["tables/quotes.parquet"])).to_pydict()
    assert any(text.startswith("“We will keep every stall open for as …") for text in quotes["content"])
    assert b"fish" in members["tables/concordance.csv"] and b"Ann Smith" in members["report.html"]
    assert members["sources/sources.csv"].startswith(b"name,party,about\nAnn Smith,Green,")
    assert {"topics/topics.yaml", "topics/ann.csv", "views/mail.yaml"} <= members.keys()
    settings = check(yaml.safe_load(members["config.yaml"]))
    assert (settings["topics"]["file"], settings["report"]["css"]) == ("topics/topics.yaml", "")
    assert "frames/fine.yaml" in members and "frames/own.yaml" not in members
    assert "frames/own.yaml" in members["README.md"].decode()
