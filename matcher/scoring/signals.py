"""What a recruiter looks at, as numbers between 0 and 1 for many profiles at once; `reasons.py` says them in words.

0 always means "no evidence", so that what a resume does not say earns nothing and costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matcher.scoring.columns import Column, Flags, Floats, Postings, total
from matcher.scoring.credit import CreditRules
from matcher.scoring.features import Feature
from matcher.scoring.floors import works
from matcher.scoring.numbers import Numbers
from matcher.scoring.table import ProfileTable
from matcher.scoring.views import Asked, RoleView


@dataclass(frozen=True, slots=True)
class Signals:
    """Computes all signals of a role for every profile of a table."""

    rules: CreditRules

    def read(self, table: ProfileTable, role: RoleView) -> tuple[Floats, ...]:
        """The values in the order of `Feature`, each an array with one value for a profile."""
        duties = table.duties.weighted(role.duties, len(table.jobs.owner))
        numbers = self.rules.signals
        fields = job_credits(table, role, duties, numbers)
        makers: Mapping[Feature, Callable[[], Floats]] = {
            Feature.REQUIRED: lambda: self._shown(table, role.required),
            Feature.PREFERRED: lambda: self._shown(table, role.preferred),
            Feature.CORE: lambda: self._shown(table, role.core),
            Feature.FAMILY: lambda: table.jobs.best(fields * doing(duties, numbers) * table.jobs.recency),
            Feature.TITLE: lambda: _title(table, role),
            Feature.MONTHS: lambda: 1 - np.exp(table.worked(fields * table.jobs.recency) / -numbers.months),
            Feature.SHORT: lambda: _short(table, role, (fields >= numbers.kindred) | works(role.works, table)),
            Feature.CHANNEL: lambda: _shares(table.channel_months, role.role.channels, table.size, numbers),
            Feature.LINE: lambda: _shares(table.line_months, role.role.lines_of_business, table.size, numbers),
            Feature.LEVEL: lambda: _level(table, role, fields >= numbers.kindred, numbers.steps),
            Feature.RESULTS: lambda: _results(table, fields, numbers.results),
            Feature.TEXT: lambda: np.minimum(1.0, table.terms.weighted(role.terms, table.size) / numbers.likeness),
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


def job_credits(table: ProfileTable, role: RoleView, duties: Floats, numbers: Numbers) -> Floats:
    """How much a month of each job counts for the role: by its family, or as customer contact where the post asks for that.

    Where a title names no line of work, the share of the role's `duties` that the job's text shows tells.
    """
    named = np.maximum(table.family_credits(role.fields), role.contact * table.jobs.contact)
    unnamed = table.family_credits(dict.fromkeys(numbers.unnamed_families, 1.0)) + (table.jobs.family < 0)
    found: Floats = np.maximum(named, unnamed * numbers.unnamed * np.minimum(1.0, duties / numbers.unnamed_duties))
    return found


def doing(duties: Floats | float, numbers: Numbers) -> Floats:
    """A job is the more relevant the more of the role's duties its text shows: from `title_alone` to 1."""
    found: Floats = numbers.title_alone + (1 - numbers.title_alone) * np.minimum(1.0, duties / numbers.full_duties)
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


def _short(table: ProfileTable, role: RoleView, counts: Flags) -> Floats:
    """Share of the months asked for that dated work in the field does not show; nothing where dates are missing or may run on."""
    if not role.floor:
        return np.zeros(table.size)
    unknown = ~table.facts.dated | (table.jobs.best((counts & table.jobs.unsure).astype(float)) > 0)
    return np.where(unknown, 0.0, 1 - np.minimum(1.0, table.worked(counts.astype(float)) / role.floor))


def _shares(months: Postings, asked: Sequence[str], size: int, numbers: Numbers) -> Floats:
    """Whether a resume has worked over the channel or for the line of business that the role names."""
    found = np.zeros(size)
    for name in asked:
        column = months[name]
        found[column.rows] = np.maximum(
            found[column.rows], np.minimum(1.0, numbers.any_month + column.values / numbers.whole_months)
        )
    return found


def _results(table: ProfileTable, fields: Floats, enough: int) -> Floats:
    """Measured results, of those who have a job of the field."""
    return np.where(table.jobs.best(fields) > 0, np.minimum(1.0, table.facts.results / enough), 0.0)


def _level(table: ProfileTable, role: RoleView, counts: Flags, steps: Sequence[float]) -> Floats:
    """1 where a relevant job stood on the role's step, less a step away, 0 from two steps off."""
    if role.role.level is None:
        return np.zeros(table.size)
    jobs = table.jobs
    worth = np.array([*steps, 0.0])[np.minimum(len(steps), np.abs(jobs.level - role.role.level))]
    return jobs.best(np.where(counts & (jobs.level >= 0), worth, 0.0))
