"""The jobs of one resume that count for a role, as `signals.job_credits` has them for many resumes at once."""

from __future__ import annotations

import math
from dataclasses import dataclass

from matcher.records import DatedJob
from matcher.scoring.numbers import Numbers
from matcher.scoring.views import ProfileView, RoleView


@dataclass(frozen=True, slots=True)
class Relevant:
    """A job that counts for the role, the credit of a month in it, and what it is worth by its duties and its age as well."""

    job: DatedJob
    credit: float
    worth: float
    months: float
    """Months at this credit, older ones counted less."""
    duties: float
    """The share of the role's duties that its text shows."""


def relevant_jobs(resume: ProfileView, role: RoleView) -> list[Relevant]:
    """The jobs that count for the role."""
    found, numbers = [], resume.rules.signals
    for job, duties in zip(resume.profile.facts.jobs, resume.duties, strict=True):
        share = math.fsum(role.duties.get(concept, 0.0) for concept in duties)
        if credit := job_credit(job, share, role, numbers):
            lasting = credit * resume.recency(job)
            found.append(Relevant(job, credit, lasting * _doing(share, numbers), lasting * (job.months or 0), share))
    return found


def job_credit(job: DatedJob, duties: float, role: RoleView, numbers: Numbers) -> float:
    """What a month of one job counts for the role, given the share of the role's duties that its text shows."""
    named = max(role.fields.get(job.family or "", 0.0), role.contact if job.contact else 0.0)
    unnamed = job.family is None or job.family in numbers.unnamed_families
    return max(named, numbers.unnamed * min(1.0, duties / numbers.unnamed_duties) if unnamed else 0.0)


def _doing(duties: float, numbers: Numbers) -> float:
    """`signals.doing` for one job."""
    return numbers.title_alone + (1 - numbers.title_alone) * min(1.0, duties / numbers.full_duties)
