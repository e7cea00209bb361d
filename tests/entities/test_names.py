import pytest

from scripts.entities.names import acronyms, bare_name, name_mentions
from tests.entities.made import document


def names(text, *mentions):
    doc = document(text, *mentions)
    return [mention.entity for mention in name_mentions(doc, doc.mentions)]


def test_a_surname_is_that_of_the_one_introduced_before():
    text = "Ann Marsh spoke. Marsh left. Tom Marsh stayed. Marsh slept."
    people = [(name, "PERSON") for name in ("Ann Marsh", "Marsh", "Tom Marsh", "Marsh")]
    assert names(text, *people) == ["Ann Marsh", "Ann Marsh", "Tom Marsh", "Ann Marsh"]


def test_a_family_name_goes_before_a_given_name():
    people = ["Jeb Bush", "Bush Smith", "Bush"]
    assert names("Jeb Bush met Bush Smith. Bush left.", *[(name, "PERSON") for name in people])[2] == "Jeb Bush"


@pytest.mark.parametrize(
    ("full", "alone", "name"),
    [
        ("Omri Bar Sela", "", "Omri Bar Sela"),
        ("Tejans Kofa Sela", "Sela", "Kofa Sela"),
        ("Omri Ann Sela", "", "Ann Sela"),
    ],
    ids=["a family name", "a last name alone", "a given name"],
)
def test_a_family_name_of_several_words_stands_for_the_full_name(full, alone, name):
    short = full.partition(" ")[2]
    people = [(each, "PERSON") for each in (full, short, short, alone) if each]
    assert names(f"{full} spoke. {short} left. {short} slept. {alone or 'They'} stayed.", *people)[1] == name


def test_two_bearers_introduced_before_leave_it_open():
    text = "Ann Marsh met Tom Marsh. Marsh left."
    assert names(text, *[(name, "PERSON") for name in ("Ann Marsh", "Tom Marsh", "Marsh")])[2] == "Marsh"


def test_a_person_goes_by_the_commonest_full_name_of_equals_by_the_shortest():
    longer, plain = "Donald J. Trump", "Donald Trump"
    for people, name in (([longer, plain], plain), ([longer, plain, longer], longer), ([plain, longer], plain)):
        text = " ".join(f"There {each} sat." for each in people)
        assert names(text, *[(each, "PERSON") for each in people]) == [name] * len(people)


def test_a_name_goes_by_its_commonest_form_in_capitals_only_if_it_has_no_other():
    forms = ["Acme Board", "Acme BOARD", "Acme BOARD", "ACME BOARD", "ACME BOARD", "ACME BOARD"]
    for bodies, name in ((forms, "Acme BOARD"), (forms[::3], "Acme Board"), (forms[3:], "ACME BOARD")):
        text = " ".join(f"There {each} sat." for each in bodies)
        assert names(text, *[(each, "ORG") for each in bodies]) == [name] * len(bodies)


def test_a_name_is_written_as_in_the_text():
    text = 'James "Ed" Marsh-Lee spoke. Lee\'s Inn: Rye closed.'
    mentions = [('James "Ed" Marsh-Lee', "PERSON"), ("Lee's Inn: Rye", "FAC")]
    assert names(text, *mentions) == ['James "Ed" Marsh-Lee', "Lee's Inn: Rye"]
    assert names("PG&E closed Rye & Sons.", ("PG&E", "ORG"), ("Rye & Sons", "ORG")) == ["PG&E", "Rye & Sons"]


def test_family_name_first():
    text = "Lin Jian spoke. Lin left."
    assert names(text, ("Lin Jian", "PERSON"), ("Lin", "PERSON")) == ["Lin Jian", "Lin Jian"]


def test_countries_peoples_and_capitals():
    text = "The U.S., America and Washington; Americans and Chinese."
    mentions = [("U.S.", "GPE"), ("America", "GPE"), ("Washington", "GPE"), ("Americans", "NORP"), ("Chinese", "NORP")]
    assert names(text, *mentions) == ["United States", "United States", "Washington", "American", "Chinese"]


def test_organisations():
    text = "The Food Aid Council and Acme Motors Ltd with FAC, Acme and the Acme Board."
    mentions = [
        ("Food Aid Council", "ORG"),
        ("Acme Motors Ltd", "ORG"),
        ("FAC", "ORG"),
        ("Acme", "ORG"),
        ("Acme Board", "ORG"),
    ]
    assert names(text, *mentions) == [
        "Food Aid Council",
        "Acme Motors Ltd",
        "Food Aid Council",
        "Acme Motors Ltd",
        "Acme Board",
    ]


@pytest.mark.parametrize(
    ("full", "short"),
    [("Bank of Ghana", "BoG"), ("Commission of Inquiry", "CoI"), ("Department of Education", "DoE"),
     ("South African Wind Energy Association", "Sawea")],
)  # fmt: skip
def test_acronyms_with_small_letters(full, short):
    assert names(f"The {full} met. {short} left.", (full, "ORG"), (short, "ORG")) == [full, full]


@pytest.mark.parametrize(
    ("full", "short", "name"), [("AcmeAir Group", "AcmeAir", "AcmeAir Group"), ("NBC Sports", "NBC", "NBC")]
)
def test_capitals_inside_a_word_make_no_acronym(full, short, name):
    assert names(f"{full} met. {short} left.", (full, "ORG"), (short, "ORG")) == [full, name]


def test_an_ampersand_stands_for_and():
    text = "The Reed & Sage Board met. The Reed and Sage Board met again."
    assert names(text, ("Reed & Sage Board", "ORG"), ("Reed and Sage Board", "ORG")) == ["Reed & Sage Board"] * 2


def test_a_party_is_written_with_its_wing():
    assert names("The CPI(M) met.", ("CPI(M)", "ORG")) == ["CPI(M)"]


def test_a_listed_body_has_one_name_with_and_without_its_country():
    bodies = ["U.S. Environmental Protection Agency", "EPA", "United States Department of Justice", "US Steel"]
    expected = [*["Environmental Protection Agency"] * 2, "Justice Department", "US Steel"]
    assert names(" met. ".join([*bodies, ""]), *((body, "ORG") for body in bodies)) == expected


def test_a_person_and_an_organisation_of_one_name_stay_apart():
    text = "Henry Ford built Ford."
    assert names(text, ("Henry Ford", "PERSON"), ("Ford", "ORG")) == ["Henry Ford", "Ford"]


def test_dates_keep_their_text():
    assert names("In May 2019 it rained.", ("May 2019", "DATE")) == ["May 2019"]


def test_a_legal_form_alone_is_a_name():
    assert bare_name(("acme", ",", "inc")) == ("acme",) and bare_name(("inc",)) == ("inc",)


def test_acronyms():
    assert "EACC" in acronyms(["Ethics", "and", "Anti-Corruption", "Commission"])
    assert acronyms(["Acme"]) == set()


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Food and Agriculture Organization of the United Nations", "FAO"),
        ("U.S. Agency for International Development", "USAID"),
        ("UN High Commissioner for Refugees", "UNHCR"),
    ],
)
def test_whose_a_body_is_may_be_in_its_acronym_or_not(name, letters):
    assert letters in acronyms(name.split())


@pytest.mark.parametrize(
    ("name", "acronym", "is_its"),
    [
        ("Rye Harbour Protection Board", "HARP", True),
        ("Federal Security Service", "FSB", True),  # the letters of its own language
        ("Rye Harbour Board", "ZRB", False),
    ],
)
@pytest.mark.parametrize("clitic", ["", "'s"])
def test_an_acronym_in_brackets_is_that_of_the_name_before_it(name, acronym, is_its, clitic):
    text = f"The {name}{clitic} ({acronym}) met. {acronym} left."
    expected = [name] * 3 if is_its else [name, acronym, acronym]
    assert names(text, (name, "ORG"), (acronym, "ORG"), (acronym, "ORG")) == expected


def test_an_acronym_in_brackets_is_not_that_of_a_person():
    assert names("Ann Harper (HARP) met.", ("Ann Harper", "PERSON"), ("HARP", "ORG")) == ["Ann Harper", "HARP"]


def test_a_name_of_a_headline_is_no_second_bearer():
    text = "Top Marsh aide leaves. A top aide of Ann Marsh left. Marsh said so."
    people = [(name, "PERSON") for name in ("Top Marsh", "Ann Marsh", "Marsh")]
    assert names(text, *people)[1:] == ["Ann Marsh", "Ann Marsh"]


@pytest.mark.parametrize(
    ("full", "short", "name"),
    [
        ("Acme Research", "Acme", "Acme Research"),
        ("Microsoft Research", "Microsoft", "Microsoft"),
        ("Ford Motor Company", "Ford", "Ford Motor Company"),
        ("Boca Juniors", "Boca", "Boca Juniors"),
    ],
)
def test_a_listed_body_is_none_of_its_parts(full, short, name):
    assert names(f"There {full} grew. {short} left.", (full, "ORG"), (short, "ORG")) == [full, name]


@pytest.mark.parametrize(
    ("papers", "short", "name"),
    [
        (["Washington Post"], "Post", "Washington Post"),
        (["The New York Times"], "The Times", "New York Times"),
        (["Washington Post", "New York Post"], "Post", "Post"),
        (["Post Office"], "Post", "Post"),
        (["Daily Star Group"], "Star", "Star"),
    ],
)
def test_a_newspaper_goes_by_its_last_word(papers, short, name):
    text = " ".join(f"They read {each} there." for each in [*papers, short])
    assert names(text, *((each, "ORG") for each in [*papers, short]))[-1] == name
