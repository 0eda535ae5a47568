"""What a recruiter should look at and no score counts: more experience than the seat asks for, short stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from matcher.records import DatedJob, Notice, Profile, Role


def flags(profile: Profile, role: Role, rules: Mapping[str, Any]) -> tuple[Notice, ...]:
    """The flags of a pair by `taxonomy/flags.toml` (`rules` are all rules of the taxonomy); they say what is printed."""
    table = rules["flags"]
    return (*_above(profile, role, table["level"]), *_stays(profile, table["stays"]))


def _above(profile: Profile, role: Role, rule: Mapping[str, Any]) -> Iterator[Notice]:
    dated = [job for job in profile.facts.jobs if job.end]
    last = max(dated, key=lambda job: (job.end or "", job.level or 0), default=None)
    if last is None or last.level is None or role.level is None or last.level - role.level < rule["steps"]:
        return
    message = rule["message"].format(title=last.title, dates=last.dates, steps=last.level - role.level)
    yield Notice(rule["code"], message)


def _stays(profile: Profile, rule: Mapping[str, Any]) -> Iterator[Notice]:
    """Months at their most where only years are printed: nobody is flagged for what may not be."""
    ended = [job for job in profile.facts.jobs if job.start and job.end and job.months and not job.open]
    counted = [job for job in ended if not _agreed(job, rule["agreed"])]
    lengths = [job.most or job.months or 0 for job in counted]
    if len(counted) < rule["jobs"] or sum(lengths) >= rule["months"] * len(lengths):
        return
    first, last = min(job.start or "" for job in counted), max(job.end or "" for job in counted)
    average = f"{sum(lengths) / len(lengths):.1f}".removesuffix(".0")
    message = rule["message"].format(jobs=len(counted), first=first, last=last, months=average)
    yield Notice(rule["code"], message)


def _agreed(job: DatedJob, words: list[str]) -> bool:
    text = f"{job.title} {job.printed}".casefold()
    if not any(word in text for word in words):
        return False
    told = "".join(c if c.isalnum() else " " for c in text).split()
    return not set(told).isdisjoint(words)
