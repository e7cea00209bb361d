"""What the figures show of the tables where that is not their first rows: the report lists the same."""

from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from scripts.core.encoded import read_encoded
from scripts.core.storage import arrow_schema, read_parquet

_PLACES = 12
# Up to so many days the bars are days, up to so many days they are months, then years.
_DAYS, _MONTHS = 62, 5 * 366


def chosen_codes(folder: Path) -> pd.DataFrame:
    """The cues of the first scheme in the document with most of them; of equals the first in the alphabet.

    The columns are those of table frame_codes that a reader sees; no rows if there is no such table.
    """
    columns = ["doc_id", "sentence", "scheme", "frame", "term", "speaker"]
    path, schemes = folder / "frame_codes.parquet", folder / "frame_prevalence.parquet"
    if not (path.exists() and schemes.exists()):
        return arrow_schema("frame_codes").empty_table().select(columns).to_pandas()
    codes = read_encoded(path, columns)  # of a million rows some hundred are left: no text is made of the others
    codes = codes[codes["scheme"].isin(read_parquet(schemes, ["scheme"])["scheme"].to_pylist()[:1])]
    counts = codes["doc_id"].value_counts()
    codes = codes[codes["doc_id"] == min(counts[counts == counts.max()].index, default="")]
    return codes.astype({name: codes[name].cat.categories.dtype for name in columns if name != "sentence"})


def periods(dates: pd.Series) -> pd.Series:
    """Documents per period, empty periods included: days, months or years, whichever suits the span of the dates.

    `dates` holds ISO 8601 dates; what is none is left out.
    """
    known = pd.to_datetime(dates.where(dates.fillna("") != ""), errors="coerce", utc=True, format="ISO8601").dropna()
    if known.empty:
        return pd.Series(dtype=int)
    days = (known.max() - known.min()).days
    unit = "D" if days <= _DAYS else "M" if days <= _MONTHS else "Y"
    index = known.dt.tz_localize(None).dt.to_period(unit)
    counts = index.value_counts()
    return counts.reindex(pd.period_range(index.min(), index.max(), freq=unit), fill_value=0)


def chosen_groups(rates: pd.DataFrame) -> pd.DataFrame:
    """The rows of months where there are two or more, else those of the first column with two groups or more."""
    columns = sorted(dict.fromkeys(rates["column"]), key=lambda column: column != "month")
    parts = (rates[rates["column"] == column] for column in columns)
    return next((part for part in parts if part["group"].nunique() > 1), rates.head(0))


def longest_document(folder: Path) -> pd.DataFrame:
    """The tokens of the longest document, each with its form and with its lemma: words are counted by one of them."""
    documents = folder / "documents.parquet"
    sizes = read_parquet(documents, ["doc_id", "n_tokens"]).to_pandas() if documents.exists() else pd.DataFrame()
    if sizes.empty:
        return pd.DataFrame({"doc_id": [], "token": [], "word": []})
    doc_id = sizes.sort_values(["n_tokens", "doc_id"], ascending=[False, True])["doc_id"].iloc[0]
    forms = ["norm", "lemma"]
    tokens = pq.read_table(
        folder / "tokens.parquet",
        columns=["doc_id", "token", *forms],
        filters=[("doc_id", "=", doc_id)],
        read_dictionary=forms,  # of a million rows that are read few are left: no text is made of the others
        partitioning=None,
    ).to_pandas()
    both = [tokens[["doc_id", "token"]].assign(word=tokens[form].str.lower()) for form in forms]
    return pd.concat(both).drop_duplicates()


def placed_words(frequencies: pd.DataFrame, tokens: pd.DataFrame) -> dict[str, list[int]]:
    """The most frequent words that a document has, each with the numbers of its tokens."""
    frequent = frequencies[~frequencies["is_stop"].astype(bool)]["word"]
    there = tokens.sort_values("token").groupby("word")["token"].agg(list)
    return {word: there[word] for word in [word for word in frequent.head(10 * _PLACES) if word in there][:_PLACES]}
