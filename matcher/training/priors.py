"""What the trade believes of the signals before any label is seen (`taxonomy/priors.toml`)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from typing import Any

from matcher.errors import InputError
from matcher.scoring.features import SIGNS, Feature
from matcher.taxonomy import load


def trade_prior(rules: Mapping[str, Any] | None = None) -> dict[str, float]:
    """Signal -> points (log-odds) of its full value, in the order of `Feature`; the shipped ones without `rules`.

    Raises InputError for a signal without points, or with points of the wrong sign.
    """
    table = _shipped() if rules is None else rules["priors"]
    return {str(feature): _points(feature, table.get(str(feature), {}).get("points")) for feature in Feature}


def sign_of(feature: Feature) -> int:
    """1 for what speaks for a resume, -1 for what speaks against it."""
    return SIGNS.get(feature, 1)


@cache
def _shipped() -> Mapping[str, Any]:
    table: Mapping[str, Any] = load().rules["priors"]
    return table


def _points(feature: Feature, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise InputError(f'priors.toml has no points for "{feature}": say what its full value is worth, and why')
    if value * sign_of(feature) < 0:
        raise InputError(
            f'priors.toml: "{feature}" speaks {"for" if sign_of(feature) > 0 else "against"} a resume, not {value:+g}'
        )
    return float(value)
