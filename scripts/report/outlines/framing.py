"""Section on frames: how common they are, their speakers, their accuracy."""

from scripts.report import derived
from scripts.report.outlines.outline import Outline
from scripts.report.tables import Link, View

_STRIP = View(
    "frame_codes",
    "Cues in that document",
    ("sentence", "frame", "term=pattern"),
    rows=derived.strip_codes,
    name="strip-data",
)

_FRAME = ("scheme", "frame")
_DOCUMENTS = "documents of a group"
# Documents that were parsed: others have no frames.
_OF_GROUP = (_DOCUMENTS, ("group",), ("value", "of"), ("parsed",))
_OF_MONTH = (_DOCUMENTS, ("group", "month"), ("value", "month", "of"), ("parsed",))

_BY_GROUP = View(
    "frame_prevalence",
    "Frames in each group of documents",
    (
        "group",
        "n_documents=documents",
        "scheme",
        "frame",
        "n=sentences",
        "n_sentences=of",
        "estimate~lo~hi=share of sentences",
    ),
    (
        Link("n_documents", *_OF_GROUP, "documents", live=True),
        Link("n", "frame_codes", (*_FRAME, "group"), unit="sentences", live=True),
        Link("n_sentences", *_OF_GROUP, "all sentences", live=True),
    ),
    order=("~scheme", "frame", "group"),
    where="group != '(all)'",
    corrected_in="frame_corrected",
    name="frames-by-group-data",
)

_TRENDS = View(
    "frame_trends",
    "Frames by month in each group of documents",
    (
        "group",
        "month",
        "scheme",
        "frame",
        "n_documents=documents",
        "n=sentences",
        "n_sentences=of",
        "estimate~lo~hi=share of sentences",
    ),
    (
        Link("n", "frame_codes", (*_FRAME, "group", "month"), unit="sentences", live=True),
        Link("n_documents", *_OF_MONTH, "documents", live=True),
        Link("n_sentences", *_OF_MONTH, "all sentences", live=True),
    ),
    order=("~scheme", "frame", "group", "month"),
    corrected_in="frame_corrected",
    name="frame-trends-data",
)

FRAMING = Outline(
    "framing",
    "Framing",
    "Sentences with cues of a frame, and who voices them. A cue is a word and not yet a frame.",
    (
        ("frame_prevalence", "frame_prevalence"),
        ("frames_by_group", _BY_GROUP),
        ("frame_trends", _TRENDS),
        ("frame_speakers", "frame_speakers"),
        ("blame", "blame"),
        ("strip", _STRIP),
    ),
    (
        View(
            "frame_prevalence",
            "Sentences with cues of a frame",
            ("scheme", "frame", "n=sentences", "estimate~lo~hi=share of sentences", "documents",
             "per_100_words=cues per 100 words"),
            (
                Link("n", "frame_codes", _FRAME),
                Link("documents", "frame_codes", _FRAME, unit="documents", live=True),
            ),
            ("~scheme", "-n", "frame"),
            where="group == '(all)'",
            least=40,
            corrected_in="frame_corrected",
        ),
        View(
            "frame_corrected",
            "Shares corrected by the coders' codes",
            ("group", "scheme", "frame", "n=coded sentences", "machine=by the machine", "human=by the coders",
             "estimate~lo~hi=corrected share", "more=more codes for ±5 points"),
        ),
        View(
            "frame_speakers",
            "Frames by voice: of the sentences that a speaker voices, those with a cue of the frame",
            ("scheme", "name=voice", "frame", "n=sentences with the frame", "n_sentences=of", "estimate~lo~hi=share",
             "n_documents=documents"),
            (
                Link("n", "frame_codes", (*_FRAME, "name"), (*_FRAME, "speaker")),
                Link("n_sentences", "sentences of a voice", ("name",), unit="sentences", live=True),
                Link("n_documents", "sentences of a voice", ("name",), unit="documents", live=True),
            ),
            ("~scheme", "-n_sentences", "name", "-n", "frame"),
            where="relation == 'voiced' and n > 0",
        ),
        View(
            "blame",
            "Who holds whom answerable, by target; this is what was said, not a finding",
            ("speaker", "stance", "target", "kind", "cue", "doc_id=document", "sentence"),
            (Link("speaker", "quotes", ("speaker",), live=True),),
            rows=derived.blame,
        ),
    ),
    (
        View(
            "frame_reliability",
            "How well coders agree, and the machine with them",
            ("scheme", "frame", "measure", "n=coded sentences", "estimate~lo~hi=value", "verdict"),
        ),
        View(
            "corrected_shares",
            "Frames in a speaker's statements, corrected by the sample that was checked by hand: share of sentences",
            (
                "speaker", "value=frame", "n=rows with it", "rows=of rows", "machine=by the machine",
                "human=by the rows alone", "estimate~lo~hi=corrected share",
            ),
            where="estimate == estimate and share == 'frame'",
            name="corrected-frames",
        ),
        View(
            "frame_regression",
            "Frames by group, date and kind of speaker, corrected by the coders' codes (Egami et al. 2023)",
            (
                "scheme", "frame", "covariate", "term=of", "reference=compared with", "n=coded",
                "estimate~lo~hi=difference in percentage points", "q=adjusted p (Benjamini-Hochberg)",
            ),
        ),
        View(
            "frame_coding_problems",
            "What in the coders' sheets could not be used",
            ("sheet=file", "row", "code=kind", "message=what is wrong, what to do"),
        ),
        View(
            "frame_contrasts",
            "Frames by group of documents",
            ("scheme", "frame", "group", "other=compared with", "share=its share", "share_other=the other share",
             "estimate~lo~hi=difference in percentage points", "q=adjusted p (Benjamini-Hochberg)"),
            (
                Link("share", "frame_codes", (*_FRAME, "group"), unit="share", live=True),
                Link("share_other", "frame_codes", (*_FRAME, "other", "group"), (*_FRAME, "group", "but"), unit="share",
                     live=True),
            ),
        ),
        View(
            "speaker_frames",
            "Frames that the leading speakers voice, against all other speakers",
            ("scheme", "speaker", "frame", "n=sentences with the frame", "n_sentences=of", "share",
             "share_other=share of the others", "estimate~lo~hi=difference in percentage points",
             "q=adjusted p (Benjamini-Hochberg)", "n_documents=documents"),
            (
                Link("speaker", "quotes", ("speaker",), live=True),
                Link("n", "frame_codes", (*_FRAME, "speaker"), unit="sentences", live=True),
                Link("n_sentences", "sentences of a voice", ("speaker",), ("name",), unit="sentences", live=True),
                Link("n_documents", "sentences of a voice", ("speaker",), ("name",), unit="documents", live=True),
            ),
            ("~scheme", "~speaker", "q", "frame"),
        ),
        View(
            "frame_cooccurrence",
            "Frames in one sentence: observed over expected, 1 is independent",
            ("scheme", "frame_a=frame", "frame_b=and", "n=sentences with both", "n_a=with one", "n_b=with the other",
             "estimate~lo~hi=observed / expected"),
            (
                Link("n", "frames together", ("scheme", "frame_a", "frame_b"), live=True),
                Link("n_a", "frame_codes", ("scheme", "frame_a"), _FRAME, unit="sentences", live=True),
                Link("n_b", "frame_codes", ("scheme", "frame_b"), _FRAME, unit="sentences", live=True),
            ),
            order=("~scheme", "-n", "frame_a", "frame_b"),
            where="n > 0",
        ),
        View(
            "frame_coverage",
            "Sentences without any cue of a scheme",
            ("scheme", "n=without a cue", "n_sentences=of", "estimate~lo~hi=share"),
            (
                Link("n", "no frame", ("scheme",), unit="sentences", live=True),
                Link("n_sentences", _DOCUMENTS, (), ("value", "of"), ("(all)", "parsed"),
                     "all sentences", live=True),
            ),
        ),
        View(
            "valence_by_name",
            "Valence (VADER) of sentences, a rough gauge: −1 is negative, 1 positive",
            ("relation=sentences", "name", "n=how many", "n_documents=documents", "estimate~lo~hi=mean valence"),
            (
                Link("n", "valence", ("relation", "name"), live=True),
                Link("n_documents", "valence", ("relation", "name"), unit="documents", live=True),
            ),
        ),
        View(
            "frame_classifier",
            "A classifier trained on the coders' codes, F1",
            ("scheme", "frame", "n=coded sentences", "positive=with the frame", "dictionary", "random=random folds",
             "blocked=folds of documents", "note"),
        ),
        View(
            "frame_confusion",
            "Where machine and coders differ",
            ("scheme", "frame", "both", "machine_only", "human_only", "neither", "split=coders split"),
        ),
        View(
            "frame_term_precision",
            "How often a term is right, in the coded sentences",
            ("scheme", "frame", "term", "n=fires", "right", "estimate~lo~hi=share right"),
        ),
        View(
            "frame_terms",
            "What the cues were",
            ("scheme", "frame", "term=pattern", "hits=cues", "documents", "share=of the frame's cues", "lint=doubt"),
            (
                Link("hits", "frame_codes", (*_FRAME, "term"), unit="rows", live=True),
                Link("documents", "frame_codes", (*_FRAME, "term"), unit="documents", live=True),
            ),
            order=("~scheme", "-hits", "frame", "term"),
            where="hits > 0",
        ),
        View(
            "frame_codes",
            "Cues of frames, of the most frequent frame first",
            ("scheme", "frame", "term=pattern", "negated", "speaker=voice", "doc_id=document", "sentence"),
            rows=derived.cues,
            marks="codes",
        ),
    ),
    "No cue of a frame was found in these documents.",
)  # fmt: skip
