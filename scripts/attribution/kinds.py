"""Kinds of speakers by their nouns, and the words that tell a person's gender."""

from functools import cache

from scripts.core.lexicons import LEXICONS
from scripts.core.storage import read_yaml

KINDS = "speakers.yaml"


@cache
def kinds() -> dict[str, frozenset[str]]:
    """Return {kind: nouns} from workflow/lexicons/speakers.yaml."""
    return {kind: frozenset(words) for kind, words in read_yaml(LEXICONS / KINDS).items()}
