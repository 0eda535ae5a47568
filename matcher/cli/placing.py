"""Resumes placed for jobs: the numbers of all, and the words of those that are looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol, cast

from matcher.cli.late import Late
from matcher.records import Fit, Profile, Relaxed, Role
from matcher.report import Placed, Ranking

if TYPE_CHECKING:
    from matcher.project.run import Run
    from matcher.project.shelf import Held
    from matcher.scoring import Scorer

Number = tuple[float, tuple[Relaxed, ...]]
"""Of a pair: the log-odds, and the musts that hold the resume down."""
_FITS = 1000
"""Fits that are held at the same time: several files of results ask for the same ones."""
_BLOCK = 64
"""Resumes that are explained at a time, where too many are shown to be held."""
_SMALL = 2000
"""So many profiles may be in memory at the same time."""


class Pool(Protocol):
    """Resumes and jobs of a run; all pairs have numbers, and a fit is made when it is asked for."""

    resumes: Sequence[Profile]
    roles: Sequence[Role]

    def numbers(self, job: int) -> Sequence[Number]:
        """The numbers of all resumes for a job, in their order."""

    def expect(self, rows: Iterable[int]) -> None:
        """Hear which resumes will be looked at, for one job or another."""

    def fits(self, job: int, rows: Sequence[int]) -> Sequence[Fit]:
        """The fits of some resumes for a job."""


class Fresh:
    """A pool whose resumes are all in memory."""

    def __init__(self, scorer: Scorer, profiles: Sequence[Profile], roles: Sequence[Role]) -> None:
        self._scorer, self.resumes, self.roles = scorer, profiles, roles
        self._last: tuple[int, Any] | None = None

    def numbers(self, job: int) -> Sequence[Number]:
        """The numbers of all resumes for a job, in their order."""
        from matcher.growth import all_relaxed

        places = self._places(job)
        found: list[Number] = [(0.0, ())] * len(self.resumes)
        for row, logit, held in zip(places.rows.tolist(), places.logits, all_relaxed(self._scorer, places), strict=True):
            found[row] = (logit, held)
        return found

    def expect(self, rows: Iterable[int]) -> None:
        """Nothing: all are there, and lie in one table."""

    def fits(self, job: int, rows: Sequence[int]) -> Sequence[Fit]:
        """The fits of some resumes for a job."""
        places = self._places(job)
        return [places.explain(row) for row in rows]

    def _places(self, job: int) -> Any:
        if self._last is None or self._last[0] != job:
            self._last = (job, self._scorer.placed(self.roles[job], self.resumes))
        return self._last[1]


class Stored:
    """A pool that lies in a project; profiles are in memory while they are looked at."""

    def __init__(self, run: Run, scorer: Callable[[], Scorer], roles: Sequence[Role]) -> None:
        self._run, self._scorer, self.roles = run, scorer, roles
        self._profiles: dict[int, Profile] = {}
        self._expected: list[int] = []
        self.resumes: Sequence[Profile] = [self._late(row, held) for row, held in enumerate(run.resumes)]
        assert run.pairs is not None
        self._openings = run.pairs.openings

    def numbers(self, job: int) -> Sequence[Number]:
        """The numbers of all resumes for a job, in their order."""
        return self._run.numbers(self._openings[job])

    def expect(self, rows: Iterable[int]) -> None:
        """Hear which resumes will be looked at, for one job or another: if they are not too many, they lie in one table."""
        expected = sorted(set(rows))
        self._expected = expected if len(expected) <= _SMALL else []

    def fits(self, job: int, rows: Sequence[int]) -> Sequence[Fit]:
        """The fits of some resumes for a job."""
        scorer = self._scorer()
        # Ascending, so that all jobs share the table of an equal selection.
        ordered = self._expected if set(rows) <= set(self._expected) else sorted(rows)
        if len(self._profiles.keys() | ordered) > _SMALL:
            self._profiles.clear()
            scorer.forget()
        places = scorer.placed(self.roles[job], [self._profile(row) for row in ordered])
        found = {row: place for place, row in enumerate(ordered)}
        return [places.explain(found[row]) for row in rows]

    def _profile(self, row: int) -> Profile:
        found = self._profiles.get(row)
        if found is None:
            found = self._profiles[row] = self._run.profile(self._run.resumes[row])
        return found

    def _late(self, row: int, held: Held) -> Profile:
        contact = Late({"name": held.name}, lambda: self._profile(row).facts.contact)
        facts = Late({"contact": contact}, lambda: self._profile(row).facts)
        known = {"source": held.source, "sha256": held.sha256, "facts": facts}
        return cast(Profile, Late(known, lambda: self._profile(row)))


# ---------------------------------------------------------------------------------------------------------------- rankings


def rankings(pool: Pool, scorer: Scorer, shown: int) -> Iterator[Ranking]:
    """The ranking of each job in turn, best resume first; ties by SHA-256, then by source.

    `shown`: how many fits of each job will be looked at, so that they are made together.
    """
    from matcher.growth import BestOpenings

    best = BestOpenings(scorer, (), ())
    several, expected = len(pool.roles) > 1, set[int]()
    for job, role in enumerate(pool.roles if several else ()):
        numbers = pool.numbers(job)
        best.take(role, pool.resumes, (logit for logit, _ in numbers))
        expected.update(_order(pool, numbers)[:shown])
    pool.expect(expected)
    for job in range(len(pool.roles)):
        yield _ranking(pool, job, scorer, best, shown)


def _order(pool: Pool, numbers: Sequence[Number]) -> list[int]:
    keys = [(-logit, one.sha256, one.source) for (logit, _), one in zip(numbers, pool.resumes, strict=True)]
    return sorted(range(len(keys)), key=keys.__getitem__)


def _ranking(pool: Pool, job: int, scorer: Scorer, best: Any, shown: int) -> Ranking:
    from matcher.growth import must_costs, score_of

    role, numbers, resumes = pool.roles[job], pool.numbers(job), pool.resumes
    order = _order(pool, numbers)
    makers = _Makers(pool, job, order, shown if shown <= _SMALL else _BLOCK)
    placed = []
    for rank, row in enumerate(order, 1):
        logit, held = numbers[row]
        score = score_of(logit)
        known = {"profile": resumes[row], "role": role, "logit": logit, "score": score}
        fit = cast(Fit, Late(known, makers.maker(rank - 1)))
        band = scorer.model.band(score)
        placed.append(Placed(rank, fit, band, scorer.model.bands, best.above(resumes[row], logit), held))
    return Ranking(role, tuple(placed), must_costs((one.band, one.relaxed) for one in placed))


class _Makers:
    """Makes the fits of a ranking in blocks of neighbours, and holds the last ones."""

    def __init__(self, pool: Pool, job: int, order: Sequence[int], block: int) -> None:
        self._pool, self._job, self._order, self._block = pool, job, order, block
        self._made: OrderedDict[int, Fit] = OrderedDict()

    def maker(self, place: int) -> Callable[[], Fit]:
        """What makes the fit at a place, counted from 0."""
        return lambda: self._fit(place)

    def _fit(self, place: int) -> Fit:
        if place not in self._made:
            start = place - place % self._block
            places = range(start, min(len(self._order), start + self._block))
            self._made.update(zip(places, self._pool.fits(self._job, [self._order[n] for n in places]), strict=True))
            while len(self._made) > max(_FITS, self._block):
                self._made.popitem(last=False)
        return self._made[place]


def whole(fit: Fit) -> Fit:
    """The fit itself, where a `Late` stands for it."""
    return cast(Fit, object.__getattribute__(fit, "_make")()) if isinstance(fit, Late) else fit
