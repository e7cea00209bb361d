"""Cues: the tokens that may introduce speech, by a lexicon of lemmas and by their place in the sentence."""

from scripts.attribution.lexicon import admitted, admitted_attitudes, idle_objects
from scripts.attribution.marked import MarkedDoc

_COLON_WINDOW = 12
_SIGNATURE = 10


def find_cues(marked: MarkedDoc, *, attitudes: bool = False) -> list[int]:
    """Return the tokens that may introduce speech, or with `attitudes` also an attitude, in the order of the text.

    These are verbs, nouns and adjectives of the lexicon, any verb with a clause as its complement or a quotation beside
    it, "according to", a colon near the start of its sentence, and a dash before the name that signs a quotation.
    """
    doc, tree = marked.doc, marked.tree
    lexicon = admitted_attitudes() if attitudes else admitted()
    cues = []
    for token, pos in enumerate(doc.pos):
        if pos == "VERB":
            if _takes_idle_object(marked, token) or _is_label(marked, token):
                continue
            if doc.norm[token] == "according" or f"{doc.lemma[token]}/VERB" in lexicon or _takes_clause(marked, token):
                cues.append(token)
        elif pos in ("NOUN", "ADJ"):
            if f"{doc.lemma[token]}/{pos}" in lexicon and tree.right[token] > token:
                cues.append(token)
        elif pos == "PUNCT" and (_introduces(marked, token) or _signs(marked, token)):
            cues.append(token)
    return cues


def _introduces(marked: MarkedDoc, colon: int) -> bool:
    """Return True for a colon that may stand after a speaker: early in its sentence, not after "Related"."""
    doc, first = marked.doc, marked.doc.sentences[marked.doc.sentence[colon]].first
    if doc.word[colon] != ":" or colon - first > _COLON_WINDOW:
        return False
    words = [doc.norm[token] for token in range(first, colon) if any(map(str.isalpha, doc.word[token]))]
    return not {" ".join(words), *words[-1:]} & idle_objects()[":"]


def _is_label(marked: MarkedDoc, token: int) -> bool:
    """Return True for a word before a colon that introduces no speech, such as "Related"."""
    doc = marked.doc
    return doc.word[token + 1 : token + 2] == [":"] and doc.norm[token] in idle_objects()[":"]


def _signs(marked: MarkedDoc, dash: int) -> bool:
    """Return True for a dash between a quotation and a name that ends the line."""
    doc = marked.doc
    if doc.word[dash] not in ("-", "--"):
        return False
    sentence = doc.sentences[doc.sentence[dash]]
    short = 1 < sentence.last - dash <= _SIGNATURE and doc.pos[dash + 1] == "PROPN"
    return short and dash > 0 and (marked.quotation_at[dash - 1] >= 0 or dash == sentence.first)


def _takes_idle_object(marked: MarkedDoc, token: int) -> bool:
    """Return True for a verb whose object makes it no speech: "claimed three lives", "called her sister"."""
    doc = marked.doc
    objects = idle_objects().get(doc.lemma[token])
    if not objects:
        return False
    children = marked.tree.children[token]
    idle = any(doc.dep[child] == "dobj" and doc.lemma[child] in objects for child in children)
    return idle and not any(doc.dep[child] in ("oprd", "ccomp") for child in children)


def _takes_clause(marked: MarkedDoc, token: int) -> bool:
    """Return True for a verb with a clause as its complement, or outside quotations with one a few tokens away."""
    if any(marked.doc.dep[child] == "ccomp" for child in marked.tree.children[token]):
        return True
    at = marked.quotation_at
    near = (token - 2, token - 3, token + 1, token + 2)
    return at[token] < 0 and any(0 <= place < len(at) and at[place] >= 0 for place in near)
