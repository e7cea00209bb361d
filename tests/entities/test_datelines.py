import pytest

from scripts.entities.datelines import datelines
from scripts.entities.labels import label_mentions
from tests.entities.made import document


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("PARIS (Reuters) - The talks went on.", "PARIS"),
        ("TOKYO 1996-12-06", "TOKYO"),
        ("KIGALI, Jun 15 2022 (IPS) - The talks went on.", "KIGALI"),
        ("CHICO, Calif. - The talks went on.", "CHICO"),
        ("NEW YORK (AP) — The talks went on.", "NEW YORK"),
        ("RIYADH — The talks went on.", "RIYADH"),
        ("NATO (Reuters) - The talks went on.", ""),  # an organisation that the lists know
        ("EXCLUSIVE - The talks went on.", ""),
        ("ASUU accuses the minister.", ""),
        ("They met. PARIS (Reuters) - No paragraph opens here.", ""),
        ("They met.\n\nPARIS (Reuters) - The talks went on.", "PARIS"),
        ("RIO DE JANEIRO (Reuters) - The talks went on.", "RIO DE JANEIRO"),
        ("SAN JOSE DEL CABO (Reuters) - The talks went on.", ""),
        ("ROME - The talks went on.", "ROME"),
        ("LEE - The talks went on.", ""),  # letters of a place: four
        ("A ROME - The talks went on.", ""),
        ("Rome - The talks went on.", ""),
        ("PARIS-based firms met.", ""),
        ("PARIS The talks went on.", ""),
        ("PARIS", ""),
        ("PARIS, a town, grew - fast.", ""),
        ("PARIS, Old Town, France - The talks went on.", "PARIS"),
        ("PARIS, The Old Town, France - The talks went on.", ""),
        ("PARIS, Texas", ""),
        ("PARIS, May 3", "PARIS"),
        ("PARIS Sept. 3 The talks went on.", "PARIS"),
        ("PARIS 1997 The talks went on.", "PARIS"),
        ("PARIS 200th birthday of the bridge.", ""),
        ("PARIS 1850 The talks went on.", ""),
        ("PARIS (Agence France Presse) The talks went on.", "PARIS"),
        ("PARIS (Agence France Presse News) The talks went on.", ""),
        ("PARIS (AP/AFP) The talks went on.", "PARIS"),
        ("PARIS (the town) The talks went on.", ""),
        ("PARIS (Reuters The talks went on.", ""),
        ("PARIS, (AFP) The talks went on.", "PARIS"),
    ],
)
def test_places_that_open_a_report(text, place):
    doc = document(text)
    assert [doc.slice(*span) for span in datelines(doc)] == [place] * bool(place)


def test_the_place_of_a_dateline_is_a_place_though_the_model_has_an_organisation():
    doc = document("HEFEI (Xinhua) - The talks went on.", ("HEFEI", "ORG"))
    assert next((doc.slice(each.first, each.last), each.label) for each in label_mentions(doc)) == ("HEFEI", "GPE")
