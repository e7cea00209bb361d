"""The documents step: `python -m scripts.documents` reads the seeds of one batch."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.core.fingerprints import check_packages
from scripts.core.guard import guarded
from scripts.core.options import path_options
from scripts.core.planned import read_manifest
from scripts.core.sample import SENTENCE
from scripts.core.storage import read_stage, rows_to_table, write_parquet
from scripts.core.tables import joined
from scripts.documents.batch import read_seeds
from scripts.documents.exclusions import without_excluded
from scripts.documents.language import identifier, kept_answers, remembered
from scripts.documents.lost_time import counted_in
from scripts.documents.settings import Settings
from scripts.documents.signatures import signature_table

# A batch of this many seeds nearly always has one whose language only the model can tell.
_MANY = 64


def before_fork(arguments: Sequence[str]) -> None:
    """Load the language identifier for a large new batch, so that its process and those of later batches share it."""
    names = ("--manifest", "--documents", "--settings")
    manifest, documents, settings = (Path(arguments[arguments.index(name) + 1]) for name in names)
    is_large = len(manifest.read_text(encoding="utf-8").splitlines()) >= _MANY
    if is_large and kept_answers(_memory(documents), settings.read_bytes()) is None:
        identifier()


def _memory(documents: Path) -> Path:
    """Return the path of the file that keeps the language identifier's answers for a batch."""
    return documents.with_suffix(".kept")


def _read_sample(settings: Settings) -> None:
    """Read a sample sentence of this project as if it were a seed."""
    seed = {"doc_id": "sentence.txt", "path": "sentence.txt", "sha256": hashlib.sha256(SENTENCE.encode()).hexdigest()}
    with TemporaryDirectory() as folder:
        Path(folder, seed["path"]).write_text(SENTENCE, encoding="utf-8")
        read_seeds([seed], Path(folder), settings)


def main() -> None:
    """Read a batch's manifest and its seeds; write its documents, problems and signatures."""
    inputs, outputs = ("manifest", "seeds", "settings", "lost"), ("documents", "problems", "signatures")
    options = path_options(main.__doc__, *inputs, *outputs, optional=("excluded",))
    stage = read_stage(options.settings)
    check_packages(stage["packages"])  # optional formats: a file of one that is not installed gets a row
    settings = Settings(**stage["settings"]["input"])
    manifest = read_manifest(options.manifest)
    with counted_in(options.lost), remembered(_memory(options.documents), options.settings.read_bytes()):
        (documents, problems), failed = guarded(
            "documents",
            [seed["doc_id"] for seed in manifest],
            lambda chosen: read_seeds((seed for seed in manifest if seed["doc_id"] in chosen), options.seeds, settings),
            sample=lambda: _read_sample(settings),
        )
    if options.excluded:
        documents, notes = without_excluded(documents, read_manifest(options.excluded))
        problems += notes
    write_parquet(options.documents, rows_to_table("batch_documents", documents))
    write_parquet(options.signatures, signature_table(documents))
    write_parquet(options.problems, joined("problems", [rows_to_table("problems", problems), failed]))
