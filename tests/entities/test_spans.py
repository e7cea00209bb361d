from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.core.annotation import Mention
from scripts.entities.spans import candidates
from tests.entities.made import document


def labelled_spans(doc):
    return [(doc.slice(each.first, each.last), each.label) for each in candidates(doc)]


@pytest.mark.parametrize(
    ("text", "named", "expected"),
    [
        ("There Gen Prayut spoke.", [("Gen Prayut", "PERSON")], [("Prayut", "PERSON")]),
        ("00:00 - Bingaman spoke.", [("00:00 - Bingaman", "QUANTITY")], [("00:00", "QUANTITY"), ("Bingaman", "")]),
        ("There Dr. Abbass spoke.", [("Dr. Abbass", "ORG")], [("Abbass", "ORG")]),
        ("Friends of Ghana spoke.", [("Friends of Ghana", "ORG")], [("Friends of Ghana", "ORG")]),
        ("There Bank of Sri Lanka spoke.", [("Bank of Sri", "ORG")], [("Bank of Sri", "ORG")]),
        ("Friends of the Dubai Police spoke.", [("Friends of the Dubai Police", "ORG")],
         [("Friends of the Dubai Police", "ORG")]),
        ("Monday Zorbas spoke.", [("Monday", "DATE")], [("Monday", "DATE")]),
        ("There Friday spoke.", [("Friday", "PERSON")], [("Friday", "PERSON")]),
        ("They sue the Acme Group.", [("the Acme Group", "ORG")], [("Acme Group", "ORG")]),
        ("Acme Oil Inc <ACM.O> fell.", [("Acme Oil Inc", "ORG"), ("ACM.O", "ORG")], [("Acme Oil Inc", "ORG")]),
        ("They like <Acme> oil.", [("Acme", "ORG")], [("Acme", "ORG")]),
        ("In the wrapped text they met Ann\nLee, who had gone away to live\nalone.", [("Ann\nLee", "PERSON")],
         [("Ann\nLee", "PERSON")]),
        ("In the wrapped text they met\tAnn\tLee, who had gone away.", [("Ann\tLee", "PERSON")],
         [("Ann", "PERSON"), ("Lee", "PERSON")]),
        ("They like China’s plan.", [("China’s", "GPE")], [("China", "GPE")]),
        ("They met Moon Jae-in here.", [("Moon Jae", "PERSON")], [("Moon Jae-in", "PERSON")]),
        ("They met a China-based firm.", [("China", "GPE")], [("China", "GPE")]),
        ("They met D K Lee here.", [("D", "PERSON"), ("K Lee", "PERSON")], [("D K Lee", "PERSON")]),
        ("They met Tracy-Ann Lee here.", [("Tracy-", "PERSON"), ("Ann Lee", "PERSON")], [("Tracy-Ann Lee", "PERSON")]),
        ("They met Ann Mary Lee (AML) here.", [("Ann Mary Lee", "PERSON"), ("AML", "ORG")],
         [("Ann Mary Lee", "PERSON"), ("AML", "ORG")]),
        ("They seek EU-Nigeria talks.", [("EU-Nigeria", "ORG")], [("EU", "ORG"), ("Nigeria", "ORG")]),
        ("They left Sri Lanka.", [("Lanka", "PERSON")], [("Sri Lanka", "PERSON")]),
        ("They play in Montevideo next month.", [("Montevideo next month", "DATE")],
         [("Montevideo", ""), ("next month", "DATE")]),
        ("They dine in Playas del Coco.", [], [("Playas del Coco", "")]),
        ("They pay US$5 each.", [], []),
        ("They pay US $5 each.", [("US", "GPE")], []),
        ("They pay HK$30 each.", [("HK", "GPE")], []),
        ("They ask the Bank of Ghana (BoG) now.", [("Bank", "ORG")], [("Bank of Ghana", "ORG"), ("BoG", "")]),
        ("They saw the Office of Xu (OX) now.", [], [("Office of Xu", "ORG"), ("OX", "")]),
        ("They saw the Office of Xu (OX) now. There Bo sat.", [("Bo", "PERSON")],
         [("Office of Xu", "ORG"), ("OX", ""), ("Bo", "PERSON")]),
        ("Asking Zameer now. There Zameer spoke.", [("Asking Zameer", "PERSON")],
         [("Zameer", "PERSON"), ("Zameer", "")]),
        ("Banning Huawei hurts. There Huawei grew.", [("Banning Huawei", "ORG")], [("Huawei", "ORG"), ("Huawei", "")]),
        ("There Huawei grew. Banning Huawei hurts.", [("Banning Huawei", "ORG")], [("Huawei", ""), ("Huawei", "ORG")]),
        ('"Send Zameer home," they said.', [("Send Zameer", "PERSON")], [("Zameer", "PERSON")]),
        ("Wrote Zameer: no.", [("Wrote Zameer", "PERSON")], [("Wrote Zameer", "PERSON")]),
        ("There Secretary of the Interior Robert Marsh spoke.", [("Interior Robert Marsh", "ORG")],
         [("Secretary", ""), ("Robert Marsh", "PERSON")]),
        ("There Mayor of London Sadiq Khan spoke.", [("London Sadiq Khan", "GPE")],
         [("Mayor", ""), ("London", ""), ("Sadiq Khan", "PERSON")]),
        ("There Billie Jean King spoke.", [("Billie Jean King", "PERSON")], [("Billie Jean King", "PERSON")]),
        ("There Secretary of Agriculture Mike Johanns spoke.", [("Agriculture Mike Johanns", "PERSON")],
         [("Secretary", ""), ("Mike Johanns", "PERSON")]),
        ("There the President of the Republic Pedro Castillo spoke.", [("Republic Pedro Castillo", "PERSON")],
         [("President", ""), ("Pedro Castillo", "PERSON")]),
        ("There Contact: Norm Coleman spoke.", [("Contact: Norm Coleman", "PERSON")],
         [("Contact", "PERSON"), ("Norm Coleman", "PERSON")]),
        ("There Sens. Thomas spoke.", [("Sens. Thomas", "PERSON")], [("Thomas", "PERSON")]),
        ("There Republican Whip Trent Lott spoke.", [("Whip Trent Lott", "PERSON")],
         [("Trent Lott", "PERSON")]),
        ("Noting Obama, they left.", [("Noting Obama", "PERSON")], [("Obama", "PERSON")]),
        ("Sterling Bank grew. There Sterling Bank hired.", [("Sterling Bank", "ORG")],
         [("Sterling Bank", "ORG"), ("Sterling Bank", "")]),
        ("There the Dubai Police spoke.", [("Dubai", "GPE")], [("Dubai Police", "ORG")]),
        ("There the Kenyan Police spoke.", [("Kenyan", "NORP")], [("Kenyan", "NORP")]),
        ("They ask the Aid and Relief Council (ARC) now.", [("Relief Council", "ORG")],
         [("Aid and Relief Council", "ORG"), ("ARC", "")]),
        ("There Ann Says spoke.", [("Ann Says", "PERSON")], [("Ann Says", "PERSON")]),
        ("They ask the Bank of Ghana's (BoG) chief.", [], [("Bank of Ghana", "ORG"), ("BoG", "")]),
        ("There Ann Lee—Bo sat.", [("Ann Lee—Bo", "PERSON")], [("Ann Lee", "PERSON"), ("Bo", "PERSON")]),
        ("There Lashkar-e-Toba sat.", [("Lashkar", "PERSON"), ("Toba", "GPE")], [("Lashkar-e-Toba", "ORG")]),
        ("There CPI(M) sat with CPI (M).", [("CPI", "ORG"), ("M", "ORG"), ("CPI", "ORG")],
         [("CPI(M)", "ORG"), ("CPI", "ORG"), ("M", "")]),
        ("There Lashkar-e-toba sat.", [("Lashkar", "PERSON")], [("Lashkar", "PERSON")]),
        ("There minister for Iran Brian Hook spoke.", [("Iran Brian Hook", "GPE")],
         [("Iran", ""), ("Brian Hook", "PERSON")]),
        ("There Ms. Bank Fund spoke.", [("Ms. Bank Fund", "ORG")], [("Ms. Bank Fund", "ORG")]),
        ("There Ann Lee MP spoke.", [("Ann Lee MP", "PERSON")], [("Ann Lee", "PERSON")]),
        ("There Lee Works QC spoke.", [("Lee Works QC", "ORG")], [("Lee Works QC", "ORG")]),
        ("There Marsh & Spode spoke.", [("Marsh & Spode", "PERSON")], [("Marsh & Spode", "PERSON")]),
        ("There Zog sat. There Zog & Spode spoke.", [("Zog", "PERSON"), ("Zog & Spode", "ORG")],
         [("Zog", "PERSON"), ("Zog & Spode", "ORG")]),
        ("There Zog & Spode sat. There Spode & Wix spoke.", [("Zog & Spode", "PERSON"), ("Spode & Wix", "PERSON")],
         [("Zog & Spode", "PERSON"), ("Spode & Wix", "PERSON")]),
        ("There Ann & Bo spoke.", [("Ann & Bo", "PERSON")], [("Ann", "PERSON"), ("Bo", "PERSON")]),
        ("There Zog sat. There Zog & Spode spoke.", [("Zog", "PERSON"), ("Zog & Spode", "PERSON")],
         [("Zog", "PERSON"), ("Zog", "PERSON"), ("Spode", "PERSON")]),
    ],
)  # fmt: skip
def test_repairs_and_proposals(text, named, expected):
    tags = {"They": "PRP", "There": "RB", "Noting": "VBG", "Send": "VB", "In": "IN"}
    assert labelled_spans(document(text, *named, tags=tags)) == expected


WORDS = st.sampled_from(
    ["Ann", "Lee", "the", "U.S.", "(", ")", "-", ",", "Sri", "Lanka", "and", "AL", "$", "Gen", ".", "x"]
)


@given(st.lists(WORDS, min_size=1, max_size=14), st.data())
def test_spans_never_overlap_and_have_a_capital(words, data):
    doc = document(" ".join(words))
    n = len(doc.word)
    cuts = sorted(set(data.draw(st.lists(st.integers(0, n), max_size=6))))
    labels = st.sampled_from(["PERSON", "ORG", "GPE", "DATE"])
    raw = [(first, last, data.draw(labels)) for first, last in pairwise(cuts)]
    doc.mentions[:] = [Mention(*each) for each in raw]
    spans = candidates(doc)
    assert all(left.last <= right.first for left, right in pairwise(spans))
    assert all(0 <= each.first < each.last <= n for each in spans)
    assert all(any(word[0].isupper() for word in doc.word[e.first : e.last]) for e in spans if e.label != "DATE")
