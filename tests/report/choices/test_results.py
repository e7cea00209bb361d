"""The numbers of a view that chooses a group of documents are those of the pipeline's own tables."""

from collections import Counter, defaultdict
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from scripts.core.known_sources import parse_known
from scripts.core.lexicons import stop_words
from scripts.core.storage import read_parquet
from scripts.framing.balance import part, source_balance
from scripts.framing.comparisons import contrasts
from scripts.framing.corpus import FrameCorpus as Framing
from scripts.framing.prevalence import prevalence
from scripts.maths.bootstrap import document_weights
from scripts.report.choices import counts, results
from scripts.report.choices.corpus import choose, missing, others, statements_of
from scripts.report.choices.counts import count_words, with_names
from scripts.report.choices.results import OVERLAP, view_tables
from scripts.report.choices.view_files import Choice, SavedView
from scripts.sources.source_counts import SOURCE_COLUMNS
from scripts.sources.source_shares import share_tables
from scripts.speakers.speakers import speakers_by_group
from scripts.words.comparisons import WordComparison
from scripts.words.keyness import keyness_tables, left_out
from scripts.words.rates import chosen_words, rates_table
from tests.report.blocks import STATISTICS, WORDS
from tests.report.choices.made import FRAMES, GROUPS

SETTINGS = {"words": WORDS, **STATISTICS}
VIEW = SavedView("globe", Choice(groups=("Globe",)), "others")


@pytest.fixture(scope="module")
def made(made_corpus):
    return {
        name: table.to_pandas() for name, table in view_tables(made_corpus, VIEW, SETTINGS, scheme="generic")[1].items()
    }


def same(made, expected, key, columns):
    """Check that rows of both tables with the same key have the same numbers."""
    rows = made.set_index("name")[list(columns)]
    theirs = expected.set_index(key)[list(columns.values())].loc[rows.index]
    assert len(rows) > 2
    np.testing.assert_allclose(rows.to_numpy(float), theirs.to_numpy(float), rtol=1e-12)


ENDS = {"lo": "lo", "hi": "hi"}


@pytest.mark.parametrize("choice", [Choice(), Choice(words="tax*", take="statements")])
def test_pairs_are_counted_by_sentences_that_name_both_in_the_chosen_text(made_corpus, choice):
    chosen = choose(made_corpus, choice)
    named = defaultdict(set)
    for mention in made_corpus.mentions.itertuples():
        if mention.kind != "group" and chosen.text[mention.token]:
            named[mention.at].add(mention.name)
    pairs = Counter(" + ".join(pair) for names in named.values() for pair in combinations(sorted(names), 2))
    counted = counts.count_measures(made_corpus, chosen, scheme="generic")["pairs"]
    hits = with_names(counted, counted.names).hits
    assert dict(zip(counted.names, hits.sum(axis=0), strict=True)) == pairs
    assert len(counted.names) > 3 and "Paris + school" in counted.names
    assert counted.shared.sum() == (chosen.sentences & made_corpus.documents["parsed"][made_corpus.document_of]).sum()


@pytest.mark.parametrize(("side", "group"), [*zip("AB", GROUPS, strict=True)])
def test_speakers_of_a_group(made, made_tables, made_corpus, side, group):
    parsed = made_corpus.documents[made_corpus.documents["parsed"]].set_index("doc_id")["group"]
    table = speakers_by_group(read_parquet(made_tables / "quotes.parquet").to_pandas(), parsed)
    shares = made["view_shares"].query("measure == 'speakers'")
    shares = shares[shares["side"] == side]
    columns = {"n": "words", "estimate": "share", **ENDS}
    same(shares, table[table["group"] == group].query("words > 0"), "speaker", columns)


def test_kinds_of_a_group_and_their_contrasts(made, made_tables, made_corpus):
    documents = made_corpus.documents[made_corpus.documents["sources"]]
    groups = dict(zip(documents["doc_id"], documents["group"], strict=True))
    tables = share_tables(
        read_parquet(made_tables / "quote_sources.parquet").select(SOURCE_COLUMNS), groups, parse_known("", b"name\n")
    )
    shares, compared = (tables[name].to_pandas() for name in ("source_shares", "source_contrasts"))
    for measure, name in (
        ("kinds", "words"),
        ("kind_statements", "statements"),
        ("direct", "direct"),
        ("first", "first"),
    ):
        for side, group in zip("AB", GROUPS, strict=True):
            theirs = shares[(shares["group"] == group) & (shares["measure"] == name)]
            own = made["view_shares"]
            own = own[(own["side"] == side) & (own["measure"] == measure)]
            same(own, theirs, "value", {"n": "n", "total": "total", "estimate": "estimate", **ENDS})
        theirs = compared[compared["measure"] == name]
        own = made["view_contrasts"][made["view_contrasts"]["measure"] == measure]
        same(
            own,
            theirs,
            "value",
            {"share": "share", "share_other": "share_other", "estimate": "estimate", "p": "p", **ENDS},
        )


def test_evenness_of_a_group(made, made_tables, made_corpus):
    documents = made_corpus.documents[made_corpus.documents["parsed"]].reset_index(drop=True)
    quotes = read_parquet(made_tables / "quotes.parquet").to_pandas()
    names = sorted({*quotes["speaker"]})
    quotes = quotes.astype({"doc_id": "category", "speaker": "category"})
    number = pd.Index(names).get_indexer(quotes["speaker"].cat.categories)
    data = Framing(documents, None, None, None, document_weights(documents["doc_id"].tolist()))
    balance = source_balance(data, [part(quotes, pd.Index(documents["doc_id"]), number, first=0)], names)
    counted = made_corpus.documents[made_corpus.documents["sources"]]
    groups = dict(zip(counted["doc_id"], counted["group"], strict=True))
    rows = read_parquet(made_tables / "quote_sources.parquet").select(SOURCE_COLUMNS)
    diversity = share_tables(rows, groups, parse_known("", b"name\n"))["source_diversity"].to_pandas()
    shares = made["view_shares"].set_index(["side", "measure", "name"])
    for side, group in zip("AB", GROUPS, strict=True):
        (theirs,) = balance[balance["group"] == group].to_dict("records")
        mine = shares.loc[(side, "evenness", "speakers")]
        assert (mine["n"], mine["total"]) == (theirs["n_speakers"], theirs["words"])
        np.testing.assert_allclose(*([row[name] for name in ("estimate", *ENDS)] for row in (mine, theirs)), rtol=1e-12)
        (theirs,) = diversity[diversity["group"] == group].to_dict("records")
        mine = shares.loc[(side, "effective", "kinds")]
        assert mine["n"] == theirs["n_values"] == 3
        np.testing.assert_allclose(*([row[name] for name in ("estimate", *ENDS)] for row in (mine, theirs)), rtol=1e-12)
        evenness = shares.loc[(side, "evenness", "kinds")]
        assert evenness["estimate"] == pytest.approx(theirs["evenness"], rel=1e-12)
        assert 0 < evenness["lo"] < evenness["estimate"] < 1


def test_frames_of_a_group_and_their_contrasts(made, made_corpus):
    n_sentences = np.bincount(made_corpus.document_of[made_corpus.counts])
    documents = made_corpus.documents.assign(n_sentences=n_sentences, n_words=0)
    parsed = documents[documents["parsed"]].reset_index(drop=True)
    cues = made_corpus.cues.assign(
        doc_id=made_corpus.cues["doc_id"].astype(str), frame=made_corpus.cues["frame"].astype(str)
    )
    counts = pd.crosstab(cues["doc_id"], cues["frame"]).reindex(parsed["doc_id"], fill_value=0)[list(FRAMES)].to_numpy()
    frames = pd.DataFrame({"scheme": "generic", "frame": FRAMES})
    data = Framing(parsed, frames, counts, counts, document_weights(parsed["doc_id"].tolist()))
    shares = prevalence(data)
    own = made["view_shares"].query("side == 'B' and measure == 'frames'")
    same(own, shares[shares["group"] == "Post"], "frame", {"n": "n", "estimate": "estimate", **ENDS})
    own = made["view_contrasts"].query("measure == 'frames'")
    same(own, contrasts(data), "frame", {"estimate": "estimate", "p": "p", "q": "q", **ENDS})


def test_words_and_key_words_of_a_group(made, made_corpus):
    words, (everything,) = count_words(made_corpus, [choose(made_corpus, Choice())])
    groups = made_corpus.documents.set_index("doc_id")["group"].loc[words.documents].to_numpy()
    inside = groups == "Globe"
    assert everything.all()
    most = chosen_words(words, words=(), most=200, stop=stop_words(WORDS))
    rates = rates_table(words, groups.tolist(), "group", most, **STATISTICS["bootstrap"]).to_pandas()
    own = made["view_shares"].query("side == 'A' and measure == 'words'")
    columns = {"n": "count", "estimate": "estimate", "documents": "documents", "lo": "boot_lo", "hi": "boot_hi"}
    same(own, rates[rates["group"] == "Globe"], "word", columns)
    weights = document_weights(words.documents, **STATISTICS["bootstrap"])
    comparison = WordComparison("group", "Globe", "Post", inside, ~inside)
    outlets = set(made_corpus.documents["outlet"])
    stop = left_out(WORDS, words.vocabulary, outlets)
    table, _ = keyness_tables(words, comparison, stop=stop, weights=weights, **STATISTICS["keyness"])
    own = made["view_key_words"].rename(columns={"word": "name"})
    assert own["name"].tolist() == table["word"].to_pylist() and not {"post", "globe", "9am"} & {*own["name"]}
    columns = {"count": "count_target", "estimate": "estimate", "q": "q", "lo": "boot_lo", "hi": "boot_hi"}
    same(own, table.to_pandas(), "word", columns)
    assert {*own["method"]} == {"bootstrap over documents 95 %, agreeing with p"}


def test_a_name_with_most_on_one_side_has_what_it_has_on_the_other(made, made_corpus, monkeypatch):
    monkeypatch.setattr(counts, "MOST", 1)
    rows = view_tables(made_corpus, VIEW, SETTINGS, scheme="generic")[1]["view_contrasts"].to_pylist()
    rows = {(row["measure"], row["name"]): (row["share"], row["share_other"]) for row in rows}
    every = made["view_contrasts"].set_index(["measure", "name"])[["share", "share_other"]]
    assert len(rows) > len({measure for measure, _ in rows})
    for key, shares in rows.items():
        assert shares == pytest.approx(tuple(every.loc[key])) and min(shares) > 0


def test_what_is_not_tested_is_not_ruled_out(made_corpus, monkeypatch):
    monkeypatch.setattr(results, "ENOUGH", 10_000)
    monkeypatch.setattr(
        results, "difference_interval", lambda *shares: (np.full(len(shares[2]), 0.1), np.full(len(shares[2]), 0.2))
    )
    monkeypatch.setattr(results, "_p", lambda side, *_: (np.full(len(side.names), 0.01), "permutation"))
    rows = view_tables(made_corpus, VIEW, SETTINGS, scheme="generic")[1]["view_contrasts"].to_pylist()
    assert {(row["p"], row["lo"]) for row in rows} <= {(None, None), (None, 0.0)}


def test_sides_with_the_same_documents_are_not_tested(made_corpus):
    view = SavedView("tax", Choice(words="tax*", take="sentences"), "others")
    rows = view_tables(made_corpus, view, SETTINGS, scheme="generic")[1]["view_contrasts"].to_pylist()
    assert {row["p"] for row in rows} == {None} and OVERLAP in {row["method"] for row in rows}
    assert all(row["lo"] is None for row in rows if row["method"] == OVERLAP)


def test_a_speaker_is_chosen_with_any_apostrophe(made_corpus):
    corpus = made_corpus._replace(statements=made_corpus.statements.assign(speaker="Pat O’Hara"))
    assert statements_of(corpus, Choice(speaker="o'hara")).all() and not missing(corpus, Choice(speaker="O´Hara"))


def test_names_are_chosen_as_they_are_over_the_corpus_however_a_text_writes_them(made_corpus):
    mentions = made_corpus.mentions.copy()
    first = mentions.index[mentions["name"] == "bridge"][0]
    mentions.loc[first, "name"], mentions.loc[mentions["name"] == "school", "kind"] = "Tower Bridge", ""
    corpus = made_corpus._replace(mentions=mentions)
    chosen = choose(corpus, Choice(naming="tower", take="sentences"))
    assert np.flatnonzero(chosen.sentences).tolist() == [mentions.loc[first, "at"]]
    assert np.flatnonzero(choose(corpus, Choice(naming="tower")).documents).tolist() == [
        mentions.loc[first, "document"]
    ]
    tokens = made_corpus.mentions.loc[made_corpus.mentions["name"] == "bridge", "token"]
    rows = {
        piece.row
        for piece in made_corpus.pieces.itertuples()
        if tokens.between(piece.token, piece.token + piece.length - 1).any()
    }
    statements = choose(made_corpus, Choice(naming="bridge", take="statements")).statements
    assert 0 < len(rows) < len(statements) and {*np.flatnonzero(statements)} == rows
    assert missing(corpus, Choice(naming="school")) == ["nothing with 'school' in its name is mentioned"]
    assert not missing(corpus, Choice(naming="school | tower"))


def test_a_choice_of_statements_counts_the_words_names_and_cues_inside_them(made_corpus, made_tables):
    quotes = read_parquet(made_tables / "quotes.parquet").to_pandas()
    places = {
        (quote.doc_id, at)
        for quote in quotes[quotes["speaker"].str.contains("lee", case=False)].itertuples()
        for start, end in quote.content_spans
        for at in range(start, end)
    }

    tokens = read_parquet(made_tables / "tokens.parquet").to_pandas()
    spans = zip(tokens["doc_id"], tokens["start"], tokens["end"], strict=True)
    tokens = tokens[[any((doc_id, at) in places for at in range(start, end)) for doc_id, start, end in spans]]
    starts = {*zip(tokens["doc_id"], tokens["start"], strict=True)}

    def inside(name):
        rows = read_parquet(made_tables / f"{name}.parquet").to_pandas()
        return rows[[place in starts for place in zip(rows["doc_id"], rows["start"], strict=True)]]

    chosen = choose(made_corpus, Choice(speaker="lee", take="statements"))
    cues = inside("frame_codes").drop_duplicates(["doc_id", "sentence", "frame"])
    assert 0 < (n_words := tokens["is_word"].sum()) == counts.sizes(made_corpus, chosen).sum()
    assert 0 < (tokens["norm"] == "tax").sum() == counts.count_query(made_corpus, chosen, "tax").hits.sum()
    frames = counts.count_measures(made_corpus, chosen, scheme="generic")["frames"]
    assert 0 < len(cues) == frames.hits.sum() < chosen.sentences.sum() == frames.shared.sum()
    assert 0 < len(inside("entities")) == counts.count_names(made_corpus, chosen).hits.sum()
    everything = counts.sizes(made_corpus, choose(made_corpus, Choice())).sum()
    assert counts.sizes(made_corpus, others(made_corpus, Choice(), chosen)).sum() == everything - n_words
    rest = others(made_corpus, Choice(speaker="lee", take="statements"), chosen)
    assert [*rest.statements] == [*~chosen.statements] and not (rest.text & chosen.text).any()
    spoken = choose(made_corpus, Choice(take="statements"))
    assert spoken.statements.all() and 0 < counts.sizes(made_corpus, spoken).sum() < everything
    assert [*spoken.text] == [*(rest.text | chosen.text)]


def test_who_only_refuses_to_comment_is_not_quoted(made_corpus, made_tables):
    quotes = read_parquet(made_tables / "quotes.parquet").to_pandas()
    places = {}
    for are_silent, rows in quotes.groupby(quotes["type"] == "no comment"):
        places[are_silent] = {*zip(rows["speaker"], rows["doc_id"], strict=True)}
    assert places[True] - places[False]
    for name in quotes["speaker"][quotes["speaker"] != ""].unique():
        for take in ("", "statements"):
            chosen = choose(made_corpus, Choice(speaker=name, take=take)).documents
            doc_ids = {*made_corpus.documents["doc_id"][chosen]}
            assert doc_ids == {doc_id for speaker, doc_id in places[False] if speaker == name}
