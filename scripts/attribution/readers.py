"""The readers: ways to rate what a cue may say, of which the setting `quotes.reader` takes one.

`light` reads the text and its syntax with a small neural network of the project's own. `encoder` reads it with a larger
one, which must be installed: it errs a little less and takes several times as long. `rules` weighs readable features
and is the quickest. All other stages are the same.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import NamedTuple

from scripts.attribution import rules
from scripts.attribution.calibration import Line, calibration
from scripts.attribution.candidates import Rated
from scripts.attribution.choice import SAME
from scripts.attribution.described_cues import Cue
from scripts.attribution.marked import MarkedDoc

READERS = ("light", "encoder", "rules")
DEFAULT_READER = "light"


class Attitudes(NamedTuple):
    """A way to rate attributions that are no speech: "wants", "believes", "is expected".

    `rate_both` takes the cues of speech and those that may be of an attitude (most of the former are among them). It
    returns what the reader's `rate` does with the former, to the last bit, and the latter with their candidates and the
    log-odds that these are attitudes and no speech. `calibration` has the lines of these log-odds.
    """

    rate_both: Callable[[MarkedDoc, Sequence[Cue], Sequence[Cue]], tuple[list[Rated], list[Rated]]]
    calibration: Mapping[str, Line]


class Reader(NamedTuple):
    """A way to rate: from the cues of a document to candidates with scores, and from a score to a probability.

    `rate` leaves out cues that stand no chance, and may put another source in the place of the parse's. Of two contents
    with a Jaccard coefficient of `same` or more the better is chosen. Without `attitudes` it reads speech alone.
    """

    rate: Callable[[MarkedDoc, Sequence[Cue]], list[Rated]]
    calibration: Mapping[str, Line]
    same: float = SAME
    attitudes: Attitudes | None = None


def check_reader(name: str) -> None:
    """Raise LookupError if what a reader needs is not installed, ValueError if its files are not those published."""
    if name == "encoder":
        from scripts.attribution.encoder_weights import check_weights
        from scripts.entities.reading import heads_file

        check_weights()
        heads_file()
    if name == "light":
        open_reader(name)


@cache
def open_reader(name: str) -> Reader:
    """Return a reader by its name, `light`, `encoder` or `rules`, whose weights are loaded.

    Raises LookupError, saying what to install, if the encoder's model is not there, and ValueError if its files are not
    those published.
    """
    attitude_lines = calibration(f"{name}, attitudes")
    if name == "rules":
        return Reader(rules.rate, calibration(name), attitudes=Attitudes(rules.rate_both, attitude_lines))
    from scripts.attribution import encoder, encoder_weights  # with NumPy, which the rules do without

    encoder_weights.network(name)
    attitudes = Attitudes(partial(encoder.rate_both, reader=name), attitude_lines)
    return Reader(partial(encoder.rate, reader=name), calibration(name), encoder.SAME, attitudes)
