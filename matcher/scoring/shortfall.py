"""What a resume does not show, or not in full, of what a role asks for, and what showing it would bring."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matcher.records import Claim, Evidence, Factor, Lack, Need, Partly, Requirement, Role, Stance, Strength
from matcher.scoring.credit import Credit, CreditRules
from matcher.scoring.features import Feature
from matcher.scoring.reasons import Signal
from matcher.scoring.views import Asked, ProfileView, RoleView

WRITTEN = "written"
"""The proof of a language that a resume is written in and says no more of."""
_DIGITS = 4
_FULL = 0.9999
_OWN = Factor("the resume is written in it, how well is not said", 0.0)


def post_line(leaf: Requirement, role: Role) -> tuple[Evidence, ...]:
    """Where the post asks for it; nothing for a role profile, which has no text."""
    if not leaf.text.strip():
        return ()
    pages = {item.start: item.page for claim in role.claims for item in claim.evidence}
    return (Evidence("job", leaf.text, leaf.start, leaf.end, pages.get(leaf.start, 1)),)


@dataclass(frozen=True, slots=True)
class _Part:
    """A signal that is made of skills, and its weight."""

    feature: Feature
    weight: float

    def points(self, share: float) -> float:
        """The points that a part of the signal brings."""
        return round(self.weight * share, _DIGITS)


def _asked_at(item: Asked, role: Role) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(line for leaf in item.options for line in post_line(leaf, role)))


def _strength(label: str, claim: Claim, points: float) -> Strength:
    proof = "learning" if claim.stance is Stance.LEARNING else claim.proof
    return Strength(label, round(points, _DIGITS), claim.months, claim.last_used, proof)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Explains skills that are missing or shown in part."""

    rules: CreditRules
    weights: Mapping[str, float]

    def read(self, resume: ProfileView, role: RoleView, signals: Sequence[Signal]) -> tuple[tuple[Lack, ...], tuple[Partly, ...]]:
        """Lacks and things shown in part, the dearest first."""
        lacks, partly = [], []
        for feature, items in ((Feature.REQUIRED, role.required), (Feature.PREFERRED, role.preferred), (Feature.CORE, role.core)):
            part = _Part(feature, self.weights[feature])
            for item in items:
                credit = self.rules.best(item.concepts, resume.held)
                if self._own_language(item, credit):
                    partly.append(self._unstated(part, item, role.role))
                elif credit.claim is None:
                    lacks.append(self._lack(part, item, role.role))
                elif credit.value < _FULL:
                    partly.append(self._partly(part, item, credit, resume, role.role))
        lacks += [
            Lack(s.reason, (), Need.ROLE, str(s.feature), round(self.weights[s.feature], _DIGITS))
            for s in signals
            if self._silent(s, role) and self.weights[s.feature] > 0
        ]
        return tuple(sorted(lacks, key=lambda x: -x.points)), tuple(sorted(partly, key=lambda x: -x.short))

    def lacking(self, item: Asked, resume: ProfileView) -> bool:
        """Whether a resume shows nothing of what is asked for."""
        credit = self.rules.best(item.concepts, resume.held)
        return credit.claim is None and not self._own_language(item, credit)

    def strengths(self, resume: ProfileView, role: RoleView) -> tuple[Strength, ...]:
        """What the resume shows of the skills that are asked for, what brings most points first."""
        earned: dict[str, list[float]] = {}
        claims: dict[str, Claim] = {}
        for feature, items in ((Feature.REQUIRED, role.required), (Feature.PREFERRED, role.preferred), (Feature.CORE, role.core)):
            for item in items:
                credit = self.rules.best(item.concepts, resume.held)
                if credit.claim:
                    claims[credit.claim.concept] = credit.claim
                    earned.setdefault(credit.claim.concept, []).append(self.weights[feature] * item.weight * credit.value)
        found = [_strength(self.rules.taxonomy.concepts[id].label, claim, math.fsum(earned[id])) for id, claim in claims.items()]
        return tuple(sorted((one for one in found if one.points > 0), key=lambda one: (-one.points, one.label)))

    def _own_language(self, item: Asked, credit: Credit) -> bool:
        """Whether nothing is missing but a word on the language in which the resume itself is written."""
        return credit.claim is None and self.rules.questions["resume_language"] in item.concepts

    def _unstated(self, part: _Part, item: Asked, role: Role) -> Partly:
        own = self.rules.taxonomy.concepts[self.rules.questions["resume_language"]].label
        label, lines = self.rules.label(item.concepts), _asked_at(item, role)
        short = part.points(item.weight)
        return Partly(
            label, item.concepts, item.need, str(part.feature), own, 0.0, 0.0, short, (_OWN,), proof=WRITTEN, evidence=lines
        )

    def _silent(self, signal: Signal, role: RoleView) -> bool:
        occasion = {
            Feature.FAMILY: bool(role.fields),
            Feature.TITLE: bool(role.titles),
            Feature.MONTHS: True,
            Feature.CHANNEL: bool(role.role.channels),
            Feature.LINE: bool(role.role.lines_of_business),
            Feature.LEVEL: role.role.level is not None,
            Feature.RESULTS: True,
        }
        return not signal.value and occasion.get(signal.feature, False)

    def _lack(self, part: _Part, item: Asked, role: Role) -> Lack:
        label, points = self.rules.label(item.concepts), part.points(item.weight)
        return Lack(label, item.concepts, item.need, str(part.feature), points, _asked_at(item, role))

    def _partly(self, part: _Part, item: Asked, credit: Credit, resume: ProfileView, role: Role) -> Partly:
        claim = credit.claim
        assert claim
        hop = credit.relation not in {"", "narrower"}
        strength = self.rules.strength(claim, resume.newest)
        factors = [Factor(self._relation(credit.relation), round(credit.value / strength, 2))] if hop and strength else []
        return Partly(
            label=self.rules.label(item.concepts),
            concepts=item.concepts,
            need=item.need,
            part=str(part.feature),
            by=self.rules.taxonomy.concepts[claim.concept].label,
            share=round(credit.value, _DIGITS),
            points=part.points(item.weight * credit.value),
            short=part.points(item.weight * (1 - credit.value)),
            factors=(*factors, *self.rules.factors(claim, resume.newest)),
            hop=hop,
            proof="learning" if claim.stance is Stance.LEARNING else claim.proof,
            evidence=(*claim.evidence[:1], *_asked_at(item, role)),
        )

    def _relation(self, relation: str) -> str:
        return {"related": "a related skill", "broader": "the wider skill, this part of it not named"}.get(relation, relation)
