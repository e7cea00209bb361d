"""Types that many modules share: arrays by the numbers in them, a row of a table, a stretch of text."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

# Whole numbers of any width.
Ints = NDArray[Any]
Mask = NDArray[np.bool_]
Floats = NDArray[np.float64]
Floats32 = NDArray[np.float32]

Row = dict[str, Any]
# Start and end, the end not included.
Span = tuple[int, int]
