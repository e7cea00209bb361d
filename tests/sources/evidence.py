"""Kinds of made-up attributions, as the corpus settles them."""

import numpy as np

from scripts.sources.document_sources import kind_in_document
from scripts.sources.kind_lists import kinds
from scripts.sources.settled_kinds import KindEvidence, settled_kinds


def evidence(rows) -> KindEvidence:
    """Return the evidence of rows: doc_id, speaker, source, role, speaker_type and description."""
    documents, speakers = (sorted({row[at] for row in rows}) for at in (0, 1))
    of_source = [kind_in_document(*row[1:]) for row in rows]
    return KindEvidence(
        document=np.array([documents.index(row[0]) for row in rows]),
        speaker=np.array([speakers.index(row[1]) for row in rows]),
        kind=np.array([kinds().index(kind) for kind, *_ in of_source]),
        is_person=np.array([row[4] == "person" for row in rows]),
        last_resort=np.array([kinds().index(last) for *_, last in of_source]),
        owners={at: words.split() for at, (_, words, _) in enumerate(of_source) if words},
        speakers=speakers,
    )


def settled(rows) -> list[str]:
    """Return the kind of each of the same rows."""
    return [kinds()[number] for number in settled_kinds(evidence(rows))]
