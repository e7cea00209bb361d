"""Values computed from the texts of a column, once for each distinct text."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import DTypeLike, NDArray

from scripts.core.storage import first_seen


def looked_up(column: pa.ChunkedArray, value: Callable[[str], Any], dtype: DTypeLike = np.int64) -> NDArray[Any]:
    """Return `value` of each text of a column; it is called only once for each distinct text.

    >>> looked_up(pa.chunked_array([["a", "bb", "a"]]), len)
    array([1, 2, 1])
    """
    encoded = first_seen(column).dictionary_encode()
    return np.array([value(text) for text in encoded.dictionary.to_pylist()], dtype)[encoded.indices.to_numpy()]
