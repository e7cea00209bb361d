"""Longer names that a speaker may have: who is asked about whom."""

import pandas as pd

from scripts.review.same_as import likely_same, may_be


def test_a_surname_asks_for_all_who_bear_it_those_of_most_words_first() -> None:
    words = {"Lee": 50, "Ann Lee": 5, "Bo Lee": 9, "Lee Marsh": 80, "Cy Dunn": 7}
    assert likely_same(words) == {"Lee": ["Bo Lee", "Ann Lee"]}


def test_of_two_full_names_the_one_with_fewer_words_asks() -> None:
    assert likely_same({"Donald Trump": 90, "Donald J. Trump": 4}) == {"Donald J. Trump": ["Donald Trump"]}
    assert likely_same({"Donald Trump": 4, "Donald J. Trump": 90}) == {"Donald Trump": ["Donald J. Trump"]}
    assert likely_same({"Donald Trump": 4, "Donald J. Trump": 4}) == {"Donald Trump": ["Donald J. Trump"]}
    assert likely_same({"Donald Trump": 4, "Ivanka Trump": 4}) == {}


def test_the_open_candidates_of_an_article_come_first_and_the_speaker_himself_is_no_question() -> None:
    attributions = pd.DataFrame(
        [
            ("a", "Lee", "Lee", "person", 5),
            ("b", "Lee", "Ann Lee", "person", 9),
            ("b", "Lee & Co", "Lee & Co", "organisation", 9),
        ],
        columns=["doc_id", "speaker_in_document", "speaker", "speaker_type", "n_words"],
    )
    links = pd.DataFrame(
        [("a", "Lee", "Bo Lee", False), ("a", "Lee", "Ann Lee", False), ("a", "Lee", "Cy Lee", True),
         ("b", "Lee", "Ann Lee", False)],
        columns=["doc_id", "name", "candidate", "linked"],
    )  # fmt: skip
    assert may_be(attributions, links).tolist() == ["Bo Lee | Ann Lee", "", ""]
