"""The answer that opens the report: cards with their bars, facts, and what is weak, by the rows of the tables."""

import math
import re

import pytest

from scripts.report.summary import summarise

NAN = math.nan
LIN = {"speaker": "Lin Jian", "speaker_type": "person", "role": "spokesperson", "n_quotes": 3, "words": 40,
       "words_direct": 30, "words_indirect": 10, "share": 0.4, "lo": 0.2, "hi": 0.6, "direct_share": 0.75}  # fmt: skip
WANG = {"speaker": "Wang", "speaker_type": "person", "n_quotes": 1, "words": 20, "words_direct": 20,
        "words_indirect": 0, "share": 0.2, "lo": NAN, "hi": NAN, "direct_share": 1.0}  # fmt: skip
SOURCES = {"speaker": "sources", "speaker_type": "unnamed", "n_quotes": 1, "words": 10, "words_direct": 0,
           "words_indirect": 10, "share": 0.1, "lo": NAN, "hi": NAN, "direct_share": 0.0}  # fmt: skip


@pytest.fixture
def summary(store):
    def of(**tables):
        return summarise(store(**{"documents": documents(3), "speakers": [], "problems": []} | tables))

    return of


def documents(n, **columns):
    return [{"doc_id": f"{at:03}", "n_sentences": 2, "n_words": 600} | columns for at in range(n)]


def frame(name, n, estimate, **columns):
    return {"group": "(all)", "scheme": "generic", "frame": name, "n": n, "estimate": estimate, "lo": 0.1, "hi": 0.3,
            **columns}  # fmt: skip


def weak(opening):
    return "\n".join(map(str, opening.weak))


def test_the_opening_names_the_first_three_stories_with_short_titles(summary):
    titles = ["Harbour closed", "x" * 200, "Ferry found", "Bridge opened"]
    stories = summary(stories=[{"story": str(at), "title": title} for at, title in enumerate(titles)]).stories
    assert stories[::2] == ["Harbour closed", "Ferry found"] and len(stories) == 3
    assert stories[1].startswith("x" * 80) and len(stories[1]) <= 91
    assert summary(stories=[]).stories == []


def test_the_longest_bar_or_interval_fills_the_card_and_the_dark_part_is_in_quotation_marks(summary):
    speakers = summary(speakers=[LIN, WANG, SOURCES]).cards[0]
    shares = {line.name: (round(line.share, 9), round(line.dark, 9)) for line in speakers.lines}
    assert speakers.longest == 0.6
    # The end of Lin Jian's interval, 60%, is as long as the card.
    assert shares == {"Lin Jian": (0.4, 0.3), "Wang": (0.2, 0.2), "sources": (0.1, 0)}
    assert (speakers.lines[0].lo, speakers.lines[0].hi) == (0.2, 0.6)
    assert [line.shown for line in speakers.lines] == ["40%", "20%", "10%"]
    assert [line.interval for line in speakers.lines] == ["20% to 60%", "", ""]
    assert [line.detail for line in speakers.lines] == ["spokesperson", "person", "unnamed"]


def test_a_speaker_without_words_has_no_bar(summary):
    silent = WANG | {"words": 0, "words_direct": 0, "share": 0.0, "speaker_type": ""}
    lines = summary(speakers=[LIN, silent]).cards[0].lines
    assert (lines[1].share, lines[1].dark, lines[1].detail) == (0, 0, "")


def test_five_speakers_have_a_line_each(summary):
    card = summary(speakers=[LIN | {"speaker": f"s{at}"} for at in range(9)]).cards[0]
    assert [line.name for line in card.lines] == ["s0", "s1", "s2", "s3", "s4"]


def test_a_line_leads_to_the_statements_of_its_speaker(summary):
    lines = summary(speakers=[LIN, WANG]).cards[0].lines
    assert [line.rows for line in lines] == [("quotes", ["speaker"], [name]) for name in ("Lin Jian", "Wang")]


@pytest.mark.parametrize(
    ("first", "sentence"),
    [
        (LIN, "<strong>Lin Jian</strong>, spokesperson, is quoted most, with 40% of all words attributed to anyone "
              "(95% interval 20% to 60%)."),
        (WANG, "<strong>Wang</strong> is quoted most, with 20% of all words attributed to anyone."),
        (WANG | {"share": 0.1}, "<strong>Wang</strong> is quoted most, with 10% of all"),
        (WANG | {"share": 0.09}, "No voice dominates: the most quoted, <strong>Wang</strong> has 9.0% of all"),
        (LIN | {"speaker_type": "group", "speaker": "experts", "share": 0.05, "role": ""},
         "No voice dominates: the most quoted, <strong>experts</strong> have 5.0% of all"),
        (LIN | {"speaker_type": "group", "speaker": "experts", "role": ""},
         "<strong>Experts</strong> are quoted most, with 40% of all"),
        (LIN | {"speaker_type": "document", "speaker": "unnamed reports", "role": ""},
         "<strong>Unnamed reports</strong> are quoted most, with 40% of all"),
        (SOURCES, "10% of all words attributed to anyone. Nobody is quoted in quotation marks."),
    ],
)  # fmt: skip
def test_the_headline_names_the_first_speaker(summary, first, sentence):
    assert sentence in summary(speakers=[first]).headline


def test_a_corpus_without_a_statement_has_nobody_quoted(summary):
    opening = summary()
    assert opening.totals == ""
    assert opening.headline == "Nobody is quoted in 3 documents."
    assert [card.lines for card in opening.cards] == [[], [], []]


def test_frames_stand_by_share(summary):
    opening = summary(
        frame_prevalence=[frame("human_interest", 2, 0.2), frame("war", 9, 0.9, scheme="own"),
                          frame("conflict", 4, 0.4), frame("morality", 0, 0.9),
                          frame("economic", 2, 0.3, group="Globe")],
    )  # fmt: skip
    card = opening.cards[1]
    assert [(line.name, line.shown, round(line.share, 9), line.dark) for line in card.lines] == [
        ("conflict", "40%", 0.4, 0.0),
        ("human interest", "20%", 0.2, 0.0),
    ]
    assert card.lines[0].interval == "10% to 30%"
    assert card.lines[0].rows == ("frame_codes", ["scheme", "frame"], ["generic", "conflict"])
    assert "not validated" in card.unit
    cued = "The commonest frame is <strong>conflict</strong> (40% of sentences have a word that often goes with it)."
    assert cued in opening.headline


def test_equal_frames_stand_by_sentences_and_then_by_name(summary):
    rows = [frame("b", 2, 0.2), frame("a", 2, 0.2), frame("c", 3, 0.2)]
    opening = summary(frame_prevalence=rows)
    assert [line.name for line in opening.cards[1].lines] == ["c", "a", "b"]
    assert re.findall("<strong>(.)</strong>", opening.headline) == ["c"]


CODED = {"group": "(all)", "scheme": "generic", "unit": "sentence", "n": 10}


def test_shares_by_coders_stand_beside_those_of_cues_and_lead_if_they_tell_the_machines_error(summary):
    prevalence = [frame("a", 2, 0.2), frame("b", 2, 0.4)]
    sharp = [
        CODED | {"frame": "a", "machine": 0.2, "estimate": 0.6, "lo": 0.5, "hi": 0.7},
        CODED | {"frame": "b", "machine": 0.4, "estimate": 0.1, "lo": 0.05, "hi": 0.15},
    ]
    opening = summary(frame_prevalence=prevalence, frame_corrected=sharp)
    card = opening.cards[1]
    assert [(line.name, line.shown, line.interval, line.beside) for line in card.lines] == [
        ("a", "60%", "50% to 70%", "20% (95% interval 10% to 30%)"),
        ("b", "10%", "5.0% to 15.0%", "40% (95% interval 10% to 30%)"),
    ]
    assert card.unit.startswith("As corrected by the coders&#39; codes: ") and card.beside == "By the machine"
    assert "<strong>a</strong> (60% of sentences)" in opening.headline and "corrected by" in opening.headline
    wide = [sharp[0] | {"lo": 0.2, "hi": 0.9}, sharp[1]]
    few = [sharp[0], sharp[1] | {"n": 9}]
    alone = [sharp[1]]
    for corrected in (wide, few, alone):
        opening = summary(frame_prevalence=prevalence, frame_corrected=corrected)
        card = opening.cards[1]
        assert [(line.name, line.shown) for line in card.lines] == [("b", "40%"), ("a", "20%")]
        assert card.unit.startswith("By the machine: ") and card.beside == "As corrected by the coders' codes"
        n = corrected[-1]["n"]
        assert card.lines[0].beside.startswith(f"10% (95% interval 5.0% to 15.0%), from {n} coded sentences")
        assert "<strong>b</strong> (40% of sentences have" in opening.headline
    for none in ([each | {"group": "Globe"} for each in sharp], [each | {"unit": "article"} for each in sharp],
                 [each | {"estimate": NAN} for each in sharp]):  # fmt: skip
        card = summary(frame_prevalence=prevalence, frame_corrected=none).cards[1]
        assert [(line.name, line.shown, line.beside) for line in card.lines] == [("b", "40%", ""), ("a", "20%", "")]
        assert "not validated" in card.unit


def test_names_stand_by_mentions_and_groups_of_people_are_left_out(summary):
    entity = {"kind": "person", "documents": 2, "n_documents": 3, "estimate": 1.25, "lo": 0.5, "hi": 2.0}
    rows = [
        entity | {"name": "Xi", "mentions": 4},
        entity | {"name": "Abe", "mentions": 4},
        *(entity | {"name": f"Nation {at}", "kind": "group", "mentions": 99} for at in range(5)),
        entity | {"name": "Rome", "kind": "place", "mentions": 1, "lo": NAN, "hi": NAN},
    ]
    lines = summary(entities_corpus=rows).cards[2].lines
    assert [(line.name, line.share, line.shown, line.interval) for line in lines] == [
        ("Abe", 4, "4", ""),
        ("Xi", 4, "4", ""),
        ("Rome", 1, "1", ""),
    ]
    assert {line.dark for line in lines} == {0}
    assert lines[2].detail == "place"
    assert lines[0].rows == ("entity_mentions", ["name"], ["Abe"])
    many = [rows[0] | {"name": f"n{at}"} for at in range(9)]
    assert len(summary(entities_corpus=many).cards[2].lines) == 5


def test_the_facts_count_the_tables(summary):
    texts = documents(2, date="2024-03-05T10:00") + [
        {"doc_id": "x", "date": "2024-01-02", "n_words": 1, "duplicate_of": "000"}
    ]
    facts = summary(documents=texts, speakers=[LIN, WANG]).facts
    assert [fact[:2] for fact in facts] == [
        ("3", "documents"),
        ("4", "statements"),
        ("2", "speakers"),
        ("2024-01-02 to 2024-03-05", "published"),
    ]
    alone = summary(documents=documents(1, date="2024-03-05"), speakers=[LIN | {"n_quotes": 1}]).facts
    assert [fact[:2] for fact in alone] == [
        ("1", "document"),
        ("1", "statement"),
        ("1", "speaker"),
        ("2024-03-05", "published"),
    ]
    assert len(summary().facts) == 3
    silent = WANG | {"n_quotes": 0, "n_no_comment": 1, "words": 0}
    assert summary(speakers=[LIN, silent]).facts[2][:2] == ("1", "speaker")
    # All but the dates lead to what they count.
    assert [bool(fact.rows or fact.href) for fact in facts] == [True] * 3 + [False]
    assert facts[0].rows == ("documents of a group", ["value"], ["(all)"], "documents")


@pytest.mark.parametrize(
    ("n", "warning"),
    [(1, "This is a single document."), (2, "2 documents are too few for intervals, which need 5"),
     (4, "4 documents are too few for intervals, which need 5"), (5, "5 documents are few: intervals are wide"),
     (19, "19 documents are few: intervals are wide"), (20, "")],
)  # fmt: skip
def test_few_documents_are_a_weakness(summary, n, warning):
    text = weak(summary(documents=documents(n)))
    assert warning in text
    assert text.count(" few") + text.count("single document.") == (1 if warning else 0)


def test_few_long_documents_are_a_weakness(summary):
    even, long, longer = (documents(39) + [{"doc_id": "x", "n_words": 600 * times}] for times in (1, 38, 39))
    assert weak(summary(documents=even)) == "" and "half of all words" not in weak(summary(documents=long[35:]))
    text = "{} out of 40 {} half of all words: shares rest on a few long documents"
    assert text.format("2 documents", "hold") in weak(summary(documents=long))
    assert text.format("1 document", "holds") in weak(summary(documents=longer))


def test_repeats_problems_and_unnamed_sources_are_weaknesses(summary):
    texts = [*documents(20), {"doc_id": "x", "duplicate_of": "000"}, {"doc_id": "y", "duplicate_of": "000"}]
    problems = [{"severity": severity} for severity in ("error", "warning", "warning", "info")]
    text = weak(summary(documents=texts, problems=problems, speakers=[LIN, SOURCES, WANG | {"speaker_type": "group"}]))
    polls = WANG | {"speaker": "unnamed polls", "speaker_type": "document"}
    assert "20% of the attributed words belong to sources without a name" in weak(summary(speakers=[LIN, polls]))
    assert "2 documents repeat earlier ones" in text
    assert "1 document repeats an earlier one and is still counted" in weak(summary(documents=texts[:-1]))
    assert 'Your files gave 1 error and 2 warnings: <a href="#problems">see problems</a>.' in text
    assert "30% of the attributed words belong to sources without a name or to groups" in text
    assert "Your files gave 1 error: " in weak(summary(problems=problems[:1]))
    assert "Your files gave 1 warning: " in weak(summary(problems=problems[1:2]))
    none = weak(summary(documents=documents(20), speakers=[LIN], problems=problems[3:]))
    assert none == ""


def test_wire_copy_is_a_weakness_with_how_to_leave_it_out(summary):
    origins = [{"doc_id": f"{at:03}", "origin": "wire" if at < 2 else "own"} for at in range(20)]
    text = weak(summary(documents=documents(20), document_origins=origins))
    assert text.startswith('2 documents out of 20 are <a href="#table-document_origins">copy from news agencies')
    assert "to leave them out, choose <i>own reporting</i> under <i>origin</i> in the bar above." in text
    assert "1 document out of 20 is <a" in weak(summary(documents=documents(20), document_origins=origins[1:]))
    assert weak(summary(documents=documents(20), document_origins=origins[2:])) == ""


def test_no_document_is_the_only_weakness(summary):
    opening = summary(documents=[])
    assert "No document could be analysed" in opening.headline
    assert "Put articles into the folder" in opening.verdict and "single document" not in weak(opening)


def test_a_checked_sample_gives_the_verdict_on_this_corpus(summary):
    checked = {"step": "speakers", "by": "", "n": 90}
    right = checked | {"measure": "precision", "estimate": 0.9, "lo": 0.8, "hi": 0.95}
    recall = checked | {"measure": "recall", "estimate": 0.7, "lo": 0.6, "hi": 0.8}
    by_type = right | {"by": "type", "estimate": 0.1}
    text = str(summary(accuracy=[right, by_type, recall]).verdict)
    assert "90% (95% interval 80% to 95%) are by the speaker named; of all statements, 70%" in text
    assert 'href="#review"' in text and "how often" not in text
    assert "of all statements" not in str(summary(accuracy=[right]).verdict)
    assert "statements, 90% are by the speaker" in str(summary(accuracy=[right | {"lo": 0.9, "hi": 0.9}]).verdict)
    assert "how often" in str(summary(accuracy=[]).verdict)
    assert "how often" in str(summary(accuracy=[right | {"step": "names"}]).verdict)


SHARED = {"share": "speaker", "group": "(all)", "n": 12}
LIN_SHARP = SHARED | {"value": "Lin Jian", "machine": 0.4, "estimate": 0.15, "lo": 0.1, "hi": 0.2}
WANG_SHARP = SHARED | {"value": "Wang", "machine": 0.2, "estimate": 0.5, "lo": 0.4, "hi": 0.6}


def test_corrected_shares_lead_if_their_intervals_are_narrower_than_the_machines_error(summary):
    opening = summary(
        speakers=[LIN, WANG], corrected_shares=[LIN_SHARP, WANG_SHARP, WANG_SHARP | {"group": "North", "estimate": 0.9}]
    )
    card = opening.cards[0]
    assert [(line.name, line.shown, line.interval, line.beside) for line in card.lines] == [
        ("Wang", "50%", "40% to 60%", "20%"),
        ("Lin Jian", "15%", "10% to 20%", "40% (95% interval 20% to 60%)"),
    ]
    assert [round(line.dark, 9) for line in card.lines] == [0.5, round(0.75 * 0.15, 9)]
    assert card.unit.startswith("As corrected by a reviewed sample: ") and card.beside == "By the machine"
    assert card.order.startswith("Corrected shares are shown beside the machine's and never replace them. They come")
    assert card.order.endswith("narrower than the machine's error, as it is here.")
    assert opening.headline == (
        "<strong>Wang</strong> is quoted most, with 50% of all words attributed to anyone, corrected by 12 reviewed "
        "rows (95% interval 40% to 60%); the machine’s count puts Lin Jian first, with 40%."
    )
    same = summary(speakers=[LIN], corrected_shares=[LIN_SHARP]).headline
    assert "with 15% of all words attributed to anyone, corrected by 12 reviewed rows" in same
    assert same.endswith("; the machine’s count gives 40%.")


@pytest.mark.parametrize(
    ("lin", "wang", "why"),
    [
        ({"lo": 0.032, "hi": 0.3}, {}, "the interval of the first is not narrower than the machine's error"),
        ({"n": 9}, {}, "the first rests on fewer than 10 rows"),
        ({"estimate": NAN}, {}, "the first has no corrected share"),
        ({}, {"n": 9}, "not all that are shown are known so well"),
        ({}, {"lo": 0.3, "hi": 0.7}, "not all that are shown are known so well"),
        ({}, {"estimate": NAN}, "not all that are shown are known so well"),
        ({}, {"group": "North"}, "not all that are shown are known so well"),
        ({}, {"share": "frame"}, "not all that are shown are known so well"),
    ],
)
def test_else_the_machines_shares_lead_and_the_card_says_why(summary, lin, wang, why):
    opening = summary(speakers=[LIN, WANG], corrected_shares=[LIN_SHARP | lin, WANG_SHARP | wang])
    card = opening.cards[0]
    assert [(line.name, line.shown) for line in card.lines] == [("Lin Jian", "40%"), ("Wang", "20%")]
    assert card.lines[0].beside.startswith("15% (95% interval ") == ("estimate" not in lin)
    assert (f", from {lin.get('n', 12)} reviewed rows" in card.lines[0].beside) == ("estimate" not in lin)
    assert ("too few to quote" in card.lines[0].beside) == ("n" in lin)
    assert card.unit.startswith("By the machine: ") and card.beside == "As corrected by a reviewed sample"
    assert card.order.endswith(f"; here they do not, since {why}.")
    assert opening.headline.startswith("<strong>Lin Jian</strong>, spokesperson, is quoted most, with 40% of all words "
                                       "attributed to anyone, by the machine’s count (95% interval 20%")  # fmt: skip
    interval = "3.2% to 30.0%" if "lo" in lin else "10% to 20%"
    corrected = f"Corrected by hand, that share is 15% (95% interval {interval})."
    assert opening.headline.endswith(corrected) == (not {"n", "estimate"} & lin.keys())


def test_one_more_article_changes_no_order_in_silence(summary):
    """A speaker whom the sample does not know comes among the first five: the machine leads before and after."""
    many = [LIN | {"speaker": f"S{at}", "share": 0.3 - at / 100} for at in range(5)]
    wide = [SHARED | {"value": f"S{at}", "machine": 0.3 - at / 100, "estimate": 0.05 + at / 100, "lo": 0.03, "hi": 0.4}
            for at in range(5)]  # fmt: skip
    before = summary(speakers=many, corrected_shares=wide).cards[0]
    new = [*many[:2], LIN | {"speaker": "new", "share": 0.285}, *many[2:]]
    after = summary(speakers=new, corrected_shares=wide).cards[0]
    assert [line.name for line in before.lines] == ["S0", "S1", "S2", "S3", "S4"]
    assert [line.name for line in after.lines] == ["S0", "S1", "new", "S2", "S3"]
    assert {line.shown for line in before.lines} >= {line.shown for line in after.lines if line.name != "new"}
    assert [bool(line.beside) for line in after.lines] == [True, True, False, True, True]


def test_a_sample_brings_nobody_in_whom_the_machine_hardly_heard(summary):
    many = [WANG | {"speaker": f"S{n}", "share": 0.1} for n in range(4)]
    late = SHARED | {"value": "Sue", "machine": 0.01, "estimate": 0.9, "lo": 0.85, "hi": 0.95}
    others = [WANG_SHARP | {"value": each["speaker"], "estimate": 0.1} for each in many]
    opening = summary(
        speakers=[LIN, *many, WANG | {"speaker": "Sue", "share": 0.01}], corrected_shares=[LIN_SHARP, late, *others]
    )
    assert {line.name for line in opening.cards[0].lines} == {"Lin Jian", "S0", "S1", "S2", "S3"}


def test_all_speakers_are_counted_whoever_is_corrected(summary):
    speakers = [LIN | {"speaker": f"S{at}"} for at in range(7)]
    sharp = SHARED | {"machine": 0.4, "lo": 0.1, "hi": 0.11}
    corrected = [sharp | {"value": f"S{at}", "estimate": 0.1 * at} for at in range(7)]
    opening = summary(speakers=speakers, corrected_shares=corrected)
    assert [fact[:2] for fact in opening.facts[1:3]] == [("21", "statements"), ("7", "speakers")]
    nobody = summary(speakers=[], corrected_shares=corrected).cards[0]
    assert "corrected" not in nobody.unit and nobody.beside == ""


def test_the_span_of_the_dates_is_from_the_first_to_the_last(summary):
    texts = [{"doc_id": str(at), "date": f"2024-01-0{day}"} for at, day in enumerate((7, 2, 2))]
    assert summary(documents=texts).facts[-1][:2] == ("2024-01-02 to 2024-01-07", "published")
    texts.append({"doc_id": "undated"})
    assert summary(documents=texts).facts[-1][:2] == ("2024-01-02 to 2024-01-07", "published (3 with a date)")


def test_a_frame_of_a_single_sentence_is_shown_and_without_frames_nothing_is_corrected(summary):
    corrected = [{"group": "(all)", "scheme": "generic", "frame": "war", "estimate": 0.5, "lo": 0.25, "hi": 0.75}]
    assert [line.name for line in summary(frame_prevalence=[frame("law", 1, 0.1)]).cards[1].lines] == ["law"]
    empty = summary(frame_prevalence=[], frame_corrected=corrected).cards[1]
    assert "not validated" in empty.unit and empty.lines == []
