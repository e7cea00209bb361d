from hypothesis import given
from hypothesis import strategies as st

from scripts.entities.corpus_entities import normal
from scripts.entities.name_links import OPEN
from tests.entities.made import links_of as links
from tests.entities.made import named_links_of


def row(doc_id, text, label="PERSON", entity=""):
    return {"doc_id": doc_id, "text": text, "label": label, "entity": entity or text}


def spelled(doc_id, full, short, label="PERSON"):
    """Return a document that has a full name and a short form of it."""
    return [row(doc_id, full, label), row(doc_id, short, label, full)]


def story(doc_ids, *names):
    """Return names of organisations in each of some documents, which have them in common."""
    return [row(doc_id, name, "ORG") for doc_id in doc_ids for name in names or ("Rye Bank", "Lee Board")]


TWO = [*spelled("a", "Donald Trump", "Trump"), *spelled("c", "Donald Trump", "Trump"), row("b", "Trump")]


def test_a_surname_that_documents_of_the_same_story_resolve():
    assert links([*TWO, *story("abc")])[1][:5] == ["Donald Trump"] * 5
    assert links([*TWO, *story("ac"), *story("b", "Ash Club")])[1][4] == "Trump (Donald or another)"


def probabilities_of(rows, short):
    """Return the probability of each candidate of a short form that is linked or open."""
    return {link.candidate: link.probability for link in named_links_of(rows) if link.name == short}


def test_a_family_name_in_the_article_is_evidence_for_its_given_names():
    rows = [*(row(doc, "Jane Arden") for doc in "abc"), row("d", "Jane"), row("e", "Jane"), row("e", "Arden")]
    by_article = {link.document: link.probability for link in named_links_of(rows) if link.candidate == "Jane Arden"}
    assert by_article[4] > OPEN > by_article.get(3, 0)


def test_a_family_name_that_comes_first_is_no_given_name():
    def probability(name, *called):
        rows = [each for doc in "abc" for each in (row(doc, name), *(row(doc, word, entity=name) for word in called))]
        return probabilities_of([*rows, row("d", name.split()[0]), *story("abcd")], name.split()[0]).get(name, 0)

    forename = probability("Quin Velloso", "Quin", "Velloso")
    assert forename < probability("Quin Velloso", "Quin") == probability("Quin Vel-loso")
    assert forename == probability("Anna Velloso", "Anna") == probability("Quin Maria Velloso", "Quin", "Velloso")


def test_names_of_bodies_with_the_same_letters_are_one():
    rows = [row("a", "Rye Bank", "ORG"), row("b", "Rye Bank", "ORG"), row("c", "RyeBank", "ORG")]
    rows += [row("a", "The Herald", "ORG"), row("b", "Herald", "ORG"), row("c", "Farmers' Club", "ORG")]
    assert links([*rows, row("d", "Farmers Club", "ORG")])[1] == [
        *["Rye Bank"] * 3,
        *["Herald"] * 2,
        *["Farmers Club"] * 2,
    ]


def test_what_a_person_issues_means_that_person():
    rows = [
        *spelled("a", "John Moss", "Moss"),
        *spelled("b", "John Moss", "Moss"),
        row("c", "Pat Moss"),
        row("d", "Moss"),
        *story("abd"),
    ]
    own = {"a": "Herald", "b": "Herald", "c": "Pat Moss", "d": "Pat Moss"}
    assert {link.candidate for link in named_links_of(rows, own)} == {"Pat Moss"}
    assert "John Moss" in {link.candidate for link in named_links_of(rows, dict.fromkeys(own, "Herald"))}


def test_common_family_names_and_persons_who_are_named_together():
    def probability(name, beside="", *bearers):
        rows = [row("a", f"Lena {name}"), row("b", name), *story("ab")]
        others = [row("a", f"Ruth {beside}"), row("b", beside)] if beside else []
        others += [row("c", f"{bearer} {beside}") for bearer in bearers]
        return next(link.probability for link in named_links_of([*rows, *others]) if link.name == name)

    assert probability("Miller") < probability("Moss") < probability("Moss", "Arden", "Jane")
    assert probability("Moss", "Arden", "Jane", "Kate") < probability("Moss", "Arden", "Jane")


def test_the_only_bearer_whom_several_articles_name_is_told_by_that():
    for articles, is_evidence in ((1, False), (2, True)):
        rows = [row(f"a{number}", "Lena Moss") for number in range(articles)]
        (link,) = named_links_of([*rows, row("b", "Moss"), *story(["a0", "b"])])
        assert ("only bearer of several articles" in link.evidence) == is_evidence


def test_an_article_about_the_same_country_or_with_the_given_name_is_evidence():
    def evidence(country, forename):
        rows = [row("a", "Lena Moss"), row("c", "Lena Moss"), row("b", "Moss"), row("b", forename), *story("abc")]
        rows += [row(doc, name, "GPE") for doc, name in (("a", "Kenya"), ("b", country)) for _ in range(2)]
        return next(link.evidence for link in named_links_of(rows) if link.name == "Moss")

    for country, forename in (("Kenya", "Ruth"), ("Ghana", "Lena")):
        reasons = evidence(country, forename)
        assert ("same country" in reasons) == (country == "Kenya")
        assert ("given name in the article" in reasons) == (forename == "Lena")


def test_a_name_that_more_than_fifty_articles_have_tells_no_story():
    def probability(articles, body="Rye Bank"):
        rows = [row(doc, "Lena Moss") for doc in ("a", "m0", "m1", "m2", "m3")]
        rows += [row("a", "Rye Bank", "ORG"), row("b", "Moss"), row("b", body, "ORG")]
        rows += [row(f"c{number}", "Rye Bank", "ORG") for number in range(articles - 2)]
        return probabilities_of(rows, "Moss")["Lena Moss"]

    assert probability(50) > probability(51) == probability(51, "Ash Club")


def test_a_document_that_leaves_two_bearers_open_is_not_linked():
    rows = [each for doc in "abcdefghijkl" for each in spelled(doc, "Jeb Bush", "Bush")]
    assert links([*rows, row("m", "Bush"), *story("abcdefghijklm")])[1][24] == "Jeb Bush"
    others = [each for doc in "nopqrstuvwxyz" for each in spelled(doc, "George Bush", "Bush")]
    both = links([*rows, *others, row("m", "George Bush"), row("m", "Jeb Bush"), row("m", "Bush")])[1][-1]
    assert both == "Bush (George or Jeb)"


MAS = [each for doc in "ab" for each in spelled(doc, "Monetary Authority of Singapore", "MAS", "ORG")]


def test_an_acronym_is_linked_between_documents_about_the_same_country():
    singapore = [row(doc, "Singapore", "GPE") for doc in "abc" for _ in range(2)]
    bolivia = [row("c", "Bolivia", "GPE")] * 3
    assert links([*MAS, *singapore, row("c", "MAS", "ORG")])[1][-1] == "Monetary Authority of Singapore"
    assert links([*MAS, *singapore[:4], *bolivia, row("c", "MAS", "ORG")])[1][-1] == "MAS"
    assert links([*MAS, *bolivia, row("c", "MAS", "ORG")])[1][-1] == "Monetary Authority of Singapore"


def test_an_acronym_is_linked_between_outlets_by_two_documents_of_the_same_month():
    for date, name in (("2025-04-01", "Monetary Authority of Singapore"), ("2025-04-02", "MAS"), ("2025-01-01", "MAS")):
        dates = {"a": "2025-03-01", "b": "2025-03-20", "c": date}
        outlets = {"a": "Herald", "b": "Herald", "c": "Times"}
        assert links([*MAS, row("c", "MAS", "ORG")], outlets, dates)[1][-1] == name


def test_a_place_is_not_linked_by_the_beginning_of_its_name():
    rows = [each for doc in "ab" for each in spelled(doc, "Salt Lake City", "Salt Lake", "GPE")]
    outlets = dict.fromkeys("abc", "Herald")
    assert links([*rows, row("c", "Salt Lake", "GPE")], outlets)[1][-1] == "Salt Lake"


def test_letters_that_no_document_writes_beside_the_name_are_no_acronym():
    rows = [*(row(doc, "Waldorf Astoria", "ORG") for doc in "ab"), row("c", "WA", "ORG")]
    assert links(rows)[1][-1] == "WA"


def court(doc_id, country, times=2):
    return [*[row(doc_id, country, "GPE")] * times, row(doc_id, "Supreme Court", "ORG")]


def test_a_body_of_the_state_is_that_of_the_country_a_document_is_about():
    names = links([*court("a", "India"), *court("b", "Kenya"), *court("c", "India")])[1]
    assert [name for name in names if "Court" in name] == [
        "Supreme Court (India)",
        "Supreme Court (Kenya)",
        "Supreme Court (India)",
    ]


def test_a_body_of_one_country_keeps_its_plain_name():
    assert links([*court("a", "India"), *court("b", "India")])[1][-1] == "Supreme Court"


def test_a_document_that_tells_no_country_means_the_only_one_of_the_corpus():
    silent = row("c", "Supreme Court", "ORG")
    assert links([*court("a", "India"), *court("b", "India"), silent])[1][-1] == "Supreme Court"
    assert links([*court("a", "India"), *court("b", "Kenya"), silent])[1][-1] == "Supreme Court (c)"


def test_a_department_is_one_in_either_order_of_its_words():
    forms = ("U.S. State Department", "U.S. Department of State", "Department of State")
    rows = [
        each for doc, form in zip("abc", forms, strict=True) for each in [row(doc, form, "ORG"), *court(doc, "U.S.")]
    ]
    assert len({name for name in links(rows)[1] if "State" in name and "Court" not in name} - {"United States"}) == 1


def test_parties_of_two_countries_are_two():
    rows = [*court("a", "United States"), row("a", "Democratic Party", "ORG")]
    rows += [*court("b", "South Korea"), row("b", "Democratic Party", "ORG")]
    assert links(rows)[1][3::4] == ["Democratic Party (United States)", "Democratic Party (South Korea)"]


def test_a_ministry_in_other_words_is_no_full_name_of_it():
    rows = [
        each
        for doc, country in (("a", "India"), ("b", "Kenya"))
        for each in [*court(doc, country), row(doc, "Ministry of Foreign Affairs", "ORG")]
    ]
    assert links(rows)[1][3::4] == ["Ministry of Foreign Affairs (India)", "Ministry of Foreign Affairs (Kenya)"]


def test_a_full_name_tells_the_country_of_a_body():
    rows = [row("a", "Supreme Court of India", "ORG"), row("b", "U.S. Supreme Court", "ORG"), *court("c", "India")]
    names = links(rows)[1]
    assert names[:2] == ["Supreme Court of India", "U.S. Supreme Court"] and names[-1] == "Supreme Court of India"


def test_a_body_whose_country_is_not_told_is_its_documents_own():
    names = links([row("a", "Supreme Court", "ORG"), row("b", "Supreme Court", "ORG")])[1]
    assert names == ["Supreme Court (a)", "Supreme Court (b)"]


def test_a_body_is_that_of_the_outlets_country_unless_the_document_is_about_another():
    home = [each for doc in "abc" for each in [row(doc, "Kenya", "GPE")] * 2]
    outlets = dict.fromkeys("abcde", "Nairobi News")
    rows = [*home, row("d", "Supreme Court", "ORG"), *court("e", "India"), row("a", "Supreme Court", "ORG")]
    names = links(rows, outlets)[1]
    assert names[6] == names[-1] == "Supreme Court (Kenya)" and names[-2] == "Supreme Court (e)"


def test_a_surname_goes_to_the_one_who_bears_it_nearly_everywhere():
    president = [
        each
        for doc in "abcdeijklmnopqrstuvw"
        for each in (row(doc, "Barack Obama"), row(doc, "Obama", entity="Barack Obama"))
    ]
    wife = [row("f", "Michelle Obama"), row("f", "Obama", entity="Michelle Obama")]
    assert links([*president, *wife, row("g", "Obama"), *story("abcg")])[1][-9] == "Barack Obama"


def test_middle_names():
    plain, initial = [row("a", "Donald Trump"), row("b", "Donald Trump")], row("c", "Donald J. Trump")
    assert links([*plain, initial])[1] == ["Donald Trump"] * 3
    assert links([*plain, initial, row("d", "Donald M. Trump")])[1][2:] == ["Donald J. Trump", "Donald M. Trump"]
    two_names = [row("a", "John Anderson"), row("b", "John Ward Anderson")]
    assert links(two_names)[1] == ["John Anderson", "John Ward Anderson"]
    named = [row("a", "Juan Lopez"), row("b", "Juan Lopez"), row("c", "Juan Pablo Lopez")]
    assert links(named)[1] == ["Juan Lopez", "Juan Lopez", "Juan Pablo Lopez"]


def test_initials_of_two_articles_are_not_those_of_many():
    rows = [each for doc in "ab" for each in spelled(doc, "Israeli Prison Service", "IPS", "ORG")]
    others = [row(doc_id, "IPS", "ORG") for doc_id in "cdefg"]
    assert links([*rows, *others[:2]])[1][4:] == ["Israeli Prison Service"] * 2
    assert links([*rows, *others])[1][4:] == ["IPS"] * 5


def test_writing_and_label_do_not_part_a_name():
    rows = [row("a", "Hugo Chávez"), row("b", "Hugo Chavez"), row("c", "HUGO CHAVEZ", "ORG"), row("d", "Hugo Chavez")]
    assert links(rows) == (["PER"] * 4, ["Hugo Chavez"] * 4)
    assert normal("Acme Motors, Inc.") == normal("ACME Motors")


def test_a_name_in_capitals_is_no_acronym_if_it_is_long_and_written_otherwise_too():
    for name, preferred in (("RENFRO", "Renfro"), ("RENFR", "RENFR")):
        rows = [row("a", name, "ORG"), row("b", name, "ORG"), row("c", name.title(), "ORG")]
        assert links(rows)[1] == [preferred] * 3


def test_a_single_word_is_one_thing_if_nearly_all_documents_say_so():
    president = [
        each for doc in "abcde" for each in (row(doc, "Barack Obama"), row(doc, "Obama", entity="Barack Obama"))
    ]
    kinds, names = links([*story("abcdef"), *president, row("f", "Obama", "ORG")])
    assert (kinds[-1], names[-1]) == ("PER", "Barack Obama")
    # A name that is a place's in one document of three stays what each document says.
    town = [row(doc, "Obama", "GPE") for doc in "gh"]
    assert links([*president, *town, row("f", "Obama", "ORG")])[0][-3:] == ["LOC", "LOC", "ORG"]


def test_settings_merge_and_keep_apart():
    rows = [*TWO, row("b", "POTUS"), *story("abc")]
    assert links(rows, merge={"Donald Trump": ["potus"]})[1][:6] == ["Donald Trump"] * 6
    assert links(rows, apart=[["Trump", "Donald Trump"]])[1][:2] == ["Donald Trump", "Trump"]
    assert links([row("a", "Pat O'Hara")], merge={"Patricia": ["Pat O’Hara"]})[1] == ["Patricia"]


def test_a_body_with_its_country_and_without_is_one_unless_settings_keep_them_apart():
    rows = [row("a", "U.S. Forest Service", "ORG"), *(row(doc, "Forest Service", "ORG") for doc in "bc")]
    assert links(rows)[1] == ["Forest Service"] * 3
    assert links([row("a", "U.S. Forest Service", "FAC"), *rows[1:]])[1][0] == "U.S. Forest Service"
    names = links(rows, apart=[["U.S. Forest Service", "Forest Service"]])[1]
    assert names == ["U.S. Forest Service", "Forest Service", "Forest Service"]


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


def test_indias_congress_is_not_that_of_the_united_states():
    american = [
        each for doc in "ab" for each in [*[row(doc, "U.S.", "GPE", "United States")] * 2, row(doc, "Congress", "ORG")]
    ]
    indian = [each for doc in "cde" for each in [*[row(doc, "India", "GPE")] * 3, row(doc, "Congress", "ORG")]]
    both = [*[row("f", "U.S.", "GPE", "United States")] * 2, row("f", "Congress", "ORG")]
    names = links([*american, *indian, *both], dict.fromkeys("cdef", "Gazette"))[1]
    assert names[2] == "Congress (United States)" and names[-1] != names[2] and names[9] == "Congress (India)"
