"""Sentences end at the right places: abbreviations, lost spaces, closing marks, ellipses, long stretches."""

import pytest

from scripts.parsing import sentences
from scripts.parsing.tokens import segment


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Smith met Gen. Prayut. They spoke.", 2),
        ("George H.W. Bush met A.J. Smith. They spoke.", 2),
        ("She voted for S. 1639, a bill. It failed.", 2),
        ("John D. (Jay) Smith met Elma G. “Pem” Ray. They spoke.", 2),
        ("She said no. Smith left. It is No. 15/1972, after nos. 5 and 6. No. They spoke.", 5),
        ("Under S. Con. Res. 70 it was due on Apr. 17. They spoke.", 2),
        ("We lack vitamin D. (See below.) It is Plan B. “Yes,” he said.", 4),
        ("“We agree.” He left.", 2),
        ("The company, Acme Inc., was fined. It paid.", 2),
        ("He left.The mayor stayed!Smith's dog, too. Why?Nobody knew.", 5),
        ("St.Louis, Mr.Smith and Booking.Com agreed.They spoke.", 2),
    ],
)
def test_sentences(text, expected):
    assert len(segment(text)[0]) == expected


@pytest.mark.parametrize(
    "marked",
    [
        # A space was lost after a closing mark.
        '"The kiln burned."|The mayor left.| (It rained!)|She said: "Why?"|"Nobody knew," he said.',
        "He asked: 'Why?'|It's late.| 'We agree.'|Nobody knew.",
        'The kiln burned.|"We ran," she said.|"Nobody knew."|They left.',
        # No sentence ends within brackets or before a comma.
        'Ann Smith (D-Mass.), the mayor, left.| A poem called "Who?", now lost, is hers.| "So good!"-that was all.',
        "Ann Smith (D-Mass.) and Bo Smith (R-Kans.) agreed.| So did Govs. Lin and Chen.",
        # An ellipsis with spaces.
        '"We ran . . . and hid.| . . . Nobody knew . . . It burned."| They left.| ... We ran.',
        # An abbreviation before the last word of a quotation, or before a word in lower case.
        'He met "Donald J. Smith."| She wrote to "Mr. Smith."| They left "the U.S. senate."',
        "The F.B.I. said so.| Bo Smith, a.k.a. the baker, sold C.D.O.s.| The U.S.S. Kiln sank.",
        # An abbreviation as the last word of a sentence.
        "It opened in the U.S.| The mayor came at 5 p.m.| He left for Fresno, Calif.| “We ran,” he said.",
        "The dog is ill.| Smith left.| It is Lin v. The State, said Dr. He Lin.",
    ],
)
def test_ends_of_sentences(marked):
    text = marked.replace("|", "")
    assert [text[each.start : each.end] for each in segment(text)[0]] == [part.strip() for part in marked.split("|")]


def test_a_paragraph_that_is_long_is_read_in_windows_and_a_long_sentence_cut_at_a_space(monkeypatch):
    short = "He left. She stayed on. They met Mr. Smith again. "
    monkeypatch.setattr(sentences, "_LONGEST", 40)
    assert [short[each.start : each.end] for each in segment(short)[0]] == [
        "He left.", "She stayed on.", "They met Mr. Smith again."
    ]  # fmt: skip
    for text, lengths in (("word " * 20, [39, 35]), ("x" * 90, [40, 40])):
        spans, pieces = segment(text)
        assert [each.end - each.start for each in spans[:-1]] == lengths
        assert "".join(text[start:end] for start, end in pieces) == text.replace(" ", "")
