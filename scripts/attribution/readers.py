"""The readers: networks that rate a cue's candidates; the setting `quotes.reader` chooses one.

`light` is small and the project's own. `encoder` is larger and must be installed: it errs a little less and takes
several times as long. All other stages are the same.
"""

DEFAULT_READER = "light"
READERS = (DEFAULT_READER, "encoder")


def check_reader(name: str) -> None:
    """Raise LookupError if what a reader needs is not installed, ValueError if its files are not those published."""
    from scripts.attribution.network_weights import check_weights  # imports NumPy, which the plan does without
    from scripts.entities.name_tagger import tagger_files

    check_weights(name)
    tagger_files()
