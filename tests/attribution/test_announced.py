"""A paragraph after a question is the answer of who was asked, if the writer or a medium asks."""

import pytest

from scripts.attribution.document import find_quotes
from tests.attribution.named_docs import named_docs

ANSWER = "“The kilns were lit in March, and they have burned since then.”"


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("I asked Carla Finch how the kilns were lit.", "Carla Finch"),
        ("I asked the potter Carla Finch what she burns.", "Carla Finch"),
        ("We asked Finch if the kilns are safe.", "Carla Finch"),
        ("The BBC asked Finch whether the kilns are safe.", "Carla Finch"),
        ("Mayor Bo Marsh asked Finch whether the kilns are safe.", "Bo Marsh"),
    ],
)
def test_the_answer_is_by_who_was_asked(nlp, question, speaker):
    text = f"Carla Finch makes pots.\n\n{question}\n\n{ANSWER}\n\nThen it rained."
    [doc] = named_docs(nlp, [("d", text)])
    by_content = {doc.text[slice(*span)]: quote for quote in find_quotes(doc) for span in quote.content}
    assert by_content[ANSWER].speaker.name == speaker


@pytest.mark.parametrize(
    "text",
    [
        f"I asked Carla Finch to light the kilns.\n\n{ANSWER}",
        f"I asked Carla Finch how the kilns were lit. It rained.\n\n{ANSWER}",
        f"I asked a question that makes sense.\n\n{ANSWER}",
    ],
)
def test_nobody_answers_where_no_question_was_put_right_before(nlp, text):
    [doc] = named_docs(nlp, [("d", text)])
    assert not any(quote.speaker.name == "Carla Finch" for quote in find_quotes(doc, min_confidence=0.2))
