import json
import subprocess
import sys

import pytest

from scripts.core.storage import ROOT
from scripts.documents.__main__ import before_fork
from scripts.documents.language import _is_english, by_model, detect, identifier, kept_answers, remembered
from tests.core.test_recorded import damage


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


@pytest.mark.parametrize(
    ("of_thirds", "words", "is_english"),
    [
        ((7, 1, 1), 60, True),  # 15 % of all, 5 % of each third
        ((6, 1, 1), 60, False),
        ((7, 1, 1), 59, False),
        ((0, 8, 2), 60, False),
        ((8, 0, 2), 60, False),
        ((8, 2, 0), 60, False),
        ((6, 6, 3), 100, True),
        ((6, 6, 2), 100, False),
    ],
)
def test_a_text_is_english_by_function_words_in_all_of_it(of_thirds, words, is_english):
    third = words // 3
    parts = [["The"] * n + ["lorem"] * (third - n) for n in of_thirds]
    rest = ["lorem"] * (words - 3 * third)
    assert _is_english(" ".join(word for part in (*parts, rest) for word in part)) is is_english


def test_english_by_its_function_words_is_what_the_model_says(eval_dir):
    for name, fewest in {"ner/wwnews_dev.docs.jsonl": 130, "quotes/polnear_dev.jsonl": 70}.items():
        with (eval_dir / name).open(encoding="utf-8") as lines:
            texts = [json.loads(line)["text"] for line, _ in zip(lines, range(160), strict=False)]
        sure = [text for text in texts if _is_english(text[:1000])]
        assert len(sure) >= fewest
        assert {by_model(text) for text in sure} == {"en"}


@pytest.mark.parametrize("language", ["de", "fr", "es", "nl", "da", "pl"])
def test_an_english_quotation_does_not_make_a_text_english(language):
    sentence = {
        "de": "Der Minister sagte am Donnerstag, die Gespräche über den Haushalt würden bald fortgesetzt.",
        "fr": "Le ministre a déclaré jeudi que les pourparlers sur le budget se poursuivraient bientôt.",
        "es": "El ministro dijo el jueves que las conversaciones sobre el presupuesto continuarían pronto.",
        "nl": "De minister zei donderdag dat de gesprekken over de begroting of de lonen snel zouden doorgaan.",
        "da": "Ministeren sagde torsdag, at samtalerne om budgettet for de to byer snart ville fortsætte.",
        "pl": "Minister powiedział w czwartek, że to już koniec rozmów o budżecie, a to źle dla kraju.",
    }[language]
    text = " ".join(
        [sentence] * 4 + ["Walk the line, they said to the man who was with the band of this town."] + [sentence] * 4
    )
    assert detect(text) == by_model(text) == language


def test_the_job_imports_the_model_only_to_ask_it():
    # An argument of a process must be ASCII in some locales.
    code = r"""
import sys
from scripts.documents.language import detect
english = "The minister said that they would talk to the people of this town, and the mayor was with them. " * 5
assert detect(english) == "en" and "py3langid" not in sys.modules
assert detect("Der Minister sagte am Donnerstag, die Gespr\xe4che w\xfcrden fortgesetzt.") == "de"
assert "py3langid" in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


@pytest.mark.parametrize(("documents", "fingerprint", "loaded"), [(63, b"2", 0), (64, b"2", 1), (64, b"1", 0)])
def test_the_model_is_loaded_before_a_large_new_batch_alone(documents, fingerprint, loaded, tmp_path):
    manifest, stage = tmp_path / "manifest.jsonl", tmp_path / "documents.json"
    manifest.write_text("{}\n" * documents, encoding="utf-8")
    stage.write_bytes(fingerprint)
    with remembered(tmp_path / "documents.kept", b"1"):
        pass
    identifier.cache_clear()
    before_fork(
        ["--manifest", str(manifest), "--documents", str(tmp_path / "documents.parquet"), "--settings", str(stage)]
    )
    assert identifier.cache_info().currsize == loaded


_GERMAN, _FRENCH = "Der Minister sprach am Donnerstag lange.", "Le ministre a parlé longtemps jeudi."


def _asked(path, fingerprint, *texts):
    """Return the languages of texts, and how often the model was asked for them."""
    identifier.cache_clear()
    with remembered(path, fingerprint):
        languages = [detect(text) for text in texts]
    return languages, identifier.cache_info().misses + identifier.cache_info().hits


def test_an_answer_of_the_model_is_kept_for_the_next_run(tmp_path):
    path = tmp_path / "documents.kept"
    assert _asked(path, b"1", _GERMAN, _FRENCH) == (["de", "fr"], 2)
    assert _asked(path, b"1", _GERMAN) == (["de"], 0)
    assert _asked(path, b"1", _GERMAN, _FRENCH) == (["de", "fr"], 1)  # the last run did not have the other text
    assert _asked(path, b"2", _GERMAN) == (["de"], 1)


def test_a_damaged_memory_of_answers_tells_nothing(tmp_path):
    path = tmp_path / "documents.kept"
    _asked(path, b"1", _GERMAN)
    damage(path)
    assert kept_answers(path, b"1") is None
    path.write_bytes(b"\xff")
    assert _asked(path, b"1", _GERMAN) == (["de"], 1)
