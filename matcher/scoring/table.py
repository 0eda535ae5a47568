"""Profiles as columns: what scoring reads of them, so that one profile and a hundred thousand are scored by the same code."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from itertools import pairwise
from typing import Any

import numpy as np

from matcher.records import Answer, DatedJob, Month, Stance
from matcher.scoring.columns import Codes, Column, Flags, Floats, Groups, Ints, Postings, PostingsBuilder, taken
from matcher.scoring.views import ProfileView, believed

_UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Jobs:
    """The jobs of all profiles, one after another; `first[row]` to `first[row + 1]` are those of a profile.

    `family` and `title` are codes (-1: none), `level` is -1 where unknown, `channels`, `lines` and `markets` are bits.
    `unsure`: undated, or running on at the newest date of a resume whose months are a lower bound.
    """

    first: Ints
    groups: Groups
    owner: Ints
    family: Ints
    title: Ints
    level: Ints
    months: Ints
    recency: Floats
    channels: Ints
    lines: Ints
    markets: Ints
    contact: Flags
    unsure: Flags

    def best(self, values: Floats) -> Floats:
        """For each profile the greatest value of its jobs; 0 for a profile without any."""
        return self.groups.greatest(values)

    def take(self, rows: Ints) -> Jobs:
        """The jobs of some profiles."""
        first, places = spans(self.first, rows)
        cut = {name: getattr(self, name)[places] for name in (*_JOB_COLUMNS, "recency")}
        cut["owner"] = np.repeat(np.arange(len(rows)), np.diff(first))
        return Jobs(first=first, groups=Groups.of(first), **cut)


@dataclass(frozen=True, slots=True)
class Stretches:
    """Working life cut wherever a job begins or ends: of each stretch its owner, its months and the jobs that cover it.

    The stretches of a profile are `of[row]` to `of[row + 1]`, the jobs of a stretch `job[first[n]]` to `job[first[n + 1]]`.
    """

    of: Ints
    owner: Ints
    months: Ints
    first: Ints
    job: Ints
    groups: Groups

    @classmethod
    def made(cls, of: Ints, months: Ints, first: Ints, job: Ints) -> Stretches:
        """With what follows from the others."""
        groups = Groups.of(first)
        owner = np.repeat(np.arange(len(of) - 1), np.diff(of))
        return cls(of, owner, months, first, job, replace(groups, places=job[groups.places]))

    def worked(self, credits_: Floats, size: int) -> Floats:
        """Months worked by each profile, every job's at its credit; a month in several jobs counts once, at the highest."""
        if not len(self.owner):
            return np.zeros(size)
        return np.bincount(self.owner, self.groups.greatest(credits_) * self.months, size).astype(np.float64, copy=False)

    def take(self, rows: Ints, whole: Ints, part: Ints) -> Stretches:
        """The stretches of some profiles, whose jobs began at `whole[row]` and now begin at `part`."""
        of, places = spans(self.of, rows)
        first, jobs = spans(self.first, places)
        moved = np.repeat(part[:-1] - whole[rows], np.diff(first[of]))
        return Stretches.made(of, self.months[places], first, self.job[jobs] + moved)


@dataclass(frozen=True, slots=True)
class Facts:
    """Single facts of each profile; -1 (education: 0 or more is a place in the taxonomy's order) where nothing is said."""

    education: Ints
    results: Ints
    typing: Ints
    dated: Flags


@dataclass(frozen=True, slots=True)
class ProfileTable:
    """`size` profiles as columns, in the order in which they were given.

    `held`: concept -> credit of the best claim for it or for something narrower; `learning`: where that claim is of a course
    that is going on. `duties`: concept -> 1 for each job whose text has it. `languages`: name -> code of the level (`levels`).
    `titles`: word -> weight in title `jobs.title`. `terms`: word -> weight. `order`: place of each profile by hash and source.
    `answers` remembers the credits of concepts that were asked for. `replies`: what sheets say of the profiles in some rows.
    """

    size: int
    order: Ints
    held: Postings
    learning: Postings
    duties: Postings
    languages: Postings
    levels: tuple[str | None, ...]
    titles: Postings
    title_count: int
    terms: Postings
    channel_months: Postings
    line_months: Postings
    jobs: Jobs
    stretches: Stretches
    facts: Facts
    families: Mapping[str, int]
    channels: Codes
    lines: Codes
    markets: Codes
    answers: dict[str, Column] = field(default_factory=dict, compare=False, repr=False)
    replies: Mapping[int, tuple[Answer, ...]] = field(default_factory=dict)

    def take(self, rows: Ints) -> ProfileTable:
        """The table of some rows, ascending."""
        jobs = self.jobs.take(rows)
        postings = ("held", "learning", "languages", "terms", "channel_months", "line_months")
        return replace(
            self,
            size=len(rows),
            order=self.order[rows],
            jobs=jobs,
            stretches=self.stretches.take(rows, self.jobs.first, jobs.first),
            facts=Facts(**{field.name: getattr(self.facts, field.name)[rows] for field in fields(Facts)}),
            answers={},
            replies={n: self.replies[row] for n, row in enumerate(rows.tolist()) if row in self.replies} if self.replies else {},
            duties=self.duties.take(spans(self.jobs.first, rows)[1]),
            **{name: getattr(self, name).take(rows) for name in postings},
        )

    def family_credits(self, credits_: Mapping[str, float]) -> Floats:
        """For each job the credit of its family."""
        table = np.zeros(len(self.families) + 1)  # the last is that of no family
        for name, code in self.families.items():
            table[code] = credits_.get(name, 0.0)
        return table[self.jobs.family]

    def worked(self, credits_: Floats) -> Floats:
        """Months worked by each profile, every job's at its credit."""
        return self.stretches.worked(credits_, self.size)


class TableBuilder:
    """Takes profiles one by one, so that they need not all be in memory."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        self._education: Sequence[str] = rules["education"]["order"]
        self._markets: Mapping[str, Sequence[str]] = rules["posts"]["fields"]["markets"]
        self._size = 0
        self._held = PostingsBuilder()
        self._learning, self._languages, self._duties = PostingsBuilder("b"), PostingsBuilder("i"), PostingsBuilder("f")
        self._terms, self._titles = PostingsBuilder("f"), PostingsBuilder()
        self._channel_months, self._line_months = PostingsBuilder("i"), PostingsBuilder("i")
        self._families, self._channels, self._lines, self._market_codes, self._title_codes = (Codes() for _ in range(5))
        self._levels: dict[str | None, int] = {None: 0}
        self._jobs: dict[str, array[Any]] = {name: array("q") for name in _JOB_COLUMNS} | {"recency": array("d")}
        self._first = array("q", [0])
        self._stretches: dict[str, array[int]] = {name: array("q") for name in ("months", "job")}
        self._of, self._covered = array("q", [0]), array("q", [0])
        self._keys: list[tuple[str, str]] = []
        self._facts: dict[str, array[int]] = {name: array("q") for name in ("education", "results", "typing")}
        self._dated = array("b")
        self._replies: dict[int, tuple[Answer, ...]] = {}

    def add(self, view: ProfileView) -> None:
        """Append a profile."""
        row, facts = self._size, view.profile.facts
        for concept, credit in view.held.items():
            self._held.add(row, concept, credit.value)
            if credit.claim and credit.claim.stance is Stance.LEARNING:
                self._learning.add(row, concept, 1)
        for name, level in {language.name.casefold(): language.level for language in facts.languages}.items():
            self._languages.add(row, name, self._levels.setdefault(level, len(self._levels)))
        for word, weight in view.terms.items():
            self._terms.add(row, word, weight)
        for builder, months in (
            (self._channel_months, facts.months_by_channel),
            (self._line_months, facts.months_by_line_of_business),
        ):
            for name, count in months.items():
                builder.add(row, name, count)
        self._add_jobs(view)
        known = facts.education in self._education
        self._facts["education"].append(self._education.index(facts.education) if known else _UNKNOWN)
        self._facts["results"].append(len(believed(facts.kpis)))
        self._facts["typing"].append(_UNKNOWN if facts.typing_wpm is None else facts.typing_wpm)
        self._dated.append(any(job.months for job in facts.jobs))
        if view.profile.answers:
            self._replies[row] = view.profile.answers
        self._keys.append((view.profile.sha256, view.profile.source))
        self._size += 1

    def _add_jobs(self, view: ProfileView) -> None:
        jobs, start = view.profile.facts.jobs, self._first[-1]
        titles = {id(job): vector for job, vector in view.titles}
        for number, job in enumerate(jobs):
            for concept in view.duties[number]:
                self._duties.add(start + number, concept, 1)
            row = (
                self._size,
                self._families.add(job.family),
                self._title(job, titles.get(id(job))),
                _UNKNOWN if job.level is None else job.level,
                job.months or 0,
                self._channels.bits(job.channels),
                self._lines.bits(job.lines_of_business),
                self._market_codes.bits(self._named_markets(job)),
                job.contact,
                job.months is None or (job.open and view.profile.lower_bound),
            )
            for name, value in zip(_JOB_COLUMNS, row, strict=True):
                self._jobs[name].append(value)
            self._jobs["recency"].append(view.recency(job))
        self._first.append(start + len(jobs))
        self._add_stretches(jobs, start)

    def _title(self, job: DatedJob, vector: Mapping[str, float] | None) -> int:
        """The code of a title; titles that differ only in case or grade share theirs."""
        if not vector:
            return _UNKNOWN
        known = len(self._title_codes.numbers)
        code = self._title_codes.add(" ".join(vector))
        if code == known:
            for word, weight in vector.items():
                self._titles.add(code, word, weight)
        return code

    def _named_markets(self, job: DatedJob) -> list[str]:
        """Resumes seldom print the market; a job's title may."""
        title = f" {job.title} {job.printed} ".casefold()
        return [name for name, texts in self._markets.items() if any(f" {text} " in title for text in texts)]

    def _add_stretches(self, jobs: Sequence[DatedJob], start: int) -> None:
        spans = [
            (begin, begin + job.months, start + number)
            for number, job in enumerate(jobs)
            if job.months and job.start
            for begin in (Month.parse(job.start).index,)
        ]
        edges = sorted({edge for begin, end, _ in spans for edge in (begin, end)})
        for left, right in pairwise(edges):
            covering = [number for begin, end, number in spans if begin <= left and right <= end]
            if covering:
                self._stretches["months"].append(right - left)
                self._stretches["job"].extend(covering)
                self._covered.append(len(self._stretches["job"]))
        self._of.append(len(self._stretches["months"]))

    def _order(self) -> Ints:
        """The place of each profile among all by SHA-256 and source, which settles ties."""
        order = np.empty(self._size, np.int64)
        order[sorted(range(self._size), key=self._keys.__getitem__)] = np.arange(self._size)
        return order

    def build(self) -> ProfileTable:
        """The table of all profiles that were added; the builder is not used again."""
        columns = {name: taken(values) for name, values in self._jobs.items()}
        return ProfileTable(
            size=self._size,
            order=self._order(),
            held=self._held.build(),
            duties=self._duties.build(),
            learning=self._learning.build(),
            languages=self._languages.build(),
            levels=tuple(self._levels),
            titles=self._titles.build(),
            title_count=len(self._title_codes.numbers),
            terms=self._terms.build(),
            channel_months=self._channel_months.build(),
            line_months=self._line_months.build(),
            jobs=Jobs(
                first=taken(self._first),
                groups=Groups.of(taken(self._first)),
                **{name: values.astype(bool) if name in _JOB_FLAGS else values for name, values in columns.items()},
            ),
            stretches=Stretches.made(
                taken(self._of), taken(self._stretches["months"]), taken(self._covered), taken(self._stretches["job"])
            ),
            facts=Facts(
                **{name: taken(values) for name, values in self._facts.items()},
                dated=taken(self._dated).astype(bool),
            ),
            families=self._families.numbers,
            channels=self._channels,
            lines=self._lines,
            markets=self._market_codes,
            replies=self._replies,
        )


_JOB_COLUMNS = ("owner", "family", "title", "level", "months", "channels", "lines", "markets", "contact", "unsure")
_JOB_FLAGS = frozenset({"contact", "unsure"})


def spans(first: Ints, rows: Ints) -> tuple[Ints, Ints]:
    """Of things in groups, those of some groups: where each group then begins, and which things they are."""
    sizes = first[rows + 1] - first[rows]
    begin = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
    return begin, np.repeat(first[rows] - begin[:-1], sizes) + np.arange(begin[-1])


def table_of(views: Iterable[ProfileView], rules: Mapping[str, Any]) -> ProfileTable:
    """The table of some profiles, in their order."""
    builder = TableBuilder(rules)
    for view in views:
        builder.add(view)
    return builder.build()
