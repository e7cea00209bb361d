"""The author of a document that is the source of a statement."""

from dataclasses import replace

import pytest

from scripts.attribution.authors import author_of
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
    ],
)
def test_author(nlp, text, noun, author):
    (doc,) = annotate(nlp, [("a.txt", text)])
    doc = replace(doc, mentions=find_entities(doc))
    named = author_of(doc, build_tree(doc), doc.word.index(noun))
    words = doc.word[named] if isinstance(named, int) else named and doc.slice(named.first, named.last)
    assert words == author
