"""Words of attribution, from workflow/lexicons: cues with their counts, verbs and nouns of speech, idle objects."""

from functools import cache

from scripts.core.lexicons import LEXICONS, tab_rows
from scripts.core.storage import read_yaml

CUES, REPORTING, NOT_SPEECH, SPEAKERS = "cues.tsv", "reporting_verbs.yaml", "not_speech.yaml", "speakers.yaml"
# How often a word must have been a cue to count as one, unless it is a verb.
_MIN_TIMES = 2


@cache
def cue_lexicon() -> dict[str, tuple[int, int, int]]:
    """Return {lemma/POS: (times it introduces speech, times an attitude, times it occurs)} from cues.tsv."""
    rows = tab_rows(CUES)[1:]
    return {f"{lemma}/{pos}": (int(speech), int(attitude), int(total)) for lemma, pos, speech, attitude, total in rows}


@cache
def speech_nouns() -> frozenset[str]:
    """Return the nouns of speech in reporting_verbs.yaml."""
    return frozenset(read_yaml(LEXICONS / REPORTING)["noun"])


@cache
def speech_verbs() -> frozenset[str]:
    """Return the verbs of speech in reporting_verbs.yaml."""
    words = read_yaml(LEXICONS / REPORTING)
    return frozenset(lemma for name, verbs in words.items() if name != "noun" for lemma in verbs)


@cache
def speaker_nouns() -> dict[str, frozenset[str]]:
    """Return {kind of speaker, or gender: nouns} from speakers.yaml."""
    return {kind: frozenset(words) for kind, words in read_yaml(LEXICONS / SPEAKERS).items()}


@cache
def idle_objects() -> dict[str, frozenset[str]]:
    """Return {verb: objects} from not_speech.yaml with which the verb is not one of speech: "claimed three lives".

    Under ":" are the words after which a colon introduces no speech.
    """
    return {verb: frozenset(objects) for verb, objects in read_yaml(LEXICONS / NOT_SPEECH).items()}


@cache
def admitted() -> frozenset[str]:
    """Return the lemma/POS keys that may be cues: counted often enough in the training data, or listed."""
    counted = frozenset(
        key
        for key, (speech, attitude, _) in cue_lexicon().items()
        if speech > 0 and (key.endswith("/VERB") or speech + attitude >= _MIN_TIMES)
    )
    listed = {f"{lemma}/VERB" for lemma in speech_verbs()} | {f"{lemma}/NOUN" for lemma in speech_nouns()}
    return counted | listed
