"""Speakers: how much of what is quoted each of them says, in quotation marks and out of them."""

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

from scripts.intervals import bootstrap
from scripts.storage import read_parquet, rows_to_table, write_csv, write_parquet

METHOD = "bootstrap over documents"
TOO_FEW = "not estimable: fewer than two documents"


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    with np.errstate(invalid="ignore", divide="ignore"):
        return part / whole[..., None]


def _sums(quotes: pd.DataFrame, value: str, documents: list[str], speakers: list[str]) -> np.ndarray:
    """Words by document (rows, in the order given) and speaker (columns)."""
    table = quotes.pivot_table(index="doc_id", columns="speaker", values=value, aggfunc="sum", fill_value=0)
    return table.reindex(index=documents, columns=speakers, fill_value=0).to_numpy(float)


def _first_known(values: pd.Series) -> str:
    """The commonest value that is not empty; of equally common ones the first in the alphabet."""
    counts = values[values.fillna("") != ""].value_counts()
    return min(counts[counts == counts.max()].index) if len(counts) else ""


def speakers(quotes: pd.DataFrame, doc_ids: list[str], *, resamples: int = 1000) -> pd.DataFrame:
    """One row per named or described source of `quotes` (table quotes), most quoted words first.

    Shares are of all attributed words, and of the attributed words in quotation marks; their 95 % intervals come from
    drawing documents of `doc_ids` with replacement. With fewer than two documents they are missing.
    """
    quotes = quotes[quotes["speaker"].fillna("") != ""].sort_values(["doc_id", "sentence", "quote"])
    names = sorted(set(quotes["speaker"]))
    if not names:
        return pd.DataFrame()
    words, direct = (_sums(quotes, column, doc_ids, names) for column in ("n_words", "n_quoted"))
    rows = pd.DataFrame({"speaker": names})
    grouped = quotes.groupby("speaker", sort=True)
    for column in ("speaker_type", "role"):
        rows[column] = grouped[column].agg(_first_known).to_numpy()
    rows["n_quotes"] = grouped.size().to_numpy()
    rows["n_documents"] = grouped["doc_id"].nunique().to_numpy()
    rows["words"], rows["words_direct"] = words.sum(axis=0).astype(int), direct.sum(axis=0).astype(int)
    rows["words_indirect"] = rows["words"] - rows["words_direct"]
    for prefix, sums in (("", words), ("direct_", direct)):
        total = sums.sum(axis=1)
        rows[f"{prefix}share"] = _share(sums.sum(axis=0), total.sum(keepdims=True)[0])
        rows[f"{prefix}lo"], rows[f"{prefix}hi"] = bootstrap(_share, sums, total, resamples=resamples)
    rows["method"] = METHOD if len(doc_ids) > 1 else TOO_FEW
    first = grouped.first()
    rows["doc_id"], rows["sentence"] = first["doc_id"].to_numpy(), first["sentence"].to_numpy()
    return rows.sort_values(["words", "words_direct", "speaker"], ascending=[False, False, True], kind="stable")


def main() -> None:
    """Make the speakers table, as Parquet and CSV."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--documents", type=Path, required=True)
    parser.add_argument("--quotes", type=Path, required=True)
    parser.add_argument("--parquet", type=Path, required=True)
    parser.add_argument("--csv", type=Path, required=True)
    options = parser.parse_args()
    doc_ids = read_parquet(options.documents, ["doc_id"]).column("doc_id").to_pylist()
    columns = ["doc_id", "quote", "sentence", "speaker", "speaker_type", "role", "n_words", "n_quoted"]
    rows = speakers(read_parquet(options.quotes, columns).to_pandas(), sorted(doc_ids))
    table = rows_to_table("speakers", rows.astype(object).where(rows.notna(), None).to_dict("records"))
    write_parquet(options.parquet, table)
    write_csv(options.csv, table)


if __name__ == "__main__":
    main()
