"""Runs of words that texts have in common with articles: found in any form, and cut short."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.report.runs import common, cut_runs, first_words, has_run, runs_of

ARTICLE = "The mayor of the old harbour town said on Monday that she would not close the fish market this year."
CHINESE = "中国外交部发言人周三表示美国应该解决自己的问题"
WORDS = st.lists(st.sampled_from(["fish", "mayor", "İzmir", "ß", "we'll", "old"]), max_size=60).map(" ".join)


@pytest.mark.parametrize(
    "text",
    [
        ARTICLE.upper(),
        ARTICLE.replace(" ", ", "),
        f"She wrote: {ARTICLE[4:70]}",
        "\n".join(ARTICLE.split()),
        CHINESE[:12],
        f"x{CHINESE[:12]}x",
    ],
)
def test_words_of_an_article_are_found_in_any_form_and_cut(text: str) -> None:
    runs = common(runs_of([text]), [CHINESE, ARTICLE])
    assert has_run(text, runs)
    assert not has_run(cut_runs(text, runs), runs)


@pytest.mark.parametrize("text", ["", "fish", "The mayor of the old harbour town said on Monday that", CHINESE[:11]])
def test_fewer_words_than_a_run_stay(text: str) -> None:
    runs = common(runs_of([text, ARTICLE, CHINESE]), [ARTICLE, CHINESE])
    assert not has_run(text, runs) and cut_runs(text, runs) == text


def test_only_the_passage_is_cut_and_words_of_ones_own_stay() -> None:
    text = f"My note on it. {ARTICLE} I doubt that anybody said so in all of these days."
    runs = common(runs_of([text]), [ARTICLE])
    assert cut_runs(text, runs) == (
        "My note on it. The mayor of the old harbour town said …. I doubt that anybody said so in all of these days."
    )


def test_passages_that_overlap_are_cut_as_one() -> None:
    words = [f"word{number}" for number in range(17)]
    runs = runs_of([" ".join(words[:12]), " ".join(words[5:])])
    assert cut_runs(" ".join([*words, "mine"]), runs) == f"{' '.join(words[:8])} … mine"


@given(st.lists(WORDS, max_size=3), WORDS)
def test_after_the_cut_a_text_has_no_run_of_any_article(articles: list[str], text: str) -> None:
    runs = common(runs_of([text]), articles)
    assert not has_run(cut_runs(text, runs).replace("…", "cut"), runs)


@given(WORDS, st.integers(1, 20))
def test_no_more_than_the_first_words_are_left(text: str, most: int) -> None:
    short = first_words(text, most)
    assert len(re.findall(r"\w+", short)) <= len(re.findall(r"\w+", text))
    assert text.startswith(short.removesuffix("…").rstrip())
