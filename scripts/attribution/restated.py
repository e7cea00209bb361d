"""Descriptions that mean the person named in the sentence before: "The Vermont senator said no"."""

from scripts.attribution.lexicon import speaker_nouns
from scripts.attribution.marked import MarkedDoc
from scripts.attribution.people import People
from scripts.attribution.role_nouns import body_nouns
from scripts.attribution.role_words import is_listed
from scripts.attribution.roles import entity_name, head_of
from scripts.attribution.sources import Source
from scripts.core.annotation import Doc, Mention
from scripts.entities.knowledge import entries

_SUBJECTS = ("nsubj", "nsubjpass")
# How many sentences to look back.
_SENTENCES = 2


def restated(marked: MarkedDoc, people: People, source: Source) -> Mention | None:
    """Return the person whom "the businessman" means: the only one, and a subject, in the last sentence that names any.

    The description begins with "the" and is a subject or follows "according to". Only a comma may follow its noun, or
    "of" if it is "former".
    """
    doc, head = marked.doc, source.head
    is_former = "former" in doc.norm[source.first : head] and is_listed(doc.norm[head])
    is_noun = doc.norm[head] in entries("restating_nouns.txt") or (is_former and doc.norm[head] not in body_nouns())
    is_subject = doc.dep[head] in _SUBJECTS or doc.norm[source.first - 2 : source.first] == ["according", "to"]
    is_bare = source.last == head + 1 or doc.word[head + 1] == "," or (is_former and doc.norm[head + 1] == "of")
    is_owned = any(doc.dep[child] == "poss" for child in marked.tree.children[head])
    if not (is_noun and is_subject and is_bare) or is_owned:
        return None
    number = doc.sentence[head]
    for sentence in range(number, max(-1, number - 1 - _SENTENCES), -1):
        named = people.in_sentence.get(sentence, ())
        persons = [each for each in named if each.last <= source.first and marked.quotation_at[each.first] < 0]
        if persons:
            subject = next((each for each in persons if _is_subject(doc, head_of(doc, each))), None)
            is_alone = len({entity_name(doc, each) for each in persons}) == 1
            return (
                subject if subject and is_alone and _agrees(people, entity_name(doc, subject), doc.norm[head]) else None
            )
    return None


def _is_subject(doc: Doc, token: int) -> bool:
    """Return True for the subject of a clause that is neither adverbial nor the object of another verb."""
    return doc.dep[token] in _SUBJECTS and doc.dep[doc.head[token]] not in ("advcl", "ccomp")


def _agrees(people: People, name: str, noun: str) -> bool:
    """Return True unless the noun has a gender and the text does not show that the person has the same."""
    gender = people.gender.get(name, 0.0)
    is_other = (noun in speaker_nouns()["female"] and gender <= 0) or (noun in speaker_nouns()["male"] and gender >= 0)
    return not is_other
