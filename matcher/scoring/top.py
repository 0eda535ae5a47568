"""The best profiles of a table for a role, or for many roles, without holding every condition against every profile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from matcher.records import Role
from matcher.scoring.columns import Ints
from matcher.scoring.scorer import Scorer
from matcher.scoring.table import ProfileTable

Settle = Callable[[Ints, Ints], Ints]
"""Rows and their bounds to their totals, conditions included: never above the bounds, and for each row by itself."""
_FIRST = 4
"""How many times as many rows as are wanted get their conditions judged at first."""
_MORE = 8
"""How many times as many the next time."""


def best(bounds: Ints, settle: Settle, order: Ints, count: int) -> tuple[Ints, Ints]:
    """The `count` rows with the greatest totals, the best first, and these totals; of equal ones the least `order` first.

    No total is above its bound, so that rows are settled from the greatest bound downwards until no other can come up.
    """
    judged = _FIRST * count
    while True:
        floor = np.partition(bounds, -judged)[-judged] if judged < len(bounds) else None
        rows = np.arange(len(bounds)) if floor is None else np.flatnonzero(bounds >= floor)
        settled = settle(rows, bounds[rows])
        first = np.lexsort((order[rows], -settled))[:count]
        if floor is None or settled[first[-1]] >= floor:
            return rows[first], settled[first]
        judged *= _MORE


def best_of(scorer: Scorer, table: ProfileTable, role: Role, count: int) -> tuple[Ints, Ints]:
    """The best rows of a table for a role, the best first, and their log-odds in ten-thousandths."""
    totals = scorer.totals(table, role)

    def settle(rows: Ints, _: Ints) -> Ints:
        return scorer.settled(table.take(rows), role, totals[rows])

    return best(scorer.bounds(table, role, totals), settle, table.order, count)


def best_of_all(
    scorer: Scorer, table: ProfileTable, roles: Sequence[Role], count: int, workers: int = 1
) -> list[tuple[Ints, Ints]]:
    """`best_of` for each role, by so many threads."""
    if workers == 1:
        return [best_of(scorer, table, role, count) for role in roles]
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(lambda role: best_of(scorer, table, role, count), roles))
