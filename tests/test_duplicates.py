from scripts.duplicates import Text, find

_STORY = " ".join(f"word{number}" for number in range(60))


def test_the_earliest_stays():
    texts = [
        Text("a", "", _STORY),
        Text("b", "2025-05-02", f"REUTERS - {_STORY} more"),
        Text("c", "2025-05-01", f"\n{_STORY}\n"),
        Text("d", "2025-04-01", " ".join(reversed(_STORY.split()))),
    ]
    assert find(texts) == {"a": "c", "b": "c"}


def test_short_texts_only_if_they_are_the_same():
    texts = [Text("a", "", "Hello."), Text("b", "", "Hello.\n"), Text("c", "", "Hello you."), Text("d", "", "")]
    assert find(texts) == {"b": "a"}


def test_nothing():
    assert find([]) == {}
    assert find([Text("a", "", "...")]) == {}


def test_more_documents_than_fit_at_once():
    texts = [Text(f"{number:04}", "", f"{_STORY} {number}") for number in range(1_100)]
    assert set(find(texts).values()) == {"0000"}
