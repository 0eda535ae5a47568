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

MONTHS_SCALE = 24
"""Months of relevant work after which about a third of the signal is still to be had; half of it is reached after 17."""
RELATED = 0.5
"""Credit from which a neighbouring family's work is of the same kind."""
UNNAMED_FAMILIES = ("bpo-operations",)
UNNAMED, UNNAMED_DUTIES = 0.7, 0.35
"""Credit at most of a job whose title names no line of work, and the share of the duties that earns it."""
_TITLE_ALONE, _FULL_DUTIES = 0.4, 0.3
"""What a job of the field is worth that shows no duty of the role, and the share of the duties that makes it whole."""
_STEPS = (1.0, 0.6)
"""The worth of a relevant job on the role's step of the ladder and one step off; further off it is nothing."""


@dataclass(frozen=True, slots=True)
class Signals:
    """Computes all signals of a role for every profile of a table."""

    rules: CreditRules

    def read(self, table: ProfileTable, role: RoleView) -> tuple[Floats, ...]:
        """The values in the order of `Feature`, each an array with one value for a profile."""
        duties = table.duties.weighted(role.duties, len(table.jobs.owner))
        fields = job_credits(table, role, duties)
        makers: Mapping[Feature, Callable[[], Floats]] = {
            Feature.REQUIRED: lambda: self._shown(table, role.required),
            Feature.PREFERRED: lambda: self._shown(table, role.preferred),
            Feature.CORE: lambda: self._shown(table, role.core),
            Feature.FAMILY: lambda: table.jobs.best(fields * doing(duties) * table.jobs.recency),
            Feature.TITLE: lambda: _title(table, role),
            Feature.MONTHS: lambda: 1 - np.exp(table.worked(fields * table.jobs.recency) / -MONTHS_SCALE),
            Feature.SHORT: lambda: _short(table, role, fields),
            Feature.CHANNEL: lambda: _shares(table.channel_months, role.role.channels, table.size),
            Feature.LINE: lambda: _shares(table.line_months, role.role.lines_of_business, table.size),
            Feature.LEVEL: lambda: _level(table, role, fields),
            Feature.RESULTS: lambda: np.where(table.jobs.best(fields) > 0, np.minimum(1.0, table.facts.results / 3), 0.0),
            Feature.TEXT: lambda: np.minimum(1.0, 2 * table.terms.weighted(role.terms, table.size)),
        }
        return tuple(makers[feature]() for feature in Feature)

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

    def best_answer(self, table: ProfileTable, item: Asked) -> Column:
        """What the profiles earn for one thing asked: the best of its alternatives."""
        columns = [self.answers(table, concept) for concept in item.concepts]
        if len(columns) == 1:
            return columns[0]
        best = np.zeros(table.size)
        for column in columns:
            best[column.rows] = np.maximum(best[column.rows], column.values)
        rows = np.flatnonzero(best)
        return Column(rows.astype(np.int32), best[rows])

    def _shown(self, table: ProfileTable, items: Sequence[Asked]) -> Floats:
        """What a resume earns for each thing asked, times its weight, added up."""
        columns = [self.best_answer(table, item) for item in items]
        found: Floats = np.minimum(1.0, total(columns, [item.weight for item in items], table.size))
        return found


def job_credits(table: ProfileTable, role: RoleView, duties: Floats) -> Floats:
    """How much a month of each job counts for the role: by its family, or as customer contact where the post asks for that.

    Where a title names no line of work, the share of the role's `duties` that the job's text shows tells.
    """
    named = np.maximum(table.family_credits(role.fields), role.contact * table.jobs.contact)
    unnamed = table.family_credits(dict.fromkeys(UNNAMED_FAMILIES, 1.0)) + (table.jobs.family < 0)
    found: Floats = np.maximum(named, unnamed * UNNAMED * np.minimum(1.0, duties / UNNAMED_DUTIES))
    return found


def doing(duties: Floats | float) -> Floats:
    """A job is the more relevant the more of the role's duties its text shows: from `_TITLE_ALONE` to 1."""
    found: Floats = _TITLE_ALONE + (1 - _TITLE_ALONE) * np.minimum(1.0, duties / _FULL_DUTIES)
    return found


def _raise(best: Floats, held: Postings, others: Sequence[tuple[str, float, str]]) -> None:
    for other, share, _ in others:
        column = held[other]
        best[column.rows] = np.maximum(best[column.rows], share * column.values)


def _title(table: ProfileTable, role: RoleView) -> Floats:
    best = np.zeros(table.title_count + 1)  # the last is that of no title
    for title in role.titles:
        best[:-1] = np.maximum(best[:-1], table.titles.weighted(title, table.title_count))
    return np.minimum(1.0, table.jobs.best(best[table.jobs.title] * table.jobs.recency))


def _short(table: ProfileTable, role: RoleView, fields: Floats) -> Floats:
    """Share of the months asked for that dated work in the field does not show; nothing where dates are missing or may run on."""
    if not role.floor:
        return np.zeros(table.size)
    counts = fields >= RELATED
    unknown = ~table.facts.dated | (table.jobs.best((counts & table.jobs.unsure).astype(float)) > 0)
    return np.where(unknown, 0.0, 1 - np.minimum(1.0, table.worked(counts.astype(float)) / role.floor))


def _shares(months: Postings, asked: Sequence[str], size: int) -> Floats:
    """Whether a resume has worked over the channel or for the line of business that the role names."""
    found = np.zeros(size)
    for name in asked:
        column = months[name]
        found[column.rows] = np.maximum(found[column.rows], np.minimum(1.0, 0.5 + column.values / 24))
    return found


def _level(table: ProfileTable, role: RoleView, fields: Floats) -> Floats:
    """1 where a relevant job stood on the role's step, less a step away, 0 from two steps off."""
    if role.role.level is None:
        return np.zeros(table.size)
    jobs = table.jobs
    worth = np.array([*_STEPS, 0.0])[np.minimum(len(_STEPS), np.abs(jobs.level - role.role.level))]
    return jobs.best(np.where((fields >= RELATED) & (jobs.level >= 0), worth, 0.0))
