import pytest

from scripts.documents.language import detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The minister said on Thursday that the talks would go on.", "en"),
        ("Der Minister sagte am Donnerstag, die Gespräche würden fortgesetzt.", "de"),
        ("Le ministre a déclaré jeudi que les pourparlers se poursuivraient.", "fr"),
        ("El ministro dijo el jueves que las conversaciones continuarían.", "es"),
        ("Министр заявил в четверг, что переговоры продолжатся.", "ru"),
        ("قال الوزير يوم الخميس إن المحادثات ستستمر.", "ar"),
        ("部长星期四表示，会谈将继续进行。", "zh"),
        ("Walkout", "und"),
        ("", "und"),
        ("12 34 56", "und"),
    ],
)
def test_languages(text, language):
    assert detect(text) == language
