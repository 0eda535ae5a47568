"""The places that profiles take for a role: numbers of all, words only of those that are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from matcher.records import Fit, Profile, Role
from matcher.scoring.columns import Ints
from matcher.scoring.explainer import Scores


@dataclass(frozen=True, slots=True)
class Places:
    """All profiles for a role, the best first: their log-odds (caps included), scores and bands are those of their fits.

    `musts` says what each condition of the role asks for, in the post's order. `numbers` has a row for each profile as it was
    given, `rows` those of the places. `explain` makes the fit of a row, which takes many times as long as its numbers.
    """

    role: Role
    profiles: tuple[Profile, ...]
    logits: tuple[float, ...]
    scores: tuple[float, ...]
    bands: tuple[int, ...]
    musts: tuple[str, ...]
    numbers: Scores
    rows: Ints
    explain: Callable[[int], Fit]

    def __len__(self) -> int:
        return len(self.profiles)

    def fit(self, place: int) -> Fit:
        """The fit at a place, counted from 0, with every reason."""
        return self.explain(int(self.rows[place]))

    def fits(self, count: int | None = None) -> Iterator[Fit]:
        """The fits of the first `count` places (of all), each made when it is asked for."""
        return map(self.fit, range(len(self))[:count])
