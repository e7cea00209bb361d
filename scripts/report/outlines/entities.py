"""Section on entities: people, places and organisations that are named."""

from scripts.report import derived
from scripts.report.outlines.outline import Outline
from scripts.report.tables import Link, View

_TOGETHER = View(
    "cooccurrence",
    "Named together in a sentence",
    (
        "name1=one", "name2=other", "n=sentences", "expected=expected by chance", "npmi=NPMI",
        "q=adjusted p (Benjamini-Hochberg)", "documents", "doc_id=document", "sentence=first sentence",
    ),
    (
        Link("name1", "entity_mentions", ("name1",), ("name",), live=True),
        Link("name2", "entity_mentions", ("name2",), ("name",), live=True),
        Link("n", "names together", ("name1", "name2"), live=True),
        Link("documents", "names together", ("name1", "name2"), unit="documents", live=True),
    ),
    where="unit == 'sentence'",
    note="A row is two names. NPMI is 1 if they are only named together, 0 if as often as by chance, −1 if never. The "
    "first sentence with both is linked.",
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
    note="A row is a name in one document.",
)

ENTITIES = Outline(
    "entities",
    "People, places, organisations",
    "Who and what is named, each under one name, who speaks about them, and who is named together with whom.",
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
            note="A row is a person, place, organisation or group, under one name. The spellings that were joined to "
            "it are in the last column; names that do not belong together can be kept apart in config.yaml.",
        ),
        View(
            "speaker_entity",
            "Who speaks about whom",
            (
                "speaker", "name=about", "kind", "n=statements that name it", "n_quotes=of",
                "estimate~lo~hi=share", "doc_id=document", "sentence=first sentence",
            ),
            (
                Link("speaker", "quotes", ("speaker",), live=True),
                Link("name", "entity_mentions", ("name",), live=True),
                Link("n", "said about", ("speaker", "name"), live=True),
                Link("n_quotes", "quotes", ("speaker",), ("speaker", "side"), ("all",), live=True),
            ),
            note="A row is a speaker and a name: in how many of the speaker's statements the name occurs. The first "
            "such sentence is linked.",
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
            note="A row is a mention as the text has it. Labels: PERSON, ORG (organisation), GPE (country, region or "
            "city), LOC (other place), NORP (nationality, religion or party).",
        ),
    ),
    "No named entity was found in these documents.",
)  # fmt: skip
