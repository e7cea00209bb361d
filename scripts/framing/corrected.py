"""Shares of frames corrected by the coders' codes, of the corpus and of each group (table frame_corrected)."""

from itertools import product

import numpy as np
import pandas as pd

from scripts.core.stand_ins import ALL
from scripts.framing.coders import Coded
from scripts.framing.machine_codes import MachineCodes
from scripts.framing.schemes import Scheme
from scripts.framing.units import Units
from scripts.maths.correction import Corrected, corrected_share, units_for_width

_FEWEST, _FEWEST_OF_GROUP = 2, 10
# The table states how many more codes are needed for an interval of this half-width.
HALF_WIDTH = 0.05


def _not_estimable(reason: str) -> Corrected:
    return Corrected(np.nan, np.nan, np.nan, f"not estimable: {reason}", np.nan)


def corrected(coded: Coded, scheme: Scheme, units: Units, machine: MachineCodes) -> pd.DataFrame:
    """Return the table frame_corrected: the share of units with a frame by machine, by people, and corrected.

    It covers the whole corpus and each group of documents. If the sheets' sampling design cannot be used, nothing is
    estimated and `method` says why. If the machine has no values for a frame, only people's codes are used. `more` is
    the number of further codes needed for an interval of plus or minus .05.
    """
    group_of = np.array(units.group, object)
    names = sorted(set(units.group) - {""})
    masks = [(ALL, np.ones(len(group_of), bool)), *((name, group_of == name) for name in names)]
    agreed = coded.agreed()
    rows = []
    for (group, mask), (at, frame) in product(masks, enumerate(scheme.frames)):
        known = ~np.isnan(agreed[:, at])
        human, weight = agreed[known, at], coded.weights(known)
        inside, size = mask[coded.row[known]], int(mask.sum())
        by_machine = float(machine.corpus[mask, at].mean())
        # A machine without values for this frame is treated as one that never sees it, so only people's codes count.
        absent = np.isnan(by_machine)
        codes, share = (0 * human, 0.0) if absent else (machine.coded[known, at], by_machine)
        fewest = _FEWEST if group == ALL else _FEWEST_OF_GROUP
        more = None
        if coded.flaw:
            result = _not_estimable(coded.flaw)
        elif inside.sum() < max(1, min(fewest, size)):
            result = _not_estimable(f"fewer than {fewest} codes")
        else:
            result = corrected_share(human, codes, weight, coded.stratum[known], share, size, inside=inside)
            needed = units_for_width((result.hi - result.lo) / 2, int(inside.sum()), size, width=HALF_WIDTH)
            more = max(0, needed - int(inside.sum()))
        row = {
            "group": group,
            "scheme": scheme.name,
            "frame": frame.name,
            "unit": units.kind,
            "n_units": size,
            "n": int(inside.sum()),
            "machine": by_machine,
            "human": float(np.average(human, weights=weight * inside)) if inside.any() else np.nan,
            **result._asdict(),
            "machine_codes": "" if absent else machine.name[at],
            "more": more,
        }
        rows.append(row)
    return pd.DataFrame(rows)
