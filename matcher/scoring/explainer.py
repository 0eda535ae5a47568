"""From the numbers of a pair to a fit: every part of the score with its reason, its evidence, and what is missing."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from matcher.records import Contribution, Fit, Must, MustState, Need, Role, leaves
from matcher.scoring.columns import Flags, Floats, Ints, Small
from matcher.scoring.credit import CreditRules
from matcher.scoring.features import LIFT, SIGNS, Feature
from matcher.scoring.findings import BETWEEN, Finding, Teller
from matcher.scoring.flags import flags
from matcher.scoring.limits import UNIT
from matcher.scoring.model import RankerModel
from matcher.scoring.musts import Judged, State
from matcher.scoring.newcomers import WHY
from matcher.scoring.questions import Findings, questions
from matcher.scoring.reasons import Reasoner, Signal
from matcher.scoring.shortfall import Shortfall, post_line
from matcher.scoring.views import ProfileView, RoleView

CAP = "unmet must"
"""The name of the contribution that keeps a fit below the band that its musts allow."""
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


class Explainer:
    """Puts the numbers of pairs into words."""

    def __init__(self, rules: CreditRules, model: RankerModel) -> None:
        self._rules, self._model = rules, model
        self._reasoner, self._teller = Reasoner(rules), Teller(rules)

    def signals(self, resume: ProfileView, role: RoleView, scores: Scores, row: int) -> tuple[Signal, ...]:
        """The signals of the pair in a row, in the order of `Feature`."""
        values = zip(Feature, scores.values, strict=True)
        return tuple(self._reasoner.signal(feature, float(value[row]), resume, role) for feature, value in values)

    def findings(self, resume: ProfileView, role: RoleView, scores: Scores, row: int) -> tuple[Finding, ...]:
        """The role's required conditions, each held against the resume in a row."""
        return tuple(self._teller.tell(judged, row, resume, role) for judged in scores.judged)

    def musts(self, scores: Scores) -> tuple[str, ...]:
        """What each condition of a role asks for, in the post's order."""
        return tuple(self._teller.name(judged) for judged in scores.judged)

    def fit(self, resume: ProfileView, role: RoleView, scores: Scores, row: int) -> Fit:
        """The pair in a row with every reason."""
        signals = self.signals(resume, role, scores, row)
        findings = self.findings(resume, role, scores, row)
        weights = self._model.weighted(role.role.weights).weights
        told = zip(signals, scores.points, strict=True)
        parts = [_part(signal, points[row], _most(signal.feature, weights, role)) for signal, points in told if points[row]]
        cap = _capped(findings, int(scores.cap_points[row]))
        kept = (*parts, *([cap[1]] if cap else []), *_lifted(role.role, int(scores.lift_points[row])))
        shortfall = Shortfall(self._rules, weights)
        lacks, partly = shortfall.read(resume, role, signals)
        musts = tuple(
            _must(one, cap, place) for place, one in enumerate(findings) if one.kinds != {"skill"} or one.state is State.UNKNOWN
        )
        profile, taxonomy = resume.profile, self._rules.taxonomy
        return Fit(
            profile=profile,
            role=role.role,
            base=self._model.base,
            contributions=kept,
            unmet=_told(one for one in findings if one.state in {State.UNMET, State.NEARLY}),
            unknown=_told(one for one in findings if one.state is State.UNKNOWN),
            missing=self._missing(resume, role, shortfall),
            questions=questions(Findings(profile, role.role, kept, musts, lacks, partly), taxonomy),
            lacks=lacks,
            partly=partly,
            musts=musts,
            flags=flags(profile, role.role, taxonomy.rules),
            strengths=shortfall.strengths(resume, role),
        )

    def _missing(self, resume: ProfileView, role: RoleView, shortfall: Shortfall) -> tuple[str, ...]:
        lacking = [item for item in (*role.required, *role.preferred) if shortfall.lacking(item, resume)]
        ordered = sorted(lacking, key=lambda item: (item.need is not Need.REQUIRED, -item.weight))
        return tuple(dict.fromkeys(self._rules.label(item.concepts) for item in ordered))


def _most(feature: Feature, weights: Mapping[str, float], role: RoleView) -> float | None:
    """The points of a signal at its best; None for what has no such end."""
    if feature is Feature.TEXT or SIGNS.get(feature, 1) < 0:
        return None
    asked = {Feature.REQUIRED: role.required, Feature.PREFERRED: role.preferred, Feature.CORE: role.core}.get(feature)
    whole = 1.0 if asked is None else math.fsum(item.weight for item in asked)
    return round(weights[feature] * whole, 4)


def _part(signal: Signal, points: int, most: float | None) -> Contribution:
    return Contribution(str(signal.feature), int(points) / UNIT, signal.reason, signal.evidence, most)


def _capped(findings: Sequence[Finding], points: int) -> tuple[Finding, Contribution] | None:
    """The must that caps a fit, with the contribution that does it."""
    if not points:
        return None
    worst = min((one for one in findings if one.state is not State.MET), key=lambda one: one.cap)
    return worst, Contribution(CAP, points / UNIT, f"{worst.told}: {_WHY[worst.state]}", worst.evidence)


def _lifted(role: Role, points: int) -> tuple[Contribution, ...]:
    """The contribution by which an entry seat lifts a newcomer; its evidence is what the post says of experience."""
    if not points:
        return ()
    lines = [line for leaf in leaves(role.requirements) if leaf.kind == "experience" for line in post_line(leaf, role)]
    return (Contribution(LIFT, points / UNIT, WHY, tuple(lines[:1])),)


def _must(found: Finding, cap: tuple[Finding, Contribution] | None, place: int) -> Must:
    points = cap[1].points if cap and cap[0] is found else 0.0
    shown = BETWEEN.join(part.removesuffix(" shown") for part in found.shown.split(BETWEEN))
    return Must(found.label, _STATES[found.state], found.cap, shown, points, found.question, found.evidence, place)


def _told(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(finding.told for finding in findings))
