"""Section on the reviewed sample: how often the machine is right on this corpus, and what its errors are."""

from scripts.report.outlines.outline import Outline
from scripts.report.tables import View

_CONFIDENCE = View(
    "accuracy",
    "Attributions by band of confidence: share with the right speaker, and mean confidence",
    ("measure", "value=confidence", "n=rows", "estimate~lo~hi=value"),
    where="step == 'speakers' and by == 'confidence'",
    name="confidence-data",
    note="A row is a band of confidence. Where the share that is right lies below the mean confidence, the machine is "
    "too sure of itself.",
)

REVIEW = Outline(
    "review",
    "Checked by hand",
    "How often the machine is right on this corpus, as people found on a random sample of it.",
    (("confidence", _CONFIDENCE),),
    (
        View(
            "accuracy",
            "Accuracy on this corpus",
            ("step", "measure", "n=rows", "estimate~lo~hi=value"),
            where="by == '' and measure != 'mean confidence'",
            name="accuracy-here",
            least=20,
            note="A row is a step and a measure, estimated for the whole corpus from the rows that were checked.",
        ),
        View(
            "review_errors",
            "Errors that people saw, the most frequent kind first",
            (
                "sheet",
                "kind",
                "machine",
                "should_be=should be",
                "doc_id=document",
                "sentence",
                "reviewer",
                "file",
                "row",
            ),
            note="A row is an error that a reader saw, with what the machine has and what it should be.",
        ),
    ),
    (
        View(
            "accuracy",
            "What most errors are: share of each kind in the errors of the corpus",
            ("step", "value=kind of error", "n=seen", "estimate~lo~hi=share"),
            where="by == 'kind of error'",
            name="error-kinds",
            note="A row is a kind of error of one step. The commonest is the one to look for first.",
        ),
        View(
            "accuracy",
            "Accuracy by type, rule, group, confidence and label",
            ("step", "measure", "by", "value=part", "n=rows", "estimate~lo~hi=estimate"),
            where="by != '' and by != 'kind of error'",
            name="accuracy-by-part",
            note="A row is one part of the sample. With few rows the interval is wide, and differences between parts "
            "may be chance.",
        ),
        View(
            "review_problems",
            "What in the review sheets could not be used",
            ("sheet=file", "row", "code=kind", "message=what is wrong, what to do"),
            note="A row is a line of a review sheet that was not used. Mend it and run again.",
        ),
    ),
    "Nobody has checked a random sample of this corpus yet. `snakemake review_sheet` draws one for you to fill; saved "
    "in the folder `review/`, it makes this section (docs/review.md).",
)
