"""What conditions make of a sum of points: an unmet must keeps it below a band, an entry seat lifts a newcomer into one.

Scoring and the measures of a fitted model count with the same functions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from matcher.scoring.columns import Flags, Floats, Ints, Small
    from matcher.scoring.model import RankerModel

UNIT = 10_000
"""Points are whole ten-thousandths of log-odds, so that their sum is exact."""
TOP_BAND = 3
ROOM = 0.5
"""How far from a band's threshold capped fits end and lifted ones begin at most (in log-odds); the better ones end nearer to it,
or stand higher."""


def held(logits: Floats, limits: Floats) -> Floats:
    """The logits kept below their limits (infinite: none); order is kept, and those well below stay as they are."""
    over = logits - limits + ROOM
    return np.where(over > 0, limits - ROOM / (1 + np.maximum(over, 0.0)), logits)


def lifted(logits: Floats, threshold: float) -> Floats:
    """The logits raised above a threshold; order is kept, and those well above it stay as they are."""
    under = threshold + ROOM - logits
    return np.where(under > 0, threshold + ROOM / (1 + np.maximum(under, 0.0)), logits)


def limits_of(model: RankerModel) -> Floats:
    """The logit that fits of each best band stay below: where the next band begins."""
    return np.array([*(model.cap_logit(band) for band in range(TOP_BAND)), np.inf])


def cap_points(model: RankerModel, totals: Ints, allowed: Small) -> Ints:
    """What keeps fits below the band that their unmet musts allow, in units, as the totals are."""
    logits = totals / UNIT
    return rounded(held(logits, limits_of(model)[allowed]) - logits)


def lift_points(model: RankerModel, totals: Ints, fresh: Flags) -> Ints:
    """What makes newcomers a weak fit for an entry seat, in units, as the totals are."""
    logits = totals / UNIT
    return rounded((lifted(logits, model.cap_logit(0)) - logits) * fresh)


def rounded(points: Floats) -> Ints:
    """Points as whole units."""
    found: Ints = np.rint(points * UNIT).astype(np.int64)
    return found
