"""The codebook of a project for other tools: paths of codes for what the tables mark, and back.

The export writes these codes, and the import of a project that comes back reads them, so both take them from here.
"""

Code = tuple[str, ...]
STATEMENTS, SPEAKERS, NAMES, FRAMES, REVIEW = "Statements", "Speakers", "Names", "Frames", "Review"
NO_SPEAKER = "(speaker not named)"
NOT_A_STATEMENT: Code = (REVIEW, "not a statement")
NOT_A_NAME: Code = (REVIEW, "not a name")
CODED: Code = (REVIEW, "frames coded here")


def statement_code(kind: str) -> Code:
    """Return the code of a type of statement."""
    return STATEMENTS, kind


def speaker_code(speaker: str) -> Code:
    """Return the code of a speaker."""
    return SPEAKERS, speaker


def name_code(label: str, entity: str) -> Code:
    """Return the code of a name with its label."""
    return NAMES, label, entity


def frame_code(scheme: str, frame: str) -> Code:
    """Return the code of a frame."""
    return FRAMES, scheme, frame
