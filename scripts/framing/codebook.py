"""The codebook: a page for coders with the definitions of the frames and how to fill the sheet."""

from html import escape

from scripts.framing.schemes import Scheme
from scripts.framing.units import SENTENCE

_HOW = {
    "sentence": "For each sentence, read <i>before</i> and <i>after</i> as context, and code <i>text</i> alone.",
    "article": "Read each article to its end (<i>text</i> is cut after 32,000 characters) and code it as a whole.",
}


def codebook(scheme: Scheme, *, kind: str) -> str:
    """Return the page for coders of sentences or of articles, as HTML."""
    frames = "\n".join(
        f"<dt><b>{escape(frame.name)}</b></dt><dd>{escape(frame.definition)}</dd>" for frame in scheme.frames
    )
    enough = "Two coders who share at least 50 sentences" if kind == SENTENCE else "Two coders who share all articles"
    return f"""<!DOCTYPE html>
<html lang="en"><meta charset="utf-8"><title>Codebook: {escape(scheme.title)}</title>
<body style="max-width: 45em; margin: 2em auto; font: 1em/1.5 sans-serif">
<h1>Codebook: {escape(scheme.title)}</h1>
<p>{escape(scheme.source)}</p>
<ol>
<li>Save a copy of coding_sheet.csv in the folder <code>coding</code>, named after the coder:
<code>coding/anna.csv</code> or <code>coding/anna.xlsx</code>.</li>
<li>{_HOW[kind]}</li>
<li>In each frame's column write 1 if the {kind} has the frame, <b>0 if not</b>. It may have several frames or none.
An empty cell means: not coded. A sheet with no 0 at all is not used. Leave the other columns as they are.</li>
<li>Code on your own: do not look at the report or at another coder's sheet before you are done.</li>
<li>Run <code>snakemake reliability</code>.</li>
</ol>
<p>The order is random and says nothing of the {kind}s. {enough} make an agreement that can be reported.</p>
<dl>
{frames}
</dl>
</body></html>
"""
