import sys

from scripts.stories.topic_words import parse_topics
from scripts.stories.topics_template import TEMPLATE, main


def test_the_example_is_a_file_of_topics_without_a_fault(tmp_path, monkeypatch):
    file = tmp_path / "topics.yaml"
    monkeypatch.setattr(sys, "argv", ["topics_template", "--file", str(file)])
    main()
    topics, problems = parse_topics(file, file.read_bytes())
    assert [topic.name for topic in topics] == ["taxes", "public health"] and problems == []
    assert file.read_bytes() == TEMPLATE.read_bytes()
