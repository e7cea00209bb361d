"""The codebook of an exported project: the path of a code for each thing that the tables mark, and the way back.

The export writes these codes and the import of a returned project reads them, so both take them from here.
"""

from scripts.core.visible import visible

Code = tuple[str, ...]
STATEMENTS, SPEAKERS, NAMES, FRAMES, REVIEW = "Statements", "Speakers", "Names", "Frames", "Review"
GROUPS = (STATEMENTS, SPEAKERS, NAMES, FRAMES, REVIEW)
NO_SPEAKER = "(speaker not named)"
NOT_A_STATEMENT: Code = (REVIEW, "not a statement")
NOT_A_NAME: Code = (REVIEW, "not a name")
CODED: Code = (REVIEW, "frames coded here")
IN_SAMPLE: Code = (REVIEW, "in the sample for coders")
# Key in the first line of the note that records what was coded in an exported source.
MARK = "newsloom-export"
_SEPARATOR = " > "
_FLAT = "::"  # between the levels of a code in tools without a tree of codes, such as ATLAS.ti


def _label(text: str) -> str:
    """Return a code's name in a form that survives XML and other tools: hidden characters escaped, single spaces."""
    return " ".join(visible(text).split())


def speaker_code(speaker: str) -> Code:
    """Return the code of a speaker, or of `NO_SPEAKER` if the name is empty."""
    return SPEAKERS, _label(speaker) or NO_SPEAKER


def name_code(label: str, name: str) -> Code:
    """Return the code of a name with its label."""
    return NAMES, label, _label(name)


def frame_code(scheme: str, frame: str) -> Code:
    """Return the code of a frame."""
    return FRAMES, scheme, frame


def shown(code: Code) -> str:
    """Return a code as it appears in tables.

    >>> shown(("Frames", "generic", "conflict"))
    'Frames > generic > conflict'
    """
    return _SEPARATOR.join(code)


def unflattened(code: Code) -> Code:
    """Return the path of a code, split at "::" if a tool without a tree of codes wrote it as a single name.

    >>> unflattened(("Speakers::Ann Smith",)), unflattened(("Coke::diet",))
    (('Speakers', 'Ann Smith'), ('Coke::diet',))
    """
    group, separator, rest = code[0].partition(_FLAT)
    if not separator or group not in GROUPS or len(code) > 1:
        return code
    return (group, *rest.split(_FLAT, 1)) if group in (NAMES, FRAMES) else (group, rest)
