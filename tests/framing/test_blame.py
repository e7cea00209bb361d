from dataclasses import replace
from itertools import accumulate

import pytest

from scripts.core.annotation import Doc, Mention, Sentence
from scripts.framing.__main__ import code_batch
from scripts.framing.blame import blame_statements
from scripts.framing.coding import voices


def statements(doc, quotes=(), sources=None):
    rows = blame_statements(doc, voices(quotes), sources or {})
    return [(row["speaker"], row["target"], row["kind"], row["stance"]) for row in rows]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Norway accused Sweden and Denmark of spying.", [("Norway", "Sweden"), ("Norway", "Denmark")]),
        ("The minister was criticized by Anna Berg for the delay.", [("Anna Berg", "minister")]),
        ("Norway blamed the weather.", []),
        ("Norway is responsible for the spill.", [("(narrator)", "Norway")]),
        ("Anna Berg is guilty of theft.", [("(narrator)", "Anna Berg")]),
        ("Anna Berg pleaded guilty to theft.", []),
        ("The blame lies with Norway.", [("(narrator)", "Norway")]),
        ("It was Norway's own failure.", [("(narrator)", "Norway")]),
        ("The government should act at once.", [("(narrator)", "government")]),
        ("The government must act at once.", []),
        ("The government should have more money.", []),
        ("Nobody knows how the government should act.", []),
        ("Norway needs to win twice.", []),
        ("Norway was accused of spying.", [("(source not named)", "Norway")]),
        ("Norway should be blamed for the spill.", [("(narrator)", "Norway")]),
        ("Norway should be held responsible for the spill.", [("(narrator)", "Norway")]),
        ("Norway was firm in blaming Sweden.", [("Norway", "Sweden")]),
        ("Norway has a responsibility to pay.", []),
        ("Sweden urged Norway to pay.", [("Sweden", "Norway")]),
        ("Many deaths were caused by Norway.", [("(narrator)", "Norway")]),
        ("Norway caused the crisis.", [("(narrator)", "Norway")]),
        ("Nobody knows whether Norway is responsible.", []),
        ("Anna Berg attacked the weather, blaming Norway.", [("Anna Berg", "Norway")]),
        ("They put the blame on Norway.", [("They", "Norway")]),
        ("Norway must hurry, said Norway.", []),
        ("Anna Berg blamed the fires on Norway.", [("Anna Berg", "Norway")]),
        ("Anna Berg attacked the senators for ignoring the floods.", [("Anna Berg", "senators")]),
        ("Anna Berg attacked the senators.", []),
        ("The storm slammed Norway.", []),
        ("Sweden demanded that Norway pay for the damage.", [("Sweden", "Norway")]),
        ("Sweden left. Anna Berg blamed it.", [("Anna Berg", "Sweden")]),
        ("Sweden left. Anna Berg blamed them.", []),
        ("Norway is to blame for the spill.", [("(narrator)", "Norway")]),
        ("A vote in the chamber condemned Norway.", [("(source not named)", "Norway")]),
        ("A letter condemned Norway.", [("letter", "Norway")]),
        ("Critics wonder whether voters know that Norway is responsible.", [("(narrator)", "Norway")]),
    ],
)
def test_who_blames_whom(parsed, text, pairs):
    assert [row[:2] for row in statements(parsed(text))] == pairs


@pytest.mark.parametrize(
    ("text", "stances"),
    [
        ("Norway is not responsible for the spill.", [("Norway", "rejected")]),
        ("It is Norway's problem", [("Norway", "accepted")]),
        ("It is Norway's problem, not Sweden's.", [("Norway", "accepted"), ("Sweden", "rejected")]),
        ("Norway, not Sweden, is responsible for the spill.", [("Norway", "accepted")]),
        ("Shifting blame to Norway solves nothing.", [("Norway", "rejected")]),
        ("Anna Berg denied that Norway was responsible.", [("Norway", "rejected")]),
        ("Norway is not only slow; it is Norway's fault.", [("Norway", "accepted")]),
        ("Nobody can prove that Norway is responsible.", [("Norway", "rejected")]),
        ("Do not blame Norway for the spill.", [("Norway", "rejected")]),
        ("You can't blame Norway for the spill.", [("Norway", "rejected")]),
        ("Anna Berg denied that Norway should pay.", [("Norway", "rejected")]),
        ("Norway should not sell the ships.", [("Norway", "accepted")]),
        ("Norway should reject the offer.", [("Norway", "accepted")]),
        ("If it does not pay, Norway should leave at once.", [("Norway", "accepted")]),
        ("Anna Berg did not deny that Norway was responsible.", [("Norway", "accepted")]),
        ("The court dismissed the case on the grounds that Norway is responsible.", [("Norway", "accepted")]),
        ("It is not just Norway's problem.", [("Norway", "accepted")]),
    ],
)
def test_rejected_blame(parsed, text, stances):
    assert [(row[1], row[3]) for row in statements(parsed(text))] == stances


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("Anna Berg refused to condemn Norway.", []),
        ("Anna Berg declined at first to criticize Norway.", []),
        ("Anna Berg has never accused Norway of spying.", []),
        ("Anna Berg regretted her hesitancy to condemn Norway.", []),
        ("Anna Berg steered clear of criticizing Norway.", []),
        ("Anna Berg is not expected to urge Norway to leave.", []),
        ("It is hard to blame Norway.", []),
        ("Anna Berg did not hesitate to condemn Norway.", ["Norway"]),
        ("Anna Berg criticized Sweden for failing to condemn Norway.", ["Sweden"]),
        ("Anna Berg urged Norway not to leave.", ["Norway"]),
        ("Anna Berg has urged Norway to pay; the government failed.", ["Norway"]),
    ],
)
def test_acts_that_were_avoided_are_left_out(parsed, text, targets):
    assert [row[1] for row in statements(parsed(text))] == targets


def test_kinds_are_those_of_entman(parsed):
    text = "Norway blamed Sweden. Norway condemned Sweden. Norway urged Sweden to leave."
    assert [row[2] for row in statements(parsed(text))] == ["causal", "moral", "treatment"]


def test_a_voice_around_a_vote_speaks(parsed):
    quote = {"quote": 0, "content_spans": [[0, 31]], "speaker": "Anna Berg"}
    assert statements(parsed("A vote would condemn Norway too, Berg said."), [quote])[0][:2] == ("Anna Berg", "Norway")


def test_voice_around_the_cue_speaks(parsed):
    text = "Norway is responsible, Berg said."
    quote = {"quote": 0, "content_spans": [[0, 21]], "speaker": "Anna Berg"}
    assert statements(parsed(text), [quote])[0][:2] == ("Anna Berg", "Norway")


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Anna Berg has been accused of theft, she said.", [("(source not named)", "Anna Berg")]),
        ("Anna Berg was criticized by Norway, she said.", [("Norway", "Anna Berg")]),
        ("Anna Berg is responsible for the growth, she said.", []),
        ("Sweden was accused of theft, she said.", [("(source not named)", "Sweden")]),
        ("Sweden must act, she said.", [("Anna Berg", "Sweden")]),
    ],
)
def test_the_accused_is_no_accuser(parsed, text, rows):
    end = text.index(",")
    quote = {"quote": 0, "content_spans": [[0, end]], "speaker": "Anna Berg"}
    assert [row[:2] for row in statements(parsed(text), [quote])] == rows


def test_pronoun_is_the_speaker_of_its_attribution(parsed):
    doc = parsed("The king left. He blamed Sweden.")
    assert statements(doc)[0][0] == "He"
    assert statements(doc, sources={doc.norm.index("he"): "King Olav"})[0][:2] == ("King Olav", "Sweden")


def test_canonical_names_are_used(parsed):
    doc = parsed("Norway blamed Sweden.")
    doc = replace(doc, mentions=[each._replace(entity="Kingdom of " + doc.word[each.first]) for each in doc.mentions])
    assert statements(doc)[0][:2] == ("Kingdom of Norway", "Kingdom of Sweden")


def test_offsets_are_those_of_the_text(parsed):
    doc = parsed("The Norwegian government was blamed.")
    (row,) = blame_statements(doc, [], {})
    assert doc.text[row["start"] : row["end"]] == "blamed"
    assert doc.text[row["target_start"] : row["target_end"]] == "Norwegian government"


def test_a_sentence_that_blames_more_names_than_python_can_recurse():
    names = [f"Name{number}" for number in range(1, 1201)]
    words = ["Critics", "accused", *(word for name in names for word in (name, ","))][:-1] + ["."]
    mentions = [Mention(at, at + 1, "ORG", word) for at, word in enumerate(words) if word in names]
    starts = list(accumulate((len(word) + 1 for word in words[:-1]), initial=0))
    n = len(words)
    doc = Doc(
        doc_id="d",
        text=" ".join(words),
        sentences=[Sentence(0, 0, starts[-1] + 1, 0, n)],
        start=starts,
        end=[start + len(word) for start, word in zip(starts, words, strict=True)],
        sentence=[0] * n,
        word=words,
        norm=[word.lower() for word in words],
        lemma=["critic", "accuse", *words[2:]],
        pos=["NOUN", "VERB", *["PROPN"] * (n - 2)],
        tag=["NNS", "VBD", *["NNP"] * (n - 2)],
        # Each name is joined to the one before it: a tree as deep as the list is long.
        dep=["nsubj", "ROOT", "dobj", *("conj" if word in names else "punct" for word in words[3:])],
        head=[1, 1, 1, *(at - 2 if word in names else at - 1 for at, word in enumerate(words) if at > 2)],
        mentions=mentions,
        vocabulary=set(words),
    )
    rows = blame_statements(doc, [], {})
    assert [row["target"] for row in rows] == names


@pytest.mark.parametrize(("speaker", "name"), [("", "Anna Berg"), ("Eva Dahl", "Eva Dahl")])
def test_a_pronoun_is_the_speaker_of_its_attribution_if_that_has_a_name(parsed, speaker, name):
    doc = parsed("Anna Berg left. She accused Norway of spying.")
    quote = {"quote": 0, "speaker": speaker, "content_spans": [[0, 1]], "source_start": doc.text.index("She")}
    _, blame = code_batch([doc], {doc.doc_id: [quote]}, [])
    assert [(row["speaker"], row["target"]) for row in blame.to_pylist()] == [(name, "Norway")]
