"""Full names that the text goes on to call by the family name."""

import pytest

from scripts.entities.evidence import name_key
from scripts.entities.introduced import introduced
from tests.entities.made import document


def full_names(text: str, *persons: str) -> list[str]:
    """Return the full names in a text of which all runs of capitals are names, those of `persons` decided to be so."""
    doc = document(text, tags={"Outgoing": "JJ"})
    runs, first = [], None
    for at, word in enumerate([*doc.word, "."]):
        inside = word[0].isupper() or (first is not None and (word == "for" or "-" in (word, doc.word[at - 1])))
        if inside and first is None:
            first = at
        elif not inside and first is not None:
            runs.append(" ".join(doc.word[first:at]))
            first = None
    names = document(text, *((run.replace(" - ", "-"), "ORG") for run in runs)).mentions
    decided = {name_key(doc, name): "PER" if doc.slice(name.first, name.last) in persons else "none" for name in names}
    return [doc.slice(new.first, new.last) for _, new in introduced(doc, names, decided)]


@pytest.mark.parametrize(
    ("text", "persons", "full"),
    [
        ("it is Agnes Kagwira again. Kagwira spoke.", ["Kagwira"], ["Agnes Kagwira"]),
        ("the president of the Republic Pedro Castillo spoke. Castillo left.", ["Castillo"], ["Pedro Castillo"]),
        ("it is Jean-Baptiste Faivre. Faivre left.", ["Faivre"], ["Jean-Baptiste Faivre"]),
        ("it is the Bafana Thabiso Sibusiso Kagwira. Kagwira left.", ["Kagwira"], ["Thabiso Sibusiso Kagwira"]),
        ("it is Anna Kelly. Kelly left.", ["Kelly"], ["Anna Kelly"]),
        ("it is Bafana Kelly. Kelly left.", ["Kelly"], []),
        ("it is John F. Kerry again. Kerry left.", ["Kerry"], ["John F. Kerry"]),
        ("it is Akbar Al Baker. Al Baker left.", ["Al Baker"], ["Akbar Al Baker"]),
        ("the secretary for Health Lo Chung-mau. Lo left.", ["Lo"], ["Lo Chung-mau"]),
        ("the minister for Equality Kim Hyun-sook. Kim left.", ["Kim"], ["Kim Hyun-sook"]),
        ("it is Ellis Kagwira Tuko-Anna. Kagwira left.", ["Kagwira"], []),
        ("it is Agnes Kagwira. Ben Kagwira left. Kagwira left.", ["Kagwira", "Ben Kagwira"], []),
        ("it is the Marble Kagwira of marble. Kagwira left.", ["Kagwira"], []),
        ("it is the Bank Kagwira. Kagwira left.", ["Kagwira"], []),
        ("it is the Kenyan Kagwira. Kagwira left.", ["Kagwira"], []),
        ("it is Akbar Von Kagwira. Von Kagwira left.", ["Von Kagwira"], ["Akbar Von Kagwira"]),
        ("it is EU Kagwira. Kagwira left.", ["Kagwira"], []),
        ("it is Agnes K again. K left.", ["K"], []),
        ("it is Outgoing Kagwira. Kagwira left.", ["Kagwira"], []),
        ("it is the Fund for Agnes Kagwira. Kagwira left.", ["Kagwira"], []),
        ("it is Agnes Kagwira again.", [], []),
    ],
)
def test_full_names_by_their_family_names(text, persons, full):
    assert full_names(text, *persons) == full
