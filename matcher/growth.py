"""Beyond one pair: the openings that fit a resume better, what each must of an opening costs, the way up the ladder."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any

from matcher.records import DatedJob, Fit, MustCost, MustState, Opening, Profile, Relaxed, Role
from matcher.scoring import Scorer
from matcher.scoring.explainer import CAP
from matcher.scoring.limits import UNIT
from matcher.scoring.musts import State, cap_of, state_of
from matcher.scoring.places import Places

POSSIBLE, STRONG = 2, 3
"""The band from which a resume is worth a call for an opening, and the highest."""
_MOST_BETTER = 3


# ------------------------------------------------------------------------------------------------------------ other openings


class BestOpenings:
    """For each resume the few openings that it fits best; keeps nothing else of the pairs, so that a run stays small."""

    def __init__(self, scorer: Scorer, profiles: Sequence[Profile], roles: Sequence[Role]) -> None:
        self._model = scorer.model
        self._best: dict[int, list[tuple[float, Opening]]] = {}
        for role in roles:
            self.take(role, profiles, scorer.logits(scorer.table(profiles), role).tolist())

    def take(self, role: Role, resumes: Iterable[object], logits: Iterable[float]) -> None:
        """Take in an opening with the log-odds of each resume, whatever object stands for it: always the same one."""
        for resume, logit in zip(resumes, logits, strict=True):
            score = score_of(logit)
            if (band := self._model.band(score)) >= POSSIBLE:
                self._keep(resume, logit, Opening(role.source, role.title, score, band))

    def _keep(self, resume: object, logit: float, opening: Opening) -> None:
        best = self._best.setdefault(id(resume), [])
        best.append((logit, opening))
        best.sort(key=itemgetter(0), reverse=True)  # stable: of equal ones the first role stays first
        del best[_MOST_BETTER:]

    def better(self, fit: Fit) -> tuple[Opening, ...]:
        """The openings, at most three, for which the resume of a fit is at least possible and scores higher, best first."""
        return self.above(fit.profile, fit.logit)

    def above(self, resume: object, logit: float) -> tuple[Opening, ...]:
        """The same for a resume by the object that stands for it."""
        return tuple(opening for other, opening in self._best.get(id(resume), ()) if other > logit)


def score_of(logit: float) -> float:
    """The score of log-odds."""
    return 1.0 / (1.0 + math.exp(-logit))


# --------------------------------------------------------------------------------------------------------------------- musts


def relaxed(scorer: Scorer, fit: Fit) -> tuple[Relaxed, ...]:
    """The musts that hold a fit below the band of its other points, in the post's order: the same fit, that must left out."""
    cap = math.fsum(part.points for part in fit.contributions if part.name == CAP)
    if not cap:
        return ()
    open_ = [must for must in fit.musts if must.state is not MustState.MET]
    lone = [Relaxed(must.label, must.state is MustState.UNKNOWN, must.cap, must.place) for must in open_]
    return _relaxed(lone, scorer.model.band(score_of(fit.logit - cap)))


def all_relaxed(scorer: Scorer, places: Places) -> tuple[tuple[Relaxed, ...], ...]:
    """`relaxed` for every place of a role, by the numbers alone: no fit is made for it."""
    numbers, found = places.numbers, []
    for row in places.rows.tolist():
        standings = [(place, int(judged.standings[row])) for place, judged in enumerate(numbers.judged)]
        open_ = [(place, standing) for place, standing in standings if state_of(standing) is not State.MET]
        lone = [Relaxed(places.musts[n], state_of(one) is State.UNKNOWN, cap_of(one), n) for n, one in open_]
        cap = int(numbers.cap_points[row])
        found.append(_relaxed(lone, scorer.model.band(score_of((int(numbers.totals[row]) - cap) / UNIT))) if cap else ())
    return tuple(found)


def _relaxed(musts: Sequence[Relaxed], band: int) -> tuple[Relaxed, ...]:
    """The musts below the band that a fit has without any of them; `musts` are given with the best band that each allows."""
    holding = [must for must in musts if must.band < band]
    caps = {must.place: must.band for must in holding}
    return tuple(replace(must, band=min((cap for n, cap in caps.items() if n != must.place), default=band)) for must in holding)


def must_costs(held: Iterable[tuple[int, Sequence[Relaxed]]]) -> tuple[MustCost, ...]:
    """What the musts of a role cost, the dearest first; `held`: each resume's band and the musts that hold it down."""
    tally: dict[tuple[int, str], list[int]] = {}
    for band, musts in held:
        for must in musts:
            count = tally.setdefault((must.place, must.must), [0, 0, 0, 0])
            count[0] += 1
            count[1] += must.unsaid
            if must.band > band and must.band >= POSSIBLE:
                count[must.band] += 1
    costs = [(MustCost(name, *counts), place) for (place, name), counts in tally.items()]
    ordered = sorted(costs, key=lambda row: (-row[0].strong - row[0].possible, -row[0].strong, -row[0].held, row[0].must, row[1]))
    return tuple(cost for cost, _ in ordered)


# -------------------------------------------------------------------------------------------------------------------- ladder


@dataclass(frozen=True, slots=True)
class Rung:
    """Where a resume stands among the role profiles, and the roles above it, the natural next step first."""

    seat: Fit
    steps: tuple[Fit, ...]


def rung(scorer: Scorer, roles: Mapping[str, Any], fits: Sequence[Fit]) -> Rung:
    """The present seat and the steps up from it; `roles` are the role profiles as data, `fits` those with them, best first.

    The seat is the best fit, or the step above it that the last job already stands on: an agent's profile fits a senior agent
    as well. Of the steps the nearest rung comes first, on it the best fit; a seat on the same rung is as near as the next.
    """
    by_role = {fit.role.source: fit for fit in fits}
    seat, reached = fits[0], _reached(fits[0].profile)
    while above := [fit for fit in _above(roles, seat, by_role) if _held(scorer, fit, seat, reached)]:
        seat = max(above, key=lambda fit: fit.logit)
    steps = sorted(_above(roles, seat, by_role), key=lambda fit: (_distance(fit.role, seat.role), -fit.logit))
    return Rung(seat, tuple(steps))


def _above(roles: Mapping[str, Any], seat: Fit, by_role: Mapping[str, Fit]) -> list[Fit]:
    return [by_role[id] for id in roles[seat.role.source].get("next_roles", ()) if id in by_role]


def _held(scorer: Scorer, fit: Fit, seat: Fit, reached: int) -> bool:
    """Whether a role above the seat is the one that the last job already is: higher, no higher than that job, and strong."""
    return (seat.role.level or 0) < (fit.role.level or 0) <= reached and scorer.band(fit) >= STRONG


def _reached(profile: Profile) -> int:
    """The step on the ladder of the newest dated job; 0 where none is known."""
    last = max(profile.facts.jobs, key=_newest, default=None)
    return (last.level or 0) if last else 0


def _newest(job: DatedJob) -> tuple[str, str]:
    return job.end or "", job.start or ""


def _distance(role: Role, seat: Role) -> int:
    """Rungs from the seat up to a role, at least 1."""
    return max(1, (role.level or 0) - (seat.level or 0))
