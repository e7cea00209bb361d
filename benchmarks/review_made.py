"""Corpora that are made up whole: statements with their words, speakers and kinds, and a machine with known errors.

Speakers are as unequal as in news (Zipf), and each has chances of his own to be taken for another and to be missed, so
that the machine errs more about some. Its confidence tells right from wrong attributions, imperfectly.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from scripts.review.strata import SIGNS


class Setting(NamedTuple):
    """A made-up corpus: statements, speakers, mean chances of a wrong speaker and of a missed statement, seed.

    `alike` is the precision of the beta distribution of a speaker's chances: the smaller, the more speakers differ.
    """

    statements: int = 2500
    speakers: int = 600
    wrong: float = 0.12
    missed: float = 0.15
    alike: float = 2.0
    seed: int = 1


MADE = {
    "middling machine": Setting(),
    "good machine": Setting(wrong=0.05, missed=0.05, seed=2),
    "bad machine": Setting(wrong=0.25, missed=0.3, seed=3),
    "large corpus": Setting(statements=12_000, speakers=2000, seed=4),
    "alike speakers": Setting(alike=20.0, seed=5),
}
_KINDS = np.array(["politician", "official", "expert", "citizen", "unknown"])
_FRAMES = np.array([0.3, 0.15, 0.08, 0.04, 0.02])


def _frames(generator: np.random.Generator, statements: int) -> list[str]:
    hits = generator.random((statements, len(_FRAMES))) < _FRAMES
    return [".".join(map(str, np.flatnonzero(row))) for row in hits]


def made(setting: Setting) -> pd.DataFrame:
    """Return the units of a made-up corpus, in the columns of a population; speaker 1 has most words."""
    generator, n = np.random.default_rng(setting.seed), setting.statements
    share = 1 / (np.arange(setting.speakers) + 2.0) ** 1.05
    share /= share.sum()

    def someone() -> np.ndarray:
        return generator.choice(setting.speakers, n, p=share) + 1

    def chances(mean: float) -> np.ndarray:
        return generator.beta(setting.alike * mean, setting.alike * (1 - mean), setting.speakers + 1)

    words, who = np.ceil(generator.lognormal(2.8, 0.7, n)).astype(int), someone()
    number = np.zeros(setting.speakers + 1, int)
    order = np.argsort(-np.bincount(who, words, setting.speakers + 1)[1:], kind="stable")
    number[order + 1] = np.arange(1, setting.speakers + 1)
    who = number[who]
    kind = np.append("unknown", generator.choice(_KINDS, setting.speakers, p=[0.35, 0.2, 0.15, 0.1, 0.2]))
    is_missed = generator.random(n) < chances(setting.missed)[who]
    is_wrong = generator.random(n) < chances(setting.wrong)[who]
    machine = np.where(is_wrong, np.where(generator.random(n) < 0.4, 0, number[someone()]), who)
    truth = np.where(generator.random(n) < 0.06, -1, who)
    confidence = np.where(machine != truth, generator.beta(2.5, 1.5, n), generator.beta(6, 1.2, n))
    quoted = np.where(generator.random(n) < 0.4, words, np.where(generator.random(n) < 0.3, words // 2, 0))
    sentences, frames = np.maximum(1, words // 18), np.array(_frames(generator, n), object)
    true_words = np.maximum(1, words + np.where(generator.random(n) < 0.25, generator.integers(-8, 9, n), 0))
    true_quoted = np.minimum(quoted, true_words)

    def cell(at: int) -> str:
        return f"{true_words[at]}:{true_quoted[at]}:{sentences[at]}:{frames[at]}:{who[at]}:{kind[who[at]]}"

    attributions = pd.DataFrame(
        {
            "sheet": "attributions", "band": np.digitize(confidence, [0.5, 0.7, 0.85, 0.95]).astype(str),
            "type": np.select([quoted == words, quoted > 0], ["direct", "mixed"], "indirect"),
            "group": generator.integers(0, 5, n).astype(str), "words": words, "quoted": quoted, "sentences": sentences,
            "frames": frames, "machine": machine, "machine_kind": kind[machine],
            "right": [cell(at) if truth[at] >= 0 else "" for at in range(n)], "answered": np.maximum(truth, 0),
            "missed": "",
        }
    )[~is_missed]  # fmt: skip
    places = int(1.4 * n)
    missed = [""] * places
    for at in np.flatnonzero(is_missed):
        place = int(generator.integers(places))
        missed[place] = f"{missed[place]} {cell(at)}".strip()
    signs = generator.choice(SIGNS, places, p=[0.4, 0.15, 0.05, 0.4])
    of_sentences = pd.DataFrame(
        {
            "sheet": "sentences", "band": "", "type": signs, "group": "", "words": 20, "quoted": 0, "sentences": 0,
            "frames": "", "machine": 0, "machine_kind": "", "right": "", "answered": 0, "missed": missed,
        }
    )  # fmt: skip
    return pd.concat([attributions, of_sentences], ignore_index=True)
