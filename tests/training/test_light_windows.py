"""Windows from which the network of `light` learns: syntax, labels and the teacher's vectors; and its packed file."""

import numpy as np
import pytest

from scripts.attribution.network_weights import light_network
from scripts.parsing.base_encoder import encode_windows
from scripts.parsing.parses import annotate
from scripts.parsing.word_pieces import LONGEST_WINDOW, windows
from tests.made_encoder import WIDTH, tiny_encoder
from training import light_file
from training.light_file import of_each_relation, pack
from training.light_windows import of_document, symbols_of

TEXT = "Mayor Ann said the harbour would close.\n\nIt rained."


@pytest.fixture(scope="module")
def doc(nlp):
    return next(annotate(nlp, [("d", TEXT)]))


def test_of_texts_the_paragraphs_of_speech_with_what_the_teacher_sees(doc):
    teacher, symbols = tiny_encoder(), symbols_of(set(doc.tag), set(doc.dep))
    (of_window,) = of_document({"doc_id": "d", "text": TEXT}, doc, teacher, symbols)
    (window,) = windows(doc, teacher.vocabulary, paragraphs=[0])
    ((_, vectors),) = encode_windows(iter([(window, window.places)]), teacher)
    assert of_window["vectors"].shape == (LONGEST_WINDOW, WIDTH)
    assert of_window["vectors"][window.places] == pytest.approx(vectors, abs=0.01)
    assert not of_window["vectors"][window.places[-1] + 2 :].any()
    assert not of_window["is_gold"]
    verb = window.places[window.tokens.index(doc.word.index("said"))]
    mayor = window.places[window.tokens.index(doc.word.index("Ann"))]
    assert of_window["above"][mayor] == verb
    assert [*symbols.tags][of_window["tag"][verb]] == "VBD"


def test_of_gold_all_paragraphs_with_their_labels(doc):
    teacher, symbols = tiny_encoder(), symbols_of(set(doc.tag), set(doc.dep))
    at = {"start": TEXT.index("the"), "end": TEXT.index(".")}
    at |= {"speaker_start": 0, "speaker_end": TEXT.index(" said"), "cue_start": TEXT.index("said")}
    row = {"doc_id": "d", "text": TEXT, "quotes": [at | {"cue_end": at["cue_start"] + 4}]}
    (of_window,) = of_document(row, doc, teacher, symbols)
    (window,) = windows(doc, teacher.vocabulary)
    assert of_window["is_gold"]
    assert (of_window["pieces"] > 0).sum() == len([piece for piece in window.pieces if piece > 0])
    assert of_window["labels"][:, 0].sum() == len(["the", "harbour", "would", "close"])


def test_symbols_have_none_first():
    symbols = symbols_of({"VBD", "", "NN"}, {"ROOT"})
    assert (symbols.tags, symbols.dependencies) == ({"": 0, "NN": 1, "VBD": 2}, {"": 0, "ROOT": 1})


def test_a_relation_adds_what_its_bits_do():
    added = np.array([[1.0, 10.0], [2.0, 20.0], [4.0, 40.0]])
    assert of_each_relation(added).tolist() == [[0, 1, 2, 3, 4, 5, 6, 7], [0, 10, 20, 30, 40, 50, 60, 70]]


def test_a_packed_checkpoint_is_read_as_it_was(tmp_path, monkeypatch):
    tiny, draw = tiny_encoder(token=(WIDTH, 6)), np.random.default_rng(3)
    names = [*tiny.vocabulary.pieces]
    (tmp_path / "vocab.txt").write_text("\n".join(names) + "\n", encoding="utf-8")
    monkeypatch.setattr(light_file, "base_file", tmp_path.joinpath)
    checkpoint = {name: getattr(tiny, name) for name in ("pieces", "places", "gain", "bias")}
    checkpoint |= {"tags": np.array(["", "NN"]), "dependencies": np.array(["", "dobj"])}
    checkpoint |= {name: draw.normal(size=(2, WIDTH)) for name in ("of_tag", "of_dependency")}
    layer = {name: of.T for name, of in tiny.layers[0]._asdict().items() if of is not None}
    checkpoint |= {f"0.{name}": of for name, of in layer.items()} | {"0.related": draw.normal(size=(5, 1))}
    read = light_network(pack(checkpoint | {"heads.token": tiny.heads["token"]}))
    assert [*read.vocabulary.pieces] == names
    assert read.pieces == pytest.approx(tiny.pieces, abs=0.01)
    assert read.layers[0].widen == pytest.approx(tiny.layers[0].widen, abs=0.001)
    assert read.layers[0].related[0, 0b10010] == pytest.approx(checkpoint["0.related"][[1, 4]].sum(), abs=0.01)
    assert read.heads["token"] == pytest.approx(tiny.heads["token"], abs=0.001)
    assert read.symbols.tags == {"": 0, "NN": 1}
