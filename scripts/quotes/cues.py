"""Which tokens may be cues: a lexicon of lemmas that introduce speech, with counts, and general conditions."""

from functools import cache

from scripts.core.lexicons import LEXICONS
from scripts.core.storage import read_yaml
from scripts.quotes.context import Context

CUES, REPORTING, NOT_SPEECH = "cues.tsv", "reporting_verbs.yaml", "not_speech.yaml"
_MIN_NOUN, _MIN_VERB = 2, 1
_COLON_WINDOW = 12
_SIGNATURE = 10


@cache
def cue_lexicon() -> dict[str, tuple[int, int, int]]:
    """{lemma/POS: (times it introduces speech, times an attitude, times it occurs)} from workflow/lexicons/cues.tsv."""
    lines = (LEXICONS / CUES).read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    next(rows)
    return {f"{lemma}/{pos}": (int(speech), int(attitude), int(total)) for lemma, pos, speech, attitude, total in rows}


@cache
def speech_nouns() -> frozenset[str]:
    """The nouns of speech in workflow/lexicons/reporting_verbs.yaml."""
    return frozenset(read_yaml(LEXICONS / REPORTING)["noun"])


@cache
def verb_classes() -> dict[str, tuple[str, ...]]:
    """{lemma: classes} of the verbs of speech in workflow/lexicons/reporting_verbs.yaml."""
    listed = {name: verbs for name, verbs in read_yaml(LEXICONS / REPORTING).items() if name != "noun"}
    lemmas = sorted({lemma for verbs in listed.values() for lemma in verbs})
    return {lemma: tuple(name for name in listed if lemma in listed[name]) for lemma in lemmas}


def classes_of(lemma: str, pos: str) -> tuple[str, ...]:
    """What kinds of speech a verb or noun may be, for the model; `other` for a verb that is not listed."""
    if pos == "VERB":
        return verb_classes().get(lemma, ("other",))
    return ("noun",) if pos == "NOUN" and lemma in speech_nouns() else ()


@cache
def _no_speech() -> dict[str, frozenset[str]]:
    return {verb: frozenset(objects) for verb, objects in read_yaml(LEXICONS / NOT_SPEECH).items()}


@cache
def _admitted() -> frozenset[str]:
    counted = frozenset(
        key
        for key, (speech, attitude, _) in cue_lexicon().items()
        if speech + attitude >= (_MIN_VERB if key.endswith("/VERB") else _MIN_NOUN) and speech > 0
    )
    listed = {f"{lemma}/VERB" for lemma in verb_classes()} | {f"{lemma}/NOUN" for lemma in speech_nouns()}
    return counted | listed


def possible_cues(ctx: Context) -> list[int]:
    """Tokens that may introduce speech: verbs, nouns and adjectives of the lexicon, any verb with a clause as its
    complement or a quotation beside it, "according to", and a colon near the start of its sentence.
    """
    doc, tree = ctx.doc, ctx.tree
    admitted = _admitted()
    found = []
    for token, pos in enumerate(doc.pos):
        if pos == "VERB":
            if _takes_idle_object(ctx, token):
                continue
            if doc.norm[token] == "according" or f"{doc.lemma[token]}/VERB" in admitted or _takes_clause(ctx, token):
                found.append(token)
        elif pos in ("NOUN", "ADJ"):
            if f"{doc.lemma[token]}/{pos}" in admitted and tree.right[token] > token:
                found.append(token)
        elif pos == "PUNCT" and (_introduces(ctx, token) or _signs(ctx, token)):
            found.append(token)
    return found


def _introduces(ctx: Context, colon: int) -> bool:
    """Whether a colon may stand after a speaker: early in its sentence, not after "Related" or "as follows"."""
    doc, first = ctx.doc, ctx.doc.sentences[ctx.doc.sentence[colon]].first
    if doc.word[colon] != ":" or colon - first > _COLON_WINDOW:
        return False
    words = [doc.norm[token] for token in range(first, colon) if any(map(str.isalpha, doc.word[token]))]
    return not {" ".join(words), *words[-1:]} & _no_speech()[":"]


def _signs(ctx: Context, dash: int) -> bool:
    """Whether a dash stands between a quotation and a name that ends the line."""
    doc = ctx.doc
    if doc.word[dash] not in ("-", "--"):
        return False
    sentence = doc.sentences[doc.sentence[dash]]
    short = 1 < sentence.last - dash <= _SIGNATURE and doc.pos[dash + 1] == "PROPN"
    return short and dash > 0 and (ctx.inside[dash - 1] >= 0 or dash == sentence.first)


def _takes_idle_object(ctx: Context, token: int) -> bool:
    """ "claimed three lives", "called her sister"."""
    objects = _no_speech().get(ctx.doc.lemma[token])
    if not objects:
        return False
    kids = ctx.tree.children[token]
    named = any(ctx.doc.dep[child] == "dobj" and ctx.doc.lemma[child] in objects for child in kids)
    return named and not any(ctx.doc.dep[child] in ("oprd", "ccomp") for child in kids)


def _takes_clause(ctx: Context, token: int) -> bool:
    doc = ctx.doc
    if any(doc.dep[child] == "ccomp" for child in ctx.tree.children[token]):
        return True
    near = (token - 2, token - 3, token + 1, token + 2)
    return ctx.inside[token] < 0 and any(0 <= at < len(ctx.inside) and ctx.inside[at] >= 0 for at in near)
