"""Types of arrays, by the numbers in them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

# Whole numbers of any width.
Ints = NDArray[Any]
Mask = NDArray[np.bool_]
Floats = NDArray[np.float64]
Floats32 = NDArray[np.float32]
