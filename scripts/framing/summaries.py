"""The corpus step: every framing statistic from the tables of the whole corpus."""

import pandas as pd
import pyarrow as pa

from scripts.entities.corpus_names import read_names, renamed
from scripts.framing.balance import source_balance
from scripts.framing.comparisons import contrasts, cooccurrence
from scripts.framing.corpus import make_corpus
from scripts.framing.places import places
from scripts.framing.prevalence import of_documents, prevalence
from scripts.framing.schemes import Scheme, chosen_schemes
from scripts.framing.speakers import frame_speakers
from scripts.framing.terms import coverage, frame_terms
from scripts.options import path_options
from scripts.storage import arrow_schema, read_settings, to_table
from scripts.tables import read_analysed, write_table

_INPUTS = {
    "documents": None,
    "sentences": ["doc_id", "sentence", "start", "end"],
    "quotes": ["doc_id", "quote", "speaker", "content_spans", "n_words", "n_quoted"],
    "entities": ["doc_id", "sentence", "label", "entity"],
    "frame_codes": None,
}
# Tables with a name as it is in the document, and its column.
NAMED = {"quotes": "speaker", "entities": "entity", "frame_codes": "speaker"}


def as_table(name: str, rows: pd.DataFrame) -> pa.Table:
    """Rows as an Arrow table with the columns of tables.yaml; no rows make an empty table."""
    if rows.empty:
        return arrow_schema(name).empty_table()
    return to_table(name, {column: rows[column].to_numpy() for column in arrow_schema(name).names})


def summaries(tables: dict[str, pd.DataFrame], schemes: list[Scheme], *, group: str) -> dict[str, pd.DataFrame]:
    """All framing statistics by the name of their table, from the tables that `_INPUTS` lists."""
    data = make_corpus(tables["documents"], tables["frame_codes"], group=group)
    where = places(tables["sentences"], tables["quotes"], tables["entities"])
    return {
        "frame_prevalence": prevalence(data, schemes),
        "frame_documents": of_documents(data, schemes),
        "frame_cooccurrence": cooccurrence(data, schemes),
        "frame_contrasts": contrasts(data, schemes),
        "frame_speakers": frame_speakers(data, schemes, where),
        "source_balance": source_balance(data, tables["quotes"]),
        "frame_terms": frame_terms(data, schemes),
        "frame_coverage": coverage(data, schemes),
    }


def main() -> None:
    """Read the corpus's tables in a folder, write the framing statistics beside them, as Parquet and CSV."""
    options = path_options(main.__doc__, "settings", "folder")
    settings = read_settings(options.settings)
    schemes = chosen_schemes(settings["framing"])
    tables = {name: read_analysed(options.folder, name, columns).to_pandas() for name, columns in _INPUTS.items()}
    names = read_names(options.folder / "entity_mentions.parquet")
    for name, column in NAMED.items():
        tables[name] = renamed(tables[name], names, [column])
    for name, rows in summaries(tables, schemes, group=settings["framing"]["groups"]).items():
        write_table(options.folder, name, as_table(name, rows), **settings["tables"])


if __name__ == "__main__":
    main()
