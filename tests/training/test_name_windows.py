"""Labels that the network of names learns: finer ones where they are known, dates beside the gold's names."""

from scripts.core.annotation import Mention
from scripts.entities.kinds import ONTONOTES
from scripts.parsing.tokens import segmented_doc
from training.name_windows import OTHER_NAME, PLACE, gold_numbers, numbered

LATER = len(ONTONOTES)


def number(label, *, later=False):
    return 1 + ONTONOTES.index(label) + LATER * later


def test_labels_of_mentions():
    doc = segmented_doc("d", "Ann Lee left Kigali.")
    mentions = [Mention(0, 2, "PERSON"), Mention(3, 4, "GPE")]
    assert numbered(doc, mentions).tolist() == [number("PERSON"), number("PERSON", later=True), 0, number("GPE"), 0]


def test_gold_labels_with_what_was_found():
    text = "Ann met Bo in Doha, Qatar in May. The Derby was in Ascot Park."
    doc = segmented_doc("d", text)

    def span(name):
        return text.index(name), text.index(name) + len(name)

    gold = {span("Bo"): "PER", span("Doha, Qatar"): "LOC", span("Derby"): "MISC", span("Ascot Park"): "LOC"}
    at = {word: token for token, word in enumerate(doc.word)}
    mentions = [
        Mention(at["Ann"], at["Ann"] + 1, "PERSON"),
        Mention(at["Bo"], at["Bo"] + 1, "DATE"),
        Mention(at["Doha"], at["Doha"] + 1, "GPE"),
        Mention(at["May"], at["May"] + 1, "DATE"),
    ]
    numbers = dict(zip(doc.word, gold_numbers(doc, gold, mentions).tolist(), strict=True))
    expected = {"Ann": 0, "Bo": number("PERSON"), "Doha": number("GPE"), "Qatar": PLACE[0], "May": number("DATE")}
    expected |= {"Derby": OTHER_NAME[0], "Ascot": PLACE[0], "Park": PLACE[1], "met": 0}
    assert {word: numbers[word] for word in expected} == expected
