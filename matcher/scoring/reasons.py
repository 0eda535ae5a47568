"""The sentence and the quotations behind each signal of one pair."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from matcher.records import DatedJob, Evidence
from matcher.scoring.credit import Credit
from matcher.scoring.features import Feature
from matcher.scoring.pair import Pair
from matcher.scoring.views import Asked, believed, cosine

_SHOWN = 3
_VISIBLE = 0.005
"""The share from which a percentage is not 0%."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One feature's value for a pair, in one sentence and with quotes."""

    feature: Feature
    value: float
    reason: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """One signal's reason in a sentence, with quotations."""

    text: str
    evidence: tuple[Evidence, ...] = ()


def signal(feature: Feature, value: float, pair: Pair) -> Signal:
    """A signal of this value with the reason for it."""
    what = _SKILLS.get(feature)
    reason = _shown(pair.role.asked[feature], pair.credits[feature], what) if what else _MAKERS[feature](value, pair)
    return Signal(feature, value, reason.text, reason.evidence)


_SKILLS = {
    Feature.REQUIRED: "required skills",
    Feature.PREFERRED: "preferred skills",
    Feature.CORE: "skills that nearly every such job uses",
}


def _shown(items: Sequence[Asked], credits_: Sequence[Credit], what: str) -> Reason:
    if not items:
        return Reason(f"no {what} are known")
    named = [credit for credit in credits_ if credit.claim and credit.claim.proof == "bare"]
    met = [credit for credit in credits_ if credit.relation in {"", "narrower"} and credit.claim and credit.claim.proof != "bare"]
    partly = sum(1 for credit in credits_ if credit.claim) - len(met) - len(named)
    dated = sum(1 for credit in met if credit.claim and credit.claim.proof == "job" and credit.claim.months is not None)
    rest = [f"{count} {how}" for count, how in ((partly, "in part"), (len(named), "only named")) if count]
    what = what if len(items) > 1 else what.replace("skills", "skill", 1)
    told = "; ".join([f"{len(met)} of {len(items)} {what}{_dated(dated, len(met))}", *rest])
    order = sorted(range(len(items)), key=lambda n: (-items[n].weight * credits_[n].value, n))
    return Reason(told, _quotes([credits_[n] for n in order]))


def _dated(count: int, met: int) -> str:
    """How many of the skills that are met a dated job shows."""
    if not met:
        return ""
    if count == met:
        return ", in a dated job" if met == 1 else ", all in dated jobs"
    return f", {count} of them in dated jobs" if count else ", not in a dated job"


def _quotes(credits_: Sequence[Credit]) -> tuple[Evidence, ...]:
    found = [credit.claim.evidence[0] for credit in credits_ if credit.claim and credit.claim.evidence]
    return tuple(dict.fromkeys(found))[:_SHOWN]


def _months_text(months: int) -> str:
    return "1 month" if months == 1 else f"{months} months"


def _job_quote(job: DatedJob | None) -> tuple[Evidence, ...]:
    if job is None:
        return ()
    return (Evidence("resume", job.printed, job.title_start, job.title_start + len(job.printed), job.page, "experience"),)


def _family(value: float, pair: Pair) -> Reason:
    if not value:
        return Reason(
            "none of the same or a neighbouring kind of work" if pair.role.fields else "the role's kind of work is not known"
        )
    best = max(pair.jobs, key=lambda row: row.worth)
    near = "the same kind of work" if best.credit >= 1 else "a neighbouring kind of work"
    covered = f"covers {best.duties:.0%}" if best.duties >= _VISIBLE else "shows none"
    told = f"{_titled(best.job)}: {near}{_aged(pair.resume.recency(best.job))}; its text {covered} of the role's duties"
    return Reason(told, _job_quote(best.job))


def _title(value: float, pair: Pair) -> Reason:
    resume, titles = pair.resume, pair.role.titles
    if not value or not resume.titles:
        return Reason("no job title shares a word with the role's")
    ranked = [(max(cosine(vector, title) for title in titles) * resume.recency(job), job) for job, vector in resume.titles]
    job = max(ranked, key=lambda row: row[0])[1]
    return Reason(f"nearest job title: {job.title}", _job_quote(job))


def _months(value: float, pair: Pair) -> Reason:
    jobs = [row for row in pair.jobs if row.job.months]
    best = max(jobs, key=lambda row: row.months, default=None)
    scale = pair.resume.rules.signals.months
    months = round(-math.log1p(-value) * scale) if value < 1 else sum(row.job.months or 0 for row in jobs)
    if not months:
        return Reason("no months of relevant work")
    told = f"relevant work that counts as {_months_text(months)}: what is older or of a neighbouring kind counts less"
    return Reason(told, _job_quote(best.job if best else None))


def _short(value: float, pair: Pair) -> Reason:
    floor = pair.role.floor
    return Reason(f"{_months_text(round((1 - value) * floor))} shown in the field, {floor} asked for")


def _titled(job: DatedJob) -> str:
    return job.title or "a job without a title"


def _aged(recency: float) -> str:
    return ", some time ago" if recency < 1 else ""


def _channel(_: float, pair: Pair) -> Reason:
    asked, facts = pair.role.role.channels, pair.resume.profile.facts
    return _shares("channel", asked, facts.months_by_channel, [job for job in facts.jobs if set(job.channels) & set(asked)])


def _line(_: float, pair: Pair) -> Reason:
    asked, facts = pair.role.role.lines_of_business, pair.resume.profile.facts
    jobs = [job for job in facts.jobs if set(job.lines_of_business) & set(asked)]
    return _shares("line of business", asked, facts.months_by_line_of_business, jobs)


def _shares(what: str, asked: Sequence[str], months: Mapping[str, int], jobs: Sequence[DatedJob]) -> Reason:
    common = [name for name in asked if name in months]
    if not asked:
        return Reason(f"the role names no {what}")
    if not common:
        return Reason(f"no dated work in {' or '.join(map(_plain, asked))}")
    first, *others = sorted(common, key=lambda name: (-months[name], name))
    told = [f"{_months_text(months[first])} in {_plain(first)}", *(f"{months[name]} in {_plain(name)}" for name in others)]
    longest = max(jobs, key=lambda job: job.months or 0, default=None)
    return Reason(", ".join(told[:_SHOWN]), _job_quote(longest))


def _plain(id: str) -> str:
    return id.replace("-", " ")


def _level(_: float, pair: Pair) -> Reason:
    wanted = pair.role.role.level
    related = [row.job for row in pair.jobs if row.credit >= pair.resume.rules.signals.kindred]
    steps = [(abs(job.level - wanted), job) for job in related if wanted is not None and job.level is not None]
    if not steps:
        return Reason("no relevant job whose level can be compared")
    distance, job = min(steps, key=lambda row: row[0])
    where = "the same step of the ladder" if not distance else f"{distance} step{'s' * (distance > 1)} away on the ladder"
    return Reason(f"{_titled(job)}: {where}", _job_quote(job))


def _results(value: float, pair: Pair) -> Reason:
    kpis = believed(pair.resume.profile.facts.kpis)
    if not value:
        return Reason("no measured result from relevant work")
    many = "1 measured result:" if len(kpis) == 1 else f"{len(kpis)} measured results, such as"
    quotes = [Evidence("resume", kpi.quote, kpi.start, kpi.start + len(kpi.quote), kpi.page, "") for kpi in kpis[:_SHOWN]]
    return Reason(f"{many} “{' '.join(kpis[0].quote.split())}”", tuple(quotes))


def _text(_: float, pair: Pair) -> Reason:
    asked = pair.role.terms
    shared = {word: weight * asked[word] for word, weight in pair.resume.terms.items() if word in asked}
    heaviest = sorted(shared, key=lambda word: (-shared[word], word))[:_SHOWN]
    words = f": {', '.join(heaviest)}" if heaviest else ""
    return Reason(f"{math.fsum(shared.values()):.0%} similarity of wording{words}")


_MAKERS: Mapping[Feature, Callable[[float, Pair], Reason]] = {
    Feature.FAMILY: _family,
    Feature.TITLE: _title,
    Feature.MONTHS: _months,
    Feature.SHORT: _short,
    Feature.CHANNEL: _channel,
    Feature.LINE: _line,
    Feature.LEVEL: _level,
    Feature.RESULTS: _results,
    Feature.TEXT: _text,
}
