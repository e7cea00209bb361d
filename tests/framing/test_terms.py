"""The linter of terms, and sentences without a cue."""

from scripts.framing.corpus import code_documents, frames_of
from scripts.framing.terms import coverage, frame_terms, patterns, term_hits, without_cues
from scripts.maths.document_shares import METHOD, share_interval, sums_of
from scripts.maths.intervals import TOO_FEW
from tests.framing.made import codes, documents


def test_linter_names_what_is_wrong(scheme):
    terms = ["blame", "Blame", ("bla*", []), "lemma:fault", "fault", "quiet", "loud"]
    cues = codes(*(("d0", at, "a") for at in range(10))).assign(term=["loud"] * 8 + ["blame"] * 2)
    schemes = [scheme(a=terms)]
    coded = code_documents(documents([20]), cues, frames_of(schemes))
    table = frame_terms(term_hits(coded, patterns(schemes)), schemes)
    lint = dict(zip(table["term"], table["lint"], strict=True))
    assert lint == {
        "blame": "shadowed by bla*",
        "Blame": "duplicate",
        "bla*": "never fires",
        "lemma:fault": "never fires",
        "fault": "shadowed by lemma:fault",
        "quiet": "never fires",
        "loud": "dominant",
    }


def test_sentences_without_a_cue_are_those_of_each_scheme_in_the_order_of_the_schemes(used):
    schemes = [used[0]._replace(name=name) for name in ("late", "early")]
    frames = frames_of(schemes)
    cues = codes(("d0", 0, "a"), *(("d0", at, "b") for at in range(3)))
    cues = cues.assign(scheme=["late", *["early"] * 3])
    table = coverage(without_cues(code_documents(documents([4]), cues, frames), frames), frames)
    assert table[["scheme", "n", "n_sentences"]].to_numpy().tolist() == [["late", 3, 4], ["early", 1, 4]]


def test_sentences_without_a_cue_have_the_interval_of_other_shares_over_documents(used):
    frames = frames_of(used)
    cues = codes(*((f"d{at}", 0, frame) for at in range(6) for frame in ("a", "b")))
    coded = code_documents(documents([4] * 7), cues, frames)
    row = coverage(without_cues(coded, frames), frames).iloc[0]
    assert (row["n_sentences"], row["n"], row["estimate"], row["method"]) == (28, 22, 22 / 28, METHOD)
    assert (row["lo"], row["hi"]) == share_interval(sums_of([3] * 6 + [4], [4] * 7))


def test_sentences_without_a_cue_of_few_documents_have_no_interval(used):
    frames = frames_of(used)
    # The fifth document has no sentence.
    coded = code_documents(documents([4, 4, 4, 4, 0]), codes(("d0", 0, "a")), frames)
    row = coverage(without_cues(coded, frames), frames).iloc[0]
    assert (row["n"], row["method"]) == (15, TOO_FEW)
    assert row[["lo", "hi"]].isna().all()
