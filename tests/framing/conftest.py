import pandas as pd
import pytest

from scripts.entities.recognition import with_raw_mentions
from scripts.framing.coders import read_coded
from scripts.framing.sampling import coding_sheet
from scripts.framing.schemes import Frame, Scheme, Term, parse_pattern
from scripts.parsing.parses import annotate
from tests.framing.made import sentence_units


@pytest.fixture(scope="session")
def parsed(nlp):
    """Parse one text."""
    return lambda text: with_raw_mentions(next(iter(annotate(nlp, [("d", text)]))))


def _frame(name, terms):
    pairs = [(term, []) if isinstance(term, str) else term for term in terms]
    return Frame(
        name,
        name,
        name,
        tuple(Term(term, parse_pattern(term), tuple(map(parse_pattern, without))) for term, without in pairs),
    )


@pytest.fixture(scope="session")
def scheme():
    """Make a scheme of frames from patterns; a pair is a pattern and its exclusions."""
    return lambda **frames: Scheme("test", "Test", "nobody", tuple(_frame(*each) for each in frames.items()))


@pytest.fixture(scope="session")
def used(scheme):
    """Return one scheme with the frames a and b."""
    return [scheme(a=["a"], b=["b"])]


@pytest.fixture(scope="session")
def quoted():
    """Return a document of four sentences of ten characters; A speaks in 0, 1, B in 2; all but 0 name A."""
    sentences = pd.DataFrame({"doc_id": "d0", "sentence": range(4), "start": [0, 11, 22, 33], "end": [10, 21, 32, 43]})
    quotes = pd.DataFrame(
        {
            "doc_id": "d0",
            "quote": [0, 1],
            "speaker": ["A", "B"],
            "content_spans": [[[5, 21]], [[22, 30]]],
            "n_words": [6, 2],
            "n_quoted": [6, 0],
        }
    )
    entities = pd.DataFrame({"doc_id": "d0", "sentence": [1, 2, 3], "label": "PERSON", "entity": "A"})
    return sentences, quotes, entities


@pytest.fixture(scope="module")
def units(used):
    """Return the 200 sentences of `sentence_units`."""
    return sentence_units(used[0])


@pytest.fixture(scope="module")
def sheet(units, used):
    """Return a coding sheet of 60 of the sentences, not filled."""
    return coding_sheet(units, used[0], {}, size=60, seed=1)


@pytest.fixture
def read(units, used):
    """Read sheets by name, give the codes and the problems."""
    return lambda **files: read_coded(files, used[0], units)
