"""Batches of seeds, and their manifests, which tell Snakemake what has changed.

With a job for each document, Snakemake would take longer than the work itself. A batch is all documents with the same
first bits of sha256(doc_id), and the split depends only on the set of names, never on earlier runs. The input of a
batch's rules is its manifest, not its seeds: it changes only with the bytes or name of a seed, not with a time stamp.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence

from scripts.core.batches import SINGLE_BATCH
from scripts.documents.seeds import Seed

# The files of a plan for each batch; the first exists as long as the batch does.
BATCH_PLAN = ("manifest.jsonl", "corrections.jsonl", "excluded.jsonl")
# With more groups than about this many, each has more documents than the setting says.
_GROUPS = 64


def _by_prefix(bits: Mapping[str, str], *, size: int) -> dict[str, list[str]]:
    """Return {prefix: sorted names}, with the shortest prefixes of the names' bits that at most `size` names share."""
    groups: dict[str, list[str]] = {}
    waiting = [("", sorted(bits))]
    while waiting:
        prefix, members = waiting.pop()
        if len(members) > size:
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
    """Return the groups of batches, {prefix of names: names}, each with at most `documents` or with a single batch.

    Batches are named by bits, and no name is the beginning of another. If one group would be enough, there are none.
    Of very many batches each group has more, as steps open a file of every group at once.

    >>> group_batches(["00", "010", "011", "1"], batch_size=100, documents=200)
    {'00': ['00'], '01': ['010', '011'], '1': ['1']}
    """
    names = {batch: batch for batch in batches}
    groups = _by_prefix(names, size=max(documents // batch_size, len(names) // _GROUPS, 1))
    return groups if len(groups) > 1 else {}


def manifests(seeds: Iterable[Seed], batches: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return {batch: manifest} for batches of doc_ids: JSON lines of {"doc_id", "path", "sha256", "metadata"}.

    The metadata are sorted by document, so the order of rows in the sheet does not matter. Columns keep the order of
    the sheet, because if two columns have the same meaning, the first counts.
    """
    by_id = {
        seed.doc_id: json.dumps({**seed._asdict(), "metadata": dict(sorted(seed.metadata.items()))}) for seed in seeds
    }
    return {batch: "".join(by_id[doc_id] + "\n" for doc_id in doc_ids) for batch, doc_ids in batches.items()}
