"""Speakers whom some outlets quote about a story, and others do not."""

import pandas as pd

from scripts.stories.story_speakers import story_passages, story_speakers

MEMBERS = pd.DataFrame([
    {"story": "s", "doc_id": "a", "date": "2020-01-02", "outlet": "Globe", "title": "About Globe", "central": True},
    {"story": "s", "doc_id": "b", "date": "2020-01-01", "outlet": "Herald", "title": "About Herald", "central": False},
    {"story": "s", "doc_id": "c", "date": "", "outlet": "Post", "title": "About Post", "central": False},
    {"story": "s", "doc_id": "e", "date": "", "outlet": "Globe", "title": "Another", "central": False},
    {"story": "t", "doc_id": "d", "date": "2020-01-01", "outlet": "Globe", "title": "About Globe", "central": True},
])  # fmt: skip
NO_PASSAGES = pd.DataFrame({"story": [], "speaker": []}, dtype=str)


def quote(doc_id: str, speaker: str, *, sentence: int = 0, words: int = 5, kind: str = "official") -> dict:
    return {"doc_id": doc_id, "sentence": sentence, "speaker": speaker, "kind": kind, "words": words}


def test_a_row_says_who_is_quoted_by_whom_by_whom_not_and_where_first() -> None:
    quotes = [
        quote("a", "Amal Haddad", sentence=7),
        quote("b", "Amal Haddad", sentence=4, words=3),
        quote("b", "Amal Haddad", sentence=2, words=3, kind="citizen"),
        quote("c", "Omar Haddad"),
        quote("c", "Zoe Adams"),
        quote("d", "Amal Haddad"),
        quote("a", ""),
        quote("elsewhere", "Amal Haddad"),
    ]
    first, second, third, fourth = story_speakers(MEMBERS, pd.DataFrame(quotes), NO_PASSAGES).to_dict("records")
    assert first == {
        "story": "s", "title": "About Globe",
        "speaker": "Amal Haddad", "kind": "official", "documents": 2, "statements": 3, "words": 11,
        "n_outlets": 2, "outlets": "Globe; Herald", "n_others": 1, "others": "Post", "passages": 0,
        "first": "2020-01-01", "doc_id": "b", "sentence": 2,
    }  # fmt: skip
    assert (second["speaker"], second["outlets"], second["others"], second["first"]) == (
        "Omar Haddad", "Post", "Globe; Herald", ""
    )  # fmt: skip
    assert third["speaker"] == "Zoe Adams"
    assert (fourth["story"], fourth["n_others"]) == ("t", 0)
    undated = pd.DataFrame([quote("c", "Eve Orr"), quote("a", "Eve Orr", sentence=3)])
    (row,) = story_speakers(MEMBERS, undated, NO_PASSAGES).to_dict("records")
    assert (row["first"], row["doc_id"], row["sentence"]) == ("2020-01-02", "a", 3)


def test_a_passage_has_a_row_in_each_story_of_which_several_documents_quote_it() -> None:
    reuse = [
        {"doc_id": doc_id, "family": family, "sentence": 3, "speaker": "Amal Haddad" if doc_id != "b" else ""}
        for family, documents in ((1, "ab"), (2, "aa"), (3, "ad"), (4, "ae"))
        for doc_id in documents
    ]
    families = [{"family": family, "text": f"passage {family}"} for family in range(1, 5)]
    passages = story_passages(MEMBERS, pd.DataFrame(families), pd.DataFrame(reuse))
    assert passages.to_dict("records") == [
        {
            "story": "s", "title": "About Globe", "speaker": "Amal Haddad", "family": 1, "text": "passage 1",
            "documents": 2, "n_outlets": 2, "outlets": "Globe; Herald", "n_others": 1, "others": "Post",
            "first": "2020-01-01", "doc_id": "b", "sentence": 3,
        },
        {
            "story": "s", "title": "About Globe", "speaker": "Amal Haddad", "family": 4, "text": "passage 4",
            "documents": 2, "n_outlets": 1, "outlets": "Globe", "n_others": 2, "others": "Herald; Post",
            "first": "2020-01-02", "doc_id": "a", "sentence": 3,
        },
    ]  # fmt: skip
    quotes = pd.DataFrame([quote("a", "Amal Haddad"), quote("d", "Amal Haddad")])
    speakers = story_speakers(MEMBERS, quotes, passages)
    assert [*zip(speakers["story"], speakers["passages"], strict=True)] == [("s", 2), ("t", 0)]


def test_no_statements_are_no_rows() -> None:
    reuse = pd.DataFrame({"doc_id": [], "family": [], "sentence": [], "speaker": []}).astype({"doc_id": str})
    families = pd.DataFrame({"family": [], "text": []})
    assert story_passages(MEMBERS, families, reuse).empty
    assert story_speakers(MEMBERS, pd.DataFrame([quote("elsewhere", "Amal Haddad")]), NO_PASSAGES).empty
    assert story_speakers(MEMBERS.head(0), pd.DataFrame([quote("a", "Amal Haddad")]), NO_PASSAGES).empty
