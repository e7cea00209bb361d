"""Batches of seeds by content, and the small texts that tell Snakemake what has changed.

A job for each document would cost Snakemake more than the work itself. A batch is a prefix of the bits of
sha256(doc_id), and the split depends only on the set of names, never on history. The input of a batch's rules is its
manifest, not its seeds: it changes exactly when a seed's bytes or name do, and not when a time stamp does.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence

from scripts.core.batches import SINGLE_BATCH
from scripts.documents.seeds import Seed

# The files of a plan of each batch; the first is there as long as the batch is.
BATCH_PLAN = ("manifest.jsonl", "corrections.jsonl", "excluded.jsonl")


def _by_prefix(bits: Mapping[str, str], *, size: int) -> dict[str, list[str]]:
    """Return names by the shortest prefixes of their bits that at most `size` share: {prefix: sorted names}."""
    groups: dict[str, list[str]] = {}
    waiting = [("", sorted(bits))]
    while waiting:
        prefix, members = waiting.pop()
        # 256 equal bits mean equal names: those cannot be split.
        if len(members) > size and len(prefix) < 256:
            for bit in "01":
                waiting.append((prefix + bit, [name for name in members if bits[name][len(prefix)] == bit]))
        elif members:
            groups[prefix] = members
    return dict(sorted(groups.items()))


def split(doc_ids: Iterable[str], *, size: int) -> dict[str, list[str]]:
    """Group names into batches of at most `size`: {prefix of bits, or "all": sorted names}; no batch is empty."""
    hashes = {doc_id: hashlib.sha256(doc_id.encode()).digest() for doc_id in doc_ids}
    batches = _by_prefix({doc_id: f"{int.from_bytes(each):0256b}" for doc_id, each in hashes.items()}, size=size)
    return {prefix or SINGLE_BATCH: doc_ids for prefix, doc_ids in batches.items()}


def group_batches(batches: Iterable[str], *, batch_size: int, documents: int) -> dict[str, list[str]]:
    """Return the groups of batches, {prefix of their names: names}, each of at most `documents` or of a single batch.

    Batches are named by bits, and no name begins another. There are no groups if one would do.

    >>> group_batches(["00", "010", "011", "1"], batch_size=100, documents=200)
    {'00': ['00'], '01': ['010', '011'], '1': ['1']}
    """
    groups = _by_prefix({batch: batch for batch in batches}, size=max(documents // batch_size, 1))
    return groups if len(groups) > 1 else {}


def manifests(seeds: Iterable[Seed], batches: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the manifest of each batch of the names of seeds: JSON lines of {"doc_id", "path", "sha256", "metadata"}.

    The metadata are by document, whatever the order of the lines in the sheet; its columns stay in their order, as the
    first of two that count as one stands.
    """
    by_id = {
        seed.doc_id: json.dumps({**seed._asdict(), "metadata": dict(sorted(seed.metadata.items()))}) for seed in seeds
    }
    return {batch: "".join(by_id[doc_id] + "\n" for doc_id in doc_ids) for batch, doc_ids in batches.items()}
