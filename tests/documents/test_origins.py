"""Wire copy and own reporting: agencies in by-lines, datelines, sign-offs, metadata; wording that outlets share."""

import pytest

from scripts.documents.origins import origin, origin_rows, shared_documents

BODY = "The harbour will close in May, the council said. Boats must leave by then."


@pytest.mark.parametrize(
    "text, metadata, agency, evidence",
    [
        (f"WASHINGTON (AP) — {BODY}", {}, "Associated Press", "dateline"),
        (f"DES MOINES, Iowa, Aug. 10 (UPI) — {BODY}", {}, "United Press International", "dateline"),
        (f"NANJING, July 18 (Xinhua) -- {BODY}", {}, "Xinhua", "dateline"),
        (f"Harbour closes\n\nORLANDO, Fla. (Reuters) - {BODY}", {}, "Reuters", "dateline"),
        (f"Harbour closes\nBy Ann Lee, Associated Press\n{BODY}", {}, "Associated Press", "by-line"),
        (f"By Reuters\n\n{BODY}", {}, "Reuters", "by-line"),
        (f"BY ANN LEE | PA\n\n{BODY}", {}, "PA Media", "by-line"),
        (f"Australian Associated Press\n\n{BODY}", {}, "Australian Associated Press", "by-line"),
        (f"{BODY}\n\n(Reporting by Ann Lee in Derry; Editing by Bo Ray.)", {}, "Reuters", "sign-off"),
        (f"{BODY} -- AFP", {}, "Agence France-Presse", "sign-off"),
        (f"{BODY}\n(PTI)", {}, "Press Trust of India", "sign-off"),
        (f"{BODY}\n© 2024 The Associated Press. All rights reserved.", {}, "Associated Press", "sign-off"),
        (BODY, {"author": "Ann Lee, Reuters"}, "Reuters", "metadata"),
        (BODY, {"source": "AFP"}, "Agence France-Presse", "metadata"),
    ],
)
def test_wire_copy(text, metadata, agency, evidence):
    assert origin(text, metadata, "Globe", shared=False) == ("wire", agency, evidence)


@pytest.mark.parametrize(
    "text, metadata",
    [
        (BODY, {}),
        (f"By Ann Lee\n\n{BODY}", {"author": "Ann Lee"}),
        (f"{BODY}\n\nThe Associated Press contributed to this report.", {}),
        (f"{BODY} “We go,” she told Reuters. The firm (Reuters reports) is silent.", {}),
        (f"{BODY} The PA said so. AAP leaders met.", {"author": "AP Singh"}),
        (f"An AP photographer was there. {BODY}", {}),
        (f"{BODY}\nHe wrote to the AFP", {}),
        ("", {}),
    ],
)
def test_own_reporting(text, metadata):
    assert origin(text, metadata, "Globe", shared=False) == ("own", "", "")


@pytest.mark.parametrize(
    ("text", "is_wire"),
    [
        ("Title\n" * 5 + f"By Reuters\n{BODY}", True),
        ("Title\n" * 6 + f"By Reuters\n{BODY}", False),
        (f"By {'Ann ' * 9}Lee, Reuters\n{BODY}", True),  # twelve words
        (f"By {'Ann ' * 10}Lee, Reuters\n{BODY}", False),
        ("word " * 157 + "\n\nPARIS (AFP) — Rain." + BODY, True),  # ends with the 800th character
        ("word " * 157 + "\n\n\nPARIS (AFP) — Rain." + BODY, False),
        ("© Reuters.".ljust(600, "x"), True),
        ("© Reuters.".ljust(601, "x"), False),
    ],
)
def test_how_far_from_the_ends_of_a_text_an_agency_is_looked_for(text, is_wire):
    assert (origin(text, {}, "Globe", shared=False).origin == "wire") is is_wire


def test_an_agency_reports_for_itself():
    text = f"WASHINGTON (AP) — {BODY}"
    assert origin(text, {}, "AP", shared=True) == ("own", "", "")
    assert origin(text, {}, "Reuters", shared=False) == ("wire", "Associated Press", "dateline")
    document = {"doc_id": "a", "outlet": "AP", "metadata": "", "text": text}
    assert [*origin_rows([document], frozenset())] == [{"doc_id": "a", "origin": "own", "agency": "", "evidence": ""}]


def test_wording_that_outlets_share():
    documents = [
        {"doc_id": name, "outlet": outlet, "metadata": "{}", "text": BODY}
        for name, outlet in (("a", "Globe"), ("b", "Post"), ("c", "Post"), ("d", "Post"), ("e", None))
    ]
    pairs = [("a", "b"), ("c", "d"), ("a", "e")]
    outlets = {row["doc_id"]: row["outlet"] for row in documents}
    named = origin_rows(documents, shared_documents(pairs, outlets))
    rows = {row["doc_id"]: (row["origin"], row["evidence"]) for row in named}
    shared, own = ("wire", "shared"), ("own", "")
    assert rows == {"a": shared, "b": shared, "c": own, "d": own, "e": own}
