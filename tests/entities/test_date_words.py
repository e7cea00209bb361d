"""A surname that is also a word for a date is the person's, but in phrases of time."""

from scripts.core.annotation import Mention
from scripts.entities.date_words import surnames_for_dates
from scripts.entities.recognition import find_entities
from scripts.parsing.parses import annotate

TEXT = (
    "Prime Minister Theresa May met Corbyn in Leeds. May agreed with him in May. An ally of May, who was with May on "
    "May 5, praised May's speech at the end of May. Talks go on from March to May, Corbyn told May. The vote of May 23 "
    "will be in early May. Friday was wet."
)


def test_places_of_a_surname(nlp):
    (doc,) = annotate(nlp, [("a.txt", TEXT)])
    at = [token for token, word in enumerate(doc.word) if word in ("May", "March", "Friday")]
    mentions = [Mention(at[0] - 1, at[0] + 1, "PERSON"), *(Mention(token, token + 1, "DATE") for token in at[1:])]
    before = [doc.word[each.first - 1] for each in surnames_for_dates(doc, mentions)]
    assert before == [".", "of", "with", "praised", "told"]
    assert not list(surnames_for_dates(doc, mentions[1:]))


def test_what_she_said_is_hers(nlp):
    text = "Prime Minister Theresa May met Corbyn. May said in May that Corbyn was wrong. May was right."
    (doc,) = annotate(nlp, [("a.txt", text)])
    entities = [(each.label, each.entity) for each in find_entities(doc) if doc.word[each.last - 1] == "May"]
    assert entities == [("PERSON", "Theresa May")] * 2 + [("DATE", "May"), ("PERSON", "Theresa May")]
