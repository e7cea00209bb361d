"""The documents step: `python -m scripts.documents` reads the seeds of one batch."""

import argparse
import hashlib
import json
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.core.fingerprints import check_packages
from scripts.core.guard import guarded
from scripts.core.sample import SENTENCE
from scripts.core.storage import read_stage, rows_to_table, write_parquet
from scripts.core.tables import joined
from scripts.documents.batch import read_seeds
from scripts.documents.exclusions import without_excluded
from scripts.documents.lost_time import counted_in
from scripts.documents.settings import Settings
from scripts.documents.signatures import signature_table


def _read_sample(settings: Settings) -> None:
    """Read a sentence of the project's own as a seed is read."""
    seed = {"doc_id": "sentence.txt", "path": "sentence.txt", "sha256": hashlib.sha256(SENTENCE.encode()).hexdigest()}
    with TemporaryDirectory() as folder:
        Path(folder, seed["path"]).write_text(SENTENCE, encoding="utf-8")
        read_seeds([seed], Path(folder), settings)


def main() -> None:
    """Read a batch's manifest and its seeds; write its documents, problems and signatures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--manifest", type=Path, required=True, help="JSON lines: doc_id, path, sha256")
    parser.add_argument("--seeds", type=Path, required=True, help="the folder that the paths are below")
    parser.add_argument("--settings", type=Path, required=True, help="the stage's fingerprint, with section `input`")
    parser.add_argument("--excluded", type=Path, help="JSON lines: doc_id, text_sha256, note: left out")
    parser.add_argument("--lost", type=Path, required=True, help="file of the run: seconds that gave no text")
    parser.add_argument("--documents", type=Path, required=True, help="table to write")
    parser.add_argument("--problems", type=Path, required=True, help="table to write")
    parser.add_argument("--signatures", type=Path, required=True, help="table to write")
    options = parser.parse_args()
    stage = read_stage(options.settings)
    check_packages(stage["packages"])  # formats are optional: one that is not installed is left out with a row
    settings = Settings(**stage["settings"]["input"])
    manifest = [json.loads(line) for line in options.manifest.read_text(encoding="utf-8").splitlines()]
    with counted_in(options.lost):
        (documents, problems), failed = guarded(
            "documents",
            [seed["doc_id"] for seed in manifest],
            lambda chosen: read_seeds((seed for seed in manifest if seed["doc_id"] in chosen), options.seeds, settings),
            sample=lambda: _read_sample(settings),
        )
    if options.excluded:
        lines = options.excluded.read_text(encoding="utf-8").splitlines()
        documents, notes = without_excluded(documents, [json.loads(line) for line in lines])
        problems += notes
    write_parquet(options.documents, rows_to_table("batch_documents", documents))
    write_parquet(options.signatures, signature_table(documents))
    write_parquet(options.problems, joined("problems", [rows_to_table("problems", problems), failed]))


if __name__ == "__main__":
    main()
