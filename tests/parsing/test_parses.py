"""The parse keeps the tokens it was given, whatever the batch."""

from dataclasses import asdict
from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.parsing import parses
from scripts.parsing.parses import annotate, parse, parse_tables, spacy_doc, with_names_in_s
from scripts.parsing.tokens import segmented_doc
from tests.conftest import ARTICLE


def test_article(article):
    assert len(article.word) == len(article.tag) == len(article.head) == 773
    assert all(article.tag)
    says = [i for i, lemma in enumerate(article.lemma) if lemma == "say"]
    assert [article.norm[i] for i in says] == ["said", "say"]
    subjects = [
        article.slice(i, i + 1) for i, dep in enumerate(article.dep) if dep == "nsubj" and article.head[i] in says
    ]
    assert subjects == ["Lin", "analysts"]


def test_heads_stay_in_their_sentence(article):
    assert all(article.sentence[i] == article.sentence[head] for i, head in enumerate(article.head))


def test_company_changes_nothing(nlp, article):
    text = ARTICLE.read_text(encoding="utf-8")
    others = [("x", "A short text."), ("", ""), (article.doc_id, text), ("y", "Another one, he said.")]
    assert asdict(list(annotate(nlp, others))[2]) == asdict(article)


def test_long_documents_go_in_pieces(nlp, article, monkeypatch):
    monkeypatch.setattr(parses, "_PIECE_TOKENS", 10)
    doc = next(parse(nlp, [segmented_doc("x", article.text)]))
    assert len(doc.tag) == len(article.tag)
    assert all(abs(head - i) < 10 for i, head in enumerate(doc.head))


def test_a_piece_of_a_document_has_its_spaces(nlp):
    doc = segmented_doc("d", "It rained. He left.")
    assert [spacy_doc(nlp, doc, *piece).text for piece in ((0, 3), (3, 6))] == ["It rained. ", "He left."]


def test_progress_is_told_after_ten_seconds_and_then_less_and_less_often(nlp, monkeypatch, capsys):
    clock = iter([0, 4, 10, 15, 19, 20, 60])
    monkeypatch.setattr(parses, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    docs = [segmented_doc(name, "It rained.") for name in "abcdef"]
    keys = {doc.doc_id: f"key of {doc.doc_id}" for doc in docs}
    tokens, rows = parse_tables(lambda: nlp, lambda: docs, keys, [*keys], {})
    assert (tokens.num_rows, rows["tokens"].to_pylist()) == (18, [3] * 6)
    assert [line.strip() for line in capsys.readouterr().out.splitlines()] == [
        "parsed 2 of 6 articles, 20 s left",
        "parsed 5 of 6 articles, 4 s left",
        "parsed 6 of 6 articles, 0 s left",
    ]


@settings(max_examples=25)
@given(st.lists(st.text(max_size=80), max_size=4))
def test_any_text_parses(nlp, texts):
    for doc in annotate(nlp, [(str(n), text) for n, text in enumerate(texts)]):
        assert len(doc.word) == len(doc.pos) == len(doc.head) == len(doc.lemma)
        assert all(doc.pos)


def test_the_model_of_the_plan_is_loaded_before_the_fork_once(tmp_path, monkeypatch):
    loaded = []
    monkeypatch.setattr(parses, "check_planned", lambda *_: None)
    monkeypatch.setattr(parses, "load_model", loaded.append)
    stage = tmp_path / "parses.json"
    stage.write_text('{"model": {"name": "a model", "sha256": "00"}}', encoding="utf-8")
    parses._load_planned.cache_clear()
    for batch in "01":
        parses.before_fork(["--documents", batch, "--settings", str(stage)])
    assert loaded == ["a model"]


def test_a_name_in_s_is_no_plural_where_it_is_a_name_more_often():
    words, tags = ["Sanders", "Farmers", "Sanders", "Farmers"], ["NNP", "NNS", "NNS", "NNPS"]
    lemmas = ["Sanders", "farmer", "sander", "Farmers"]
    assert with_names_in_s(words, tags, lemmas) == lemmas
    assert with_names_in_s([*words, "Sanders"], [*tags, "NNP"], [*lemmas, "Sanders"])[2] == "Sanders"


def test_listed_plurals_have_the_lemma_of_the_list(nlp):
    (doc,) = annotate(
        nlp, [("d", "Taxes rose on rare species. The media asked for data on bases, and the axes broke.")]
    )
    lemmas = dict(zip(doc.word, doc.lemma, strict=True))
    assert [lemmas[word] for word in ("Taxes", "species", "media", "data", "bases")] == [
        "tax", "species", "media", "data", "base",
    ]  # fmt: skip
    assert lemmas["axes"] == "axis"
