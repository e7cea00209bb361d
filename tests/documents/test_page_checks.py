"""Pages that are cut, and main texts that lack much of what stands on their page."""

import pytest

from scripts.documents.page_checks import cut_page, left_out_problem

PAGE = "<html><body><article><p>One.</p><p>Two.</p></article>"


@pytest.mark.parametrize(
    "page",
    [
        f"{PAGE}</body></html>\n",
        f"{PAGE}</div></BODY>\n<!-- saved --> \n",
        f"{PAGE}</HTML>",
        f"{PAGE}<!-- the end -->",
        f"{PAGE}<script>if (a < b) c();</script>",
        "<p>One.<p>Two.",
        "One < two.",
        f"{PAGE}</html>" + " " * 200,
        f"{PAGE}</body>{'<p>An advertisement.' * 9}",
        "",
    ],
)
def test_a_page_that_may_be_whole_is_not_told(page):
    assert cut_page(page) == []


@pytest.mark.parametrize(
    ("page", "within"),
    [
        ("<html><body><article><p>One.</p><p>Two.</p>", "<article>"),
        ("<html><div><main><section>One.</section>", "<main>"),
        ("<div><p>One.</p><p>Tw", "<div>"),
        ("<p>One.</p><p>Tw", "<p>"),
        (f"{PAGE}<!-- </body>x", "a tag, a script or a comment"),
        (f"{PAGE}<script>x = '</body>';", "a tag, a script or a comment"),
        (f"{PAGE}<!-- the en", "a tag, a script or a comment"),
        (f"{PAGE}<script>if (a", "a tag, a script or a comment"),
        (f"{PAGE}<p class='", "a tag, a script or a comment"),
        (f"{PAGE}<img src='", "a tag, a script or a comment"),
    ],
)
def test_a_page_that_ends_within_an_element_is_told_with_it(page, within):
    (problem,) = cut_page(page)
    assert (problem.severity, problem.code) == ("warning", "damaged")
    assert problem.message.startswith(f"The page ends within {within}, so it may be cut")


def paragraph(number: int, *, length: int = 80, end: str = ".") -> str:
    """Return a paragraph of so many characters that is like no other."""
    return (
        "".join(f"{number}word{at} " for at in range(length))[: length - len(end)].strip().ljust(length - 1, "x") + end
    )


@pytest.mark.parametrize(
    ("main", "missing", "is_told"),
    [
        (479, [paragraph(at) for at in range(3)], True),
        (480, [paragraph(at) for at in range(3)], False),  # half of the main text
        (100, [paragraph(at) for at in range(2)], False),
        (100, [paragraph(0), paragraph(1), paragraph(2, length=79)], False),
        (100, [paragraph(0), paragraph(1), paragraph(2, end="x")], False),
        (100, [paragraph(0), paragraph(1), paragraph(2, end=".”")], True),
        (60, ["会" * 20 + f"{chr(0x4E00 + at) * 19}。" for at in range(3)], True),
        (60, ["会" * 20 + f"{chr(0x4E00 + at) * 18}。" for at in range(3)], False),
    ],
)
def test_a_main_text_that_lacks_three_long_paragraphs_half_as_long_as_itself_is_told(main, missing, is_told):
    text = paragraph(9, length=main)
    page = "\n".join([missing[0], text, "A teaser.", *missing[1:]])
    problems = left_out_problem(page, text)
    assert [(each.severity, each.code) for each in problems] == [("warning", "left-out")] * is_told
    assert all(each.message.startswith(f"{len(missing)} paragraphs with ") for each in problems)
    assert left_out_problem(page, page) == []


@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_a_paragraph_stands_in_the_main_text_by_twenty_letters_at_its_begin_middle_or_end(place):
    paragraphs = [paragraph(at, length=200) for at in range(3)]

    def main(letters):
        words = ["".join(filter(str.isalnum, each)) for each in paragraphs]
        starts = {"first": 0, "middle": len(words[0]) // 2, "last": len(words[0]) - 20}
        return ". ".join(each[starts[place] : starts[place] + letters] for each in words)

    assert left_out_problem("\n".join(paragraphs), main(20)) == []
    assert left_out_problem("\n".join(paragraphs), main(19)) != []
