"""What a recruiter looks at, as numbers between 0 and 1: each signal knows its reason and its evidence.

0 always means "no evidence", so that what a resume does not say earns nothing and costs nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from matcher.records import DatedJob, Evidence, Month
from matcher.scoring.credit import Credit, CreditRules
from matcher.scoring.views import Asked, ProfileView, RoleView, cosine

_FULL_MONTHS = 36
"""Months of relevant work after which more of it adds nothing."""
_RELATED = 0.5
"""Credit from which a neighbouring family's work is of the same kind."""
_SHOWN = 3


class Feature(StrEnum):
    """The names of the signals; a model file lists them in this order."""

    REQUIRED = "required skills"
    PREFERRED = "preferred skills"
    CORE = "core skills of the role"
    FAMILY = "role family"
    TITLE = "job titles"
    MONTHS = "months of relevant work"
    CHANNEL = "channel"
    LINE = "line of business"
    LEVEL = "level"
    CONTACT = "customer contact"
    RESULTS = "measured results"
    TEXT = "wording"


@dataclass(frozen=True, slots=True)
class Signal:
    """One feature's value for a pair, in one sentence and with quotes."""

    feature: Feature
    value: float
    reason: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class SignalReader:
    """Computes all signals of a pair."""

    rules: CreditRules

    def read(self, resume: ProfileView, role: RoleView) -> tuple[Signal, ...]:
        """The signals in the order of `Feature`."""
        makers: tuple[Callable[[ProfileView, RoleView], Signal], ...] = (
            self._required,
            self._preferred,
            self._core,
            _family,
            _title,
            _months,
            _channel,
            _line,
            _level,
            _contact,
            _results,
            _text,
        )
        return tuple(make(resume, role) for make in makers)

    def answer(self, item: Asked, resume: ProfileView) -> Credit:
        """The best credit among the alternatives of one thing asked."""
        return max((self.rules.answer(leaf.concept or "", resume.held) for leaf in item.options), key=lambda credit: credit.value)

    def _required(self, resume: ProfileView, role: RoleView) -> Signal:
        return self._coverage(Feature.REQUIRED, [item for item in role.asked if item.required], resume)

    def _preferred(self, resume: ProfileView, role: RoleView) -> Signal:
        return self._coverage(Feature.PREFERRED, [item for item in role.asked if not item.required], resume)

    def _coverage(self, feature: Feature, items: Sequence[Asked], resume: ProfileView) -> Signal:
        """Share of the asked weight that the resume answers."""
        kind = "required" if feature is Feature.REQUIRED else "preferred"
        total = sum(item.weight for item in items)
        if not total:
            return Signal(feature, 0.0, f"no {kind} skill was understood in the post")
        credits_ = [self.answer(item, resume) for item in items]
        value = sum(item.weight * credit.value for item, credit in zip(items, credits_, strict=True)) / total
        met = [credit for credit in credits_ if credit.relation in {"", "narrower"} and credit.claim]
        partly = sum(1 for credit in credits_ if credit.claim and credit.relation not in {"", "narrower"})
        dated = sum(1 for credit in met if credit.claim and credit.claim.proof == "job")
        reason = f"{len(met)} of {len(items)} {kind} skills, {dated} of them in dated jobs" + (
            f"; {partly} met in part" if partly else ""
        )
        order = sorted(range(len(items)), key=lambda n: (-items[n].weight * credits_[n].value, n))
        return Signal(feature, value, reason, _quotes([credits_[n] for n in order]))

    def _core(self, resume: ProfileView, role: RoleView) -> Signal:
        """Share of the role family's core concepts that the resume shows, whatever the post spells out."""
        if not role.core:
            return Signal(Feature.CORE, 0.0, "the role's family is not known")
        credits_ = [self.rules.answer(concept, resume.held) for concept in role.core]
        met = sum(1 for credit in credits_ if credit.relation in {"", "narrower"} and credit.claim)
        partly = sum(1 for credit in credits_ if credit.claim) - met
        reason = f"{met} of {len(credits_)} skills that nearly every such job uses" + (f"; {partly} in part" if partly else "")
        value = sum(credit.value for credit in credits_) / len(credits_)
        return Signal(Feature.CORE, value, reason, _quotes(sorted(credits_, key=lambda c: -c.value)))


def _quotes(credits_: Sequence[Credit]) -> tuple[Evidence, ...]:
    found = [credit.claim.evidence[0] for credit in credits_ if credit.claim and credit.claim.evidence]
    return tuple(dict.fromkeys(found))[:_SHOWN]


def relevant_jobs(resume: ProfileView, role: RoleView) -> list[tuple[DatedJob, float]]:
    """The jobs whose family counts for the role, with the credit that each earns."""
    return [(job, role.families[job.family]) for job in resume.profile.facts.jobs if job.family and role.families.get(job.family)]


def _months_text(months: int) -> str:
    return "1 month" if months == 1 else f"{months} months"


def _job_quote(job: DatedJob) -> tuple[Evidence, ...]:
    return (Evidence("resume", job.printed, job.title_start, job.title_start + len(job.printed), job.page, "experience"),)


def _family(resume: ProfileView, role: RoleView) -> Signal:
    if not role.families:
        return Signal(Feature.FAMILY, 0.0, "the role's family is not known")
    ranked = [(credit * resume.recency(job), job, credit) for job, credit in relevant_jobs(resume, role)]
    if not ranked:
        return Signal(Feature.FAMILY, 0.0, "no job of the same or a neighbouring family")
    value, job, credit = max(ranked, key=lambda row: row[0])
    near = "the same family" if credit >= 1 else "a neighbouring family"
    return Signal(Feature.FAMILY, value, f"{job.title}: {near} of work", _job_quote(job))


def _title(resume: ProfileView, role: RoleView) -> Signal:
    ranked = [(max(cosine(vector, title) for title in role.titles) * resume.recency(job), job) for job, vector in resume.titles]
    value, job = max(ranked, key=lambda row: row[0], default=(0.0, None))
    if job is None or value <= 0:
        return Signal(Feature.TITLE, 0.0, "no job title shares a word with the role's")
    return Signal(Feature.TITLE, min(1.0, value), f"was {job.title}", _job_quote(job))


def relevant_months(resume: ProfileView, role: RoleView) -> float:
    """Months in the role's family and, at their credit, in its neighbours, older work counting less."""
    return months_worked((job, credit * resume.recency(job)) for job, credit in relevant_jobs(resume, role))


def months_worked(jobs: Iterable[tuple[DatedJob, float]]) -> float:
    """Months of dated jobs, each at its credit; of jobs that overlap a month counts once, at the highest."""
    credits_: dict[int, float] = {}
    for job, credit in jobs:
        if job.months and job.start:
            first = Month.parse(job.start).index
            for month in range(first, first + job.months):
                credits_[month] = max(credit, credits_.get(month, 0.0))
    return sum(credits_.values())


def _months(resume: ProfileView, role: RoleView) -> Signal:
    months = relevant_months(resume, role)
    best = max(
        (row for row in relevant_jobs(resume, role) if row[0].months), key=lambda row: (row[0].months or 0) * row[1], default=None
    )
    reason = f"{_months_text(round(months))} of relevant work, older work counted less"
    return Signal(Feature.MONTHS, min(1.0, months / _FULL_MONTHS), reason, _job_quote(best[0]) if best else ())


def _shares(feature: Feature, what: str, asked: Sequence[str], months: Mapping[str, int], jobs: Sequence[DatedJob]) -> Signal:
    """Whether the resume has worked over the channel or for the line of business that the role names."""
    common = [name for name in asked if name in months]
    if not asked:
        return Signal(feature, 0.0, f"the role names no {what}")
    if not common:
        return Signal(feature, 0.0, f"no dated work in {' or '.join(asked)}")
    most = max(months[name] for name in common)
    longest = max(jobs, key=lambda job: job.months or 0, default=None)
    return Signal(
        feature, min(1.0, 0.5 + most / 24), f"{_months_text(most)} in {', '.join(common)}", _job_quote(longest) if longest else ()
    )


def _channel(resume: ProfileView, role: RoleView) -> Signal:
    facts, asked = resume.profile.facts, role.role.channels
    jobs = [job for job in facts.jobs if set(job.channels) & set(asked)]
    return _shares(Feature.CHANNEL, "channel", asked, facts.months_by_channel, jobs)


def _line(resume: ProfileView, role: RoleView) -> Signal:
    facts, asked = resume.profile.facts, role.role.lines_of_business
    jobs = [job for job in facts.jobs if set(job.lines_of_business) & set(asked)]
    return _shares(Feature.LINE, "line of business", asked, facts.months_by_line_of_business, jobs)


def _level(resume: ProfileView, role: RoleView) -> Signal:
    """1 where a relevant job stood on the role's step, less a step away, 0 from two steps off."""
    wanted = role.role.level
    related = [job for job, credit in relevant_jobs(resume, role) if credit >= _RELATED]
    steps = [(abs(job.level - wanted), job) for job in related if wanted is not None and job.level is not None]
    if not steps:
        return Signal(Feature.LEVEL, 0.0, "no relevant job whose level can be compared")
    distance, job = min(steps, key=lambda row: row[0])
    value = {0: 1.0, 1: 0.6}.get(distance, 0.0)
    where = "the same step of the ladder" if not distance else f"{distance} step{'s' * (distance > 1)} away on the ladder"
    return Signal(Feature.LEVEL, value, f"{job.title}: {where}", _job_quote(job))


def _contact(resume: ProfileView, role: RoleView) -> Signal:
    months = resume.profile.facts.customer_contact_months or 0
    if not role.contact:
        return Signal(Feature.CONTACT, 0.0, "the role is not a customer-contact job")
    longest = max((job for job in resume.profile.facts.jobs if job.contact), key=lambda job: job.months or 0, default=None)
    quote = _job_quote(longest) if longest else ()
    return Signal(Feature.CONTACT, min(1.0, months / 24), f"{_months_text(months)} of customer-contact work", quote)


def _results(resume: ProfileView, role: RoleView) -> Signal:
    kpis = resume.profile.facts.kpis
    if not kpis or not relevant_jobs(resume, role):
        return Signal(Feature.RESULTS, 0.0, "no measured result from relevant work")
    many = "1 measured result" if len(kpis) == 1 else f"{len(kpis)} measured results"
    return Signal(Feature.RESULTS, min(1.0, len(kpis) / 3), f"{many}, such as {kpis[0].quote!r}")


def _text(resume: ProfileView, role: RoleView) -> Signal:
    shared = {word: weight * role.terms[word] for word, weight in resume.terms.items() if word in role.terms}
    value = math.fsum(shared.values())
    heaviest = sorted(shared, key=lambda word: (-shared[word], word))[:_SHOWN]
    words = f": {', '.join(heaviest)}" if heaviest else ""
    return Signal(Feature.TEXT, min(1.0, value * 2), f"{value:.0%} similarity of wording{words}")
