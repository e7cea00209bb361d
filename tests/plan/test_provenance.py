"""The record of what made the results, without a clock in it."""

from scripts.plan.provenance import provenance
from scripts.plan.settings import defaults
from scripts.plan.stages import package_versions

DOCUMENTS = [
    {"seed": "b.csv", "sha256": "1", "encoding": "utf-8", "n_words": 5, "language": "en"},
    {"seed": "b.csv", "sha256": "1", "encoding": "utf-8", "n_words": 2, "language": "de"},
    {"seed": "a.txt", "sha256": "2", "encoding": "cp1252", "n_words": 4, "language": "en"},
]
PROBLEMS = [
    {"seed": "a.txt", "stage": "documents", "severity": "warning", "code": "encoding"},
    {"seed": "c.bin", "stage": "documents", "severity": "error", "code": "binary"},
    {"seed": "b.csv", "stage": "documents", "severity": "error", "code": "empty"},  # a row of it
]


def test_provenance():
    settings = {**defaults(), "code_commit": "abc", "packages": package_versions()}
    fates = [{"status": status} for status in ("stale", "applied", "applied")]
    model = {"name": "m", "sha256": "5", "language": "en"}
    record = provenance(DOCUMENTS, PROBLEMS, settings, model, fates, [{"path": "review/ann.csv", "sha256": "f"}])
    assert record["newsloom"]["commit"] == "abc"
    assert record["settings"] == defaults()
    assert record["packages"].keys() >= {"snakemake", "spacy", "nltk", "pandas", "matplotlib"}
    assert record["model"] == {"name": "m", "sha256": "5"}
    assert list(record["seeds"]) == ["a.txt", "b.csv"]
    assert record["seeds"]["a.txt"] == {"sha256": "2", "encoding": "cp1252"}
    counts = record["counts"]
    assert (counts["seeds"], counts["documents"], counts["words"], counts["seeds_left_out"]) == (2, 3, 11, 1)
    assert counts["documents_by_language"] == {"de": 1, "en": 2}
    assert counts["corrections_by_status"] == {"applied": 2, "stale": 1}
    # A view, a sheet or a reference text that cannot be used is no article that was left out.
    others = [("views/a.yaml", "views"), ("review/a.csv", "corrections"), ("reference: b.txt", "documents")]
    faults = [{"seed": seed, "stage": stage, "severity": "error", "code": "broken"} for seed, stage in others]
    assert provenance(DOCUMENTS, faults, settings, model, fates, [])["counts"]["seeds_left_out"] == 0
    assert record["review_sheets"] == {"ann.csv": {"sha256": "f"}}
    assert counts["problems_by_severity"] == {"error": 2, "warning": 1}
