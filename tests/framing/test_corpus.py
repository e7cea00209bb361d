"""Sentences and cues are numbered through all documents."""

import numpy as np
import pandas as pd

from scripts.framing.corpus import code_documents, frames_of
from tests.framing.made import codes, documents


def test_cues_of_other_schemes_and_documents_count_nowhere(used):
    cues = codes(("d1", 0, "a"), ("d1", 0, "a"), ("d0", 3, "b"), ("d2", 0, "b"))
    data = code_documents(documents([4, 6]), pd.concat([cues, cues.assign(scheme="other")]), frames_of(used))
    assert data.hits.tolist() == [[0, 1], [2, 0]]
    assert data.sentences.tolist() == [[0, 1], [1, 0]]
    # The sentences of d1 come after the four of d0.
    assert [list(numbers) for numbers in np.nonzero(data.present)] == [[0, 1], [4, 3]]
