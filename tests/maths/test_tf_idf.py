import pytest

from scripts.maths.tf_idf import inverse_document_frequency, tf_idf
from tests import references


def test_published_tf_idf():
    cases = references.published("tfidf_prop_log10", "idf_log10")
    assert len(cases) == 3
    for statistic, inputs, expected, tolerance, name in cases:
        if statistic == "idf_log10":
            value = inverse_document_frequency(inputs["df"], inputs["N"])
        else:
            texts = [text.split() for text in inputs["docs"]]
            text = texts[inputs["doc"]]
            documents = sum(inputs["term"] in words for words in texts)
            value = tf_idf(text.count(inputs["term"]) / len(text), documents, len(texts))
        assert value == pytest.approx(expected, abs=tolerance), name


def test_quanteda_tf_idf():
    names = list(references.addresses())
    for row in references.rows("quanteda/dfm_tfidf.csv"):
        counts = references.frequency_by_address()[row["feature"]]
        count, documents = counts[names.index(row["doc_id"])], sum(map(bool, counts))
        assert count == int(row["count"])
        assert tf_idf(count, documents, 12) == pytest.approx(float(row["tfidf"]), rel=1e-9)
        share = count / len(references.addresses()[row["doc_id"]])
        assert tf_idf(share, documents, 12) == pytest.approx(float(row["tfidf_prop"]), rel=1e-9)
