"""Corrections made at random on the real DAG: every table, the first screen and the page have the same statements and
words of each speaker."""

import html
import json
import re
from random import Random

import pyarrow.parquet as pq
import pytest

from scripts.report.data import FOLDER
from tests.report.blocks import read_block
from tests.workflow.project import run
from tests.workflow.test_corrections import correction, counts, sheet, table

TABLES = ("quotes", "speakers", "sources", "quote_sources", "documents", "corrections_applied", "corrected_shares")
WORDS_OF_THE_TEXT = {"blame", "frame_codes", "refusals"}  # tables that also call speakers by these, or the narrator
# A body named by its owner.
CAMPAIGN = "Mayor Smith will run again.\n\nThe Smith campaign said on Monday that it would go to London and to Paris.\n"

BLOCK = re.compile(r'<script type="text/plain" id="(data[^"]*)"(?: data-file="([^"]+)")?>([^<]*)<')


def blocks_of(page, folder):
    """Return the blocks of a page, or of the files beside it in a folder, by their names."""
    return {name: block_beside(folder / file) if file else text for name, file, text in BLOCK.findall(page)}


def block_beside(path):
    """Return the block in a file beside a page, which is `give("NAME.js", ["BLOCK"]);`."""
    call = path.read_text(encoding="utf-8").strip().removeprefix("give(").removesuffix(");")
    _, (block,) = json.loads(f"[{call}]")
    return block


def on_the_page(blocks):
    """Return the statements and words of each speaker in the blocks of a page, refusals left out."""
    _, shared = read_block(blocks["data-corpus"])
    rows = []
    for name in sorted(each for each in blocks if each.startswith("data-part-")):
        _, part = read_block(blocks[name])
        speakers = [shared["list names"][at] for at in part["quote speaker"]]
        rows += [{"speaker": who, "words": n} for who, n in zip(speakers, part["quote words"], strict=True) if n]
    return counts(rows)


def on_the_first_card(page):
    """Return the share of attributed words of each speaker on the first card, in percent."""
    card = page[page.index('<article class="card">') : page.index("</article>")]
    lines = re.findall(r'<span class="name">(.*?)</span>\s*<span class="share">(.*?)%</span>', card, re.DOTALL)
    return {html.unescape(re.sub("<[^>]*>", "", name)): float(share) for name, share in lines}


def random_corrections(quotes, texts, random):
    """Return corrections of some statements, merges of names in a document and everywhere."""
    names = sorted({row["speaker"] for row in quotes if row["speaker"]})
    rows = []
    for quote in quotes:
        field, new = (
            random.choice(["speaker", "merge", "type", "reject_quote", "", ""]),
            random.choice([*names, "Jo Gray"]),
        )
        old = {"type": quote["type"]}.get(field, quote["speaker_in_document"])
        new = {"type": "indirect", "reject_quote": ""}.get(field, new)
        if field and (old != new) and (old or field != "merge"):
            place = {"start": "", "end": ""} if field == "merge" else {}
            rows.append(correction(quote, texts, what=field, old=old, new=new) | place)
    everywhere = dict.fromkeys(("text_sha256", "start", "end"), "")
    old, new = random.sample(names, 2)
    rows.append(correction(quotes[0], texts, what="merge", old=old, new=new) | everywhere | {"doc_id": "*"})
    return rows


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_statements_and_words_of_a_speaker_are_the_same_everywhere(project, seed) -> None:
    """For a few chosen corrections the same is seen in test_corrections.py."""
    (project / "seeds" / "campaign.txt").write_text(CAMPAIGN, encoding="utf-8")
    assert run(project, "review_sheet").code == 0
    texts = {row["doc_id"]: row["text"] for row in table(project, "documents")}
    read = table(project, "quotes")
    assert any(row["speaker_in_document"] == "Smith campaign" != row["speaker"] for row in read)
    rows = random_corrections([row for row in read if row["doc_id"] != "campaign.txt"], texts, Random(seed))
    (project / "review").mkdir()
    (project / "review" / "corrections.csv").write_text(sheet(rows), encoding="utf-8")
    drawn = (project / "results" / "review" / "attributions.csv").read_text(encoding="utf-8")
    (project / "review" / "ann_attributions.csv").write_text(drawn, encoding="utf-8")
    done = run(project, *(f"results/tables/{name}.parquet" for name in TABLES), "results/report.html")
    assert done.code == 0, done.output
    assert "applied" in {row["status"] for row in table(project, "corrections_applied")}
    spoken = [row for row in table(project, "quotes") if row["n_words"]]
    expected = counts(spoken, "n_words")
    assert expected == {name: n for name, n in counts(table(project, "speakers")).items() if n[1]}
    assert expected == {name: n for name, n in counts(table(project, "sources")).items() if n[1]}
    assert expected == counts(table(project, "quote_sources"))
    known = {None, "", *(row["speaker"] for row in table(project, "speakers"))}
    for path in (project / "results" / "tables").glob("*.parquet"):
        if "speaker" in pq.read_schema(path).names and path.stem not in WORDS_OF_THE_TEXT:
            assert {row["speaker"] for row in table(project, path.stem)} <= known, path.stem
    names = {row["speaker"] for row in spoken} | {row["new"] for row in rows}
    merged = {row["old"] for row in rows if row["what"] == "merge" and row["doc_id"] == "*"} - names
    shares = pq.read_table(project / "results" / "tables" / "corrected_shares.parquet").to_pylist()
    assert not merged & {row["value"] for row in shares if row["share"] == "speaker"}
    page = (project / "results" / "report.html").read_text(encoding="utf-8")
    assert on_the_page(blocks_of(page, project / "results" / FOLDER)) == expected
    first = on_the_first_card(page)
    assert len(first) > 1
    words = {name: spoken for name, (_, spoken) in expected.items()}
    of_all = sum(words.values())
    assert {name: abs(share - 100 * words[name] / of_all) <= 0.5 for name, share in first.items()} == dict.fromkeys(
        first, True
    )
    least = min(words[name] for name in first)
    assert all(n <= least for name, n in words.items() if name not in first)
