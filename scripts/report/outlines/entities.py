"""Section on entities: people, places and organisations that are named."""

from scripts.report import derived
from scripts.report.outlines.outline import Outline
from scripts.report.tables import Link, View

_TOGETHER = View(
    "cooccurrence",
    "Named together in a sentence",
    (
        "name1=one", "name2=other", "n=sentences", "expected=expected by chance", "npmi=NPMI",
        "q=adjusted p (Benjamini-Hochberg)", "documents", "doc_id=document", "sentence=first",
    ),
    (
        Link("name1", "entity_mentions", ("name1",), ("name",), live=True),
        Link("name2", "entity_mentions", ("name2",), ("name",), live=True),
        Link("n", "names together", ("name1", "name2"), live=True),
        Link("documents", "names together", ("name1", "name2"), unit="documents", live=True),
    ),
    where="unit == 'sentence'",
)  # fmt: skip
_BY_DOCUMENT = View(
    "entities_documents",
    "Mentions by document",
    ("name", "kind", "doc_id=document", "mentions"),
    (
        Link("name", "entity_mentions", ("name",), live=True),
        Link("mentions", "entity_mentions", ("name", "doc_id")),
    ),
    order=("-mentions", "name", "kind", "doc_id"),
)

ENTITIES = Outline(
    "entities",
    "People, places, organisations",
    "Who and what is named, with one name for one thing, by whom, and together with whom.",
    (
        ("entities", "entities_corpus"),
        ("entity_network", _TOGETHER),
        ("entity_documents", _BY_DOCUMENT),
    ),
    (
        View(
            "entities_corpus",
            "Entities, by mentions",
            (
                "name", "kind", "mentions", "documents", "estimate~lo~hi=per 1,000 words", "subject=as subject",
                "quoted=in quotes", "written=as written",
            ),
            (
                Link("name", "entity_mentions", ("name",), live=True),
                Link("mentions", "entity_mentions", ("name",)),
                Link("documents", "entity_mentions", ("name",), unit="documents", live=True),
                Link("quoted", "entity_mentions", ("name",), ("name", "side"), ("quoted",), live=True),
            ),
            least=20,
        ),
        View(
            "speaker_entity",
            "Who speaks about whom",
            (
                "speaker", "name=about", "kind", "n=statements about it", "n_quotes=of statements",
                "estimate~lo~hi=share", "doc_id=document", "sentence=first",
            ),
            (
                Link("speaker", "quotes", ("speaker",), live=True),
                Link("name", "entity_mentions", ("name",), live=True),
                Link("n", "said about", ("speaker", "name"), live=True),
                Link("n_quotes", "quotes", ("speaker",), ("speaker", "side"), ("all",), live=True),
            ),
        ),
    ),
    (
        View(
            "entities",
            "Mentions, of the most frequent names first",
            ("entity=name", "text=as written", "label", "doc_id=document", "sentence"),
            (Link("entity", "entities", ("entity",)),),
            rows=derived.mentions,
            marks="mentions",
        ),
    ),
    "No named entity was found in these documents.",
)  # fmt: skip
