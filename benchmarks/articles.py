"""Write a made-up corpus for measuring: articles of about 700 words with names, roles and attributions.

    python -m benchmarks.articles FOLDER [--number 2000] [--seed 1]

The sentences come from twelve inaugural addresses (tests/data/quanteda, public domain), used as narration and as
statements of made-up people; names, offices, places, figures and the wording around each attribution vary. The same
seed gives the same bytes, and a longer corpus begins with the articles of a shorter one. Nothing in it is news: use it
to measure time and memory, never accuracy.
"""

import argparse
import csv
import random
import re
from collections.abc import Callable
from pathlib import Path

from scripts.core.lexicons import word_list
from scripts.core.storage import ROOT, WORKFLOW

_TOKENS = ROOT / "tests" / "data" / "quanteda" / "tokens.tsv"
_listed = re.compile(r"[^|]+").findall
_SURNAMES = _listed(
    "Abbott|Adeyemi|Ahmed|Alvarez|Andersson|Bauer|Bennett|Botha|Brennan|Castillo|Chaudhry|Cheng|Cohen|Costa|Dlamini|"
    "Dubois|Eriksen|Farouk|Ferrari|Fischer|Foster|Garcia|Greene|Gupta|Haddad|Hansen|Hughes|Ibrahim|Ivanova|Jansen|"
    "Kamau|Keller|Khan|Kowalski|Larsen|Laurent|Lindqvist|Lopez|Mahmoud|Marino|Mbeki|Mensah|Moreau|Murphy|Nakamura|"
    "Novak|Nguyen|Okafor|Olsen|Osman|Park|Patel|Petrov|Quinn|Rahman|Reyes|Rossi|Sato|Schmidt|Silva|Singh|Sorensen|"
    "Suzuki|Tanaka|Torres|Vargas|Virtanen|Walsh|Weber|Yamamoto|Yilmaz|Zhang|Zimmermann"
)
_OFFICES = _listed(
    "Finance Minister|Foreign Minister|Health Secretary|Senator|Governor|Mayor|Professor|Police Chief|spokesman|"
    "spokeswoman|chief economist|campaign director|union leader|chief executive|analyst|lawyer"
)
_BODIES = _listed(
    "the Ministry of Energy|the Central Bank|the Institute for Public Policy|the Farmers' Union|the Port Authority|"
    "Northern Rail|the National Science Council|the Chamber of Commerce|Harbour Holdings Inc.|the Supreme Court|"
    "the Students' Association|the Climate Trust"
)
_VERBS = _listed("said|told reporters|added|argued|warned|insisted|claimed|explained|acknowledged|stressed")
_MONTHS = _listed("January|February|March|April|May|June|July|August|September|October|November|December")
_OUTLETS = ("courier", "herald", "standard", "tribune")


def address_sentences() -> list[str]:
    """Return the sentences of the addresses, in their order, put together from their tokens."""
    lines = _TOKENS.read_text(encoding="utf-8").splitlines()
    return [re.sub(r" (?=[,.;:?!)])|(?<=\() ", "", line.partition("\t")[2]) for line in lines]


def sentences() -> list[str]:
    """Return the addresses' sentences of 6 to 40 words, in their order, without quotation marks."""
    plain = (" ".join(re.sub(r"[\"\u201c\u201d]", "", sentence).split()) for sentence in address_sentences())
    return [sentence for sentence in plain if sentence[:1].isupper() and 6 <= len(sentence.split()) <= 40]


def _places() -> list[str]:
    with (WORKFLOW / "lexicons" / "countries.csv").open(encoding="utf-8") as handle:
        rows = csv.DictReader(line for line in handle if not line.startswith("#"))
        return sorted({next(iter(row.values())) for row in rows})


def writer(seed: int) -> Callable[[int], str]:
    """Return a function that writes the article with a given number, which depends only on `seed` and the number."""
    stock, places = sentences(), _places()
    first_names = sorted(name for name in word_list("given_names.txt") if name.isalpha())

    def article(number: int) -> str:
        draw = random.Random(f"{seed}/{number}")
        people = [
            (draw.choice(first_names), draw.choice(_SURNAMES), draw.choice(_OFFICES), draw.choice(_BODIES))
            for _ in range(5)
        ]
        drawn: set[int] = set()

        def attribution() -> str:
            who = draw.randrange(len(people))
            first, last, office, body = people[who]
            full = f"{first} {last}, {office.lower()} at {body}" if draw.random() < 0.5 else f"{office} {first} {last}"
            name = draw.choice([last, last, "he", "she"]) if who in drawn else full
            drawn.add(who)
            content, verb = draw.choice(stock), draw.choice(_VERBS)
            indirect = content[0].lower() + content[1:]
            return draw.choice(
                [
                    f"\u201c{content[:-1]},\u201d {name} said. \u201c{draw.choice(stock)}\u201d",
                    f"\u201c{content[:-1]},\u201d said {name}.",
                    f"{name[0].upper()}{name[1:]} {verb} that {indirect}",
                    f"According to {name}, {indirect}",
                    f"\u201c{content}\u201d {draw.choice(['Experts', 'Critics', 'Residents'])} {verb} otherwise.",
                ]
            )

        def narration() -> str:
            figure = draw.choice([f"${draw.randrange(1, 900)} million", f"{draw.randrange(2, 99)} per cent"])
            lead = draw.choice(
                [
                    f"In {draw.choice(places)}, the figure was {figure} in {draw.randrange(1990, 2026)}.",
                    f"{draw.choice(places)} and {draw.choice(places)} signed an accord worth {figure} on "
                    f"{draw.choice(_MONTHS)} {draw.randrange(1, 29)}.",
                    "",
                ]
            )
            return f"{lead} {draw.choice(stock)} {draw.choice(stock)}".strip()

        paragraphs = [
            f"{draw.choice(places).upper()} \u2014 {draw.choice(stock)}",
            *(attribution() if draw.random() < 0.45 else narration() for _ in range(draw.randrange(12, 24))),
        ]
        return "\n\n".join(paragraphs) + "\n"

    return article


def write(folder: Path, number: int, *, seed: int = 1) -> None:
    """Write `number` articles to `folder`, named by day and outlet."""
    folder.mkdir(parents=True, exist_ok=True)
    article = writer(seed)
    for index in range(number):
        date = f"{2020 + index % 5}-{1 + index // 5 % 12:02}-{1 + index // 60 % 28:02}"
        path = folder / f"{date}_{_OUTLETS[index % 4]}_{index:07}.txt"
        path.write_text(article(index), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--number", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write(options.folder, options.number, seed=options.seed)
