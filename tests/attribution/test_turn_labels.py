"""Labels of transcripts in words alone: their forms, what is none, whom each names, and how far a turn goes."""

from dataclasses import replace

import pytest

from scripts.attribution.document import find_quotes
from scripts.attribution.marked import mark
from scripts.attribution.turn_labels import find_labels, labelled_paragraphs
from scripts.attribution.turns import find_turns
from scripts.core.annotation import Mention
from scripts.parsing.tokens import segmented_doc
from tests.attribution.named_docs import named_docs


def turns_of(text, persons=(), bodies=()):
    """Return the turns of a text as (label, [pieces], speaker) in words; each place of a name is a mention of it."""
    doc = segmented_doc("d", text)
    mentions = []
    for label, names in (("PERSON", persons), ("ORG", bodies)):
        for name in names:
            words = name.split()
            for at in range(len(doc.word)):
                if [word.lower() for word in doc.word[at : at + len(words)]] == [word.lower() for word in words]:
                    mentions.append(Mention(at, at + len(words), label, name))
    doc = replace(doc, mentions=sorted(mentions))
    return [
        (doc.slice(*turn.label), [doc.slice(*piece) for piece in turn.pieces], turn.speaker)
        for turn in find_turns(mark(doc))
    ]


def speakers_of(text, persons=(), bodies=()):
    return [turn[2].name for turn in turns_of(text, persons, bodies)]


ASKED = ["Did you see it?", "Will you go?"]


def dialogue(label):
    return f"{label} {ASKED[0]}\nBECK: I did.\n{label} {ASKED[1]}\nBECK: We will."


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("ANN LEE:", "ANN LEE"),
        ("Ann Lee:", "Ann Lee"),
        ("ANN LEE (voice-over):", "ANN LEE"),
        ("ANN LEE (on camera), in Rye:", "ANN LEE"),
        ("ANN LEE, HOST:", "ANN LEE, HOST"),
        ("**ANN LEE:**", "ANN LEE"),
        ("((Ann Lee))", "Ann Lee"),
        ("((Ann Lee)):", "Ann Lee"),
        ("[Ann Lee]:", "Ann Lee"),
        ("00:12 ANN LEE:", "ANN LEE"),
        ("[1:02:03] ANN LEE:", "ANN LEE"),
        ("Q.", "Q."),
        ("Q:", "Q"),
        ("Q -", "Q"),
        ("Jan van der Meer:", "Jan van der Meer"),
        ("Ann Bo Cy Di Ed Fay:", "Ann Bo Cy Di Ed Fay"),
    ],
)
def test_the_forms_of_a_label(label, name):
    turns = turns_of(dialogue(label))
    assert [turn[:2] for turn in turns[::2]] == [(name, [asked]) for asked in ASKED]
    assert [turn[:2] for turn in turns[1::2]] == [("BECK", ["I did."]), ("BECK", ["We will."])]


@pytest.mark.parametrize(
    "label",
    ["Read more:", "READ MORE:", "Read This Now:", "See also:", "[Photo]:", "Ann lee:", "ann lee:", "van Meer:",
     "Ann Bo Cy Di Ed Fay Gus:", "ANN LEE", "12:", "Ann:Lee", "The:", "((The))", "Problem #1:", "SOLUTION:"],
)  # fmt: skip
def test_no_label_of_a_speaker(label):
    assert turns_of(dialogue(label)) == []


def test_a_noun_that_is_somebodys_name_and_a_joint_as_labels():
    text = dialogue("ROCK:")
    assert [turns_of(text), len(turns_of(text, ["Rock"]))] == [[], 4]
    tagged = replace(segmented_doc("d", dialogue("But, Mr. Lee:")), mentions=[])
    joints = ["CC" if word == "But" else "NN" for word in tagged.word]
    assert [len(find_turns(mark(doc))) for doc in (tagged, replace(tagged, tag=joints))] == [4, 0]


@pytest.mark.parametrize(
    ("text", "n_turns"),
    [
        ("LEE: Did you?\nBECK: I did.\nLEE: You did!", 3),
        ("LEE: Did you?\nBECK: I did.", 0),
        ("LEE: Did you?\nLEE: I did.\nLEE: You did!", 0),  # one label alone
        ("LEE: Did you?\nBECK: I did.\nFINCH: You did!", 0),  # none comes twice
        ("LEE: Tin.\nBECK: I did.\nLEE: Ash.", 0),  # one of three speaks to somebody
        ("LEE: Tin.\nBECK: I did.\nLEE: You did!", 3),
        ("LEE: Tin.\nBECK: I did.\nLEE: You did!\nBECK: Ash.\nLEE: Tin.\nBECK: Ash.", 6),  # two of six
        ("LEE: Tin.\nBECK: I did.\nLEE: You did!\nBECK: Ash.\nLEE: Tin.\nBECK: Ash.\nLEE: Tin.", 0),  # two of seven
        ("LEE: I.\nLEE: You.\nBECK: I did.\nBECK: You.\nLEE: Me.", 5),  # two changes of four
        ("LEE: I.\nLEE: You.\nBECK: I did.\nBECK: You.\nBECK: Me.", 0),
        ("Beck: We Knew.\nLEE: Did you?\nBECK: I did.\nLEE: You did!", 3),  # a headline
        ("Ann Beck: We knew.\nLEE: Did you?\nAnn Beck: I did.\nLEE: You did!", 4),
        ("LEE:\nDid you?\nBECK:\nI did.\nLEE:\nWe went.", 3),  # said on the next line
        ("LEE: Did you?\nBECK: I did.\nLEE:", 2),  # nothing said
    ],
)
def test_labels_are_read_where_they_take_turns_and_speak_to_somebody(text, n_turns):
    assert len(turns_of(text)) == n_turns


def test_a_turn_goes_on_to_the_next_label_without_directions():
    text = (
        "LEE: Did you?\n[Applause]\nNobody spoke.\nBECK: I did.\n(CROSSTALK)\nLEE: (LAUGHTER)\nThen?\n"
        "BECK: We slept.\nI woke.\nThe end came.\nI left."
    )
    assert [pieces for _, pieces, _ in turns_of(text)] == [
        ["Did you?", "Nobody spoke."], ["I did."], ["Then?"], ["We slept.", "I woke."]
    ]  # fmt: skip


@pytest.mark.parametrize(("n_paragraphs", "n_pieces"), [(4, 5), (5, 1)])
def test_paragraphs_between_belong_to_a_turn_where_two_fifths_have_a_label(n_paragraphs, n_pieces):
    """Three labels stand in seven paragraphs, or in eight."""
    between = "".join(f"Line {number} here.\n\n" for number in range(n_paragraphs))
    turns = turns_of(f"LEE: Did you?\n\n{between}BECK: I did.\n\nLEE: You did!")
    assert [len(pieces) for _, pieces, _ in turns] == [n_pieces, 1, 1]


@pytest.mark.parametrize(("form", "n_pieces"), [("((%s))", 7), ("[%s]:", 1)])
def test_any_number_of_paragraphs_belongs_to_a_turn_after_a_name_in_double_brackets(form, n_pieces):
    between = "".join(f"Line {number} here.\n\n" for number in range(6))
    lee, beck = form % "Lee", form % "Beck"
    turns = turns_of(f"{lee} Did you?\n\n{beck} I did.\n\n{between}{lee} You did!")
    assert [len(pieces) for _, pieces, _ in turns] == [1, n_pieces, 1]


@pytest.mark.parametrize(
    ("form", "labels"), [("((%s))", ["Lee", "Beck", "Lee"]), ("%s:", ["Lee", "Beck", "Ann Dorn", "Lee"])]
)
def test_among_names_in_double_brackets_no_other_words_are_a_label(form, labels):
    lee, beck = form % "Lee", form % "Beck"
    text = f"{lee} Who came?\n{beck} I named two.\nAnn Dorn: She was late.\n{lee} You did!"
    assert [label for label, _, _ in turns_of(text)] == labels


@pytest.mark.parametrize(
    ("question", "answer", "is_answer"),
    [
        ("Did you swim?", "I swam to the mill.", True),
        ("You swam.", "I saw it from the mill.", False),  # no question
        ("Did you swim?", "Or did you row?", False),  # a second question
    ],
)
def test_of_two_speakers_who_was_asked_answers_without_a_label(question, answer, is_answer):
    text = f"LEE: Will you go?\nBECK: I will.\nLEE: {question}\n{answer}\nLEE: Why?\nBECK: We had to."
    assert (answer in turns_of(text)[1][1], answer in turns_of(text)[2][1]) == (is_answer, not is_answer)
    # Two may answer, or the first question is not after a turn.
    assert answer in turns_of(f"{text}\nDORN: I slept.")[2][1]
    assert answer in turns_of(text.replace("LEE: Will you go?\nBECK: I will.\n", ""))[0][1]


INTERVIEW = "Q: Did you see it?\nA: I did.\nQ: Will you go?\nA: We will."


@pytest.mark.parametrize(
    ("lead", "persons", "answers"),
    [
        ("Ann Lee met Bo Beck. Lee runs a mill.", ["Ann Lee", "Bo Beck"], "Ann Lee"),
        ("Ann Lee met Bo Beck. Bo Beck runs a mill.", ["Ann Lee", "Bo Beck"], "Bo Beck"),
        ("Ann met Bo Beck.", ["Ann", "Bo Beck"], "Bo Beck"),  # of as many the full name
        ("A mill burned.", [], "interviewee"),
        ("A mill burned.", ["Cy Dorn"], "Cy Dorn"),  # named after the first question alone
    ],
)
def test_who_answers_is_the_person_whom_the_introduction_names_most(lead, persons, answers):
    text = f"{lead}\n{INTERVIEW}\nThe mill is run by Cy Dorn. Cy Dorn built it. Cy Dorn slept."
    turns = turns_of(text, persons)
    assert [turn[2].name for turn in turns] == ["interviewer", answers] * 2
    assert turns[0][2][1:] == ("unnamed", "", None, "unnamed interviewers")
    assert turns[1][2].kind == ("unnamed" if answers == "interviewee" else "person")


def test_a_q_without_a_space_is_a_label_among_answers():
    text = "QDid Ann Lee see it?\nA: I did.\nQWill she go?\nA: She will."
    assert speakers_of(text, ["Ann Lee"]) == ["interviewer", "Ann Lee"] * 2
    assert turns_of(text.replace("A:", "BECK:")) == []


def test_letters_may_have_numbers():
    text = "Q1: Did you see it?\nA1: I did.\nQ2 - Will you go?\nA12 - We will."
    assert speakers_of(text) == ["interviewer", "interviewee"] * 2


@pytest.mark.parametrize(
    ("label", "speaker"),
    [
        ("ANN LEE", ("Ann Lee", "person", "")),
        ("LEE", ("Ann Lee", "person", "")),
        ("Ann", ("Ann Lee", "person", "")),
        ("ANN LEE, HOST", ("Ann Lee", "person", "host")),
        ("LEE, the Host", ("Ann Lee", "person", "the Host")),
        ("Sen. Lee", ("Ann Lee", "person", "")),
        ("BO LEE", ("Bo Lee", "person", "")),
        ("DYE", ("DYE", "person", "")),
        ("THE PRESIDENT", ("President", "person", "")),
        ("The Chief Judge", ("Chief Judge", "person", "")),
        ("DYER", ("Dyer", "person", "")),
        ("CNN", ("interviewer", "unnamed", "")),
        ("The Harbour Post", ("interviewer", "unnamed", "")),
        ("Harbour Board", ("Harbour Board", "organisation", "")),
        ("HARBOUR BOARD", ("Harbour Board", "organisation", "")),
        ("The Harbour Board", ("Harbour Board", "organisation", "")),
        ("Mill Board", ("Mill Board", "person", "")),
        ("JAN VAN DER MEER", ("Jan van der Meer", "person", "")),
        ("McCONNELL", ("McConnell", "person", "")),
        ("CHIEF CLERK", ("Ida Holm", "person", "")),
        ("UNIDENTIFIED MALE", ("unidentified male", "unnamed", "")),
        ("Caller One", ("caller one", "unnamed", "")),
    ],
)
def test_whom_a_label_names(label, speaker):
    lead = "Mayor Ann Lee met Chief Clerk Ida Holm of the Harbour Board. Wu came."
    text = f"{lead}\n{label}: Did you see it?\nBECK: I did.\n{label}: Will you go?\nBECK: We will."
    turns = turns_of(text, ["Ann Lee", "Ida Holm", "Wu"], ["Harbour Board"])
    assert [turn[2][:3] for turn in turns[::2]] == [speaker] * 2
    assert [turn[2].name for turn in turns[1::2]] == ["BECK".title()] * 2
    assert (turns[0][2].reference is not None) == (speaker[0] in ("Ann Lee", "Ida Holm"))


@pytest.mark.parametrize(
    ("label", "says", "speaker"),
    [
        ("WN", "Did you see it?", "interviewer"),
        ("WN", "I saw it.", "WN"),  # asks nothing
        ("AMP", "Did you see it?", "Ann Marsh Pohl"),
        ("WNDSK", "Did you see it?", "Wndsk"),
    ],
)
def test_initials_that_ask_are_the_medium_that_interviews(label, says, speaker):
    text = f"{label}: {says}\nBo Beck: I did.\n{label}: {says}\nBo Beck: I know.\nAnn Marsh Pohl: We slept."
    assert [turn[2].name for turn in turns_of(text)][:3:2] == [speaker] * 2


@pytest.mark.parametrize(
    ("label", "questions", "n_turns"),
    [
        ("WN", ["Why?", "When?", "I see."], 3),
        ("Q", ["Why?", "When?", "I see."], 3),
        ("BBC", ["Why?", "When?", "I see."], 3),
        ("WN", ["Why?", "I see.", "You too."], 0),
        ("WN", ["Why?", "When?"], 0),
        ("Lee", ["Why?", "When?", "Where?"], 0),
    ],
)
def test_where_answers_have_no_label_the_questions_are_turns(label, questions, n_turns):
    text = "\n".join(f"{label}: {words}\nI slept in the mill." for words in questions)
    turns = turns_of(text)
    assert [pieces for _, pieces, _ in turns] == [[words] for words in questions[:n_turns]]
    assert all(speaker.name == "interviewer" for _, _, speaker in turns)


def test_a_speaker_has_the_fullest_name_of_his_labels():
    text = "LEE: Did you?\nANN LEE: You did!\nBECK: I did.\nLEE: You knew.\nBECK: We knew."
    assert speakers_of(text) == ["Ann Lee", "Ann Lee", "Beck", "Ann Lee", "Beck"]


def test_initials_stand_for_the_first_name_that_has_them():
    text = "Ann Lee: Did you?\nBo Beck: I did.\nAL: You knew.\nBB: We knew.\nAL: You slept."
    assert speakers_of(text) == ["Ann Lee", "Bo Beck", "Ann Lee", "Bo Beck", "Ann Lee"]


def test_a_clip_between_turns_in_capitals_is_a_voice_without_a_name():
    lead, clip = "DORN: Listen to this.\n", "VIDEO: They told me so.\n"
    turns = turns_of(f"{lead}{clip}DORN: Did you?\nBECK: I did.")
    assert [turn[2].name for turn in turns] == ["Dorn", "video", "Dorn", "Beck"]
    assert turns[1][2].kind == "unnamed"
    assert speakers_of(f"{clip}{lead}DORN: Did you?\nBECK: I did.\n{clip}") == ["Dorn", "Dorn", "Beck"]
    assert len(turns_of(f"{lead}{clip.title()}DORN: Did you?\nBECK: I did.")) == 3


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        (["ANN LEE", "BO LEE", "LEE", "ANN LEE", "LEE"], ["Ann Lee", "Bo Lee", "Bo Lee", "Ann Lee", "Ann Lee"]),
        (["LEE", "BECK", "BO LEE", "ANN LEE", "SEN. LEE"], ["Bo Lee", "Beck", "Bo Lee", "Ann Lee", "Ann Lee"]),
        (["ANN LEE", "CONGRESSWOMAN LEE", "BECK", "LEE"], ["Ann Lee", "Ann Lee", "Beck", "Ann Lee"]),
        (["ANN LEE", "FORMER GOV. LEE", "BECK", "A. LEE"], ["Ann Lee", "Ann Lee", "Beck", "Ann Lee"]),
        (["JAN VAN DER MEER", "BECK", "VAN DER MEER"], ["Jan van der Meer", "Beck", "Jan van der Meer"]),
    ],
)
def test_two_of_one_family_name_take_turns(labels, names):
    text = "\n".join(f"{label}: Did you see it?" for label in labels)
    assert speakers_of(text, ["Ann Lee", "Bo Lee", "Jan van der Meer"]) == names


def test_a_heading_in_a_turn_is_no_source(nlp):
    text = "((Lee)) Who helped?\n((Beck)) Two did.\nAnn Dorn: I named her first, and she came.\n((Lee)) Did you?"
    [doc] = named_docs(nlp, [("d", text)])
    assert [quote.speaker.name for quote in find_quotes(doc)] == ["Lee", "Beck", "Lee"]


@pytest.mark.parametrize("n", [1, 9])
def test_the_names_of_a_document_are_gone_through_once_and_not_for_each_label(n):
    loops = []

    class Mentions(list):
        def __iter__(self):
            loops.append(1)
            return super().__iter__()

    doc = replace(segmented_doc("d", "Problem: I did.\nLEE: You knew.\n" * n), mentions=Mentions())
    assert len(find_labels(doc, labelled_paragraphs(doc))) == n
    assert len(loops) == 1
