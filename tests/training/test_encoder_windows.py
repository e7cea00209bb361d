"""Labels of windows: what is learned from speech and from attitudes, and which pieces stand for each other."""

import numpy as np

from scripts.entities.recognition import with_raw_mentions
from scripts.parsing.parses import annotate
from scripts.parsing.word_pieces import read_vocabulary, windows
from training.encoder_windows import ALIKE, arrays, kinds_of_pieces, labelled

TEXT = "Smith said it rains. Smith wants it to rain."
WORDS = ["smith", "said", "it", "rains", "wants", "to", "rain", "."]
LISTED = [word for words in ALIKE for word in words.split()]
VOCABULARY = read_vocabulary(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *WORDS, *LISTED])


def gold(speaker, cue, content, **more):
    row = {}
    for name, words in (("speaker_", speaker), ("cue_", cue), ("", content)):
        start = TEXT.index(words)
        row |= {f"{name}start": start, f"{name}end": start + len(words)}
    return row | more


def test_a_cue_of_an_attitude_has_a_label_of_its_own_and_is_no_case_for_the_others(nlp):
    doc = next(annotate(nlp, [("d", TEXT)]))
    quotes = [gold("Smith", "said", "it rains"), gold("Smith", "wants", "it to rain", ignore=True)]
    (window,) = windows(doc, VOCABULARY)
    of_window = arrays(window, labelled({"quotes": quotes}, doc))
    place = dict(zip(window.tokens, window.places, strict=True))
    of_speech, of_attitude = place[doc.word.index("said")], place[doc.word.index("wants")]
    assert of_window["labels"][of_speech].tolist() == [0, 0, 0, 1, 0, 0]
    assert of_window["labels"][of_attitude].tolist() == [0, 0, 0, 0, 0, 1]
    assert of_window["counted"][of_speech].tolist() == [1, 1, 1, 1, 1, 1]
    assert of_window["counted"][of_attitude].tolist() == [1, 1, 1, 0, 1, 1]
    assert sorted(of_window["cues"][of_window["cues"] >= 0]) == [of_speech, of_attitude]
    assert of_window["seen"][:2].sum((1, 2)).tolist() == [3 + 1 + 1 + 1, 2 + 1 + 1 + 1]


def test_pieces_of_names_and_titles_have_a_kind(nlp):
    (parsed,) = annotate(nlp, [("d", "Smith said it rains. Alice Smith wants it to rain in Paris.")])
    doc = with_raw_mentions(parsed)
    kinds = kinds_of_pieces([doc], VOCABULARY)
    assert kinds[VOCABULARY.pieces["smith"]] == 1
    assert kinds[VOCABULARY.pieces["said"]] == kinds[VOCABULARY.pieces["it"]] == 0
    assert kinds[VOCABULARY.pieces["senator"]] == kinds[VOCABULARY.pieces["minister"]] == 3
    assert len(set(kinds.tolist())) == 2 + len(ALIKE)
    assert kinds.dtype == np.uint8
