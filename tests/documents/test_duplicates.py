from scripts.documents import duplicates
from scripts.documents.signatures import signature_table

_STORY = " ".join(f"word{number}" for number in range(60))


def find(texts):
    rows = [dict(zip(("doc_id", "date", "text"), text, strict=True)) for text in texts]
    return duplicates.find(signature_table(rows))


def test_the_earliest_stays():
    texts = [
        ("a", "", _STORY),
        ("b", "2025-05-02", f"REUTERS - {_STORY} more"),
        ("c", "2025-05-01", f"\n{_STORY}\n"),
        ("d", "2025-04-01", " ".join(reversed(_STORY.split()))),
    ]
    assert find(texts) == {"a": "c", "b": "c"}


def test_short_texts_only_if_they_are_the_same():
    texts = [("a", "", "Hello."), ("b", "", "Hello.\n"), ("c", "", "Hello you."), ("d", "", "")]
    assert find(texts) == {"b": "a"}


def test_nothing():
    assert find([]) == {}
    assert find([("a", "", "...")]) == {}


def test_more_documents_than_fit_at_once():
    texts = [(f"{number:04}", "", f"{_STORY} {number}") for number in range(1_100)]
    assert set(find(texts).values()) == {"0000"}
