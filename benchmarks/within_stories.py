"""Level, coverage and decomposition of comparisons within stories, by simulation with known truth.

    python -m benchmarks.within_stories [--runs N]

There are two sorts of stories, with few or many cases. Each group covers each sort with its own probability, in one to
three articles of random length, whose share of cases varies around that of the story. `effect` is added to the first
group's share of cases in every story. The output is how often p is below .05, how often the intervals cover the truth,
and the mean of each part beside the truth.
"""

import argparse
from typing import NamedTuple

import numpy as np

from scripts.maths.within_strata import Comparison, compared

# The share of cases in either sort of story, and its variation among stories and articles.
_SHARES, _OF_STORIES, _OF_ARTICLES = (0.15, 0.45), 0.1, 12


class Setting(NamedTuple):
    """A simulated corpus: the number of stories, each group's probability of covering either sort, and the effect."""

    stories: int
    first: tuple[float, float]
    second: tuple[float, float]
    effect: float

    def truth(self) -> tuple[float, float]:
        """Return the difference within stories, and the difference due to the choice of stories."""
        first, second = (np.array(each) / sum(each) @ np.array(_SHARES) for each in (self.first, self.second))
        return self.effect, float(first - second)


SETTINGS = {
    "nothing differs": Setting(60, (0.5, 0.5), (0.5, 0.5), 0.0),
    "only choice": Setting(60, (0.3, 0.8), (0.8, 0.3), 0.0),
    "only treatment": Setting(60, (0.5, 0.5), (0.5, 0.5), 0.1),
    "both": Setting(60, (0.3, 0.8), (0.8, 0.3), 0.1),
    "both, few stories": Setting(20, (0.4, 0.8), (0.8, 0.4), 0.1),
    "both, many stories": Setting(300, (0.3, 0.8), (0.8, 0.3), 0.1),
}


def simulated(setting: Setting, random: np.random.Generator, *, draws: int) -> Comparison:
    """Return the comparison of two groups drawn by a setting."""
    rows = []
    for story in range(setting.stories):
        sort = int(random.random() < 0.5)
        share = _SHARES[sort] + random.uniform(-_OF_STORIES, _OF_STORIES)
        for is_first, covers in ((True, setting.first), (False, setting.second)):
            if random.random() < covers[sort]:
                for _ in range(random.integers(1, 4)):
                    mean = share + setting.effect * is_first
                    of_article = random.beta(mean * _OF_ARTICLES, (1 - mean) * _OF_ARTICLES)
                    total = random.integers(2, 40)
                    rows.append((random.binomial(total, of_article), total, is_first, story))
    hits, totals, firsts, stories = map(np.array, zip(*rows, strict=True))
    return compared(hits[:, None].astype(float), totals[:, None].astype(float), firsts, stories, draws=draws)


def summary(setting: Setting, *, runs: int, draws: int, seed: int = 1) -> dict[str, float]:
    """Return the share of runs that can be estimated, and of these the share with p below 0.05, coverages and means."""
    random = np.random.Generator(np.random.PCG64(seed))
    within, choice = setting.truth()
    truths = {"within": within, "choice": choice, "plain": within + choice}
    made = [simulated(setting, random, draws=draws) for _ in range(runs)]
    known = [each for each in made if not np.isnan(each.within.lo[0])]
    result = {"known": len(known) / runs, "rejected": float(np.mean([each.p[0] < 0.05 for each in known]))}
    for part, truth in truths.items():
        estimates = [getattr(each, part) for each in known]
        result[f"{part} held"] = float(np.mean([each.lo[0] <= truth <= each.hi[0] for each in estimates]))
        result[f"{part} mean"] = float(np.mean([each.value[0] for each in estimates]))
        result[f"{part} truth"] = truth
    return result


def main() -> None:
    """Print a line for each setting."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--runs", type=int, default=2000)
    parser.add_argument("--draws", type=int, default=1000)
    options = parser.parse_args()
    for name, setting in SETTINGS.items():
        figures = summary(setting, runs=options.runs, draws=options.draws)
        print(name, *(f"{key} {value:.3f}" for key, value in figures.items()), sep="  ", flush=True)


if __name__ == "__main__":
    main()
