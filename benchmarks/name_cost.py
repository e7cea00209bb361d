"""Cost of names beside the parse: CPU time of the network, the rules within a document, and the links over documents.

    OPENBLAS_NUM_THREADS=1 python -m benchmarks.name_cost results/tables [--most 480]

The tables are from a run. At most `--most` of its documents, evenly spread, are parsed again; links are made for all.
"""

import argparse
import gc
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import TypeVar

from scripts.core.storage import ROOT, read_parquet, read_yaml
from scripts.entities.mention_ranges import linked, read_mention_documents
from scripts.entities.recognition import decided_entities, raw_blocks
from scripts.parsing.parses import annotate, load_model

_T = TypeVar("_T")


def timed(work: Callable[[], _T]) -> tuple[_T, float]:
    """Return the result of `work` and the milliseconds of CPU time that it took."""
    begin = process_time()
    return work(), 1000 * (process_time() - begin)


def main() -> None:
    """Print the milliseconds per document of each step, and the ratio of rules and links to parse and network."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tables", type=Path)
    parser.add_argument("--most", type=int, default=480)
    options = parser.parse_args()
    settings = read_yaml(ROOT / "config.yaml")
    rows = read_parquet(options.tables / "documents.parquet", ["doc_id", "text"]).to_pylist()
    texts = [(row["doc_id"], row["text"]) for row in rows[:: -(-len(rows) // options.most)] if row["text"]]
    nlp = load_model(settings["model"])
    gc.freeze()
    gc.set_threshold(50_000)  # as in scripts.core.worker
    list(annotate(nlp, texts[:5]))  # the first documents load word lists
    docs, parse = timed(lambda: list(annotate(nlp, texts)))
    network = rules = 0.0
    blocks = raw_blocks(docs)
    while (read := timed(lambda: next(blocks, [])))[0]:
        block, own = read
        _, more = timed(lambda block=block: [decided_entities(doc) for doc in block])
        network, rules = network + own, rules + more
    corpus = read_mention_documents(options.tables)
    names = {key: settings["entities"][key] for key in ("aliases", "metonyms")}
    _, links = timed(lambda: linked(options.tables, corpus, **names))
    parse, network, rules, links = (*(each / len(docs) for each in (parse, network, rules)), links / len(rows))
    print(f"{len(docs)} of {len(rows)} documents, ms each: parse {parse:.1f}, network {network:.1f}, "
          f"rules {rules:.2f}, links {links:.2f}")  # fmt: skip
    print(f"rules and links beside parse and network: {(rules + links) / (parse + network):.1%}")


if __name__ == "__main__":
    main()
