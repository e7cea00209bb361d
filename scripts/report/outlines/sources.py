"""Section on sources: figures and tables of speakers and quotes."""

from scripts.report import derived
from scripts.report.outlines.outline import Outline
from scripts.report.tables import Link, View

_IN_GROUP = ("quotes of a group", ("speaker", "group"), ("speaker", "value"))
_OF_GROUP = ("statements of a group", ("group",), ("value",))
_SPEAKER_WORDS = (("word", "speaker"), ("word", "speaker", "side"))
_IN_PERIOD = ("quotes of a group", ("speaker", "value", "by"))
_SPEAKER = Link("speaker", "quotes", ("speaker",), live=True)
_PROFILES = (
    View(
        "speaker_periods",
        "The leading speakers by group of documents and by month",
        (
            "speaker", "by", "value=group or month", "statements", "words", "words_direct=of them quoted",
            "words_indirect=reported", "documents", "share=of all attributed words there",
        ),
        (
            _SPEAKER,
            Link("statements", *_IN_PERIOD, live=True),
            Link("words", *_IN_PERIOD, unit="words", live=True),
            Link("words_direct", *_IN_PERIOD, unit="quoted", live=True),
            Link("words_indirect", *_IN_PERIOD, unit="reported", live=True),
            Link("documents", *_IN_PERIOD, unit="documents", live=True),
        ),
        note="A row is one of the most quoted speakers in one group or in one month; the share is of all words that "
        "are attributed to anyone there.",
    ),
    View(
        "speaker_words",
        "Key words of the leading speakers, against all other statements",
        (
            "speaker", "word", "count=times", "count_others=times in other statements",
            "estimate=log-odds, with prior", "q=adjusted p (Benjamini-Hochberg)",
            "documents", "n_documents=of the speaker's", "documents_all=of anybody",
        ),
        (
            _SPEAKER,
            Link("word", "tokens", ("word",), live=True),
            Link("count", "words of a speaker", *_SPEAKER_WORDS, ("target",), live=True),
            Link("count_others", "words of a speaker", *_SPEAKER_WORDS, ("reference",), live=True),
            Link("documents", "words of a speaker", *_SPEAKER_WORDS, ("target",), "documents", live=True),
            Link("n_documents", "words of a speaker", ("speaker",), ("speaker", "side"), ("target",), "documents",
                 live=True),
            Link("documents_all", "words of a speaker", *_SPEAKER_WORDS, ("all",), "documents", live=True),
        ),
        note="A row is a word and a speaker. With log-odds above 0 the speaker uses the word more than all others who "
        "are quoted; the higher, the more. A word from one document may be one speech: look at the documents.",
    ),
    View(
        "speaker_neighbours",
        "Whom the leading speakers are quoted beside",
        (
            "speaker", "other=quoted beside", "documents_both=documents with both", "documents=of the speaker",
            "documents_other=of the other", "estimate=observed / expected",
        ),
        (
            _SPEAKER,
            Link("other", "quotes", ("other",), ("speaker",), live=True),
            Link("documents_both", "quotes beside", ("speaker", "other"), unit="documents", live=True),
            Link("documents", "quotes", ("speaker",), unit="documents", live=True),
            Link("documents_other", "quotes", ("other",), ("speaker",), unit="documents", live=True),
        ),
        note="A row is two speakers who are quoted in the same documents. Above 1 they meet there more often than if "
        "each were quoted independently of the other.",
    ),
)  # fmt: skip

SOURCES = Outline(
    "sources",
    "Sources and quotes",
    "Who is given a voice, how much of it is in their own words, and how the text introduces it.",
    (
        ("speakers", "speakers"),
        (
            "speakers_by_group",
            View(
                "speakers_by_group",
                "Speakers of each group of documents",
                (
                    "group", "speaker", "role=role in the text", "n_quotes=statements", "words",
                    "words_direct=of them quoted", "share~lo~hi=share in the group", "n_documents=documents",
                ),
                (
                    _SPEAKER,
                    Link("n_quotes", *_IN_GROUP, live=True),
                    Link("words", *_IN_GROUP, unit="words", live=True),
                    Link("words_direct", *_IN_GROUP, unit="quoted", live=True),
                    Link("n_documents", *_IN_GROUP, unit="documents", live=True),
                ),
                name="speakers-by-group-data",
                note="A row is a speaker in one group; the share is of the words that the group attributes to anyone.",
            ),
        ),
    ),
    (
        View(
            "speakers",
            "Speakers, by words attributed to them",
            (
                "speaker", "role=role in the text", "speaker_type=type", "n_quotes=statements", "words",
                "words_direct=of them quoted", "share~lo~hi=share", "?n_no_comment=refusals to speak",
                "?n_documents=documents",
            ),
            (
                Link("speaker", "quotes", ("speaker",)),
                Link("n_quotes", "quotes", ("speaker",)),
                Link("words", "quotes", ("speaker",), unit="words", live=True),
                Link("words_direct", "quotes", ("speaker",), unit="quoted", live=True),
                Link("n_no_comment", "refusals", ("speaker",), live=True),
                Link("n_documents", "quotes", ("speaker",), unit="documents", live=True),
            ),
            least=15,
            note="A row is a speaker, under one name in all documents. The name opens the speaker's profile, a number "
            "the statements that it counts.",
        ),
        View(
            "corrected_shares",
            "Shares of attributed words corrected by the sample that was checked by hand",
            (
                "share=share of", "group", "value=source", "n=rows", "machine=by the machine",
                "human=by the rows alone", "estimate~lo~hi=corrected share",
            ),
            where="estimate == estimate and share != 'frame'",
            note="A row is a share as the machine has it, as the checked rows alone have it, and as the two together "
            "estimate it. The corrected share is the one to quote.",
        ),
        View(
            "quotes",
            "Attributed statements, those of the most quoted speakers first",
            (
                "speaker", "type", "content=what was said", "cue", "source=source as written", "confidence",
                "doc_id=document", "sentence",
            ),
            rows=derived.statements,
            marks="statements",
            note="A row is a statement. Confidence is the probability that it is a statement and its speaker's: sort "
            "by it, and check the least certain first.",
        ),
    ),
    (
        *_PROFILES,
        View(
            "quotes",
            "Statements whose speaker was not found",
            ("type", "content=what was said", "cue", "source=source as written", "confidence", "doc_id=document",
             "sentence"),
            rows=derived.unattributed,
            name="unattributed",
            marks="unattributed",
            note="A row is a statement whose speaker was not found. It counts among the words in quotation marks, and "
            "for no speaker.",
        ),
        View(
            "quotes",
            "Attitudes: what somebody is said to want, believe or expect; no share of speech counts them",
            (
                "speaker", "cue", "content=what it is", "source=source as written", "confidence", "doc_id=document",
                "sentence",
            ),
            rows=derived.attitudes,
            name="attitudes",
            note="A row is what somebody is said to want, believe or expect. It is found less surely than speech; the "
            "search has it by itself, as attitudes.",
        ),
        View(
            "source_balance",
            "Balance of sources by group of documents",
            (
                "group", "n_documents=documents", "n_speakers=speakers", "words", "words_direct=in quotation marks",
                "estimate~lo~hi=evenness", "first=most often quoted first", "first_documents=documents that it opens",
            ),
            (
                Link("n_documents", "documents of a group", ("group",), ("value", "of"), ("parsed",),
                     "documents", live=True),
                Link("n_speakers", *_OF_GROUP, unit="speakers", live=True),
                Link("words", *_OF_GROUP, unit="words", live=True),
                Link("words_direct", *_OF_GROUP, unit="quoted", live=True),
                Link("first", "quotes", ("first",), ("speaker",), live=True),
                Link("first_documents", "documents opened by", ("first", "group"), ("speaker", "group"), live=True),
            ),
            note="A row is a group of documents. Evenness is 1 where all its speakers have equally many words, and "
            "near 0 where one has almost all.",
        ),
    ),
    "No statement was attributed to anyone in these documents.",
)  # fmt: skip
