"""A corpus of made-up documents, as the tables that the report reads, without running the steps that make them."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from scripts.core.csv_tables import write_csv
from scripts.core.encoded import as_table
from scripts.core.schemas import table_schemas
from scripts.core.storage import read_parquet, rows_to_table, write_parquet
from scripts.report.views import views
from scripts.sources.statement_totals import total_rows
from scripts.speakers.speakers import speakers

# Texts that seeds from anywhere may hold. None of them may act in the report, the figures or the CSV files.
HOSTILE = (
    "</script><script>window.acted=1</script>",
    "<img src=x onerror=window.acted=1>",
    '"><svg onload=window.acted=1>',
    "' onmouseover='window.acted=1",
    "javascript:window.acted=1",
    "{{ 7*7 }} {% raw %}",
    "$x_{$",
    "=HYPERLINK(\"http://example.org\",\"x\")",
    "\u202eevil\u2066",
    "nul\x00 bell\x07 escape\x1b[31m",
    "</style><style>body{display:none}",
    "&lt;b&gt; &#0; ]]>",
    "-->",
)  # fmt: skip
HUGE = "x" * 1_000_000
NAMES = (
    "Lin Jian",
    "王毅",
    "محمد بن سلمان",
    "Anne-Marie van der Straaten-Oppenheimer of Saxe-Coburg and Gotha, Minister for Foreign Affairs and Trade",
    "O’Connor",
)
# Columns with a vocabulary of their own, in which no text of a seed can stand.
_VOCABULARY = {
    "column": "outlet", "group": "(all)", "scheme": "generic", "frame": "conflict", "frame_a": "conflict",
    "frame_b": "economic", "stance": "accepted", "relation": "voiced", "kind": "adjacent",
    "method": "bootstrap over documents",
}  # fmt: skip
_DEFAULTS = {"string": "", "int": 0, "float": 0.25, "bool": False, "spans": []}


def row(table: str, **values: Any) -> dict[str, Any]:
    """Return a row of a table: what is given, and a plain value for every other column."""
    columns = table_schemas()[table]
    assert not set(values) - set(columns)
    return {name: values.get(name, _DEFAULTS[column["dtype"]]) for name, column in columns.items()}


def write_tables(folder: Path, **tables: Iterable[Mapping[str, Any]]) -> None:
    """Write tables of rows, in which columns that are not given have a plain value."""
    for name, rows in tables.items():
        write_parquet(folder / f"{name}.parquet", rows_to_table(name, [row(name, **each) for each in rows]))


def in_groups(path: Path) -> None:
    """Write a table again as files of every other document, those of the last first."""
    table = read_parquet(path)
    path.unlink()
    doc_ids = table["doc_id"].unique()
    for name in "01":
        write_parquet(path / f"{name}.parquet", table.filter(pc.is_in(table["doc_id"], doc_ids[1 - int(name) :: 2])))


def _document(number: int, name: str) -> dict[str, list[dict[str, Any]]]:
    doc_id = f"{number:05d} {name[:60]}.txt"
    quote = "“We will act on the tariffs.”"
    sentences = [f"{name} said: {quote}", f"{name} blames the other side for the conflict."]
    text = "\n\n".join(sentences)
    second = len(sentences[0]) + 2
    start = text.index(quote)
    blames = text.index("blames")
    spans = [(0, len(sentences[0])), (second, len(text))]
    at = {"doc_id": doc_id, "sentence": 0}
    tokens = [
        (0 if match.start() < second else 1, match.start(), match.end()) for match in re.finditer(r"\w+|[^\w\s]", text)
    ]
    n_first = sum(sentence == 0 for sentence, _, _ in tokens)
    return {
        "documents": [
            row(
                "documents", doc_id=doc_id, seed=doc_id, title=name, outlet=name, date=f"2024-01-{1 + number % 28:02d}",
                language="en", encoding="utf-8", n_paragraphs=2, n_sentences=2, n_words=14, text=text, parsed=True,
                metadata="{}",
            )
        ],
        "sentences": [
            row("sentences", doc_id=doc_id, sentence=at, paragraph=at, start=start, end=end, text=text[start:end],
                first=at * n_first, last=n_first if at == 0 else len(tokens))
            for at, (start, end) in enumerate(spans)
        ],
        "tokens": [
            row("tokens", doc_id=doc_id, sentence=sentence, token=n, start=start, end=end, text=text[start:end],
                norm=text[start:end].lower(), lemma=text[start:end].lower(), is_word=text[start:end].isalnum())
            for n, (sentence, start, end) in enumerate(tokens)
        ],
        "quotes": [
            row(
                "quotes", **at, type="direct", content_spans=[[start, start + len(quote)]], content=quote, n_words=6,
                n_quoted=6, cue="said", cue_start=len(name) + 1, cue_end=len(name) + 5,
                cue_head_start=len(name) + 1, cue_head_end=len(name) + 5, source=name, source_start=0,
                source_end=len(name), speaker=name, speaker_in_document=name, speaker_type="person",
                role=name, rule=name, confidence=0.9,
            )
        ],
        "quote_sources": [
            row("quote_sources", **at, speaker=name, kind=name, stance="neutral", words=6, words_direct=6, row=None),
        ],
        "entities": [
            row("entities", **at, mention=0, start=0, end=len(name), text=name, label="PERSON", entity=name),
            row("entities", doc_id=doc_id, sentence=1, mention=1, start=second, end=second + len(name), text=name,
                label="PERSON", entity=name),
        ],
        "readability": [row("readability", doc_id=doc_id, n_words=14, n_sentences=2)],
        "frame_codes": [
            row("frame_codes", doc_id=doc_id, sentence=1, scheme="generic", frame="conflict", start=blames,
                end=blames + 6, term=name, speaker=name),
        ],
        "problems": [row("problems", seed=doc_id, severity="warning", code="odd", message=name, offset=3)],
    }  # fmt: skip


def write_corpus(folder: Path, names: list[str]) -> Path:
    """Write the tables of a document for each name, which stands wherever text from a seed can stand."""
    tables: dict[str, list[dict[str, Any]]] = {name: [] for name in ("documents", "sentences", "tokens", "quotes")}
    for number, name in enumerate(names):
        for table, rows in _document(number, name).items():
            tables.setdefault(table, []).extend(rows)
    for table, rows in tables.items():
        write_parquet(folder / f"{table}.parquet", rows_to_table(table, rows))
    quotes = read_parquet(folder / "quotes.parquet").to_pandas()
    rows = speakers(quotes, [row["doc_id"] for row in tables["documents"]])
    write_parquet(folder / "speakers.parquet", as_table("speakers", rows))
    counts = {str(row["doc_id"]): True for row in tables["documents"]}
    totals = total_rows(rows_to_table("quotes", tables["quotes"]), counts, set())
    write_parquet(folder / "statement_totals.parquet", rows_to_table("statement_totals", totals))
    _statistics(folder, tables["documents"], names)
    return folder


def _statistics(folder: Path, documents: list[dict[str, Any]], names: list[str]) -> None:
    """Write every other table that the report shows, with a name wherever it holds text."""
    for table in sorted({view.table for view in views() if not view.below_figure}):
        path = folder / f"{table}.parquet"
        if path.exists() or not documents:
            continue
        strings = [key for key, column in table_schemas()[table].items() if column["dtype"] == "string"]
        rows = []
        for name in dict.fromkeys(names):
            fixed = _VOCABULARY | {"doc_id": documents[0]["doc_id"], "unit": "sentence"}
            if table == "story_documents":
                fixed["story"] = documents[0]["doc_id"]
            if table in ("similarity", "near_duplicates"):
                fixed["other"] = documents[-1]["doc_id"]
            if table == "source_shares":
                fixed["attribute"] = "kind"
            if table != "collocations":
                fixed["kind"] = "person"
            if table == "quote_reuse":
                fixed["kind"] = "cut"
            texts = {key: fixed.get(key, name) for key in strings}
            counts = {key: 5 for key in table_schemas()[table] if key.split("_")[0] in ("n", "count")}
            if table == "blame":
                counts["statement"] = len(rows)
            rows.append(row(table, **texts, **counts))
        distinct = {tuple(row[key] for key in strings): row for row in rows}
        write_parquet(path, rows_to_table(table, distinct.values()))


def write_hostile_corpus(folder: Path) -> Path:
    """Write the tables of a corpus of long and hostile names, Parquet and CSV, and return their folder."""
    write_corpus(folder, [*NAMES, *HOSTILE])
    coded = row("project_codings", file="study.qdpx", text="the whole of an article")
    write_tables(
        folder,
        document_groups=[row("document_groups", doc_id="a", group="b")],
        project_codings=[coded],
        entity_mentions=[],
    )
    for path in folder.glob("*.parquet"):
        write_csv(path.with_suffix(".csv"), read_parquet(path))
    return folder
