"""Section on words: frequent, key, together, in context."""

from scripts.report import derived
from scripts.report.outlines.outline import Outline
from scripts.report.tables import Link, View
from scripts.report.words import IN_GROUP, NEAR, REFERENCE, TARGET

_PLACES = View(
    "tokens",
    "Where the words are in that document",
    ("norm=word", "times", "places=at the tokens"),
    (Link("times", "word in a document", ("norm", "document"), live=True),),
    rows=derived.word_places,
    name="places-data",
    note="A row is a word of the figure. Places are counted in tokens, words and punctuation marks, from 0.",
)

# Words are found in the group of a column, or in its other groups.
_TARGET, _SIDE = ("word", "column", "target"), ("word", "column", "group", "side")

# Documents whose words were counted.
_COUNTED = ("documents of a group", ("group", "column"), ("value", "by", "of"), ("words",))

_CONTRAST = View(
    "keyness",
    "The words of the figure, most key first",
    (
        "word",
        "count_both=in both groups",
        "target=first group",
        "count_target=count",
        "reference=second group",
        "count_reference=count in it",
        "estimate~boot_lo~boot_hi=Log Ratio",
        "q=adjusted p (Benjamini-Hochberg)",
    ),
    (
        Link("word", "tokens", ("word",), live=True),
        Link("count_both", "tokens", ("word",)),
        Link("count_target", IN_GROUP, _TARGET, _SIDE, (TARGET,)),
        Link("count_reference", IN_GROUP, _TARGET, _SIDE, (REFERENCE,)),
    ),
    rows=derived.contrasted_words,
    name="word-contrast-data",
    note="A row is a word of the figure. Log Ratio 1 means twice as frequent in the first group as in the second, 2 "
    "four times, −1 half as frequent.",
)

WORDS = Outline(
    "words",
    "Words",
    "Which words are frequent, how evenly they are spread, and which set one group of documents apart.",
    (
        ("words", "frequencies"),
        ("rates", "rates"),
        ("keyness_by_group", "keyness"),
        ("word_contrast", _CONTRAST),
        ("keyness", "keyness"),
        ("places", _PLACES),
        ("dispersion", "frequencies"),
    ),
    (
        View(
            "frequencies",
            "Words, without stop words",
            ("word", "count", "documents", "estimate~lo~hi=per million words",
             "dp_norm=evenly spread (0) to clumped (1)"),
            (
                Link("word", "tokens", ("word",), live=True),
                Link("count", "tokens", ("word",)),
                Link("documents", "tokens", ("word",), unit="documents", live=True),
            ),
            where="not is_stop",
            least=15,
            note="A row is a word. One that is spread evenly over the documents (near 0) is typical of the corpus; "
            "one that is clumped (near 1) comes from a few documents, and its rate says little about the others.",
        ),
        View(
            "keyness",
            "Key words: what a group says more often (Log Ratio above 0) or less often than the others",
            ("?column=grouped by", "target=group", "?reference=compared with", "word", "count_target=count in it",
             "count_reference=in the others", "estimate~boot_lo~boot_hi=Log Ratio", "q=adjusted p (Benjamini-Hochberg)",
             "documents_target=its documents"),
            (
                Link("word", "tokens", ("word",)),
                Link("count_target", IN_GROUP, _TARGET, _SIDE, (TARGET,)),
                Link("count_reference", IN_GROUP, _TARGET, _SIDE, (REFERENCE,)),
                Link("documents_target", IN_GROUP, _TARGET, _SIDE, (TARGET,), "documents", live=True),
            ),
            rows=derived.key_words,
            note="A row is a word in one comparison. Log Ratio 1 means twice as frequent, 2 four times, −1 half as "
            "frequent. Prefer words of many documents: one article can make a word key.",
        ),
        View(
            "keyness_summary",
            "How many key words stand up to correction",
            ("?column=grouped by", "target=group", "?reference=compared with", "documents_target=its documents",
             "documents_reference=the others'", "tested", "significant=p < 0.05", "survive=adjusted p < 0.05",
             "bootstrap_clear=clear in the bootstrap", "note"),
            (
                Link("documents_target", "documents of a group", ("target", "column"), ("value", "by", "of"),
                     ("words",), "documents", live=True),
                Link("documents_reference", "documents of a group", ("target", "column"), ("value", "by", "of", "side"),
                     ("words", REFERENCE), "documents", live=True),
            ),
            note="A row is a comparison: how many words were tested, how many differ before and after correction, and "
            "for how many the interval from drawing documents leaves out 0.",
        ),
        View(
            "concordance",
            "Terms in context (concordance)",
            ("term", "left=before", "keyword=match", "right=after", "doc_id=document", "sentence"),
            rows=derived.concordance,
            nothing="No terms in context: `concordance: terms` in config.yaml names none, or none that occurs.",
            note="A row is an occurrence of a term that you named, in its context. Sort by the words before or after "
            "it to see patterns.",
        ),
    ),
    (
        View(
            "rates",
            "Words by month and by group: the first interval takes words as independent, which is too narrow",
            ("?column=grouped by", "word", "group", "count", "n=of words", "estimate~lo~hi~boot_lo~boot_hi=per million",
             "documents=in documents", "n_documents=of"),
            (
                Link("word", "tokens", ("word",), live=True),
                Link("count", IN_GROUP, ("word", "column", "group"), _SIDE, (TARGET,)),
                Link("documents", IN_GROUP, ("word", "column", "group"), _SIDE, (TARGET,), "documents", live=True),
                Link("n", *_COUNTED, "words", live=True),
                Link("n_documents", *_COUNTED, "documents", live=True),
            ),
            rows=derived.rates,
            note="A row is a word in one month or one group. Use the interval from drawing whole documents: the other "
            "takes words as independent and is too narrow.",
        ),
        View(
            "ngrams",
            "Word sequences",
            ("ngram=sequence", "order=words", "count", "documents", "estimate~lo~hi=per million sequences"),
            (
                Link("ngram", "sentences", ("ngram",), live=True),
                Link("count", "sentences", ("ngram",)),
                Link("documents", "sentences", ("ngram",), unit="documents", live=True),
            ),
            note="A row is a sequence of words, as they are written.",
        ),
        View(
            "collocations",
            "Adjacent words that belong together",
            ("word1=first word", "word2=second word", "count", "documents", "g2=G²", "npmi=NPMI", "log_dice=logDice"),
            (
                Link("count", "sentences", ("word1", "word2")),
                Link("documents", "sentences", ("word1", "word2"), unit="documents", live=True),
            ),
            where="kind == 'adjacent'",
            note="A row is two words, one right after the other. The higher G², the less it is chance; the higher "
            "logDice (at most 14), the closer the two words belong together.",
        ),
        View(
            "collocations",
            "Words that stand near each other, in either order",
            ("word1=one word", "word2=other word", "count=times", "documents", "g2=G²", "npmi=NPMI",
             "log_dice=logDice"),
            (
                Link("count", NEAR, ("word1", "word2")),
                Link("documents", NEAR, ("word1", "word2"), unit="documents", live=True),
            ),
            where="kind == 'window'",
            name="collocates",
            note="A row is two words near each other in a sentence. The higher G², the less it is chance; the higher "
            "logDice (at most 14), the closer the two words belong together.",
        ),
    ),
    "These documents hold no words.",
)  # fmt: skip
