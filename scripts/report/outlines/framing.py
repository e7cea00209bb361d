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
    note="A row is a cue in the document of the figure. In a pattern, lemma: stands for all forms of a word, and * "
    "for any letters.",
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
    note="A row is a frame in one group: the share of sentences that hold a cue of it.",
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
    note="A row is a frame in one group and one month. Months with fewer than five documents have no interval; do not "
    "read a trend from them.",
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
            note="A row is a frame: in how many sentences there is a cue of it. A sentence can hold cues of several "
            "frames, so the shares do not add up to 100%.",
        ),
        View(
            "frame_corrected",
            "Shares corrected by the coders' codes",
            ("group", "scheme", "frame", "n=coded sentences", "machine=by the machine", "human=by the coders",
             "estimate~lo~hi=corrected share", "more=more codes for ±5 points"),
            note="A row is a frame as the machine counts it, as the coders do, and corrected by their codes. The "
            "corrected share is the one to quote; the last column says what a narrower interval would cost.",
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
            note="A row is a voice and a frame. The narrator's sentences are those in which nobody is quoted.",
        ),
        View(
            "blame",
            "Who holds whom answerable: what was said, not a finding",
            ("speaker", "stance", "target", "kind", "cue", "doc_id=document", "sentence"),
            (Link("speaker", "quotes", ("speaker",), live=True),),
            rows=derived.blame,
            note="A row is a statement that holds somebody answerable: has caused it (causal), is to be judged for it "
            "(moral), is to act (treatment). Stance says whether the speaker claims (accepted) or denies it "
            "(rejected).",
        ),
    ),
    (
        View(
            "frame_reliability",
            "How well coders agree, and the machine with them",
            ("scheme", "frame", "measure", "n=coded sentences", "estimate~lo~hi=value", "verdict"),
            note="A row is a frame and a measure of agreement. The verdict says whether it is enough to publish "
            "numbers on that frame.",
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
            note="A row is a speaker and a frame as the machine has it, as the checked rows alone have it, and "
            "corrected. The corrected share is the one to quote.",
        ),
        View(
            "frame_regression",
            "Frames by group, date and kind of speaker, corrected by the coders' codes (Egami et al. 2023)",
            (
                "scheme", "frame", "covariate", "term=of", "reference=compared with", "n=coded",
                "estimate~lo~hi=difference", "q=adjusted p (Benjamini-Hochberg)",
            ),
            note="A row is a coefficient: by how much the share of a frame changes with a group, a date or a kind of "
            "speaker, all others being equal.",
        ),
        View(
            "frame_coding_problems",
            "What in the coders' sheets could not be used",
            ("sheet=file", "row", "code=kind", "message=what is wrong, what to do"),
            note="A row is a line of a coder's sheet that was not used. Mend it and run again.",
        ),
        View(
            "frame_contrasts",
            "Frames by group of documents",
            ("scheme", "frame", "group", "other=compared with", "share=its share", "share_other=the other share",
             "estimate~lo~hi=difference", "q=adjusted p (Benjamini-Hochberg)"),
            (
                Link("share", "frame_codes", (*_FRAME, "group"), unit="share", live=True),
                Link("share_other", "frame_codes", (*_FRAME, "other", "group"), (*_FRAME, "group", "but"), unit="share",
                     live=True),
            ),
            note="A row is a frame in one group, against all others or against the only other. A difference is more "
            "than chance where the adjusted p is below 0.05.",
        ),
        View(
            "speaker_frames",
            "Frames that the leading speakers voice, against all other speakers",
            ("scheme", "speaker", "frame", "n=sentences with the frame", "n_sentences=of", "share",
             "share_other=share of the others", "estimate~lo~hi=difference",
             "q=adjusted p (Benjamini-Hochberg)", "n_documents=documents"),
            (
                Link("speaker", "quotes", ("speaker",), live=True),
                Link("n", "frame_codes", (*_FRAME, "speaker"), unit="sentences", live=True),
                Link("n_sentences", "sentences of a voice", ("speaker",), ("name",), unit="sentences", live=True),
                Link("n_documents", "sentences of a voice", ("speaker",), ("name",), unit="documents", live=True),
            ),
            ("~scheme", "~speaker", "q", "frame"),
            note="A row is a speaker and a frame. A difference is more than chance where the adjusted p is below "
            "0.05.",
        ),
        View(
            "frame_cooccurrence",
            "Frames in one sentence: observed over expected",
            ("scheme", "frame_a=frame", "frame_b=and", "n=sentences with both", "n_a=with one", "n_b=with the other",
             "estimate~lo~hi=observed / expected"),
            (
                Link("n", "frames together", ("scheme", "frame_a", "frame_b"), live=True),
                Link("n_a", "frame_codes", ("scheme", "frame_a"), _FRAME, unit="sentences", live=True),
                Link("n_b", "frame_codes", ("scheme", "frame_b"), _FRAME, unit="sentences", live=True),
            ),
            order=("~scheme", "-n", "frame_a", "frame_b"),
            where="n > 0",
            note="A row is two frames of one scheme. Above 1 they share sentences more often than if they were "
            "independent, below 1 less often.",
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
            note="A row is a scheme: how much of the text none of its frames speaks to.",
        ),
        View(
            "valence_by_name",
            "Valence (VADER) of sentences, a rough gauge: −1 is negative, 1 positive",
            ("relation=sentences", "name", "n=how many", "n_documents=documents", "estimate~lo~hi=mean valence"),
            (
                Link("n", "valence", ("relation", "name"), live=True),
                Link("n_documents", "valence", ("relation", "name"), unit="documents", live=True),
            ),
            note="A row is a name: the mean over the sentences that mention it (mentions) or that it voices (voiced). "
            "A word list does not see irony or context; use it to find sentences, not to prove a tone.",
        ),
        View(
            "frame_classifier",
            "A classifier trained on the coders' codes, F1",
            ("scheme", "frame", "n=coded sentences", "positive=with the frame", "dictionary", "random=random folds",
             "blocked=folds of documents", "note"),
            note="A row is a frame. The folds of documents are the honest test: there the classifier is scored on "
            "documents that it has not seen.",
        ),
        View(
            "frame_confusion",
            "Where machine and coders differ",
            ("scheme", "frame", "both", "machine_only", "human_only", "neither", "split=coders split"),
            note="A row is a frame: in how many coded sentences both found it, only the machine, only the coders, or "
            "neither.",
        ),
        View(
            "frame_term_precision",
            "How often a term is right, in the coded sentences",
            ("scheme", "frame", "term", "n=fires", "right", "estimate~lo~hi=share right"),
            note="A row is a term of a scheme: how often the coders agree where it occurs. A term that is mostly "
            "wrong is better left out.",
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
            note="A row is a pattern. In it lemma: stands for all forms of a word, and * for any letters. A frame "
            "that hangs on one or two patterns measures these words.",
        ),
        View(
            "frame_codes",
            "Cues of frames, of the most frequent frame first",
            ("scheme", "frame", "term=pattern", "negated", "speaker=voice", "doc_id=document", "sentence"),
            rows=derived.cues,
            marks="codes",
            note="A row is a cue. Read some in their sentences before you trust a frame.",
        ),
    ),
    "No cue of a frame was found in these documents.",
)  # fmt: skip
