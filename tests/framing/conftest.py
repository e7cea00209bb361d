import pytest

from scripts.framing.schemes import Frame, Scheme, Term, parse_pattern
from scripts.parsing.parses import annotate


@pytest.fixture(scope="session")
def parsed(nlp):
    """Parse one text."""
    return lambda text: next(iter(annotate(nlp, [("d", text)])))


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
