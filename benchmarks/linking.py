"""Precision and recall of the links of persons' short forms, from a random draw that a person judges.

    python -m benchmarks.linking FOLDER TEXTS --corpus world --draw drawn.csv
    python -m benchmarks.linking --judged drawn.csv

FOLDER and TEXTS are as for `training.name_links`; FOLDER also has stories/ecbplus_dev.jsonl and framing/nfc_dev.jsonl.
No weights were fitted to these articles. The person fills in the column `right`: for a linked form 1 or 0; for a form
not linked, 1 if the text means the candidate and 0 if it means somebody else or nobody; ? if the text does not say.
"""

import argparse
import csv
import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from benchmarks.merging import occurrences_and_facts
from scripts.core.storage import write_text
from scripts.entities.corpus_entities import entity_of
from scripts.entities.document_countries import sources_of
from scripts.entities.name_links import least, probabilities
from scripts.entities.occurrences import by_form
from scripts.entities.person_links import weighed
from scripts.entities.same_persons import one_name_each
from scripts.maths.intervals import wilson
from training.name_links import Article, half_of, parsed_articles, read_articles, rows_of

SEED, DRAWN = 20261128, 100
_CONTEXT, _CONTEXTS = 110, 3


def corpora(folder: Path, texts: Path, name: str) -> dict[str, list[Article]]:
    """Return the corpora of world news or of US politics, each of which is linked separately."""
    known = read_articles(folder, texts)
    if name == "politics":
        return {source: known[source] for source in ("politics held out", "senate held out")}
    lines = map(json.loads, (folder / "framing" / "nfc_dev.jsonl").read_text(encoding="utf-8").splitlines())
    climate = [
        (f"nfc_{row['doc_id']}", row["text"], row["meta"]["source"].lower(), row["meta"]["date"] or "") for row in lines
    ]
    lines = map(json.loads, (folder / "stories" / "ecbplus_dev.jsonl").read_text(encoding="utf-8").splitlines())
    stories = [(row["doc_id"], row["text"], "", "") for row in lines]
    world = [article for article in known["world"] if half_of(article[2])]
    return {
        "world held out": world,
        "wikinews held out": known["wikinews held out"],
        "stories": stories,
        "climate": climate,
    }


def _facts(articles: Sequence[Article]) -> pd.DataFrame:
    facts = [(doc_id, outlet, date) for doc_id, _, outlet, date in articles]
    return pd.DataFrame(facts, columns=["doc_id", "outlet", "date"])


def _contexts(text: str, words: str) -> str:
    places = list(re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text))[:_CONTEXTS]
    parts = (text[max(0, place.start() - _CONTEXT) : place.end() + _CONTEXT] for place in places)
    return " | ".join(" ".join(part.split()) for part in parts)


def short_forms(source: str, articles: Sequence[Article], parses: Path | None) -> Iterator[dict[str, str]]:
    """Yield the short forms of a corpus that their articles do not resolve, each with the likeliest person."""
    docs = parsed_articles(source, articles, parses)
    rows = pd.DataFrame([row for doc in docs for row in rows_of(doc)])
    occurrences, table, _ = occurrences_and_facts(rows, _facts(articles))
    places, sources = by_form(occurrences), sources_of(occurrences, table)
    entities = one_name_each([entity_of(form) for form in occurrences.forms], occurrences, places, sources)
    doc_ids, text = table["doc_id"].to_pylist(), {article[0]: article[1] for article in articles}
    for each in weighed(entities, occurrences, places, sources):
        odds = probabilities(each)
        best = odds.index(max(odds))
        doc_id, form = doc_ids[each.short.document], occurrences.forms[each.short.form]
        person = each.candidates[best]
        yield {
            "right": "",
            "linked": str(int(odds[best] >= least(each))),
            "doc_id": doc_id,
            "name": form.entity,
            "candidate": person.entity.name,
            "probability": f"{odds[best]:.3f}",
            "others": "; ".join(rival.entity.name for rival in each.candidates if rival != person),
            "context": _contexts(text[doc_id], form.text),
        }


def _print_judged(path: Path) -> None:
    """Print the shares of the judged forms, with Wilson intervals."""
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    for title, linked in (("linked, right", "1"), ("not linked, means the candidate", "0")):
        judged = [int(row["right"]) for row in rows if row["linked"] == linked and row["right"] in ("0", "1")]
        unclear = sum(row["linked"] == linked and row["right"] == "?" for row in rows)
        lo, hi = wilson(sum(judged), len(judged))
        print(f"{title}: {sum(judged)} of {len(judged)}, {100 * sum(judged) / len(judged):.1f} %"
              f" ({100 * lo:.1f} to {100 * hi:.1f}), {unclear} not to tell")  # fmt: skip


def main() -> None:
    """Draw short forms, or print the results of the judged ones."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", type=Path, nargs="*", help="FOLDER TEXTS")
    parser.add_argument("--corpus", choices=("world", "politics"), default="world")
    parser.add_argument("--draw", type=Path, help="CSV file to write the draw into")
    parser.add_argument("--judged", type=Path, help="CSV file of judged short forms")
    parser.add_argument("--parses", type=Path, help="folder for the parses")
    options = parser.parse_args()
    if options.judged:
        _print_judged(options.judged)
        return
    sources = corpora(*options.paths, options.corpus)
    rows = [row for source, articles in sources.items() for row in short_forms(source, articles, options.parses)]
    rows.sort(key=lambda row: (row["doc_id"], row["name"]))
    drawn = []
    for linked in ("1", "0"):
        group = [row for row in rows if row["linked"] == linked]
        drawn += random.Random(SEED).sample(group, min(DRAWN, len(group)))
        print(f"linked {linked}: {len(group)}")
    write_text(options.draw, pd.DataFrame(drawn).to_csv(index=False))


if __name__ == "__main__":
    main()
