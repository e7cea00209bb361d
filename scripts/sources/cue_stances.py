"""The stance of a cue: neutral, or leaving the truth of a statement open ("claimed"), or taking it for granted.

The lists and the works on which they are based are in workflow/lexicons/cue_stances.yaml.
"""

import re
from collections.abc import Mapping
from functools import cache

from scripts.core.lexicons import LEXICONS
from scripts.core.storage import read_yaml

STANCES = ("neutral", "doubting", "endorsing")
UNLISTED, NO_CUE = "other", ""
# Characters after a cue that are searched for the particle of its verb.
AFTER = 12
_NEXT_WORD = re.compile(r"\A\s{1,3}([^\W\d_]{1,12})")


@cache
def stance_list() -> Mapping[str, str]:
    """Return the stance of each lemma, some with a particle ("point out")."""
    content = read_yaml(LEXICONS / "cue_stances.yaml")
    return {lemma: stance for stance in STANCES for lemmas in content[stance].values() for lemma in lemmas}


def cue_stance(lemma: str, following: str) -> str:
    """Return the stance of a cue from its lemma and the text after it: "other" if in no list, "" if there is no cue.

    >>> [cue_stance(*cue) for cue in (("say", " that"), ("claim", ""), ("point", " out that"), ("point", " to"))]
    ['neutral', 'doubting', 'endorsing', 'other']
    """
    if not lemma:
        return NO_CUE
    stances = stance_list()
    if particle := _NEXT_WORD.match(following):
        lemma_with_particle = f"{lemma} {particle[1].lower()}"
        if lemma_with_particle in stances:
            return stances[lemma_with_particle]
    return stances.get(lemma, UNLISTED)
