"""Further speakers of a statement: Ray in "Lee and Ray said", whose speaker is Lee."""

from collections.abc import Iterator, Sequence

from scripts.attribution.choice import Attribution
from scripts.attribution.marked import MarkedDoc, Piece
from scripts.attribution.role_words import mention_at
from scripts.attribution.roles import entity_name, head_of
from scripts.attribution.sources import Source
from scripts.attribution.speaker import NOBODY, Speaker
from scripts.core.annotation import Doc, Mention
from scripts.entities.knowledge import entries

_SPEAKING = frozenset(("PERSON", "ORG", "GPE"))
# Words before the "with" of "Lee, along with Ray, said".
_TOGETHER = frozenset(("along", "together"))
_SAME = frozenset(("they", "both"))


def joined_speakers(
    marked: MarkedDoc, attributions: Sequence[Attribution], speakers: Sequence[Speaker]
) -> list[tuple[Speaker, list[Mention]]]:
    """Return the speaker of each attribution, and the mentions of its further speakers.

    If "they" or "both" speak next, they are the same: "Lee and Ray said no. They blamed the rain."
    """
    joint: list[tuple[Speaker, list[Mention]]] = []
    for item, speaker in zip(attributions, speakers, strict=True):
        source, reference = item.source, speaker.reference
        others = joint_speakers(marked, source, reference) if source and reference else []
        is_same = source is not None and marked.doc.norm[source.head] in _SAME and speaker == NOBODY
        joint.append(joint[-1] if is_same and joint and joint[-1][1] else (speaker, others))
    return joint


def joint_speakers(marked: MarkedDoc, source: Source, reference: Piece) -> list[Mention]:
    """Return the mentions of the further speakers that a source names, each once, in the order of the text.

    `reference` is the token range of the mention that names the speaker. There are no further speakers if the source
    does not join that mention to others: "Lee, a friend of Ray".
    """
    doc = marked.doc
    joined = (mention_at(doc, token) for token in sorted(_joined(marked, source)))
    mentions = [
        mention
        for mention in joined
        if mention is not None
        and mention.label in _SPEAKING
        and source.first <= mention.first
        and mention.last <= source.last
        and doc.tag[min(mention.last, len(doc.tag) - 1)] != "POS"
    ]
    speaker = next((entity_name(doc, each) for each in mentions if (each.first, each.last) == reference), None)
    others = {entity_name(doc, mention): mention for mention in reversed(mentions)}
    return [each for name, each in reversed(others.items()) if name != speaker] if speaker is not None else []


def _joined(marked: MarkedDoc, source: Source) -> Iterator[int]:
    """Yield the head of a source and the heads of the phrases joined to it by "and" or "along with".

    A person in apposition to a noun is joined, too: "the two leaders, Lee and Ray".
    """
    doc, children = marked.doc, marked.tree.children
    waiting = [source.head, *_partners(marked, source)]
    yield from _before_titles(marked, source)
    while waiting:
        token = waiting.pop()
        mention = mention_at(doc, token)
        if mention is None or head_of(doc, mention) == token:
            yield token
        for child in children[token]:
            named = mention_at(doc, child)
            is_person = named is not None and named.label == "PERSON"
            is_apposition = doc.dep[child] == "appos" and doc.tag[token] in ("NN", "NNS") and is_person
            if token < child < source.last and (doc.dep[child] == "conj" or is_apposition):
                waiting.append(child)


def _partners(marked: MarkedDoc, source: Source) -> list[int]:
    """Return the nouns after "along with" and "together with" in a source."""
    doc = marked.doc
    withs = [
        token + 1
        for token in range(source.first, source.last - 1)
        if doc.norm[token] in _TOGETHER and doc.norm[token + 1] == "with"
    ]
    return [noun for word in withs for noun in marked.tree.children[word] if doc.dep[noun] == "pobj"]


def _before_titles(marked: MarkedDoc, source: Source) -> Iterator[int]:
    """Yield the heads of two persons if the source's head is the second, after titles: "[Lee] and U.S. Rep. [Ray]"."""
    doc, named = marked.doc, mention_at(marked.doc, source.head)
    if named is None:
        return
    at = named.first - 1
    while at > source.first and _is_title(doc, at):
        at -= 1
    joined = mention_at(doc, at - 1) if at > source.first and doc.norm[at] == "and" else None
    if joined is not None and joined.label == "PERSON":
        yield from (head_of(doc, joined), head_of(doc, named))


def _is_title(doc: Doc, token: int) -> bool:
    """Return True for a word of a title before a name, or of the place before such a title: "U.S. Rep."."""
    named = mention_at(doc, token)
    return doc.norm[token].rstrip(".") in entries("titles.txt") or (named is not None and named.label == "GPE")
