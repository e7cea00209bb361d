"""Sources resolved to names, in texts written for the purpose."""

from dataclasses import replace

import pytest

from scripts.attribution.choice import Attribution
from scripts.attribution.document import find_quotes
from scripts.attribution.marked import mark
from scripts.attribution.resolution import resolve_speakers
from scripts.attribution.roles import role_of
from scripts.attribution.sources import Source
from scripts.core.annotation import Mention
from tests.attribution.made_parse import made_parse
from tests.attribution.named_docs import named_docs

TEXTS = {
    "surname": "Helen Marsh opened the bridge on Monday. Marsh said it was safe.",
    "he": "Robert Klein lost the vote. He said he would try again.",
    "gender from a title": (
        "Mrs. Helen Marsh met Mr. Robert Klein on Monday. She said the talks went well. He said they did not."
    ),
    "just quoted": '"We lost," David Holt said. "We will be back." Later he added that the season was over.',
    "not the one in the quotation": 'Sarah Lindt told reporters: "Anna Weber was right." She said no more was known.',
    "two of one surname": (
        "Peter Marsh runs the mill. Helen Marsh runs the farm. Peter Marsh said flour was cheap. "
        "Helen Marsh said rain had been scarce."
    ),
    "the role again": "Senator Robert Klein left early. The senator said he was tired.",
    "the ministry": "The Finance Ministry raised the tax. The ministry said it was needed.",
    "the company": ("Linden Mills Inc said on Monday that flour was cheap. The company said it would hire a baker."),
    "role and a ticker": "Helen Marsh, chairman of Linden Oil Inc <LIN.O>, said the mill was sold.",
    "a company named before": "The mill belongs to Exxon. The company said flour was cheap.",
    "a company named before what it says": 'The mill belongs to Exxon. "Flour is cheap, rye is not," the company said.',
    "a newspaper named before": "Robert Klein met a reporter of The New York Times. The newspaper said he was ill.",
    "an agency named before": "The FBI was late. Now the agency says it knew.",
    "one of two companies": "The mill belongs to Exxon and Verizon. The company said flour was cheap.",
    "a company named long before": "The mill belongs to Exxon. It is old. The company said flour was cheap.",
    "a company as a place": "The film was shown on YouTube. The company said flour was cheap.",
    "no newspaper named before": "The mill belongs to Exxon. The newspaper said flour was cheap.",
    "no airline": "Robert Klein left. The Linden Institute said flour was cheap. The airline said it would fly.",
    "who would not be named": (
        "Mayor Robert Klein said the dam was safe. The official, who asked not to be named, said it was old. "
        "Robert Klein told an aide, who asked not to be named, that he was ill."
    ),
    "adviser who would not be named": "An adviser to Robert Klein, who requested anonymity and said it rained, left.",
    "they": "Local farmers met on Sunday. Local farmers said the price was low, and they said it would fall.",
    "relative": "Helen Marsh, who said the bridge was safe, left the town.",
    "role before": "Finance Minister Helen Marsh said the budget was ready.",
    "adjective before": "A tired Helen Marsh said the budget was ready.",
    "role after a dateline": "WASHINGTON - Senator Helen Marsh said the budget was ready.",
    "no role but a thing": "They gave Helen Marsh, who lived alone, a copy of the article. Marsh said she was glad.",
    "no role but an age": "The trial against 16 year-old Helen Marsh began late. Marsh said she was tired.",
    "according to a role and a name": "According to the mayor, Helen Marsh, the mill will close in May.",
    "according to a role alone": "According to the mayor, Helen Marsh, a teacher, was ill.",
    "role after an honorific": "Mr Helen Marsh, the group's chief executive, said the budget was ready.",
    "role with a preposition": "Ambassador to Qatar Helen Marsh said the budget was ready.",
    "role in a clause": "Helen Marsh, who is a member of the council, said the budget was ready.",
    "role of today": "Helen Marsh, today a teacher, said the budget was ready.",
    "role after that": "The town learned today that filmmaker Helen Marsh lives there. Marsh said it was safe.",
    "no role but an hour": "At 11 pm Helen Marsh said the budget was ready.",
    "role and a clause": "Helen Marsh, director of Mill Securities, which owns land that is sold, said it was ready.",
    "role of a prime minister": "Former PM Helen Marsh said the budget was ready.",
    "role before a comma": "The State Commissioner for Water, Mr. Helen Marsh, said the budget was ready.",
    "two roles": "Organizer and co-founder Helen Marsh said the budget was ready.",
    "roles of others": (
        "Helen Marsh came. The gulf between the president and Mrs Marsh grew. They met voters and "
        "Marsh supporters. Marsh said the budget was ready."
    ),
    "no role but a source": "It was up to Helen Marsh, a party source said. Marsh said the budget was ready.",
    "any of two roles": (
        "The mayor and chair of Linden, Mr Robert Klein, left. Mayor Robert Klein was tired. The chair said no."
    ),
    "role of a comparison": (
        "Senator Helen Marsh, the most hawkish candidate on their side, left early. Marsh said the budget was ready."
    ),
    "role in a quotation": 'Mayor Helen Marsh opened it. Marsh said it was ready for "our governor Helen Marsh".',
    "no role but a relative": "Helen Marsh, whose husband, the sailor Robert Klein, died in May, said it was ready.",
    "role after a broken mark": "\ufffd Congressman Helen Marsh said the budget was ready.",
    "role after": "Helen Marsh, the mayor of Linden, said the budget was ready.",
    "group": "Two residents said the noise was worse at night.",
    "document": "The report says the dam was old.",
    "capital of a sentence": "Experts said the dam was old. On Monday other experts said it was new.",
    "capital of a name": "Chinese residents said the dam was old. The Times report said it was new.",
    "they after a document": "The report said the dam was old. They said that it leaked.",
    "they after documents": "Two reports said the dam was old. They said that it leaked.",
    "it after a document": "The report said the dam was old. It said that the dam leaked.",
    "nobody named": "They said the dam was old. I told him that it was new.",
    "unnamed": "A spokesman said the dam was old.",
    "the prime minister": "Prime Minister Josef Hrubec landed on Monday. The prime minister said the talks were hard.",
    "the title with a capital": "President General Josef Hrubec landed. The President said the talks were hard.",
    "of two titles that with all words": (
        "Attorney General Helen Marsh met General Robert Klein. The Attorney General said the talks went well."
    ),
    "no title but a name": "General Josef Hrubec landed on Monday. The General Assembly said the talks were hard.",
    "the title in full": "Sen. Helen Marsh left early. The senator said she was tired.",
    "of another place": "Texas Sen. Helen Marsh left early. The Ohio senator said he was tired.",
    "the office of Rep.": "Rep. Helen Marsh left early. The Ohio congresswoman said she was tired.",
    "the body of a spokesman": "Robert Klein, a Marsh campaign spokesman, waved. The campaign said the bus was late.",
    "the union of a president": "Robert Klein, president of the union, waved. The union said the bus was late.",
    "the union of a member": (
        "The Farmers and Growers Union's Helen Marsh says the rain has stopped. The union says the harvest is safe."
    ),
    "a name before its role": ("Ban Ki-moon, the secretary general of the United Nations, vowed not to give in."),
    "the last of two": (
        "Mayor Helen Marsh opened the bridge. Mayor Robert Klein watched. The mayor said it was safe. "
        "Mayor Anna Weber came late."
    ),
    "a body by a common noun": "Helen Marsh runs the Department of Health. The Department said the budget was ready.",
    "title with a capital before": "The Defence Minister, Helen Marsh, said the budget was ready.",
    "a letter told of before": (
        "Helen Marsh leads the miners. On Monday she sent a letter to the mayor. The letter said the bus was late. "
        "It added that the price was low."
    ),
    "a letter of some without a name": "The miners sent a letter to the mayor. The letter said the bus was late.",
    "whose spokeswoman": "A spokeswoman for the mill, Helen Marsh, said the budget was ready.",
    "doctor and": "Dr Helen Marsh, the coroner, said the budget was ready.",
    "title before doctor": "The Governor-General, Dr Helen Marsh, said the budget was ready.",
    "title with a hyphen": "Lieutenant-General Helen Marsh said the budget was ready.",
    "both": "The plan helped both President Helen Marsh and her party. Marsh said the budget was ready.",
    "role of a body": "The Bureau of Tides's Helen Marsh said the budget was ready.",
    "named in what he says": "Robert Klein said it was safe. Anna Weber had come too late, he said.",
    "named in what somebody says": "The guard left at noon. He said that Robert Klein was late.",
    "without a name": (
        "Helen Marsh closed it. A guard said the steel was old. He added that it was wet. He said the frost was hard."
    ),
    "without a name but an owner": "Helen Marsh closed it. The mill's lawyer said it was wet. She added it was old.",
    "somebody named since": "A guard said the steel was old. Robert Klein came at noon. He said that it was wet.",
    "the other gender": "Robert Klein closed it. A spokeswoman said the steel was old. He said that it was wet.",
    "somebody of hers": "Helen Marsh left. A spokesman for Ms. Marsh said it was old. A friend of Marsh said no.",
    "somebody of a minister": "A spokesman for Health Minister Helen Marsh said it was old.",
    "somebody of the late": "Robert Klein drowned. The widow of the late Robert Klein said it was old.",
    "author and advocate": "The mill burned. Lawyer and author Robert Klein said it was old.",
    "title before a comma": "Mill Chairman, Robert Klein, said the price was fair.",
    "of a body": "The Institute for Water Studies' Helen Marsh said the dam was old.",
    "in a body's service": '"The dam is old," said Center for Water Quality scientist Helen Marsh.',
    "too long for a role": "Mayor Helen Marsh opened the bridge. The former deputy mayor said it was unsafe.",
    "a long description": "Linden Transport Minister Helen Marsh left. The Linden transport minister said it was late.",
    "a title with and without a hyphen": "Vice-President Helen Marsh left. The Vice President said it was late.",
    "whose president": "President Helen Marsh left. The Nigerian President said it was late.",
    "an office in full": (
        "Helen Marsh, president of the Linden Mill Board, waved. Robert Klein, president of the union, left. "
        "The president of the Linden Mill Board said it was late."
    ),
    "an office of another body": (
        "Helen Marsh, president of the Linden Mill Board, waved. The president of the Linden ferry company said no."
    ),
    "of another people": "Prime Minister Helen Marsh met her guest. The Norwegian prime minister said it was late.",
    "not the former one": "President Helen Marsh met former President Robert Klein. The president said it was late.",
    "only the former one": "The crowd met former President Robert Klein. The president said it was late.",
    "a title in short": "Prime Minister Helen Marsh left early. The premier said she was tired.",
    "a wider noun": "Helen Marsh, a police inspector, said it was safe. It was late. The official said no.",
    "a wider noun after another": (
        "Helen Marsh, a police inspector, said it was safe. Robert Klein said it was wet. The official said no."
    ),
    "a wider noun for somebody new": (
        "Helen Marsh, a police inspector, said it was safe. An official opened it. The official said no."
    ),
    "whose role is not told": "Helen Marsh said it was safe. It was late. The actress said no.",
    "whose role is not told, but somebody's": ("Helen Marsh said it was safe. Robert Klein left. The actress said no."),
    "whose role is not told, and a body": "Helen Marsh said it was safe. The company said no.",
    "whose role is not told, and somebody new": (
        "An old actress came to the bridge. Helen Marsh said it was safe. The actress said no."
    ),
    "a title and a body": "President Helen Marsh left. The president and Congress agreed that it was late.",
    "whom he asks": "Helen Marsh spoke. Robert Klein opened the bridge. She asked Klein whether it was safe.",
    "whom nobody near asks": "Robert Klein opened the bridge. She asked Klein whether it was safe.",
    "MPs": "Three opposition MPs said it was late.",
    "the bench": "The bench said it was late.",
    "office and title": "The Minister of Roads and Bridges, Prof. Helen Marsh, said the budget was ready.",
    "office before": "Union Minister of State for Home Affairs Helen Marsh said the budget was ready.",
    "ministry named as a title": "Minister for Justice Helen Marsh said the budget was ready.",
    "office of a body": "The president of the Linden Mill Board, Helen Marsh, said the budget was ready.",
    "spokeswoman for an office": "A spokeswoman for the president, Helen Marsh, said the budget was ready.",
    "a transcript": (
        "Robert Klein spoke on Monday. Klein said the dam was old. Partial transcript as follows:\n\n"
        '"We built it in a year, and we shall mend it in two. I want you to know that."'
    ),
    "Mrs and": "Mrs Helen Marsh, the coroner, said the budget was ready.",
}


@pytest.fixture(scope="module")
def speakers(nlp):
    docs = named_docs(nlp, TEXTS.items())
    return {doc.doc_id: [quote.speaker for quote in find_quotes(doc) if quote.cue] for doc in docs}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("surname", ["Helen Marsh"]),
        ("he", ["Robert Klein"]),
        ("gender from a title", ["Helen Marsh", "Robert Klein"]),
        ("just quoted", ["David Holt", "David Holt"]),
        ("not the one in the quotation", ["Sarah Lindt", "Sarah Lindt"]),
        ("two of one surname", ["Peter Marsh", "Helen Marsh"]),
        ("the role again", ["Robert Klein"]),
        ("any of two roles", ["Robert Klein"]),
        ("according to a role and a name", ["Helen Marsh"]),
        ("according to a role alone", ["mayor"]),
        ("the ministry", ["Finance Ministry"]),
        ("they", ["Local farmers", "Local farmers"]),
        ("relative", ["Helen Marsh"]),
        ("capital of a sentence", ["experts", "other experts"]),
        ("capital of a name", ["Chinese residents", "Times"]),
        ("they after a document", ["report", ""]),
        ("they after documents", ["Two reports", "Two reports"]),
        ("it after a document", ["report", "report"]),
        ("nobody named", ["", ""]),
        ("the prime minister", ["Josef Hrubec"]),
        ("the title with a capital", ["Josef Hrubec"]),
        ("of two titles that with all words", ["Helen Marsh"]),
        ("no title but a name", ["General Assembly"]),
        ("the title in full", ["Helen Marsh"]),
        ("of another place", ["Ohio senator"]),
        ("the office of Rep.", ["Helen Marsh"]),
        ("the body of a spokesman", ["campaign"]),
        ("the union of a president", ["union"]),
        ("the union of a member", ["Helen Marsh", "Farmers and Growers Union"]),
        ("a transcript", ["Robert Klein", "Robert Klein"]),
        ("a name before its role", ["Ban Ki-moon"]),
        ("the last of two", ["Robert Klein"]),
        ("too long for a role", ["former deputy mayor"]),
        ("a body by a common noun", ["Department of Health"]),
        ("named in what he says", ["Robert Klein", "Robert Klein"]),
        ("named in what somebody says", [""]),
        ("without a name", ["guard", "guard", "guard"]),
        ("without a name but an owner", ["mill's lawyer", "mill's lawyer"]),
        ("somebody named since", ["guard", "Robert Klein"]),
        ("the other gender", ["spokeswoman", "Robert Klein"]),
        ("somebody of hers", ["spokesman for Ms. Marsh", "friend of Marsh"]),
        ("somebody of a minister", ["spokesman for Health Minister Helen Marsh"]),
        ("somebody of the late", ["widow of the late Robert Klein"]),
        ("author and advocate", ["Robert Klein"]),
        ("title before a comma", ["Robert Klein"]),
        ("of a body", ["Helen Marsh"]),
        ("in a body's service", ["Helen Marsh"]),
        ("a long description", ["Helen Marsh"]),
        ("a title with and without a hyphen", ["Helen Marsh"]),
        ("whose president", ["Helen Marsh"]),
        ("an office in full", ["Helen Marsh"]),
        ("an office of another body", ["president of the Linden ferry company"]),
        ("of another people", ["Norwegian prime minister"]),
        ("not the former one", ["Helen Marsh"]),
        ("only the former one", ["Robert Klein"]),
        ("a title in short", ["Helen Marsh"]),
        ("a wider noun", ["Helen Marsh", "Helen Marsh"]),
        ("a wider noun after another", ["Helen Marsh", "Robert Klein", "official"]),
        ("a wider noun for somebody new", ["Helen Marsh", "official"]),
        ("whose role is not told", ["Helen Marsh", "Helen Marsh"]),
        ("whose role is not told, but somebody's", ["Helen Marsh", "actress"]),
        ("whose role is not told, and a body", ["Helen Marsh", "company"]),
        ("whose role is not told, and somebody new", ["Helen Marsh", "actress"]),
        ("a title and a body", ["president and Congress"]),
        ("whom he asks", ["Helen Marsh"]),
        ("whom nobody near asks", [""]),
        ("the bench", ["bench"]),
        ("a letter told of before", ["Helen Marsh", "Helen Marsh"]),
        ("a letter of some without a name", ["letter"]),
        ("the company", ["Linden Mills Inc", "Linden Mills Inc"]),
        ("a company named before", ["Exxon"]),
        ("a company named before what it says", ["Exxon"]),
        ("a newspaper named before", ["New York Times"]),
        ("an agency named before", ["FBI"]),
        ("one of two companies", ["company"]),
        ("a company named long before", ["company"]),
        ("a company as a place", ["company"]),
        ("no newspaper named before", ["newspaper"]),
        ("no airline", ["Linden Institute", "airline"]),
        ("who would not be named", ["Robert Klein", "official", "Robert Klein"]),
        ("adviser who would not be named", [""]),
    ],
)
def test_names(speakers, name, expected):
    assert [speaker.name.removeprefix("The ") for speaker in speakers[name]] == expected


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("surname", "person"),
        ("group", "group"),
        ("document", "document"),
        ("unnamed", "unnamed"),
        ("the ministry", "government"),
    ],
)
def test_kinds(speakers, name, kind):
    assert {speaker.kind for speaker in speakers[name]} == {kind}


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("role before", "Finance Minister"),
        ("role after", "mayor of Linden"),
        ("no role but a relative", ""),
        ("role after a broken mark", "Congressman"),
        ("role after an honorific", "group's chief executive"),
        ("role with a preposition", "Ambassador to Qatar"),
        ("role in a clause", "member of the council"),
        ("role of today", "teacher"),
        ("role after that", "filmmaker"),
        ("no role but an hour", ""),
        ("role and a clause", "director of Mill Securities"),
        ("role of a prime minister", "Former PM"),
        ("role before a comma", "State Commissioner for Water"),
        ("two roles", "Organizer and co-founder"),
        ("roles of others", ""),
        ("role of a comparison", "Senator"),
        ("role in a quotation", "Mayor"),
        ("adjective before", ""),
        ("role after a dateline", "Senator"),
        ("title with a capital before", "Defence Minister"),
        ("whose spokeswoman", "spokeswoman for the mill"),
        ("doctor and", "coroner"),
        ("title before doctor", "Governor-General"),
        ("title with a hyphen", "Lieutenant-General"),
        ("both", "President"),
        ("role of a body", "Bureau of Tides"),
        ("no role but a thing", ""),
        ("no role but an age", ""),
        ("office and title", "Minister of Roads and Bridges"),
        ("office before", "Union Minister of State for Home Affairs"),
        ("ministry named as a title", "Minister for Justice"),
        ("office of a body", "president of the Linden Mill Board"),
        ("spokeswoman for an office", "spokeswoman for the president"),
        ("Mrs and", "coroner"),
        ("role and a ticker", "chairman of Linden Oil Inc"),
    ],
)
def test_roles(speakers, name, role):
    assert [(speaker.name, speaker.role) for speaker in speakers[name]] == [("Helen Marsh", role)]


@pytest.mark.parametrize(
    ("text", "parse", "role"),
    [
        (
            "Marsh, who met Klein, the mayor, left",
            "PROPN/NNP/nsubj/left PUNCT/,/punct/Marsh PRON/WP/nsubj/met VERB/VBD/relcl/Marsh PROPN/NNP/dobj/met "
            "PUNCT/,/punct/Marsh DET/DT/det/mayor NOUN/NN/appos/Marsh PUNCT/,/punct/Marsh VERB/VBD/ROOT/left",
            "",
        ),
        (
            "Marsh and her Klein, the mayors, left",
            "PROPN/NNP/nsubj/left CCONJ/CC/cc/Marsh PRON/PRP$/poss/Klein PROPN/NNP/conj/Marsh PUNCT/,/punct/Marsh "
            "DET/DT/det/mayors NOUN/NNS/appos/Marsh PUNCT/,/punct/Marsh VERB/VBD/ROOT/left",
            "mayor",
        ),
    ],
    ids=["somebody else", "both"],
)
def test_an_apposition_is_the_role_of_the_person_before_it_or_of_both(text, parse, role):
    doc = made_parse(text, parse)
    at = doc.word.index("Klein")
    marsh, klein = (Mention(first, first + 1, "PERSON") for first in (0, at))
    doc = replace(doc, mentions=[marsh, klein])
    assert role_of(doc, mark(doc).tree, marsh) == role


def test_a_plural_in_capitals_is_one(speakers):
    assert [speaker.unnamed for speaker in speakers["MPs"]] == ["unnamed MPs"]


def resolved(text, parse, head, last, mentions):
    """Return name, kind and class of the speaker of a source that opens a text, and ends before token `last`."""
    doc = replace(made_parse(text, parse), mentions=[Mention(*each) for each in mentions])
    source = Source(0, last, doc.word.index(head), "subject")
    (speaker,) = resolve_speakers(mark(doc), [Attribution(last, ((last, last + 1),), source, 0.0, "")])
    return speaker.name, speaker.kind, speaker.unnamed


@pytest.mark.parametrize(
    ("text", "parse", "head", "mention", "speaker"),
    [
        (
            "The Ann Lee Trust spoke",
            "DET/DT/det/Trust PROPN/NNP/compound/Lee PROPN/NNP/compound/Trust PROPN/NNP/nsubj/spoke VERB/VBD/ROOT/4",
            "Trust",
            (1, 3, "PERSON"),
            ("Ann Lee", "person", ""),
        ),
        (
            "The mayor Ann Lee spoke",
            "DET/DT/det/mayor NOUN/NN/nsubj/spoke PROPN/NNP/compound/Lee PROPN/NNP/appos/mayor VERB/VBD/ROOT/spoke",
            "mayor",
            (2, 4, "PERSON"),
            ("Ann Lee", "person", ""),
        ),
        (
            "Ferryman and Ann Lee spoke",
            "NOUN/NN/nsubj/spoke CCONJ/CC/cc/Ferryman PROPN/NNP/compound/Lee PROPN/NNP/conj/Ferryman VERB/VBD/ROOT/4",
            "Ferryman",
            (2, 4, "PERSON"),
            ("Ferryman and Ann Lee", "unnamed", "unnamed ferrymen"),
        ),
        (
            "Ferryman of Ann Lee spoke",
            "NOUN/NN/nsubj/spoke ADP/IN/prep/Ferryman PROPN/NNP/compound/Lee PROPN/NNP/pobj/of VERB/VBD/ROOT/spoke",
            "Ferryman",
            (2, 4, "PERSON"),
            ("Ferryman of Ann Lee", "unnamed", "unnamed ferrymen"),
        ),
        (
            "The Rye mill boss spoke",
            "DET/DT/det/boss PROPN/NNP/compound/mill NOUN/NN/compound/boss NOUN/NN/nsubj/spoke VERB/VBD/ROOT/spoke",
            "boss",
            (1, 2, "GPE"),
            ("Rye mill boss", "unnamed", "unnamed bosses"),
        ),
        (
            "Rye Monday spoke",
            "PROPN/NNP/compound/Monday PROPN/NNP/nsubj/spoke VERB/VBD/ROOT/spoke",
            "Monday",
            (1, 2, "DATE"),
            ("", "unnamed", ""),
        ),
    ],
)
def test_the_mention_that_names_a_source_is_around_its_head_or_in_apposition(text, parse, head, mention, speaker):
    assert resolved(text, parse, head, len(text.split()) - 1, [mention]) == speaker


def test_a_place_before_a_title_is_not_the_source():
    parse = "PROPN/NNP/nsubj/4 PROPN/NNP/compound/3 PROPN/NNP/compound/3 PROPN/NNP/appos/0 VERB/VBD/ROOT/4"
    mentions = [(0, 1, "GPE"), (2, 4, "PERSON")]
    assert resolved("Rye Mayor Ann Lee spoke", parse, "Rye", 4, mentions) == ("Ann Lee", "person", "")


def test_of_two_mentions_in_a_name_the_first_is_meant():
    parse = "PROPN/NNP/compound/Trust CCONJ/CC/cc/0 PROPN/NNP/conj/0 PROPN/NNP/nsubj/4 VERB/VBD/ROOT/4"
    mentions = [(0, 1, "PERSON"), (2, 3, "PERSON")]
    assert resolved("Lopez and Keller Trust spoke", parse, "Trust", 4, mentions) == ("Lopez", "person", "")
