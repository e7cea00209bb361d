"""The sections of the report that show tables: which tables and figures stand where, and what each of them says."""

from typing import NamedTuple

from scripts.report import derived
from scripts.report.index import IN_GROUP, NEAR
from scripts.report.tables import Link, View
from scripts.report.words import REFERENCE, TARGET


class Outline(NamedTuple):
    """A section before it is filled: figures, each with its data, views, further views that stand folded, and what it
    says when there are none.

    The data of a figure are a table of the section, by its name, or a view of their own, folded below the figure.
    """

    anchor: str
    title: str
    lead: str
    figures: tuple[tuple[str, str | View], ...]
    views: tuple[View, ...]
    more: tuple[View, ...]
    empty: str


_SOURCES = Outline(
    "sources",
    "Sources and quotes",
    "Who is given a voice, how much of it is in their own words, and how the text introduces it.",
    (("speakers", "speakers"),),
    (
        View(
            "speakers",
            "Speakers, by words attributed to them",
            (
                "speaker", "role=role in the text", "speaker_type=type", "n_quotes=statements", "words",
                "words_direct=of them quoted", "share~lo~hi=share", "n_documents=documents",
            ),
            (
                Link("speaker", "entity_mentions", ("speaker",), ("name",)),
                Link("n_quotes", "quotes", ("speaker",)),
            ),
        ),
        View(
            "quotes",
            "Attributed statements, in the order of the text",
            (
                "speaker", "type", "content=what was said", "cue", "source=source as written", "n_words=words",
                "rule=found by", "confidence", "doc_id=document", "sentence",
            ),
        ),
    ),
    (
        View(
            "source_balance",
            "Balance of sources by group of documents: evenness 1 means that all speak equally much",
            (
                "group", "n_documents=documents", "n_speakers=speakers", "words", "words_direct=in quotation marks",
                "estimate~lo~hi=evenness", "first=most often quoted first", "first_documents=documents that it opens",
            ),
        ),
    ),
    "No statement was attributed to anyone in these documents.",
)  # fmt: skip

_TOGETHER = View(
    "cooccurrence",
    "Named together in a sentence; q is p after correction for the number of pairs",
    (
        "name1=one", "name2=other", "n=sentences", "expected=expected by chance", "npmi=NPMI", "q=q (BH)",
        "documents", "doc_id=document", "sentence=first",
    ),
    where="unit == 'sentence'",
)  # fmt: skip
_BY_DOCUMENT = View(
    "entities_documents",
    "Mentions by document",
    ("name", "kind", "doc_id=document", "mentions"),
    order=("-mentions", "name", "kind", "doc_id"),
)

_ENTITIES = Outline(
    "entities",
    "People, places, organisations",
    "Who and what is named, with one name for one thing, by whom, and together with whom.",
    (
        ("entities", "entities_corpus"),
        ("entity_network", _TOGETHER),
        ("entity_documents", _BY_DOCUMENT),
    ),
    (
        View(
            "entities_corpus",
            "Entities, by mentions",
            (
                "name", "kind", "mentions", "documents", "estimate~lo~hi=per 1,000 words", "subject=as subject",
                "quoted=in quotes", "written=as written",
            ),
            (Link("mentions", "entity_mentions", ("name",)),),
        ),
        View(
            "speaker_entity",
            "Who speaks about whom",
            (
                "speaker", "name=about", "kind", "n=statements about it", "n_quotes=of statements",
                "estimate~lo~hi=share", "doc_id=document", "sentence=first",
            ),
        ),
    ),
    (
        View(
            "entities",
            "Mentions, in the order of the text",
            ("entity=name", "text=as written", "label", "doc_id=document", "sentence"),
            (Link("entity", "entities", ("entity",)),),
        ),
    ),
    "No named entity was found in these documents.",
)  # fmt: skip

_PLACES = View(
    "tokens",
    "Where the words are in that document",
    ("norm=word", "times", "places=at the tokens"),
    rows=derived.word_places,
    name="places-data",
)

_WORDS = Outline(
    "words",
    "Words",
    "Which words are frequent, how evenly they are spread, and which set one group of documents apart.",
    (
        ("words", "frequencies"),
        ("rates", "rates"),
        ("keyness", "keyness"),
        ("places", _PLACES),
        ("dispersion", "frequencies"),
    ),
    (
        View(
            "frequencies",
            "Words, without stop words",
            ("word", "count", "documents", "estimate~lo~hi=per million words", "dp=dispersion (DP)",
             "dp_norm=DP, normalised"),
            (Link("count", "tokens", ("word",)),),
            where="not is_stop",
        ),
        View(
            "keyness",
            "Key words: what a group says more often (Log Ratio above 0) or less often than the others",
            ("?column=grouped by", "target=group", "?reference=compared with", "word", "count_target=count in it",
             "count_reference=in the others", "estimate~boot_lo~boot_hi=Log Ratio", "q=q (BH)",
             "documents_target=its documents"),
            (
                Link("word", "tokens", ("word",)),
                Link("count_target", IN_GROUP, ("word", "column", "target"), constant=(TARGET,)),
                Link("count_reference", IN_GROUP, ("word", "column", "target"), constant=(REFERENCE,)),
            ),
            rows=derived.key_words,
        ),
        View(
            "concordance",
            "Terms in context (concordance)",
            ("term", "left=before", "keyword=term in the text", "right=after", "doc_id=document", "sentence"),
            rows=derived.concordance,
            nothing="Terms in context: name them in `concordance: terms` of config.yaml.",
        ),
    ),
    (
        View(
            "keyness_summary",
            "How many key words stand up to correction",
            ("?column=grouped by", "target=group", "?reference=compared with", "documents_target=its documents",
             "documents_reference=the others'", "tested", "significant=p < 0.05", "survive=q < 0.05",
             "bootstrap_clear=clear in the bootstrap", "note"),
        ),
        View(
            "rates",
            "Words by month and by group: the first interval takes words as independent, which is too narrow",
            ("?column=grouped by", "word", "group", "count", "n=of words", "estimate~lo~hi~boot_lo~boot_hi=per million",
             "documents=in documents", "n_documents=of"),
            (Link("count", IN_GROUP, ("word", "column", "group"), constant=(TARGET,)),),
            rows=derived.rates,
        ),
        View(
            "ngrams",
            "Word sequences",
            ("ngram=sequence", "order=words", "count", "documents", "estimate~lo~hi=per million sequences"),
            (Link("count", "sentences", ("ngram",)),),
        ),
        View(
            "collocations",
            "Adjacent words that belong together",
            ("word1=first word", "word2=second word", "count", "documents", "g2=G²", "npmi=NPMI", "log_dice=logDice"),
            (Link("count", "sentences", ("word1", "word2")),),
            where="kind == 'adjacent'",
        ),
        View(
            "collocations",
            "Words that stand near each other, in either order",
            ("word1=one word", "word2=other word", "count=times", "documents", "g2=G²", "npmi=NPMI",
             "log_dice=logDice"),
            (Link("count", NEAR, ("word1", "word2")),),
            where="kind == 'window'",
            name="collocates",
        ),
    ),
    "These documents hold no words.",
)  # fmt: skip

_STRIP = View(
    "frame_codes",
    "Cues in that document",
    ("sentence", "frame", "term=pattern"),
    rows=derived.strip_codes,
    name="strip-data",
)

_FRAMING = Outline(
    "framing",
    "Framing",
    "Sentences with cues of a frame, and who voices them. A cue is a word and not yet a frame.",
    (
        ("frame_prevalence", "frame_prevalence"),
        ("frame_speakers", "frame_speakers"),
        ("blame", "blame"),
        ("strip", _STRIP),
    ),
    (
        View(
            "frame_prevalence",
            "Sentences with cues of a frame, not validated",
            ("scheme", "frame", "n=sentences", "estimate~lo~hi=share of sentences", "documents",
             "per_100_words=cues per 100 words"),
            (Link("n", "frame_codes", ("scheme", "frame")),),
            ("~scheme", "-n", "frame"),
            where="group == '(all)'",
        ),
        View(
            "frame_corrected",
            "Shares corrected by the coders' codes",
            ("scheme", "frame", "n=coded sentences", "machine=by the machine", "human=by the coders",
             "estimate~lo~hi=corrected share"),
        ),
        View(
            "frame_speakers",
            "Frames by voice: of the sentences that a speaker voices, those with a cue of the frame",
            ("scheme", "name=voice", "frame", "n=sentences with the frame", "n_sentences=of", "estimate~lo~hi=share",
             "n_documents=documents"),
            (Link("n", "frame_codes", ("scheme", "frame", "name"), ("scheme", "frame", "speaker")),),
            ("~scheme", "-n", "name", "frame"),
            where="relation == 'voiced' and n > 0",
        ),
        View(
            "blame",
            "Who holds whom answerable, in the order of the text; this is what was said, not a finding",
            ("speaker", "stance", "target", "kind", "cue", "doc_id=document", "sentence"),
        ),
    ),
    (
        View(
            "frame_reliability",
            "How well coders agree, and the machine with them",
            ("scheme", "frame", "measure", "n=coded sentences", "estimate~lo~hi=value"),
        ),
        View(
            "frame_contrasts",
            "Frames by group of documents",
            ("scheme", "frame", "group", "other=compared with", "share=its share", "share_other=the other share",
             "estimate~lo~hi=difference", "q=q (BH)"),
        ),
        View(
            "frame_cooccurrence",
            "Frames in one sentence: observed over expected, 1 is independent",
            ("scheme", "frame_a=frame", "frame_b=and", "n=sentences with both", "n_a=with one", "n_b=with the other",
             "estimate~lo~hi=observed / expected"),
            order=("~scheme", "-n", "frame_a", "frame_b"),
            where="n > 0",
        ),
        View(
            "frame_coverage",
            "Sentences without any cue of a scheme",
            ("scheme", "n=without a cue", "n_sentences=of", "estimate~lo~hi=share"),
        ),
        View(
            "valence_by_name",
            "Valence (VADER) of sentences, a rough gauge: −1 is negative, 1 positive",
            ("relation=sentences", "name", "n=how many", "n_documents=documents", "estimate~lo~hi=mean valence"),
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
            order=("~scheme", "-hits", "frame", "term"),
            where="hits > 0",
        ),
        View(
            "frame_codes",
            "Cues of frames, in the order of the text",
            ("scheme", "frame", "term=pattern", "negated", "speaker=voice", "doc_id=document", "sentence"),
        ),
    ),
    "No cue of a frame was found in these documents.",
)  # fmt: skip

_TIMELINE = View(
    "documents",
    "Documents by date",
    ("period=published", "published=documents"),
    rows=derived.documents_by_period,
    name="timeline-data",
)

_DOCUMENTS = Outline(
    "documents",
    "Documents",
    "What was read; each name leads to the text with quotes, names and frames marked.",
    (("timeline", _TIMELINE),),
    (
        View(
            "documents",
            "Documents",
            ("doc_id=document", "title", "?outlet", "?date", "?language", "n_paragraphs=paragraphs",
             "n_sentences=sentences", "n_words=words", "?encoding", "duplicate_of=repeats"),
        ),
    ),
    (
        View(
            "near_duplicates",
            "Documents that share much of their wording, such as versions of a wire story",
            ("doc_id=document", "other", "cluster=first of the group", "estimate~lo~hi=shared wording"),
        ),
        View(
            "readability",
            "How hard the documents are to read",
            ("doc_id=document", "n_words=words", "n_sentences=sentences", "n_complex=words of 3+ syllables",
             "flesch=Flesch", "flesch_kincaid=Flesch-Kincaid", "gunning_fog=Gunning fog"),
        ),
        View(
            "diversity",
            "How varied their words are",
            ("doc_id=document", "n_words=words", "n_types=different words", "mattr=MATTR", "mtld=MTLD", "hdd=HD-D",
             "yule_k=Yule's K"),
        ),
        View(
            "tf_idf",
            "Words that set each document off from the others, the most telling first (tf-idf; in brackets, how often)",
            ("doc_id=document", "word=words"),
            rows=derived.characteristic_words,
            nothing="Which words set one document off from the others is not estimable here.",
        ),
        View(
            "similarity",
            "Documents that are most alike in their words (cosine of tf-idf: 0 nothing in common, 1 the same words)",
            ("doc_id=document", "other", "estimate=similarity"),
            rows=derived.similar_pairs,
            nothing="How alike documents are in their words is not estimable here.",
        ),
    ),
    "No document was read.",
)  # fmt: skip

_PROBLEMS = Outline(
    "problems",
    "Problems",
    "What was wrong with the seeds, and what to do about it. Everything else was analysed.",
    (),
    (
        View(
            "problems",
            "Problems",
            ("seed", "severity", "code=kind", "message=what is wrong, what to do", "offset=at byte", "stage=step"),
        ),
    ),
    (),
    "Nothing was wrong with any seed.",
)

OUTLINES = (_SOURCES, _ENTITIES, _WORDS, _FRAMING, _DOCUMENTS, _PROBLEMS)
