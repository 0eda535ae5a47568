"""People and jobs that nobody is or offers, recombined from real ones, to measure how scoring grows; used by scale.py.

An invented person has three parents of one family of work, drawn as often as real resumes have that family. Jobs, titles,
channels, lines, claims with their proofs, words, languages, education and results come from the parents, so that what goes
together stays together; months and the gaps between jobs are drawn anew. The same seed and number always give the same person.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from random import Random
from typing import TypeVar

from matcher.records import AllOf, Claim, DatedJob, Month, Node, Profile, ResumeFacts, Role

NOW = Month(2026, 10)
"""The month in which everyone's newest job ends."""
Item = TypeVar("Item")
_PARENTS = 3
_LONGER = (0.7, 1.4)
"""How much longer a job lasts than the parent's."""
_KEPT, _TAKEN = 0.75, 0.3
"""How many demands an invented post keeps of its first parent and takes from its second one."""


@dataclass(frozen=True, slots=True)
class Parent:
    """What a real profile passes on; dates are moved so that its newest job ends `NOW`."""

    profile: Profile
    family: str | None
    jobs: tuple[DatedJob, ...]
    claims: tuple[Claim, ...]
    words: tuple[tuple[str, int], ...]


class People:
    """Invented profiles by number."""

    def __init__(self, profiles: Sequence[Profile], seed: int = 0) -> None:
        self._seed = seed
        self._all = [_parent(profile) for profile in profiles]
        self._kin: dict[str | None, list[Parent]] = defaultdict(list)
        for parent in self._all:
            self._kin[parent.family].append(parent)
        self._gaps = [gap for parent in self._all for gap in _gaps(parent.jobs)] or [1]

    def profile(self, number: int) -> Profile:
        """The profile of a number from 0."""
        luck = self._luck(number, "facts")
        parents = self._parents(number)
        first, second, _ = parents
        claims = {claim.concept: claim for claim in _mixed([parent.claims for parent in parents], luck)}
        facts = self._facts(first.profile.facts, second.profile.facts, self._jobs(parents, luck))
        sha = hashlib.sha256(f"{self._seed}/{number}".encode()).hexdigest()
        return Profile(f"{number}", sha, f"{NOW}-28", tuple(claims.values()), (), facts, self.words(number))

    def words(self, number: int) -> Mapping[str, int]:
        """The words of a profile with their counts, without making all of it."""
        return dict(_mixed([parent.words for parent in self._parents(number)], self._luck(number, "words")))

    def _luck(self, number: int, what: str) -> Random:
        return Random(f"{self._seed}/{number}/{what}")

    def _parents(self, number: int) -> list[Parent]:
        luck = self._luck(number, "parents")
        first = luck.choice(self._all)
        return [first, *luck.choices(self._kin[first.family], k=_PARENTS - 1)]

    def _jobs(self, parents: Sequence[Parent], luck: Random) -> tuple[DatedJob, ...]:
        """As many jobs as the first parent had, of all parents, in the order of their age, dated one before the other."""
        known = [job for parent in parents for job in parent.jobs]
        chosen = sorted(luck.sample(known, len(parents[0].jobs)), key=lambda job: job.end or "", reverse=True)
        return tuple(self._dated(chosen, luck))

    def _dated(self, jobs: Sequence[DatedJob], luck: Random) -> Iterator[DatedJob]:
        after, newest = NOW.index + 1, True
        for job in jobs:
            if not (job.months and job.start and job.end):
                yield job
                continue
            stop = after if newest else min(NOW.index + 1, after - luck.choice(self._gaps))
            months = max(1, round(job.months * luck.uniform(*_LONGER)))
            after = stop - months
            yield replace(job, start=_month(after), end=_month(stop - 1), months=months, open=job.open and newest)
            newest = False

    def _facts(self, first: ResumeFacts, second: ResumeFacts, jobs: tuple[DatedJob, ...]) -> ResumeFacts:
        return ResumeFacts(
            customer_contact_months=sum(job.months or 0 for job in jobs if job.contact),
            months_by_channel=_months_by([(name, job) for job in jobs for name in job.channels]),
            months_by_line_of_business=_months_by([(name, job) for job in jobs for name in job.lines_of_business]),
            education=second.education,
            languages=second.languages,
            typing_wpm=first.typing_wpm,
            kpis=first.kpis,
            jobs=jobs,
        )


class Posts:
    """Invented roles by number: every fourth from the built-in ones, the others from posts."""

    def __init__(self, posts: Sequence[Role], builtin: Sequence[Role], seed: int = 0) -> None:
        self._seed, self._sources = seed, (builtin or posts, *[posts or builtin] * 3)
        self._kin: dict[str | None, list[Role]] = defaultdict(list)
        for role in (*posts, *builtin):
            self._kin[next(iter(role.families), None)].append(role)

    def role(self, number: int) -> Role:
        """The role of a number from 0: the demands and words of a real one, less some, and some of another in its family."""
        luck = Random(f"{self._seed}/{number}/role")
        first = luck.choice(self._sources[number % len(self._sources)])
        second = luck.choice(self._kin[next(iter(first.families), None)])
        words = _mixed([first.wording.split(), second.wording.split()], luck)
        return replace(
            first,
            source=f"{number}",
            sha256=hashlib.sha256(f"{self._seed}/{number}/role".encode()).hexdigest(),
            requirements=AllOf(_demands(first.requirements.items, second.requirements.items, luck)),
            channels=first.channels or second.channels,
            lines_of_business=luck.choice((first, second)).lines_of_business,
            wording=" ".join(words),
        )


def _demands(first: Sequence[Node], second: Sequence[Node], luck: Random) -> tuple[Node, ...]:
    kept = [node for node in first if luck.random() < _KEPT]
    return (*kept, *(node for node in second if luck.random() < _TAKEN and node not in first))


def _mixed(lists: Sequence[Sequence[Item]], luck: Random) -> list[Item]:
    """About as many items as the first list has, of all lists."""
    share = len(lists[0]) / max(1, sum(len(items) for items in lists))
    return [item for items in lists for item in items if luck.random() < share]


def _parent(profile: Profile) -> Parent:
    jobs = profile.facts.jobs
    ends = [Month.parse(job.end) for job in jobs if job.end]
    shift = NOW - max(ends) if ends else 0
    moved = tuple(replace(job, start=_moved(job.start, shift), end=_moved(job.end, shift)) for job in jobs)
    claims = tuple(replace(claim, last_used=_moved(claim.last_used, shift)) for claim in profile.claims)
    newest = max(moved, key=lambda job: job.end or "", default=None)
    return Parent(profile, newest.family if newest else None, moved, claims, tuple(profile.terms.items()))


def _gaps(jobs: Sequence[DatedJob]) -> Iterator[int]:
    """Months between each job and the one before it, below 0 where they overlap."""
    spans = sorted((Month.parse(job.start).index, Month.parse(job.end).index) for job in jobs if job.start and job.end)
    for (_, end), (start, _) in pairwise(spans):
        yield start - end - 1


def _months_by(rows: Sequence[tuple[str, DatedJob]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, job in rows:
        if job.months:
            found[name] = found.get(name, 0) + job.months
    return found


def _moved(month: str | None, shift: int) -> str | None:
    return None if month is None else _month(Month.parse(month).index + shift)


def _month(index: int) -> str:
    return str(Month(index // 12, index % 12 + 1))
