"""The author of a document that is the source of a statement."""

from dataclasses import replace

import pytest

from scripts.attribution.authors import author_of, introduced_by
from scripts.attribution.marked import mark
from scripts.attribution.tree import build_tree
from scripts.entities.recognition import find_entities
from scripts.parsing.parses import annotate


@pytest.mark.parametrize(
    ("text", "noun", "author"),
    [
        ("Trump's statement said the attack failed.", "statement", "Trump"),
        ("A report by UpGuard, a firm, said records leaked.", "report", "UpGuard"),
        ("A paper released on Monday by the World Bank said so.", "paper", "World Bank"),
        ("A NATO press release said it was agreed.", "release", "NATO"),
        ("Her letter to Mark Smith said he was late.", "letter", "Her"),
        ("Their letter said he was late.", "letter", None),
        ("A letter to Mark Smith said he was late.", "letter", None),
        ("The Mueller report said it was so.", "report", None),
        ("A Senate bill says taxes rise.", "bill", None),
        ("Mark Smith's indictment says he lied.", "indictment", None),
        ("NATO figures said it was agreed.", "figures", None),
        ("Trump's aide said it was agreed.", "aide", None),
        ("A letter seen by Reuters said it was agreed.", "letter", None),
    ],
)
def test_author(nlp, text, noun, author):
    (doc,) = annotate(nlp, [("a.txt", text)])
    doc = replace(doc, mentions=find_entities(doc))
    named = author_of(doc, build_tree(doc), doc.word.index(noun))
    words = doc.word[named] if isinstance(named, int) else named and doc.slice(named.first, named.last)
    assert words == author


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("Anna Weber sent a letter to the mayor. The letter said it was late.", "Weber"),
        ("She left. Anna Weber filed a complaint. It rained. The complaint is long. The complaint said no.", "Weber"),
        ("In a statement, Anna Weber said no. The statement said it was late.", "Weber"),
        ("Anna Weber joined the miners in a letter to the mayor. The letter said it was late.", "Weber"),
        ("The affidavit was filed by Anna Weber. Friday's affidavit said it was late.", "Weber"),
        ("A memo that Anna Weber wrote was found. The memo said it was late.", "Weber"),
        ("The UN published a report. This week the report said it was late.", "UN"),
        ("A UN report was read. The report said it was late.", "UN"),
        ("The UN issued a press release. The press release said it was late.", "UN"),
        # Somebody else's, or nobody's.
        ("Anna Weber sent a letter. A letter was found. The letter said it was late.", None),
        ("Anna Weber sent a letter. Miners sent a letter. The letter said it was late.", "Miners"),
        ("Anna Weber read a letter from a miner. The letter said it was late.", None),
        ("Anna Weber received a letter. The letter said it was late.", None),
        ("Anna Weber wants to file a lawsuit. The lawsuit said it was late.", None),
        ("Anna Weber said no in a report. The report said it was late.", None),
        ("The UN published a report. This report said it was late.", None),
        ("Anna Weber sent a letter. The miners' letter said it was late.", None),
        ("Anna Weber sent a letter. A letter said it was late.", None),
        ("Anna Weber sent a letter. The second letter said it was late.", None),
        ("Anna Weber runs a website. The website said it was late.", None),
    ],
)
def test_author_told_where_a_document_is_introduced(nlp, text, author):
    (doc,) = annotate(nlp, [("a.txt", text)])
    doc = replace(doc, mentions=find_entities(doc))
    last = max(token for token, pos in enumerate(doc.pos) if pos == "NOUN" and doc.word[token + 1] == "said")
    named = introduced_by(mark(doc), last)
    assert (doc.word[named] if isinstance(named, int) else named and doc.slice(named.first, named.last)) == author
