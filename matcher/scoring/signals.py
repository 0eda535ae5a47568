"""What a recruiter looks at, as numbers between 0 and 1 for many profiles at once; `reasons.py` says them in words.

0 always means "no evidence", so that what a resume does not say earns nothing and costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matcher.scoring.columns import Column, Floats, Postings, total
from matcher.scoring.credit import CreditRules
from matcher.scoring.features import Feature
from matcher.scoring.table import ProfileTable
from matcher.scoring.views import Asked, RoleView

FULL_MONTHS = 36
"""Months of relevant work after which more of it adds nothing."""
RELATED = 0.5
"""Credit from which a neighbouring family's work is of the same kind."""
_STEPS = (1.0, 0.6)
"""The worth of a relevant job on the role's step of the ladder and one step off; further off it is nothing."""


@dataclass(frozen=True, slots=True)
class Signals:
    """Computes all signals of a role for every profile of a table."""

    rules: CreditRules

    def read(self, table: ProfileTable, role: RoleView) -> tuple[Floats, ...]:
        """The values in the order of `Feature`, each an array with one value for a profile."""
        makers: Mapping[Feature, Callable[[ProfileTable, RoleView], Floats]] = {
            Feature.REQUIRED: lambda t, r: self._coverage(t, [item for item in r.asked if item.required]),
            Feature.PREFERRED: lambda t, r: self._coverage(t, [item for item in r.asked if not item.required]),
            Feature.CORE: self._core,
            Feature.FAMILY: _family,
            Feature.TITLE: _title,
            Feature.MONTHS: _months,
            Feature.CHANNEL: lambda t, r: _shares(t.channel_months, r.role.channels, t.size),
            Feature.LINE: lambda t, r: _shares(t.line_months, r.role.lines_of_business, t.size),
            Feature.LEVEL: _level,
            Feature.CONTACT: _contact,
            Feature.RESULTS: _results,
            Feature.TEXT: lambda t, r: np.minimum(1.0, 2 * t.terms.weighted(r.terms, t.size)),
        }
        return tuple(makers[feature](table, role) for feature in Feature)

    def answers(self, table: ProfileTable, concept: str) -> Column:
        """What the profiles earn for a concept: itself or a narrower one in full, else one hop away (`CreditRules.answer`)."""
        found = table.answers.get(concept)
        if found is None:
            found = table.answers[concept] = self._answers(table, concept)
        return found

    def _answers(self, table: ProfileTable, concept: str) -> Column:
        hops = self.rules.hops(concept)
        own = table.held[concept]
        if not any(other in table.held for other, _, _ in (*hops.siblings, *hops.neighbours)):
            return own
        best = own.full(table.size)
        _raise(best, table.held, hops.siblings)
        far = best.copy()
        _raise(far, table.held, hops.neighbours)
        best = np.where(best < hops.settled, far, best)
        rows = np.flatnonzero(best)
        return Column(rows.astype(np.int32), best[rows])

    def _coverage(self, table: ProfileTable, items: Sequence[Asked]) -> Floats:
        """Share of the asked weight that a resume answers."""
        weights = [item.weight for item in items]
        found = total([self.best_answer(table, item) for item in items], weights, table.size)
        return found / sum(weights) if any(weights) else found

    def best_answer(self, table: ProfileTable, item: Asked) -> Column:
        """What the profiles earn for one thing asked: the best of its alternatives."""
        columns = [self.answers(table, leaf.concept or "") for leaf in item.options]
        if len(columns) == 1:
            return columns[0]
        best = np.zeros(table.size)
        for column in columns:
            best[column.rows] = np.maximum(best[column.rows], column.values)
        rows = np.flatnonzero(best)
        return Column(rows.astype(np.int32), best[rows])

    def _core(self, table: ProfileTable, role: RoleView) -> Floats:
        """Share of the role family's core concepts that a resume shows, whatever the post spells out."""
        found = total([self.answers(table, concept) for concept in role.core], [1.0] * len(role.core), table.size)
        return found / len(role.core) if role.core else found


def _raise(best: Floats, held: Postings, others: Sequence[tuple[str, float, str]]) -> None:
    for other, share, _ in others:
        column = held[other]
        best[column.rows] = np.maximum(best[column.rows], share * column.values)


def _family(table: ProfileTable, role: RoleView) -> Floats:
    return table.jobs.best(table.family_credits(role.families) * table.jobs.recency)


def _title(table: ProfileTable, role: RoleView) -> Floats:
    best = np.zeros(table.title_count + 1)  # the last is that of no title
    for title in role.titles:
        best[:-1] = np.maximum(best[:-1], table.titles.weighted(title, table.title_count))
    return np.minimum(1.0, table.jobs.best(best[table.jobs.title] * table.jobs.recency))


def _months(table: ProfileTable, role: RoleView) -> Floats:
    """Months in the role's family and, at their credit, in its neighbours, older work counting less."""
    months = table.worked(table.family_credits(role.families) * table.jobs.recency)
    return np.minimum(1.0, months / FULL_MONTHS)


def _shares(months: Postings, asked: Sequence[str], size: int) -> Floats:
    """Whether a resume has worked over the channel or for the line of business that the role names."""
    found = np.zeros(size)
    for name in asked:
        column = months[name]
        found[column.rows] = np.maximum(found[column.rows], np.minimum(1.0, 0.5 + column.values / 24))
    return found


def _level(table: ProfileTable, role: RoleView) -> Floats:
    """1 where a relevant job stood on the role's step, less a step away, 0 from two steps off."""
    if role.role.level is None:
        return np.zeros(table.size)
    jobs = table.jobs
    worth = np.array([*_STEPS, 0.0])[np.minimum(len(_STEPS), np.abs(jobs.level - role.role.level))]
    counts = (table.family_credits(role.families) >= RELATED) & (jobs.level >= 0)
    return jobs.best(np.where(counts, worth, 0.0))


def _contact(table: ProfileTable, role: RoleView) -> Floats:
    return np.minimum(1.0, table.facts.contact_months / 24) if role.contact else np.zeros(table.size)


def _results(table: ProfileTable, role: RoleView) -> Floats:
    relevant = table.jobs.best(table.family_credits(role.families)) > 0
    return np.where(relevant, np.minimum(1.0, table.facts.results / 3), 0.0)
