"""What a resume does not show, or not in full, of what a role asks for, and what showing it would bring."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from matcher.records import Claim, Evidence, Factor, Lack, Need, Partly, Requirement, Stance, Strength
from matcher.scoring.credit import Credit, CreditRules
from matcher.scoring.features import Feature
from matcher.scoring.pair import Pair
from matcher.scoring.reasons import Signal
from matcher.scoring.views import Asked, ProfileView, RoleView

WRITTEN = "written"
"""The proof of a language that a resume is written in and says no more of."""
_DIGITS = 4
_FULL = 0.9999
_OWN = Factor("the resume is written in it, how well is not said", 0.0)


def post_line(leaf: Requirement, role: RoleView) -> tuple[Evidence, ...]:
    """Where the post asks for it; nothing for a role profile, which has no text."""
    if not leaf.text.strip():
        return ()
    return (Evidence("job", leaf.text, leaf.start, leaf.end, role.pages.get(leaf.start, 1)),)


@dataclass(frozen=True, slots=True)
class _Part:
    """A signal that is made of skills, and its weight."""

    feature: Feature
    weight: float

    def points(self, share: float) -> float:
        """The points that a part of the signal brings."""
        return round(self.weight * share, _DIGITS)


@dataclass(frozen=True, slots=True)
class _Demand:
    """One thing asked for, with all that is the same in every pair: its name, the post's lines, what is said if it is not shown.

    `unstated` is that for the language in which a resume is written, else None.
    """

    part: _Part
    item: Asked
    label: str
    lines: tuple[Evidence, ...]
    lack: Lack
    unstated: Partly | None


def _strength(label: str, claim: Claim, points: float) -> Strength:
    proof = "learning" if claim.stance is Stance.LEARNING else claim.proof
    return Strength(label, round(points, _DIGITS), claim.months, claim.last_used, proof)


class Shortfall:
    """Explains the skills of a role that resumes lack, show in part or show; what depends on the role alone is made once."""

    def __init__(self, rules: CreditRules, weights: Mapping[str, float], role: RoleView) -> None:
        self._rules, self._weights, self._role = rules, weights, role
        parts = [(_Part(feature, weights[feature]), items) for feature, items in role.asked.items()]
        self._demands = [self._demand(part, item) for part, items in parts for item in items]
        posted = [n for n, row in enumerate(self._demands) if row.part.feature is not Feature.CORE]
        self._posted = sorted(posted, key=lambda n: (self._item(n).need is not Need.REQUIRED, -self._item(n).weight))
        self._silences = frozenset(_occasions(role))

    def _item(self, place: int) -> Asked:
        return self._demands[place].item

    def _demand(self, part: _Part, item: Asked) -> _Demand:
        label = self._rules.label(item.concepts)
        lines = tuple(dict.fromkeys(line for leaf in item.options for line in post_line(leaf, self._role)))
        points, name = part.points(item.weight), str(part.feature)
        lack = Lack(label, item.concepts, item.need, name, points, lines)
        unstated = None
        if (own := self._rules.questions["resume_language"]) in item.concepts:
            by, told = self._rules.taxonomy.concepts[own].label, (_OWN,)
            unstated = Partly(label, item.concepts, item.need, name, by, 0.0, 0.0, points, told, proof=WRITTEN, evidence=lines)
        return _Demand(part, item, label, lines, lack, unstated)

    def read(self, pair: Pair, signals: Sequence[Signal]) -> tuple[tuple[Lack, ...], tuple[Partly, ...]]:
        """Lacks and things shown in part, the dearest first."""
        lacks, partly = [], []
        for row, credit in zip(self._demands, self._credits(pair), strict=True):
            if credit.claim is None:
                if row.unstated:
                    partly.append(row.unstated)
                else:
                    lacks.append(row.lack)
            elif credit.value < _FULL:
                partly.append(self._partly(row, credit, credit.claim, pair.resume))
        lacks += [
            Lack(s.reason, (), Need.ROLE, str(s.feature), round(self._weights[s.feature], _DIGITS))
            for s in signals
            if not s.value and s.feature in self._silences and self._weights[s.feature] > 0
        ]
        return tuple(sorted(lacks, key=lambda x: -x.points)), tuple(sorted(partly, key=lambda x: -x.short))

    def missing(self, pair: Pair) -> tuple[str, ...]:
        """What the post asks for and the resume shows nothing of, the weightiest first."""
        credits_, rows = list(self._credits(pair)), self._demands
        lacking = (rows[n] for n in self._posted if credits_[n].claim is None and rows[n].unstated is None)
        return tuple(dict.fromkeys(row.label for row in lacking))

    def strengths(self, pair: Pair) -> tuple[Strength, ...]:
        """What the resume shows of the skills that are asked for, what brings most points first."""
        earned: dict[str, list[float]] = {}
        claims: dict[str, Claim] = {}
        for row, credit in zip(self._demands, self._credits(pair), strict=True):
            if credit.claim:
                claims[credit.claim.concept] = credit.claim
                earned.setdefault(credit.claim.concept, []).append(row.part.weight * row.item.weight * credit.value)
        found = [_strength(self._rules.taxonomy.concepts[id].label, claim, math.fsum(earned[id])) for id, claim in claims.items()]
        return tuple(sorted((one for one in found if one.points > 0), key=lambda one: (-one.points, one.label)))

    def _credits(self, pair: Pair) -> Iterator[Credit]:
        return chain.from_iterable(pair.credits.values())

    def _partly(self, row: _Demand, credit: Credit, claim: Claim, resume: ProfileView) -> Partly:
        hop, item = credit.relation not in {"", "narrower"}, row.item
        strength = self._rules.strength(claim, resume.newest) if hop else 0.0
        factors = [Factor(_relation(credit.relation), round(credit.value / strength, 2))] if strength else []
        return Partly(
            label=row.label,
            concepts=item.concepts,
            need=item.need,
            part=str(row.part.feature),
            by=self._rules.taxonomy.concepts[claim.concept].label,
            share=round(credit.value, _DIGITS),
            points=row.part.points(item.weight * credit.value),
            short=row.part.points(item.weight * (1 - credit.value)),
            factors=(*factors, *self._rules.factors(claim, resume.newest)),
            hop=hop,
            proof="learning" if claim.stance is Stance.LEARNING else claim.proof,
            evidence=(*claim.evidence[:1], *row.lines),
        )


def _occasions(role: RoleView) -> Iterator[Feature]:
    """The signals for which a role gives occasion, so that finding nothing is a lack."""
    occasions = {
        Feature.FAMILY: bool(role.fields),
        Feature.TITLE: bool(role.titles),
        Feature.MONTHS: True,
        Feature.CHANNEL: bool(role.role.channels),
        Feature.LINE: bool(role.role.lines_of_business),
        Feature.LEVEL: role.role.level is not None,
        Feature.RESULTS: True,
    }
    return (feature for feature, given in occasions.items() if given)


def _relation(relation: str) -> str:
    return {"related": "a related skill", "broader": "the wider skill, this part of it not named"}.get(relation, relation)
