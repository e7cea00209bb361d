import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from scripts.entities import linking
from scripts.entities.linking import normal


def row(doc_id, text, label="PERSON", entity=""):
    return {"doc_id": doc_id, "text": text, "label": label, "entity": entity or text}


def links(rows, **settings):
    """Kinds and names as lists."""
    mentions = pd.DataFrame(rows, columns=["doc_id", "text", "label", "entity"])
    return tuple(map(list, linking.links(mentions, **settings)))


TWO = [row("a", "Donald Trump"), row("a", "Trump", entity="Donald Trump"), row("b", "Trump")]


def test_a_surname_that_other_documents_resolve():
    assert links(TWO)[1] == ["Donald Trump"] * 3


def test_two_bearers_leave_it_open():
    rows = [*TWO, row("c", "Ivana Trump"), row("c", "Trump", entity="Ivana Trump")]
    assert links(rows)[1][2] == "Trump"


def test_a_surname_goes_to_the_one_who_bears_it_nearly_everywhere():
    president = [
        each for doc in "abcde" for each in (row(doc, "Barack Obama"), row(doc, "Obama", entity="Barack Obama"))
    ]
    wife = [row("f", "Michelle Obama"), row("f", "Obama", entity="Michelle Obama")]
    assert links([*president, *wife, row("g", "Obama")])[1][-1] == "Barack Obama"
    assert links([*president[2:], *wife, row("g", "Obama")])[1][-1] == "Obama"  # four documents are too few
    others = [row(doc, "Obama") for doc in "hijklmn"]
    assert links([*president, *wife, *others])[1][-1] == "Barack Obama"  # too well known to be introduced


def test_middle_names():
    plain, initial = [row("a", "Donald Trump"), row("b", "Donald Trump")], row("c", "Donald J. Trump")
    assert links([*plain, initial])[1] == ["Donald Trump"] * 3
    assert links([*plain, initial, row("d", "Donald M. Trump")])[1][2:] == ["Donald J. Trump", "Donald M. Trump"]
    assert (
        links([row("a", "Nelson Mandela"), row("b", "Nelson Rolihlahla Mandela")])[1]
        == ["Nelson Rolihlahla Mandela"] * 2
    )
    named = [row("a", "Juan Lopez"), row("b", "Juan Lopez"), row("c", "Juan Pablo Lopez")]
    assert links(named)[1] == ["Juan Lopez", "Juan Lopez", "Juan Pablo Lopez"]


def test_initials_of_one_article_are_not_those_of_many():
    rows = [row("a", "Israeli Prison Service", "ORG"), row("a", "IPS", "ORG", "Israeli Prison Service")]
    others = [row(doc_id, "IPS", "ORG") for doc_id in "bcd"]
    assert links([*rows, *others[:1]])[1][2] == "Israeli Prison Service"
    assert links([*rows, *others])[1][2:] == ["IPS"] * 3


def test_writing_and_label_do_not_part_a_name():
    rows = [row("a", "Hugo Chávez"), row("b", "Hugo Chavez"), row("c", "HUGO CHAVEZ", "ORG"), row("d", "Hugo Chavez")]
    assert links(rows) == (["PER"] * 4, ["Hugo Chavez"] * 4)
    assert normal("Acme Motors, Inc.") == normal("ACME Motors")


def test_a_single_word_is_one_thing_if_nearly_all_documents_say_so():
    president = [
        each for doc in "abcde" for each in (row(doc, "Barack Obama"), row(doc, "Obama", entity="Barack Obama"))
    ]
    kinds, names = links([*president, row("f", "Obama", "ORG")])
    assert (kinds[-1], names[-1]) == ("PER", "Barack Obama")
    # A name that is a place's in one document of three stays what each document says.
    town = [row(doc, "Obama", "GPE") for doc in "gh"]
    assert links([*president, *town, row("f", "Obama", "ORG")])[0][-3:] == ["LOC", "LOC", "ORG"]


def test_settings_merge_and_keep_apart():
    rows = [*TWO, row("b", "POTUS")]
    assert links(rows, merge={"Donald Trump": ["potus"]})[1] == ["Donald Trump"] * 4
    assert links(rows, apart=[["Trump", "Donald Trump"]])[1][:3] == ["Donald Trump", "Trump", "Trump"]


def test_metonyms():
    rows = [row("a", "Washington", "GPE"), row("a", "Washington", "PERSON"), row("a", "Lagos", "GPE")]
    assert links(rows)[1] == ["Washington", "Washington", "Lagos"]
    assert links(rows, metonyms=True)[1] == ["United States", "Washington", "Lagos"]


NAMES = st.sampled_from(["Ann Lee", "Lee", "Bo Lee", "ACME", "Acme Corp", "United Aid Fund", "UAF", "Ann B. Lee"])
ROWS = st.lists(st.builds(row, st.sampled_from("abc"), NAMES, st.sampled_from(["PERSON", "ORG"]), NAMES), max_size=12)


@given(ROWS, st.randoms())
def test_the_order_of_the_documents_does_not_matter(rows, random):
    order = list(range(len(rows)))
    random.shuffle(order)
    straight, mixed = links(rows), links([rows[at] for at in order])
    assert [straight[1][at] for at in order] == mixed[1]
    assert [straight[0][at] for at in order] == mixed[0]
