"""The corpus step: all framing statistics (FRAMING in framing.smk) from the tables of the whole corpus."""

import pandas as pd

from scripts.core.encoded import as_table, read_encoded
from scripts.core.options import path_options
from scripts.core.storage import read_settings
from scripts.core.tables import write_table
from scripts.entities.corpus_names import read_names, renamed_encoded
from scripts.framing.balance import source_balance
from scripts.framing.comparisons import contrasts, cooccurrence
from scripts.framing.corpus import Corpus, make_corpus, read_documents
from scripts.framing.places import Places, places
from scripts.framing.prevalence import of_documents, prevalence
from scripts.framing.schemes import Scheme, chosen_schemes
from scripts.framing.speaker_contrasts import finish, merge, part
from scripts.framing.speaker_frames import frame_speakers
from scripts.framing.terms import coverage, frame_terms
from scripts.framing.trends import frame_trends
from scripts.quotes.speakers import leading_speakers

_INPUTS = {
    "sentences": ["doc_id", "start", "end"],
    "quotes": ["doc_id", "quote", "speaker", "content_spans", "n_words", "n_quoted"],
    "entities": ["doc_id", "sentence", "label", "entity"],
    "frame_codes": ["doc_id", "sentence", "scheme", "frame", "term", "speaker"],
}
# Tables that hold names as the document has them, and the column: they get the corpus's names.
NAMED = {"entities": "entity", "frame_codes": "speaker"}


def summaries(
    data: Corpus, where: Places, quotes: pd.DataFrame, schemes: list[Scheme], *, speakers: int
) -> dict[str, pd.DataFrame]:
    """Return all framing statistics by name of table; `where` is of the sentences of `data`, `quotes` the table.

    So many leading `speakers` are compared with all others.
    """
    return {
        "frame_prevalence": prevalence(data),
        "frame_documents": of_documents(data),
        "frame_cooccurrence": cooccurrence(data),
        "frame_contrasts": contrasts(data),
        "frame_speakers": frame_speakers(data, where),
        "source_balance": source_balance(data, quotes),
        "frame_terms": frame_terms(data, schemes),
        "frame_coverage": coverage(data),
        "frame_trends": frame_trends(data),
        "speaker_frames": finish(merge([part(data, where)]), leading_speakers(quotes, speakers), data.frames),
    }


def main() -> None:
    """Read the corpus's tables in a folder; write the framing statistics beside them, as Parquet and CSV."""
    options = path_options(main.__doc__, "settings", "folder")
    settings = read_settings(options.settings)
    schemes = chosen_schemes(settings["framing"])
    names = read_names(options.folder / "entity_mentions.parquet")
    documents = read_documents(options.folder)

    def read(name: str) -> pd.DataFrame:
        rows = read_encoded(options.folder / f"{name}.parquet", _INPUTS[name])
        # Documents in other languages are not parsed: they must not lower a share.
        parsed = rows["doc_id"].isin(documents["doc_id"])
        rows = rows if parsed.all() else rows[parsed]
        return renamed_encoded(rows, names, NAMED[name]) if name in NAMED else rows

    # Of the longest tables one is in memory at a time.
    quotes = read("quotes")
    where = places(read("sentences"), quotes, read("entities"))
    data = make_corpus(documents, read("frame_codes"), schemes)
    quotes = quotes.drop(columns="content_spans")
    tables = summaries(data, where, quotes, schemes, speakers=settings["profiles"]["speakers"])
    for name, rows in tables.items():
        write_table(options.folder, name, as_table(name, rows), **settings["tables"])


if __name__ == "__main__":
    main()
