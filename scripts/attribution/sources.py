"""The source of an attribution: the noun phrase that the cue makes responsible for the content."""

from typing import NamedTuple

from scripts.attribution.adjacent import INTERRUPTION, adjacent
from scripts.attribution.cues import label_start
from scripts.attribution.dateline import dateline_end
from scripts.attribution.marked import DASHES, MarkedDoc, closed
from scripts.attribution.reports import VERBS
from scripts.attribution.role_words import is_listed, mention_at
from scripts.attribution.subjects import subject, verb_source
from scripts.attribution.tree import Tree, objects_of
from scripts.core.annotation import Doc

# Dependents of a noun that stay in its phrase even after a comma, and dependents that stay only without one.
_LOOSE = frozenset(("appos", "conj", "cc", "nummod", "npadvmod"))
_TIGHT = frozenset(
    ("prep", "relcl", "acl", "amod", "advmod", "case", "compound", "flat", "nmod", "pobj", "punct", "poss")
)
# Dependents before a noun that are no part of its phrase.
_NOT_BEFORE = frozenset(("relcl", "ccomp", "mark", "punct", "advcl", "nsubj", "aux", "cc", "preconj"))
_ABOUT = frozenset(("about", "nearly", "more", "even"))
# Verbs whose subject is what is spoken of, not who speaks: "the ruling drew criticism".
_CAUSING = frozenset(
    ("prompt", "spark", "draw", "trigger", "provoke", "face", "receive", "hear", "cause", "attract", "meet")
)
# `Source.how` for a name between a heading and a colon: "Rates may rise - [Ann Lee]:".
LABEL = "label"
# Prepositions that lead from a noun of saying to the one who said it.
OF_SPEAKER = ("by", "from")


class Source(NamedTuple):
    """Tokens `first` to before `last` of a source, its head token, and how it was found."""

    first: int
    last: int
    head: int
    how: str


def noun_phrase(doc: Doc, tree: Tree, head: int, *, stop: int | None = None) -> tuple[int, int]:
    """Return the token range of the phrase around a head noun, without trailing clauses; it ends before `stop`."""
    first, last = tree.left[head], head + 1
    for child in tree.children[head]:
        if child < head and doc.word[child] == "-" and doc.end[child - 1] == doc.start[child]:
            continue
        outside = doc.dep[child] in _NOT_BEFORE or (doc.dep[child] == "advmod" and doc.norm[child] not in _ABOUT)
        if child < head and outside:
            first = max(first, tree.right[child] + 1)
    end = len(doc.head) if stop is None else stop
    for child in tree.children[head]:
        if child < head:
            continue
        left, right, dep = tree.left[child], tree.right[child], doc.dep[child]
        if right >= end:
            break
        if dep == "punct":
            continue
        comma = doc.word[left - 1] in (",", "-", "--", ";", ":") and left > head
        comma = comma and not (dep == "prep" and doc.norm[child] in ("of", "from") and doc.pos[left - 2] == "NUM")
        if dep in _LOOSE or (dep in _TIGHT and not comma):
            if dep in ("relcl", "acl") and doc.pos[head] == "PROPN":
                break
            if doc.dep[child] == "appos" and doc.word[left - 1] == ":":
                break
            last = right + 1
        else:
            break
    while last > head + 1 and doc.word[last - 1] in (",", "-", "--", ";", ":", '"', "''"):
        last -= 1
    while first < head and doc.pos[first] == "PUNCT" and doc.word[first] != "(":
        first += 1
    return min(first, head), closed(doc, first, last)


def _noun_source(doc: Doc, tree: Tree, noun: int) -> tuple[int, str] | None:
    """Return (head noun, how) of the source of a noun of speech: possessor, "from X", or the subject of its verb."""
    for child in tree.children[noun]:
        if doc.dep[child] == "poss":
            return child, "possessor"
    if (giver := next(objects_of(doc, tree, noun, OF_SPEAKER), None)) is not None:
        return giver, "from"
    above = doc.head[noun]
    if doc.dep[noun] in ("dobj", "attr", "pobj", "oprd", "conj", "acomp", "prep") and above != noun:
        if doc.pos[above] == "ADP":
            above = doc.head[above]
        if doc.pos[above] in ("VERB", "AUX"):
            lent = None if doc.lemma[above] in _CAUSING else verb_source(doc, tree, above)
            if lent:
                return lent[0], "light verb"
    return None


def source_of(marked: MarkedDoc, cue: int) -> Source | None:
    """Return the source of a cue token, or None where the text shows none."""
    doc, tree, quotation_at = marked.doc, marked.tree, marked.quotation_at
    if doc.norm[cue] == "according":
        preposition = next((c for c in tree.children[cue] if doc.dep[c] in ("prep", "pcomp", "aux")), cue + 1)
        nouns = [c for c in tree.children[preposition] if doc.dep[c] == "pobj"] if preposition < len(doc.head) else []
        if not nouns:
            return None
        first, last = noun_phrase(doc, tree, nouns[0])
        return Source(max(first, preposition + 1), last, nouns[0], "according to")
    if doc.word[cue] == ":":
        return _before_colon(doc, tree, cue)
    if doc.word[cue] in ("-", "--"):
        return _signature(doc, cue)
    is_verb = doc.pos[cue] in VERBS
    lent = verb_source(doc, tree, cue) if is_verb else _noun_source(doc, tree, cue)
    if lent is not None and quotation_at[lent[0]] not in (-1, quotation_at[cue]):
        # A source in a quotation that the cue is not in is a parsing error.
        lent = _of_tag(doc, tree, quotation_at, cue)
    if lent is None:
        phrase = adjacent(doc, quotation_at, cue) if is_verb else None
        return Source(*phrase, "adjacent") if phrase is not None else None
    head, how = lent
    if how == "possessor":
        return Source(tree.left[head], head + 1, head, how)
    first, last = noun_phrase(doc, tree, head, stop=cue if cue > head else None)
    return Source(first, last, head, how)


def with_name(doc: Doc, source: Source | None) -> Source | None:
    """Return a source with the name after it that the parse gave to the next clause: according to the mayor, [Ann Lee].

    In "According to the mayor, Ann Lee, a teacher, was ill" the name does belong to the clause.
    """
    name = mention_at(doc, source.last + 1) if source is not None and doc.norm[source.first - 1] == "to" else None
    if source is None or name is None or name.label != "PERSON":
        return source
    verb = doc.head[name.last - 1]
    is_apart = (
        doc.word[source.last] == ","
        and doc.word[name.last : name.last + 1] == [","]
        and "," not in doc.word[name.last + 1 : verb]
    )
    is_somebody = doc.tag[source.head] in ("NN", "NNP") and is_listed(doc.norm[source.head])
    return source._replace(last=name.last) if is_apart and is_somebody else source


def without_dateline(marked: MarkedDoc, source: Source | None) -> Source | None:
    """Return a source without a dateline, label or participle at its beginning: "Pretoria - [The High Court] ruled".

    "Paris - a city of love - says" does not begin with one; "LEE: [The mayor] said" begins with a label, "Speaking to
    the Post, [Ann Lee] said" with a participle.
    """
    doc = marked.doc
    if source is None or doc.word[min(source.last, len(doc.word) - 1)] in DASHES:
        return source
    colon = next((token for token in range(source.first, source.head) if doc.word[token] == ":"), -1)
    is_label = colon > 0 and label_start(doc, colon) == source.first
    end = colon + 1 if is_label else dateline_end(doc, source.first)
    if source.first == source.head and doc.tag[source.head] in ("VBG", "VBN"):
        end = next((token + 1 for token in range(source.first, source.last) if doc.word[token] == ","), end)
    if not source.first < end < source.last:
        return source
    own = range(end, source.last)
    roots = [token for token in own if doc.head[token] not in own or doc.head[token] == token]
    named = [token for token in roots if doc.pos[token] in ("NOUN", "PROPN")]
    return source._replace(first=end, head=source.head if source.head >= end else (named or roots)[0])


def _of_tag(doc: Doc, tree: Tree, quotation_at: list[int], cue: int) -> tuple[int, str] | None:
    """Return (head noun, how) of the subject in a tag before a cue: he in '"It hurt," he said, adding ...'."""
    for verb in range(cue, max(doc.sentences[doc.sentence[cue]].first - 1, cue - INTERRUPTION), -1):
        if quotation_at[verb] == quotation_at[cue] and doc.pos[verb] == "VERB":
            for child in tree.children[verb]:
                if doc.dep[child] == "nsubj" and quotation_at[child] == quotation_at[cue]:
                    return child, "subject" if verb == cue else "inherited"
    return None


def _before_colon(doc: Doc, tree: Tree, colon: int) -> Source | None:
    """Return the source before a colon: the name, or the subject of a verb that the parse left without content.

    "From" and "More from" are no part of it.
    """
    start = label_start(doc, colon)
    if "VERB" not in doc.pos[start:colon]:
        start += doc.norm[start : start + 2] == ["more", "from"]
        start += doc.norm[start] == "from"
    if start >= colon:
        return None
    head = colon - 1
    while start <= doc.head[head] < colon and doc.head[head] != head:
        head = doc.head[head]
    own = subject(doc, tree, head) if doc.pos[head] in ("VERB", "AUX") else None
    if own is not None and start <= own < head:
        # "He said: ...", where the parse did not attach what follows to the verb.
        first, last = noun_phrase(doc, tree, own, stop=head)
        return Source(max(first, start), last, own, "colon")
    return Source(start, colon, head, LABEL if start > doc.sentences[doc.sentence[colon]].first else "colon")


def _signature(doc: Doc, dash: int) -> Source:
    """Return the source after a dash that signs a quotation, up to a comma."""
    last = doc.sentences[doc.sentence[dash]].last
    while last > dash + 2 and doc.pos[last - 1] == "PUNCT":
        last -= 1
    comma = next((at for at in range(dash + 1, last) if doc.word[at] == ","), last)
    return Source(dash + 1, last, comma - 1, "signature")
