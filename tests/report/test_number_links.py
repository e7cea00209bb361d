"""Every number of every table leads to its rows, or a reason is given why it does not."""

from scripts.report.views import views

LINKED, ROW, BESIDE = "linked", "describes its row, which leads there", "estimate, beside a number that is linked"
CODED = "counts what people coded or checked: their sheets are not in the page"
WORDS = "counts words, which are rows of the table of key words"
PLACE = "a number of a place or of a row of a sheet, no count"
REFERENCE = "length of a reference text, which is not in the page"
STEP = "counts what the rows of a step are: quotes.csv has them, and `counted by` names the numbers that lead to them"
PARSE = "counts by the parse, which is not in the page"
REPEATED = "counts places of a paragraph that is left out of the page's counts: boilerplate_places.csv has them"
STORY = "counts within stories: the table of the documents of each story has them"
TOPIC = "counts by the words of topics: the tables of their documents and statements have the rows"
DISCOVERED = "describes a topic that the machine found: topics_found_documents.csv has its documents"
# Tables of which a row is one statement, passage, document or pair of documents, and leads there.
ROWS = frozenset((
    "concordance", "diversity", "document_origins", "documents", "entities", "frame_codes", "name_links",
    "near_duplicates", "quote_reuse", "quote_sources", "quotes", "readability", "reference_coverage", "similarity",
    "story_documents", "topic_documents", "topic_statements", "unattributed",
))  # fmt: skip
# Reasons of other columns without a link, by table of the page.
REASONS = {
    "accuracy-here": {"n": CODED, "estimate": CODED},
    "accuracy-by-part": {"n": CODED, "estimate": CODED},
    "confidence-data": {"n": CODED, "estimate": CODED},
    "error-kinds": {"n": CODED, "estimate": CODED},
    "review_errors": {"row": PLACE},
    "review_problems": {"row": PLACE},
    "source_problems": {"row": PLACE},
    "frame_coding_problems": {"row": PLACE},
    "problems": {"offset": PLACE},
    "notes": {"n": "counts notes, each of which is a row of problems.csv"},
    "corrected_shares": dict.fromkeys(["n", "machine", "human", "estimate"], CODED),
    "corrected-frames": dict.fromkeys(["n", "rows", "machine", "human", "estimate"], CODED),
    "frame_corrected": dict.fromkeys(["n", "machine", "human", "estimate", "more"], CODED),
    "frame_reliability": {"n": CODED, "estimate": CODED},
    "frame_regression": dict.fromkeys(["n", "estimate", "q"], CODED),
    "frame_confusion": dict.fromkeys(["both", "machine_only", "human_only", "neither", "split"], CODED),
    "frame_term_precision": dict.fromkeys(["n", "right", "estimate"], CODED),
    "keyness_summary": dict.fromkeys(["tested", "significant", "survive"], WORDS),
    "entities_corpus": {"subject": PARSE},
    "ngrams": {"order": PLACE},
    "statement_totals": dict.fromkeys(["statements", "words", "documents"], STEP),
    "quote_families": {"family": PLACE},
    "quote_reuse": {"family": PLACE},
    "reference_coverage": {"first": PLACE, "last": PLACE},
    "reference_outlets": {"n_words": REFERENCE},
    "boilerplate": dict.fromkeys(["documents", "days", "statements", "words", "all_words", "mentions"], REPEATED),
    "stories": dict.fromkeys(["documents", "n_outlets"], STORY),
    "story_passages": {"documents": STORY},
    "story_speakers": dict.fromkeys(["words", "passages"], STORY),
    "story_contrasts": dict.fromkeys(["stories", "share", "share_other", "difference", "within", "choice", "q"], STORY),
    "story_pairs": {"stories": STORY},
    "topic_groups": dict.fromkeys(["documents", "n_documents", "estimate"], TOPIC),
    "topic_speakers": dict.fromkeys(["statements", "documents", "words", "share"], TOPIC),
    "topic_terms": dict.fromkeys(["hits", "documents", "alone", "share", "checked", "precision"], TOPIC),
    "topics_found": dict.fromkeys(["topic", "documents", "npmi", "seeds", "halves"], DISCOVERED),
}

VIEWS = {view.key: view for view in views()}


def columns(view):
    return {column.name for column in view.columns}


def linked(view):
    return {column.name for column in view.columns if column.link}


def fate(view, column):
    """Return where the numbers of a column lead, or the reason that they do not; "" for neither."""
    if column.name == "sentence" or column.link:
        return LINKED
    if reason := REASONS.get(view.key, {}).get(column.name):
        return reason
    if view.key in ROWS:
        return ROW
    has_link = any(each.link and each.dtype in ("int", "float") for each in view.columns)
    return BESIDE if has_link and column.dtype == "float" else ""


def fates(view):
    return {each.name: fate(view, each) for each in view.columns if each.dtype in ("int", "float")}


def test_tables_of_the_page_have_names_of_their_own():
    # Tables of statements, mentions and cues too, whose rows the page makes of the marks.
    assert len(VIEWS) == len(views())


def test_every_column_of_numbers_leads_to_its_rows_or_says_why_not():
    silent = [(view.key, column) for view in views() for column, reason in fates(view).items() if not reason]
    assert silent == [], "say in tables.yaml what the column opens, or a reason above"


def test_links_and_reasons_are_of_columns_that_the_table_shows():
    for name, reasons in REASONS.items():
        assert set(reasons) <= columns(VIEWS[name]), name
        assert not set(reasons) & linked(VIEWS[name]), name
    assert all("doc_id" in columns(VIEWS[name]) for name in ROWS)


def test_a_count_needs_a_link_of_its_own_and_an_estimate_one_beside_it():
    view = VIEWS["frame_prevalence"]
    expected = {"n": LINKED, "estimate": BESIDE, "documents": LINKED, "per_100_words": BESIDE}
    assert fates(view) == expected
    unlinked = tuple(each if each.name == "n" else each._replace(link=None) for each in view.columns)
    without = fates(view._replace(columns=unlinked))
    assert (without["documents"], without["estimate"]) == ("", BESIDE)
    none = tuple(each._replace(link=None) for each in view.columns)
    assert {*fates(view._replace(columns=none)).values()} == {""}
