"""Sources that are no speakers: classes over all documents, bodies of somebody, names that were missed, roles."""

from dataclasses import replace

import pytest

from scripts.attribution.__main__ import quote_rows
from scripts.attribution.marked import mark
from scripts.attribution.people import find_people
from scripts.attribution.unnamed import missed_name, owner_of
from scripts.core.annotation import Mention
from tests.attribution.made_parse import made_parse
from tests.attribution.named_docs import named_docs

SPEAKERS = {
    "class": ("Senior officials said the dam was old.", ("unnamed officials", "Senior officials")),
    "one of a class": ("A woman said the dam was old.", ("unnamed women", "woman")),
    "counted": ("Dozens of shepherds said the ridge was dry.", ("unnamed shepherds", "shepherds")),
    "share": ("Fifty-nine percent said the ridge was dry.", ("unnamed people", "people")),
    "part": ("Most of the shepherds said the ridge was dry.", ("unnamed shepherds", "shepherds")),
    "attorney general": (
        "The Ohio attorney general said the road was closed.",
        ("unnamed attorneys general", "Ohio attorney general"),
    ),
    "with a hyphen": (
        "The Governor-General said the road was closed.",
        ("unnamed governors general", "Governor-General"),
    ),
    "several": (
        "Ten attorneys general said the road was closed.",
        ("unnamed attorneys general", "Ten attorneys general"),
    ),
    "acronym": ("An MP said the road was closed.", ("unnamed MPs", "MP")),
    "without a plural": ("The legislation says the road is closed.", ("unnamed legislation", "legislation")),
    "prime minister": (
        "The Prime Minister said the road was closed.",
        ("unnamed prime ministers", "Prime Minister"),
    ),
    "vice president": (
        "The firm's vice-president said the road was closed.",
        ("unnamed vice presidents", "firm's vice-president"),
    ),
    "soldier": ("A general said the road was closed.", ("unnamed generals", "general")),
    "police": ("Police said the road was closed.", ("unnamed police", "police")),
    "industry": ("The coal industry said the road was closed.", ("unnamed industries", "coal industry")),
    "broadcaster": ("State television said the road was closed.", ("unnamed television", "State television")),
    "soldiers": ("Security forces said the road was closed.", ("unnamed forces", "Security forces")),
    "rulers": ("The old regime said the road was closed.", ("unnamed regimes", "old regime")),
    "friend": ("One confidant said the road was closed.", ("unnamed confidants", "One confidant")),
    "rescuers": ("Local medics said the road was closed.", ("unnamed medics", "Local medics")),
    "document": ("A statement said the road was closed.", ("unnamed statements", "statement")),
    "campaign": ("Helen Marsh ran again. Her campaign said the poll was wrong.", ("Helen Marsh campaign",) * 2),
    "possessive": ("Helen Marsh ran again. Marsh's campaign said the poll was wrong.", ("Helen Marsh campaign",) * 2),
    "government": ("The government of Kenya said the road was closed.", ("Kenyan government",) * 2),
    "people's": ("The Kenyan government said the road was closed.", ("Kenyan government",) * 2),
    "without an adjective": ("The New Zealand government said it was closed.", ("New Zealand government",) * 2),
    "hyphen": ('"Stripes dazzle flies," said study co-author Martin Howe.', ("Martin Howe",) * 2),
    "language": ("She spoke at length. Hindi said: we will go home.", ("", "")),
    "thing": ("His body mass index said that he was ill.", ("", "")),
    "one of a party": (
        "A New Hampshire Republican said the vote was close.",
        ("unnamed Republicans", "New Hampshire Republican"),
    ),
    "the one of a party": (
        "The freshman Democrat said the vote was close.",
        ("unnamed Democrats", "freshman Democrat"),
    ),
    "one of a party with a name": ("A Republican, Mark Amodei, said the vote was close.", ("Mark Amodei",) * 2),
    "one of a nation": ("Another Iranian said the road was closed.", ("unnamed Iranians", "Iranian")),
    "of somebody with an office": (
        "A spokesman for the club's Secretary-General Enid Lowe said the road was closed.",
        ("unnamed spokesmen", "spokesman for the club's Secretary-General Enid Lowe"),
    ),
    "they": ("Divers have no lamps yet, but they say the reef is warm.", ("unnamed divers", "Divers")),
    "they of what was said": ("Tom Reed said that his hens were ill. They said it was the frost.", ("", "")),
    "paper": ("The Tennessean said the road was closed.", ("Tennessean", "Tennessean")),
    "movement": ("The Taliban said the road was closed.", ("Taliban", "Taliban")),
    "age": ("25-year-old Guzel said the road was closed.", ("Guzel", "Guzel")),
    "trade": ("Trade publication Variety said the road was closed.", ("Variety", "Variety")),
    "cut off": ("That longtime support cuts against another line: that the dam was old.", ("", "")),
    "title in a headline": ("SEN. MARSH OUTLINES KEY ISSUES FOR DAM HEARING", ("MARSH", "MARSH")),
    "office in a name": ("Assemblywoman Claudia Tenney said the vote was close.", ("Claudia Tenney",) * 2),
}


def rows_of(nlp, texts):
    docs = named_docs(nlp, texts.items())
    return {doc.doc_id: [row for row in quote_rows([doc]) if row["cue"]] for doc in docs}


@pytest.fixture(scope="module")
def rows(nlp):
    return rows_of(nlp, {name: text for name, (text, _) in SPEAKERS.items()})


@pytest.mark.parametrize("name", SPEAKERS)
def test_the_name_over_all_documents_and_in_this_one(rows, name):
    pairs = [(row["speaker"], row["speaker_in_document"]) for row in rows[name]]
    assert pairs[-1:] == [SPEAKERS[name][1]] or (SPEAKERS[name][1] == ("", "") and not any(map(any, pairs)))


ROLES = {
    "mayor of Linden": "Helen Marsh, also the mayor of Linden, said the budget was ready.",
    "Secretary": "Dear Secretary Helen Marsh, thank you. Marsh said the budget was ready.",
    "Mayor of London": "Mayor of London Sadiq Khan said the budget was ready.",
    "wife": "His wife Helen Marsh said the budget was ready.",
    "CNN": "CNN's Helen Marsh said the budget was ready.",
    "lead author": "'It rained,' said lead author Professor Helen Marsh.",
    "Sports Minister": "Sports Minister Datuk Seri Helen Marsh said the budget was ready.",
    "Senator": "Senators Helen Marsh said the budget was ready.",
    "Sen.": "Sens. Helen Marsh said the budget was ready. SENS. HELEN MARSH AND BO REED said it was due.",
    "host": "Helen Marsh, the host who left in June, said the budget was ready.",
    "former Secretary of State": "On Monday former Secretary of State John Kerry said the budget was ready.",
    "Secretary of the Interior": "Secretary of the Interior Ryan Zinke said the budget was ready.",
    "Democrat candidate for president": "Democrat candidate for president Helen Marsh said the budget was ready.",
    "Democratic 2020 hopeful Sen.": "Democratic 2020 hopeful Sen. Helen Marsh said the budget was ready.",
    "President": "A friend of President Helen Marsh left the hall early. Marsh said the dam was old.",
    "sixteen-year-old student": "Helen Marsh, a sixteen-year-old student, said the budget was ready.",
    "30-year veteran of the CIA": "Helen Marsh, a 30-year veteran of the CIA, said the budget was ready.",
    "chief of staff": "The chief of staff, Helen Marsh, said the budget was ready.",
    "First-time backer": "First-time backer Helen Marsh said the budget was ready.",
    "Chairman of the Committee on Banking, Housing and Urban Affairs": (
        '"It is over," said Helen Marsh, Chairman of the Committee on Banking, Housing and Urban Affairs, who has left.'
    ),
    "head of the Senate Fund": "Helen Marsh, head of the Senate Fund, a group, said the budget was ready.",
    "British ambassador": "British ambassador Sir Peter Marsh said the budget was ready.",
    "economist": "In a study, two economists -- Helen Marsh and Bo Ray -- said that the budget was ready.",
    "Center for Biological Diversity": (
        "Helen Marsh of the Center for Biological Diversity, an advocacy group, said the budget was ready."
    ),
    "Rural Fire Service": "Helen Marsh, from the Rural Fire Service, said the budget was ready.",
    "former chief inspector for the United Nations in Iraq": (
        "The former chief inspector for the United Nations in Iraq, Helen Marsh, said the budget was ready."
    ),
    "Palestinian head of security": "However the Palestinian head of security, Helen Marsh says the budget is ready.",
    "Deputy Minister of Mines and Energy": (
        "Speaking at the launch, Deputy Minister of Mines and Energy, Helen Marsh said the budget was ready."
    ),
    "executive director of the Salvadoran Association of Industrialists (ASI)": (
        "According to the executive director of the Salvadoran Association of Industrialists (ASI), Helen Marsh, "
        "the budget is ready."
    ),
    "Jammu and Kashmir Lieutenant Governor": (
        "The Jammu and Kashmir Lieutenant Governor, Helen Marsh on Monday said the budget was ready."
    ),
    "special envoy of the UN Secretary General on water": (
        "Its talks with its members and the special envoy of the UN Secretary General on water, Helen Marsh, went on. "
        "Marsh said the budget was ready."
    ),
    "President of the Ethnic Society of Australia": (
        "President of the Ethnic Society of Australia, Helen Marsh, said the budget was ready."
    ),
    "Post Editor-in-Chief": "Post Editor-in-Chief Helen Marsh said the budget was ready.",
    "Ambassador of Iraq": "The Ambassador of Iraq Dr. Helen Marsh said the budget was ready.",
    "Korean representative": "Korean representative Madam Helen Marsh said the budget was ready.",
    "Circuit Court President": "Circuit Court President Mr Justice Peter Marsh said the budget was ready.",
    "Royal commissioner": "Royal commissioner Justice Helen Marsh said the budget was ready.",
    "22-year-old student at Stanford": "Helen Marsh, then a 22-year-old student at Stanford, said it was ready.",
    "grandson of Prince Rainier and Grace Kelly": (
        "Pierre Casiraghi, grandson of Prince Rainier and Grace Kelly, and a sailor, said the budget was ready."
    ),
    "rider": "At a ceremony for young soldiers, Helen Marsh, a rider and sailor, said the budget was ready.",
    "commissioner for the military": (
        "Helen Marsh, the commissioner for the military, or Karl-Heinz Kamp, the president of the academy, "
        "said the budget was ready."
    ),
}
NO_ROLES = {
    "place": "Colorado's Helen Marsh said the budget was ready.",
    "feeling": "Helen Marsh, his sexuality, said the budget was ready.",
    "month": "Last June Helen Marsh said the budget was ready.",
    "honorific": "After much advice Mr. Robert Klein said the budget was ready.",
    "charges": "A judge dismissed the case against Helen Marsh, the very charges that made her known. Marsh said so.",
    "poll": "Poll: Helen Marsh said the budget was ready.",
    "knight": "Sir Peter Marsh said the budget was ready.",
    "madam": "Madam Helen Marsh said the budget was ready.",
    "another's": (
        "Helen Marsh ran again. General Louis Roe, a Republican fundraiser Marsh appointed to the post two months "
        "prior, instituted new policies. Marsh said the budget was ready."
    ),
    "superlative": "Helen Marsh ran. He is the most able candidate Marsh argues. Marsh said the budget was ready.",
    "rank in a list": "The world tennis number one Helen Marsh said the budget was ready.",
    "tag": "The minister, Helen Marsh said, had left the hall early. Marsh said the budget was ready.",
    "whom somebody met": "He had met the mayor, Helen Marsh said. Marsh said the budget was ready.",
    "where somebody was": "Bo Ray saw Helen Marsh at the State Department. Marsh said the budget was ready.",
    "from what somebody was kept": "It kept Helen Marsh from the FIFA board. Marsh said the budget was ready.",
    "of the last of two": "Bo Clinton and Mia Trump, Don Trump's wife, sent recipes. Bo Clinton said they were good.",
}


@pytest.fixture(scope="module")
def roles(nlp):
    rows = rows_of(nlp, {**ROLES, **NO_ROLES})
    return {name: {row["role"] for row in of_text} for name, of_text in rows.items()}


@pytest.mark.parametrize("role", ROLES)
def test_what_says_who_somebody_is(roles, role):
    assert roles[role] == {role}


@pytest.mark.parametrize("name", NO_ROLES)
def test_what_does_not(roles, name):
    assert roles[name] == {""}


@pytest.mark.parametrize("body", ["conservative legal group", "local news site"])
def test_a_body_that_is_called_a_group_is_no_person(nlp, body):
    rows = rows_of(nlp, {"a": f"Judicial Watch, a {body}, said the letter was late."})
    assert [(row["speaker"], row["speaker_type"], row["role"]) for row in rows["a"]] == [
        ("Judicial Watch", "organisation", "")
    ]


def test_a_body_is_meant_by_what_the_text_called_it(nlp):
    text = "Mahan Air, an airline from Tehran, flew there. The permit was lost on Monday. The airline said it was late."
    assert [row["speaker"] for row in rows_of(nlp, {"a": text})["a"]] == ["Mahan Air"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("The Ministry of Community Development", "government"),
        ("The California Department of Conservation", "government"),
        ("The FDA", "government"),
        ("The Center for Biological Diversity", "organisation"),
        ("The Council on Foreign Relations", "organisation"),
    ],
)
def test_a_body_of_a_state_is_known_by_its_office(nlp, body, kind):
    text = f"The Food and Drug Administration (FDA) closed it. {body} said on Monday that the letter was late."
    assert {row["speaker_type"] for row in rows_of(nlp, {"a": text})["a"]} == {kind}


def test_who_is_described_speaks(nlp):
    text = "Bowler Anna Weber, who is in the squad in place of fellow bowler Helen Marsh, says she is not perturbed."
    assert [row["speaker"] for row in rows_of(nlp, {"a": text})["a"]] == ["Anna Weber"]


def test_whom_an_office_is_for_does_not_speak(nlp):
    text = "Carmen Weber is tired. The Member for Fremantle says Labor did not suffer in the polls."
    assert [row["speaker"] for row in rows_of(nlp, {"a": text})["a"]] == ["unnamed members"]


def test_a_site_is_no_person(nlp):
    rows = rows_of(nlp, {"a": "Deadline.com reported that the letter was late."})
    assert [(row["speaker"], row["speaker_type"]) for row in rows["a"]] == [("Deadline.com", "organisation")]


def test_a_family_name_that_is_taken_for_a_plural_is_the_persons(nlp):
    text = (
        "Sen. Paul Sarbanes rose to speak for the bill.\n\nSarbanes statement on the Senate floor to his colleagues "
        "follows:\n\n“I commend my colleague for what this bill does for us.”"
    )
    assert {row["speaker"] for row in rows_of(nlp, {"sarbanes": text})["sarbanes"]} == {"Paul Sarbanes"}


def test_a_class_is_no_person_and_findings_are_a_text(nlp):
    texts = {"office": "The President said the road was closed.", "text": "The findings suggest that it was closed."}
    types = {name: [row["speaker_type"] for row in of_text] for name, of_text in rows_of(nlp, texts).items()}
    assert types == {"office": ["unnamed"], "text": ["document"]}


def test_the_names_of_a_document_are_gathered_once_and_not_for_each_source(nlp):
    (doc,) = named_docs(
        nlp, [("a", "Helen Marsh met Peter Roe. It was old, as Marsh said, and as Roe said, it was new.")]
    )
    people, unnamed = find_people(mark(doc))._replace(mentions=[]), replace(doc, mentions=[])
    missed = [missed_name(unnamed, people, doc.word.index(name, 7)) for name in ("Marsh", "Roe")]
    assert [mention and mention.entity for mention in missed] == ["Helen Marsh", "Peter Roe"]


def test_the_owner_of_a_body_is_the_nearest_name_before_it():
    parse = (
        "PROPN/NNP/nmod/administration PUNCT/./punct/SALEM DET/DT/det/administration PROPN/NNP/compound/administration"
        " NOUN/NN/nsubj/announced VERB/VBD/ROOT/announced NOUN/NNS/dobj/announced PUNCT/./punct/announced"
    )
    doc = made_parse("SALEM - The Marsh administration announced plans.", parse)
    marsh = Mention(3, 4, "PERSON", "Helen Marsh")
    marked = mark(replace(doc, mentions=[Mention(0, 1, "GPE", "Salem"), marsh]))
    assert owner_of(marked.doc, marked.tree, 4) == marsh
