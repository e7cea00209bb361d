"""Cues: the tokens that may introduce speech, by a lexicon of lemmas and by their place in the sentence."""

from scripts.attribution.dateline import dateline_end
from scripts.attribution.lexicon import admitted, idle_objects, speech_verbs
from scripts.attribution.marked import DASHES, MARKS, MarkedDoc, opens, opens_paragraph
from scripts.attribution.subjects import quoted_source
from scripts.core.annotation import Doc

_COLON_WINDOW = 12
_SIGNATURE = 10


def find_cues(marked: MarkedDoc) -> list[int]:
    """Return the tokens that may introduce speech, in the order of the text.

    These are verbs, nouns and adjectives of the lexicon, any verb with a clause as its complement or a quotation beside
    it, "according to", a colon near the start of its sentence, and a dash before the name that signs a quotation.
    """
    doc, tree = marked.doc, marked.tree
    lexicon = admitted()
    headings = _in_headings(marked)
    cues = []
    for token, pos in enumerate(doc.pos):
        if token in headings:
            continue
        if pos == "VERB":
            if _takes_idle_object(marked, token) or _takes_title(marked, token) or _is_label(marked, token):
                continue
            # "The following statement" announces speech; `with_announced` finds its source.
            if quotes_somebody(marked, token) or doc.norm[token] == "following":
                continue
            if doc.norm[token] == "according" or f"{doc.lemma[token]}/VERB" in lexicon or _takes_clause(marked, token):
                cues.append(token)
        elif pos in ("NOUN", "ADJ"):
            if f"{doc.lemma[token]}/{pos}" in lexicon and tree.right[token] > token:
                cues.append(token)
        elif pos == "PUNCT" and (_introduces(marked, token) or _signs(marked, token)):
            cues.append(token)
    return cues


def label_start(doc: Doc, colon: int) -> int:
    """Return the first token of the label before a colon: after a dash or "by", or else the first of the sentence.

    It is Ann in "Rates may rise - Ann Lee:" and in “Rates,” by Ann Lee:, and More in "Rates may rise -More from Ann
    Lee:".
    """
    first = doc.sentences[doc.sentence[colon]].first
    for at in range(colon - 2, max(first, colon - _COLON_WINDOW), -1):
        is_apart = doc.end[at] < doc.start[at + 1] or doc.word[at + 1][0].isupper()
        is_dash = doc.word[at] in DASHES and doc.end[at - 1] < doc.start[at] and is_apart
        if is_dash or (doc.norm[at] == "by" and doc.word[at - 1] in MARKS):
            return at + 1
    return first


def _in_headings(marked: MarkedDoc) -> set[int]:
    """Return the tokens of headings before a name and a quotation: [Rates may rise] - Ann Lee: “They may.”."""
    doc, tokens = marked.doc, set[int]()
    for colon in range(len(doc.word) - 1):
        if doc.word[colon] == ":" and opens(marked, colon + 1):
            first, start = doc.sentences[doc.sentence[colon]].first, label_start(doc, colon)
            if opens_paragraph(doc, first) and doc.word[start][0].isupper() and "VERB" not in doc.pos[start:colon]:
                tokens.update(range(first, start))
    return tokens


def _introduces(marked: MarkedDoc, colon: int) -> bool:
    """Return True for a colon that may follow a speaker: after a short label that is no dateline.

    A colon after "Related", or after a salutation ("Dear Ms. Lee"), does not.
    """
    doc = marked.doc
    if doc.word[colon] != ":":
        return False
    first = label_start(doc, colon)
    if colon - first > _COLON_WINDOW or _ends_dateline(doc, colon):
        return False
    words = [doc.norm[token] for token in range(first, colon) if any(map(str.isalpha, doc.word[token]))]
    return words[:1] != ["dear"] and not {" ".join(words), *words[-1:]} & idle_objects()[":"]


def _ends_dateline(doc: Doc, colon: int) -> bool:
    """Return True for the colon of a dateline, "Lagos: The harbour is shut.", but not for that of a headline."""
    sentence = doc.sentences[doc.sentence[colon]]
    return doc.word[sentence.last - 1] == "." and dateline_end(doc, colon) == colon + 1


def _is_label(marked: MarkedDoc, token: int) -> bool:
    """Return True for a word before a colon that introduces no speech, such as "Related"."""
    doc = marked.doc
    return doc.word[token + 1 : token + 2] == [":"] and doc.norm[token] in idle_objects()[":"]


def _signs(marked: MarkedDoc, dash: int) -> bool:
    """Return True for a dash between a quotation and a name that ends the line or stands before a comma."""
    doc = marked.doc
    if doc.word[dash] not in ("-", "--"):
        return False
    sentence = doc.sentences[doc.sentence[dash]]
    size = sentence.last - dash
    short = size <= _SIGNATURE or "," in doc.word[dash + 1 : dash + _SIGNATURE]
    is_name = size > 1 and short and doc.pos[dash + 1] == "PROPN"
    return is_name and dash > 0 and (marked.quotation_at[dash - 1] >= 0 or dash == sentence.first)


def _takes_idle_object(marked: MarkedDoc, token: int) -> bool:
    """Return True for a verb whose object or particle rules out speech: "claimed three lives", "called it off"."""
    doc = marked.doc
    objects = idle_objects().get(doc.lemma[token])
    if not objects:
        return False
    children = marked.tree.children[token]
    idle = any(doc.dep[child] in ("dobj", "prt") and doc.lemma[child] in objects for child in children)
    return idle and not any(doc.dep[child] in ("oprd", "ccomp") for child in children)


def quotes_somebody(marked: MarkedDoc, token: int) -> bool:
    """Return True for the verb of "the paper quoted Lee as saying", where Lee speaks."""
    doc, children = marked.doc, marked.tree.children
    verbs = (verb for joint in children[token] for verb in children[joint] if doc.lemma[verb] == "say")
    return any(quoted_source(doc, marked.tree, verb) is not None for verb in verbs)


def _takes_title(marked: MarkedDoc, token: int) -> bool:
    """Return True for a verb with a title in marks as its object: "read “War and Peace”".

    A verb of speech does not count, except "read": to read a title is not to say anything.
    """
    doc = marked.doc
    if doc.lemma[token] in speech_verbs() and doc.lemma[token] != "read":
        return False
    objects = (child for child in marked.tree.children[token] if doc.dep[child] == "dobj")
    return any(is_title(marked, marked.quotation_at[child]) for child in objects if child > token)


def is_title(marked: MarkedDoc, number: int) -> bool:
    """Return True for a quotation of several words, the first, the last and all of five or more letters capitalised."""
    if number < 0:
        return False
    doc, quotation = marked.doc, marked.quotations[number]
    words = doc.word[quotation.first + 1 : quotation.last - 1]
    words = words[:-1] if words[-1:] in (["."], [","]) else words
    has_capitals = len(words) > 1 and words[0][0].isupper() and words[-1][0].isupper()
    return has_capitals and all(word[0].isupper() or len(word) < 5 for word in words if word[0].isalpha())


def _takes_clause(marked: MarkedDoc, token: int) -> bool:
    """Return True for a verb with a clause as its complement, or a verb outside quotations a few tokens from one."""
    if any(marked.doc.dep[child] == "ccomp" for child in marked.tree.children[token]):
        return True
    at = marked.quotation_at
    near = (token - 2, token - 3, token + 1, token + 2)
    return at[token] < 0 and any(0 <= place < len(at) and at[place] >= 0 for place in near)
