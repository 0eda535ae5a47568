"""From the numbers of a pair to a fit: every part of the score with its reason, its evidence, and what is missing."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from matcher.records import Contribution, Fit, Must, MustState, leaves
from matcher.scoring.columns import Flags, Floats, Ints, Small
from matcher.scoring.credit import CreditRules
from matcher.scoring.features import LIFT, SIGNS, Feature
from matcher.scoring.findings import BETWEEN, Finding, Teller
from matcher.scoring.flags import flags
from matcher.scoring.limits import UNIT
from matcher.scoring.model import RankerModel
from matcher.scoring.musts import Judged, State
from matcher.scoring.newcomers import WHY
from matcher.scoring.pair import Pair
from matcher.scoring.questions import Findings, questions
from matcher.scoring.reasons import Signal, signal
from matcher.scoring.shortfall import Shortfall, post_line
from matcher.scoring.views import ProfileView, RoleView

CAP = "unmet must"
"""The name of the contribution that keeps a fit below the band that its musts allow."""
_MOST_ROLES = 1_000
"""Roles that are kept with what is said of them, the oldest given up first."""
_SKILL = frozenset({"skill"})
_WHY = {State.UNMET: "not met", State.NEARLY: "nearly met", State.UNKNOWN: "not stated, to be asked"}
_STATES = {
    State.UNMET: MustState.UNMET,
    State.NEARLY: MustState.NEARLY,
    State.UNKNOWN: MustState.UNKNOWN,
    State.MET: MustState.MET,
}


@dataclass(frozen=True, slots=True)
class Scores:
    """A role held against a table: of each profile the points of every signal, of the cap and of the lift, and the best band.

    `fresh`: newcomers whom the role takes and whom nothing speaks against. Points are in units of 1/10,000 of log-odds.
    """

    values: tuple[Floats, ...]
    points: tuple[Ints, ...]
    judged: tuple[Judged, ...]
    caps: Small
    fresh: Flags
    cap_points: Ints
    lift_points: Ints
    totals: Ints

    @property
    def logits(self) -> Floats:
        """The log-odds of each profile, caps included."""
        return self.totals / UNIT


@dataclass(frozen=True, slots=True)
class _Told:
    """A role with what is said of it in every pair; `most` are the points of each signal at its best."""

    role: RoleView
    shortfall: Shortfall
    most: Mapping[Feature, float | None]


class Explainer:
    """Puts the numbers of pairs into words."""

    def __init__(self, rules: CreditRules, model: RankerModel) -> None:
        self._rules, self._model = rules, model
        self._teller = Teller(rules)
        self._roles: dict[int, _Told] = {}

    def forget(self) -> None:
        """Let go of the roles that were told of."""
        self._roles.clear()
        self._teller.forget()

    def signals(self, resume: ProfileView, role: RoleView, scores: Scores, row: int) -> tuple[Signal, ...]:
        """The signals of the pair in a row, in the order of `Feature`."""
        return self._signals(Pair(self._rules, resume, role), scores, row)

    def _signals(self, pair: Pair, scores: Scores, row: int) -> tuple[Signal, ...]:
        values = zip(Feature, scores.values, strict=True)
        return tuple(signal(feature, float(value[row]), pair) for feature, value in values)

    def findings(self, resume: ProfileView, role: RoleView, scores: Scores, row: int) -> tuple[Finding, ...]:
        """The role's required conditions, each held against the resume in a row."""
        return self._findings(Pair(self._rules, resume, role), scores, row)

    def _findings(self, pair: Pair, scores: Scores, row: int) -> tuple[Finding, ...]:
        return tuple(self._teller.tell(judged, row, pair) for judged in scores.judged)

    def musts(self, scores: Scores) -> tuple[str, ...]:
        """What each condition of a role asks for, in the post's order."""
        return tuple(self._teller.name(judged) for judged in scores.judged)

    def fit(self, resume: ProfileView, role: RoleView, scores: Scores, row: int) -> Fit:
        """The pair in a row with every reason."""
        pair, told = Pair(self._rules, resume, role), self._told(role)
        signals = self._signals(pair, scores, row)
        findings = self._findings(pair, scores, row)
        parts = [_part(one, points[row], told.most) for one, points in zip(signals, scores.points, strict=True) if points[row]]
        cap = _capped(findings, int(scores.cap_points[row]))
        kept = (*parts, *([cap[1]] if cap else []), *_lifted(role, int(scores.lift_points[row])))
        lacks, partly = told.shortfall.read(pair, signals)
        musts = tuple(
            _must(one, cap, place) for place, one in enumerate(findings) if one.kinds != _SKILL or one.state is State.UNKNOWN
        )
        profile, taxonomy = resume.profile, self._rules.taxonomy
        return Fit(
            profile=profile,
            role=role.role,
            base=self._model.base,
            contributions=kept,
            unmet=_listed(one for one in findings if one.state in {State.UNMET, State.NEARLY}),
            unknown=_listed(one for one in findings if one.state is State.UNKNOWN),
            missing=told.shortfall.missing(pair),
            questions=questions(Findings(profile, role.role, kept, musts, lacks, partly), taxonomy),
            lacks=lacks,
            partly=partly,
            musts=musts,
            flags=flags(profile, role.role, taxonomy.rules),
            strengths=told.shortfall.strengths(pair),
        )

    def _told(self, role: RoleView) -> _Told:
        """What is said of a role in every pair, made once; it holds the role, so that its id stays its own."""
        found = self._roles.get(id(role))
        if found is None:
            if len(self._roles) >= _MOST_ROLES:
                self._roles.pop(next(iter(self._roles)), None)
            weights = self._model.weighted(role.role.weights).weights
            most = {feature: _most(feature, weights, role) for feature in Feature}
            found = self._roles[id(role)] = _Told(role, Shortfall(self._rules, weights, role), most)
        return found


def _most(feature: Feature, weights: Mapping[str, float], role: RoleView) -> float | None:
    """The points of a signal at its best; None for what has no such end."""
    if feature is Feature.TEXT or SIGNS.get(feature, 1) < 0:
        return None
    asked = role.asked.get(feature)
    whole = 1.0 if asked is None else math.fsum(item.weight for item in asked)
    return round(weights[feature] * whole, 4)


def _part(found: Signal, points: int, most: Mapping[Feature, float | None]) -> Contribution:
    return Contribution(str(found.feature), int(points) / UNIT, found.reason, found.evidence, most[found.feature])


def _capped(findings: Sequence[Finding], points: int) -> tuple[Finding, Contribution] | None:
    """The must that caps a fit, with the contribution that does it."""
    if not points:
        return None
    worst = min((one for one in findings if one.state is not State.MET), key=lambda one: one.cap)
    return worst, Contribution(CAP, points / UNIT, f"{worst.told}: {_WHY[worst.state]}", worst.evidence)


def _lifted(role: RoleView, points: int) -> tuple[Contribution, ...]:
    """The contribution by which an entry seat lifts a newcomer; its evidence is what the post says of experience."""
    if not points:
        return ()
    lines = [line for leaf in leaves(role.role.requirements) if leaf.kind == "experience" for line in post_line(leaf, role)]
    return (Contribution(LIFT, points / UNIT, WHY, tuple(lines[:1])),)


def _must(found: Finding, cap: tuple[Finding, Contribution] | None, place: int) -> Must:
    points = cap[1].points if cap and cap[0] is found else 0.0
    shown = BETWEEN.join(part.removesuffix(" shown") for part in found.shown.split(BETWEEN))
    return Must(found.label, _STATES[found.state], found.cap, shown, points, found.question, found.evidence, place)


def _listed(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(finding.told for finding in findings))
