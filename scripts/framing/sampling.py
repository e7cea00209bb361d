"""The coding sheet: a stratified random sample of sentences for human coders, without the machine's codes.

Sentences with a rare frame would hardly come up in a simple random sample. So each sentence belongs to the stratum of
the rarest frame that the machine sees in it (or of none), half of the sample is shared out evenly among strata and half
by their size, and each sentence carries the size of its stratum: so many sentences of the corpus it speaks for.
"""

import csv
import io
import random
from collections import Counter
from html import escape

import pandas as pd

from scripts.core.options import path_options
from scripts.core.storage import escape_cell, read_parquet, read_settings, write_text
from scripts.core.tables import read_analysed
from scripts.framing.schemes import Scheme, coding_scheme

UNIT_COLUMNS = ("doc_id", "sentence", "corpus_size", "stratum", "stratum_size", "before", "text", "after")
_CONTEXT = 300
Key = tuple[str, int]


def strata(keys: list[Key], frames_of: dict[Key, set[str]]) -> dict[str, list[Key]]:
    """Sentences by the rarest of their frames, "" for none; among equally rare ones the first in the alphabet."""
    counts = Counter(frame for key in keys for frame in frames_of.get(key, ()))
    found: dict[str, list[Key]] = {}
    for key in keys:
        rarest = min(frames_of.get(key, ()), key=lambda frame: (counts[frame], frame), default="")
        found.setdefault(rarest, []).append(key)
    return dict(sorted(found.items()))


def allocate(sizes: list[int], size: int) -> list[int]:
    """How many to draw from strata of these sizes: half evenly, half by size, at least two where there are two.

    What a small stratum cannot give goes to the others. The sum is `size`, unless the strata hold less, or the two of
    each need more.
    """
    total = sum(sizes)
    if size >= total:
        return list(sizes)
    wanted = [0.5 * size / len(sizes) + 0.5 * size * each / total for each in sizes]
    drawn = [min(each, max(2, int(want))) for each, want in zip(sizes, wanted, strict=True)]
    while sum(drawn) < size:
        open_strata = [at for at, each in enumerate(sizes) if drawn[at] < each]
        drawn[max(open_strata, key=lambda at: (wanted[at] - drawn[at], -at))] += 1
    return drawn


def draw(found: dict[str, list[Key]], *, size: int, seed: int) -> list[tuple[Key, int, int]]:
    """A random sample of (sentence, its stratum's number and size), in an order that tells nothing of the strata."""
    generator = random.Random(seed)
    numbers = allocate([len(keys) for keys in found.values()], size)
    sample = []
    for stratum, (keys, number) in enumerate(zip(found.values(), numbers, strict=True)):
        sample += [(key, stratum, len(keys)) for key in generator.sample(sorted(keys), number)]
    generator.shuffle(sample)
    return sample


def coding_sheet(sentences: pd.DataFrame, present: pd.DataFrame, scheme: Scheme, *, size: int, seed: int) -> str:
    """The sheet as CSV: sampled sentences with their neighbours, and an empty column for each frame.

    `sentences` has doc_id, sentence, text; `present` doc_id, sentence, frame of the scheme.
    """
    texts = dict(zip(zip(sentences["doc_id"], sentences["sentence"], strict=True), sentences["text"], strict=True))
    frames_of: dict[Key, set[str]] = {}
    for doc_id, sentence, frame in zip(present["doc_id"], present["sentence"], present["frame"], strict=True):
        frames_of.setdefault((doc_id, sentence), set()).add(frame)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*UNIT_COLUMNS, *(frame.name for frame in scheme.frames)])
    for (doc_id, number), stratum, stratum_size in draw(strata(sorted(texts), frames_of), size=size, seed=seed):
        before, text, after = (texts.get((doc_id, number + step), "") for step in (-1, 0, 1))
        cells = [before[-_CONTEXT:], text, after[:_CONTEXT]]
        unit = [escape_cell(doc_id), number, len(texts), stratum, stratum_size]
        writer.writerow([*unit, *map(escape_cell, cells), *[""] * len(scheme.frames)])
    return out.getvalue()


def codebook(scheme: Scheme) -> str:
    """A page for the coders: the definitions, and how to fill the sheet."""
    frames = "\n".join(
        f"<dt><b>{escape(frame.name)}</b></dt><dd>{escape(frame.definition)}</dd>" for frame in scheme.frames
    )
    return f"""<!DOCTYPE html>
<html lang="en"><meta charset="utf-8"><title>Codebook: {escape(scheme.title)}</title>
<body style="max-width: 45em; margin: 2em auto; font: 1em/1.5 sans-serif">
<h1>Codebook: {escape(scheme.title)}</h1>
<p>{escape(scheme.source)}</p>
<ol>
<li>Save a copy of coding_sheet.csv in the folder <code>coding</code>, named after the coder:
<code>coding/anna.csv</code>.</li>
<li>For each sentence, read <i>before</i> and <i>after</i> as context, and code <i>text</i> alone.</li>
<li>In each frame's column write 1 if the sentence has the frame, 0 if not. A sentence may have several frames or none.
An empty cell means: not coded. Leave the other columns as they are.</li>
<li>Code on your own: do not look at the report or at another coder's sheet before you are done.</li>
<li>Run <code>snakemake reliability</code>.</li>
</ol>
<p>The order is random and says nothing of the sentences. Two coders who share at least 50 sentences make an agreement
that can be reported.</p>
<dl>
{frames}
</dl>
</body></html>
"""


def main() -> None:
    """Write the coding sheet and the codebook from the tables of the corpus."""
    options = path_options(main.__doc__, "settings", "folder", "sheet", "codebook")
    settings = read_settings(options.settings)["framing"]
    scheme = coding_scheme(settings)
    sentences = read_analysed(options.folder, "sentences", ["doc_id", "sentence", "text"]).to_pandas()
    codes = read_parquet(options.folder / "frame_codes.parquet", ["doc_id", "sentence", "scheme", "frame"]).to_pandas()
    present = codes[codes["scheme"] == scheme.name].drop_duplicates()
    size, seed = settings["coding"]["sentences"], settings["coding"]["seed"]
    write_text(options.sheet, coding_sheet(sentences, present, scheme, size=size, seed=seed))
    write_text(options.codebook, codebook(scheme))


if __name__ == "__main__":
    main()
