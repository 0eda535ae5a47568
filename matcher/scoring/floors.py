"""Floors of experience held against dated jobs: months in the field that a post names, and in others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matcher.records import DatedJob, Requirement
from matcher.scoring.signals import months_worked, relevant_jobs
from matcher.scoring.views import ProfileView, RoleView

_COUNTS = 0.5
"""Credit from which work of a neighbouring family counts for a floor."""
_ANY_CHANNEL, _NON_VOICE, _BACK_OFFICE = "blended", "non-voice", "back-office"
_WRITTEN = frozenset({"chat", "email", "social", "back-office"})


@dataclass(frozen=True, slots=True)
class Shown:
    """Months of dated jobs, each month once: all that count, those that may be in the field asked for, those that surely are."""

    total: int
    possible: int
    sure: int
    jobs: tuple[DatedJob, ...]


def shown(leaf: Requirement, resume: ProfileView, role: RoleView) -> Shown:
    """The months that a resume shows for a floor of experience."""
    jobs = jobs_that_count(leaf, resume, role)
    verdicts = [_verdict(leaf, job, role, resume.rules.taxonomy.rules) for job in jobs]
    possible = [job for job, verdict in zip(jobs, verdicts, strict=True) if verdict is not False]
    sure = [job for job, verdict in zip(jobs, verdicts, strict=True) if verdict]
    return Shown(_months(jobs), _months(possible), _months(sure), tuple(jobs))


def jobs_that_count(leaf: Requirement, resume: ProfileView, role: RoleView) -> list[DatedJob]:
    """The jobs in the role's field, and those in the families or the sector that the floor itself names."""
    related = {id(job) for job, credit in relevant_jobs(resume, role) if credit >= _COUNTS}
    return [
        job
        for job in resume.profile.facts.jobs
        if id(job) in related or job.family in leaf.families or (leaf.sectors and job.contact)
    ]


def _verdict(leaf: Requirement, job: DatedJob, role: RoleView, rules: Mapping[str, Any]) -> bool | None:
    """Whether a job is in the field that a leaf names; None where the resume does not say."""
    table: Mapping[str, Any] = rules["posts"]["fields"]
    answers = [_line(leaf, job, table), _channel(leaf, job), _market(leaf, job, table), _family(leaf, job, role)]
    return False if False in answers else None if None in answers else True


def _line(leaf: Requirement, job: DatedJob, table: Mapping[str, Any]) -> bool | None:
    if not leaf.lines_of_business or set(leaf.lines_of_business) & set(job.lines_of_business):
        return True
    return False if set(job.lines_of_business) - set(table["lines_of_any_client"]) else None


def _channel(leaf: Requirement, job: DatedJob) -> bool | None:
    asked, worked = set(leaf.channels), set(job.channels)
    written = (_NON_VOICE in asked and worked & _WRITTEN) or (_NON_VOICE in worked and asked & _WRITTEN)
    if not asked or asked & worked or _ANY_CHANNEL in worked or written:
        return True
    return None if not worked or (job.contact and worked == {_BACK_OFFICE}) else False


def _market(leaf: Requirement, job: DatedJob, table: Mapping[str, Any]) -> bool | None:
    """Resumes seldom print the market; where a job's title does, it decides."""
    if not leaf.market:
        return True
    title = f" {job.title} {job.printed} ".casefold()
    named = [name for name, texts in table["markets"].items() if any(f" {text} " in title for text in texts)]
    return leaf.market in named if named else None


def _family(leaf: Requirement, job: DatedJob, role: RoleView) -> bool:
    """A floor in another family than the role's wants that family."""
    return not leaf.families or bool(set(leaf.families) & set(role.role.families)) or job.family in leaf.families


def _months(jobs: Sequence[DatedJob]) -> int:
    return round(months_worked((job, 1.0) for job in jobs))
