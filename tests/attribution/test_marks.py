"""Quotation marks: every kind, balanced or not, and laws that hold on any text."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.attribution.marks import quoted_stretches
from tests.effort import lines_run

HOSTILE = ['"', "'", "“", "”", "‘a", "’ ", "“a 'b ", '"a" ', "''"]

LONG = "We mended the old kiln with wet clay, and then we fired it again"


def stretches(text):
    """Return the text of every stretch, paragraphs at newlines."""
    paragraphs, start = [], 0
    for line in text.split("\n"):
        if line:
            paragraphs.append((start, start + len(line)))
        start += len(line) + 1
    return quoted_stretches(text, paragraphs)


def quoted(text):
    return [text[start:end] for start, end, *_ in stretches(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "no" twice.', ['"no"']),
        ("He said “no” twice.", ["“no”"]),
        ("He said ``no'' twice.", ["``no''"]),
        ("He said ''no'' twice.", ["''no''"]),
        ("He said «no» twice.", ["«no»"]),
        ("He said »no« twice.", ["»no«"]),
        ("He said „no” twice.", ["„no”"]),
        ("He said ‘no’ twice.", ["‘no’"]),
        ("He said 'no' twice.", ["'no'"]),
        ("One “a b” and \"c d\" and ''e f'' and «g h».", ["“a b”", '"c d"', "''e f''", "«g h»"]),
        ("“I heard ‘go’ and went,” she said.", ["“I heard ‘go’ and went,”"]),
        ("\"I heard 'go' and went,\" she said.", ["\"I heard 'go' and went,\""]),
        ("‘The workers’ rights matter,’ he said.", ["‘The workers’ rights matter,’"]),
        ("‘I don’t know,’ he said.", ["‘I don’t know,’"]),
        ("The dogs' bowls and the cat's.", []),
        ("Back in the '90s and the ’80s.", []),
        ("Rock 'n' roll, 'em, 'tis.", []),
        ('A 12" pipe and a 6" one.', []),
        ("A 5'10\" man.", []),
        ("He said “no.\nNothing more came.", []),
        ("He said: “No. Never.\nNothing more came.", ["“No. Never."]),
        ("“No. Never.\nNothing more came.", ["“No. Never."]),
        ("‘No. Never.\n‘Not once.’", ["‘No. Never.", "‘Not once.’"]),
        ("‘He said “no” to me,’ she said.", ["‘He said “no” to me,’"]),
        ("He said “no.\n“And no again.”\nEnd.", ["“no.", "“And no again.”"]),
        # A quotation inside another in the same marks, and what is none.
        ('"The "old" kiln and the "new" one cracked," she said.', ['"The "old" kiln and the "new" one cracked,"']),
        ("“The “old” kiln cracked,” she said.", ["“The “old” kiln cracked,”"]),
        ('"The "old" kiln cracked.\n"It was late."', ['"The "old" kiln cracked.', '"It was late."']),
        ('"It cracked, he said. It was "old" then.\n"It was late."', ['"old"', '"It was late."']),
        ('"It cracked. "We ran," he said.\n"It was late."', ['"It cracked.', '"We ran,"', '"It was late."']),
        ('"The kiln cracked," the "old" man said.', ['"The kiln cracked,"', '"old"']),
        ('It was "old,"and then "new" again.', ['"old,"', '"new"']),
        ('""The kiln cracked,"" she said.', ['"The kiln cracked,"']),
        ("“The kiln cracked,’’ she said.", ["“The kiln cracked,’’"]),
        # A paragraph of a long speech that lacks its mark, and a heading.
        (f'"One.\n"Two.\n{LONG}.\n"Four."', ['"One.', '"Two.', f"{LONG}.", '"Four."']),
        (f'"One.\n"Two.\n{LONG}\n"Four."', ['"One.', '"Two.', '"Four."']),
        (f'"One.\n"Two."\n{LONG}.\n"Four."', ['"One.', '"Two."', '"Four."']),
        (f'"One."\n"Two.\n{LONG}.\n"Four."', ['"One."', '"Two.', '"Four."']),
        (f'"One.\n{LONG}."', ['"One.', f'{LONG}."']),
        (f'"One.\n{LONG} and a "new" kiln."', ['"One.', '"new"']),
        ('"One.\nAnn Lee."', ['"One.']),
        # Paragraphs before the one that closes a quotation, without a mark of their own.
        ('"One.\nTwo.\nThree," he said. "Four."', ['"One.', "Two.", 'Three,"', '"Four."']),
        ('Lee said, "One.\nTwo:\nThree" and left.', ['"One.', "Two:", 'Three"']),
        ("Lee said: “One.\nTwo.\nThree.”\nFour.", ["“One.", "Two.", "Three.”"]),
        (f'"One.\n{LONG}," Lee said. "Three.\nFour.\nFive."', ['"One.', f'{LONG},"', '"Three.', "Four.", 'Five."']),
        ('"One.\nTwo," he said.', ['"One.', 'Two,"']),
        ('"One.\nTwo\nThree."', ['"One.']),
        ('"One.\nTwo.\nAn "old" kiln."', ['"One.', '"old"']),
        ('"One."\nTwo.\nThree."', ['"One."']),
        ('"One, he said.\nTwo.\nThree."', ['"One, he said.']),
        ("“It “broke,” he said, adding “no.”\nTwo.\nThree.”", ["“broke,”", "“no.”"]),
        ('"One.\n' + "Two.\n" * 19 + 'Three."', ['"One.', *["Two."] * 19, 'Three."']),
        ('"One.\n' + "Two.\n" * 20 + 'Three."', ['"One.']),
        ('It was ("as he put it") late.', ['"as he put it"']),
        ("A stray ” here and “a good one” there.", ["“a good one”"]),
        ("“An unclosed one and “a good one” there.", ["“a good one”"]),
        ("It was o'clock' then.", []),
        ("He said ‘ no’ twice.", []),
        ("'Well,'- he said.", ["'Well,'"]),
        ("He: 'Well,'- he said.", ["'Well,'"]),
        ("‘Their friends’ houses burned,’ he said. ‘Go.’", ["‘Their friends’ houses burned,’", "‘Go.’"]),
        ("‘All the workers’ went out. ‘Go,’ he said.", ["‘All the workers’", "‘Go,’"]),
        ("‘All the workers’ went out.", ["‘All the workers’"]),
        ("‘All the bread’ went out’ then.", ["‘All the bread’"]),
        ("‘All the workers’ Party’ won.", ["‘All the workers’"]),
        ('He had 6 “tins” and a 6" pipe.', ["“tins”"]),
        ('At 6 "sharp" we met.', ['"sharp"']),
        ("“It burned,“ he said. “Twice.“\nEnd.", ["“It burned,“", "“Twice.“"]),
        ("He said “yes.” “No,” she said.", ["“yes.”", "“No,”"]),
        ('He said "yes.""No," she said.', ['"yes."', '"No,"']),
        ('"It broke,"he said. "Twice."', ['"It broke,"', '"Twice."']),
        ('He said no. "It burned. "We ran. "We slept."', ['"It burned.', '"We ran.', '"We slept."']),
        ("He said no. “It burned. “We ran.” It rained.", ["“It burned.", "“We ran.”"]),
        ('"It burned, said Lee. "We ran."', ['"We ran."']),  # closed before its tag
        ('It "burned. "We ran."', ['"We ran."']),  # no sentence
        (f'"It burned. {"The mill stood there. " * 40}"We ran."', ['"We ran."']),  # closed long before
        ("“One “two” three.", ["“two”"]),
        ('"One "two" three.', ['"two"']),
        ("He said “no” (and “yes”) – “so”…", ["“no”", "“yes”", "“so”"]),
        ("‘I said “no” and “yes” to him,’ she said.", ["‘I said “no” and “yes” to him,’"]),
        ("‘I said “no” to him’ she said.", ["“no”"]),  # that ends no phrase
        ("Then ‘I said “no” to him,’ she said.", ["“no”"]),  # that opens no speech
        ("Then, ‘I said “no” to him,’ she said.", ["‘I said “no” to him,’"]),
        ("“I said ‘no” and yes,’ he said.", ["“I said ‘no”"]),  # neither inside nor around
        ('"The “old” kiln cracked," she said.', ['"The “old” kiln cracked,"']),
        ('"The “old” kiln cracked.\n"It broke."', ['"The “old” kiln cracked.', '"It broke."']),
        ('"The “old” kiln cracked.\nIt broke.', ["“old”"]),  # no straight mark closes, and none goes on
        ('"The kiln cracked. “It broke,” she said. "Twice."', ["“It broke,”", '"Twice."']),
        ('"The “old kiln cracked," she said.', ['“old kiln cracked,"']),
        ('"“It broke,” she said, adding that it cracked."', ["“It broke,”"]),  # two marks for one
        # A mark with its space on the wrong side opens, where the next one only closes.
        ('The mill burned." We ran out," Lee said. "Twice."', ['We ran out,"', '"Twice."']),
        ('Lee "ran." We ran out. It fell." The end came.', ['"ran."', 'We ran out. It fell."']),
        ('It fell." The mill burned." It is gone," Lee said.', ['It is gone,"']),
        ('It fell." We ran out." The mill burned." It is gone." Lee wept.', ['We ran out."', 'It is gone."']),
        ('It fell." We ran out." Then a "quiet" day.', ['We ran out."', '"quiet"']),
        ('The mill burned." We ran out. "It fell," Lee said.', ['"It fell,"']),
        ('The mill burned." Lee said we ran out." It fell.', []),  # a tag is between
        ('The mill burned." We left the old," new mill." It fell.', ['We left the old,"']),
        ('The mill burned." We bought 5" pipes.', []),
        (f'It fell." {"The mill stood there. " * 40}We ran out," Lee said.', []),  # too long
        ('The mill burned." we ran out," Lee said.', []),
        ("Lee said: 'The mill burned.'We ran out,' he said.", ["'The mill burned.'"]),
        ("The mill burned.'We ran out,' Lee said.'It fell.'", ["'We ran out,'", "'It fell.'"]),
        ("Lee said: ''We ran out.'It fell.'Then it rained.", ["''We ran out.'It fell.'Then it rained."]),
        (f"Lee said: ''We ran.' {'The mill stood there. ' * 40}Ray said 'no'.", ["'no'"]),
        ("", []),
    ],
)
def test_kinds_of_marks(text, expected):
    assert quoted(text) == expected


def test_open_on_purpose():
    first, second = stretches("“One day.\n“Another day.”")
    assert first[3] and not second[3]


def flags(text):
    """Return for every stretch the letters of what it is: in single marks, nested, open-ended."""
    return ["".join(name for name, is_so in zip("so", of, strict=True) if is_so) for _, _, *of in stretches(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“I heard ‘go’ and went,” she said.", [""]),
        ("He said ‘no’ and “yes”.", ["s", ""]),
        ("‘I said “no” and “yes” to him,’ she said. “So.”", ["s", ""]),
        ("“One.\n“Two.\n“Three.”", ["o", "o", ""]),
        ("‘One.\n‘Two.’", ["so", "s"]),
        ("“One.\nTwo.\nThree,” she said. “Four.”", ["o", "o", "", ""]),
        ("“One.\n‘Two.’", ["", "s"]),
        ("‘One.\n“Two.”", [""]),
        ("“One.\n’90s hits.", [""]),
        ("‘One.\n‘90s hits.", []),
        ("She left “one.\n“Two.”", ["o", ""]),
        ("She left ‘one.\n‘Two.’", ["s"]),
        ("She said, ‘one.\n‘Two.’", ["so", "s"]),
        ("‘All the workers’ went.\n‘Two.’", ["s", "s"]),
        ("‘All the workers’ went out. ‘Go,’ he said.", ["s", "s"]),
        ("“He ‘said.\n‘Two.’", ["", "s"]),
    ],
)
def test_what_a_stretch_is(text, expected):
    assert flags(text) == expected


MARKS = "“”„«»\"'‘’`"


@given(st.text(alphabet="ab ,.\n" + MARKS, max_size=200))
def test_laws_on_any_text(text):
    quoted = stretches(text)
    assert quoted == sorted(quoted)
    assert all(0 <= start < end <= len(text) for start, end, *_ in quoted)
    # None runs over a line or into another.
    assert all("\n" not in text[start:end] for start, end, *_ in quoted)
    assert all(a[1] <= b[0] for a, b in pairwise(quoted))


@given(st.lists(st.sampled_from(["“one two,”", "“x”", "plain words", "it's", "the ’90s"]), max_size=12))
def test_balanced_curly_marks_are_all_found(parts):
    assert quoted(" ".join(parts)) == [part for part in parts if part.startswith("“")]


@given(st.text(alphabet="ab \n" + MARKS, max_size=60), st.text(alphabet="ab \n" + MARKS, max_size=60))
def test_a_paragraph_apart_changes_nothing(left, right):
    # A line without marks between two texts keeps what is wrong in one out of the other.
    apart = quoted(f"{left}\nplain\n{right}")
    assert apart == quoted(f"{left}\nplain") + quoted(right)


@pytest.mark.slow
@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_text_is_cheap(unit):
    text = unit * (200_000 // len(unit))
    start = time.process_time()
    stretches(text)
    assert time.process_time() - start < 3


# In the last, each stretch in single marks asks which stretches in double marks it lies in.
@pytest.mark.parametrize("unit", [*HOSTILE, "\"a\" 'b' "])
def test_work_grows_no_faster_than_the_text(unit):
    few, many = (lines_run(stretches, unit * times) for times in (250, 1_000))
    assert many < 5 * few
