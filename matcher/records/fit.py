"""How a resume fits a role: a base plus named contributions."""

from __future__ import annotations

import math
from dataclasses import dataclass

from matcher.records.claims import Evidence
from matcher.records.post import Role
from matcher.records.resume import Profile


@dataclass(frozen=True, slots=True)
class Contribution:
    """One named part of a score: its points (log-odds, 4 decimals), one sentence of reason and the evidence."""

    name: str
    points: float
    reason: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Fit:
    """How a resume fits a role: `base` plus the points of `contributions`, which add up exactly.

    `unmet` and `unknown` are musts; `missing` are all skills asked for of which the resume shows nothing, the weightiest first.
    """

    profile: Profile
    role: Role
    base: float
    contributions: tuple[Contribution, ...]
    unmet: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def logit(self) -> float:
        """Base plus points, rounded to 4 decimals as each of them is."""
        return round(math.fsum([self.base, *(c.points for c in self.contributions)]), 4)

    @property
    def score(self) -> float:
        """The logistic function of `logit`, in (0, 1)."""
        return 1.0 / (1.0 + math.exp(-self.logit))
