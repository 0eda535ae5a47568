"""What a resume does not show, or not in full, of what a role asks for, and what showing it would bring."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from matcher.records import Evidence, Factor, Lack, Need, Partly, Requirement, Role, Stance
from matcher.scoring.credit import Credit, CreditRules
from matcher.scoring.features import Feature
from matcher.scoring.reasons import Signal
from matcher.scoring.views import Asked, ProfileView, RoleView

_DIGITS = 4
_PARTS = {Need.REQUIRED: Feature.REQUIRED, Need.PREFERRED: Feature.PREFERRED, Need.CORE: Feature.CORE}


@dataclass(frozen=True, slots=True)
class _Item:
    """One thing asked for, with the share of its part that it makes up and what answers it."""

    need: Need
    leaves: tuple[Requirement, ...]
    share: float
    credit: Credit


def post_line(leaf: Requirement, role: Role) -> tuple[Evidence, ...]:
    """Where the post asks for it; nothing for a role profile, which has no text."""
    if not leaf.text.strip():
        return ()
    pages = {item.start: item.page for claim in role.claims for item in claim.evidence}
    return (Evidence("job", leaf.text, leaf.start, leaf.end, pages.get(leaf.start, 1)),)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Explains skills that are missing or shown in part."""

    rules: CreditRules
    weights: Mapping[str, float]

    def read(self, resume: ProfileView, role: RoleView, signals: Sequence[Signal]) -> tuple[tuple[Lack, ...], tuple[Partly, ...]]:
        """Lacks and things shown in part, the dearest first."""
        items = list(self._items(resume, role))
        lacks = [self._lack(item, role) for item in items if item.credit.claim is None]
        lacks += [
            Lack(s.reason, (), Need.ROLE, str(s.feature), round(self.weights[s.feature], _DIGITS))
            for s in signals
            if self._silent(s, role) and self.weights[s.feature] > 0
        ]
        partly = [self._part(item, role, resume) for item in items if item.credit.claim and item.credit.value < 0.9999]
        return tuple(sorted(lacks, key=lambda x: -x.points)), tuple(sorted(partly, key=lambda x: -x.short))

    def _silent(self, signal: Signal, role: RoleView) -> bool:
        occasion = {
            Feature.FAMILY: bool(role.families),
            Feature.TITLE: bool(role.titles),
            Feature.MONTHS: True,
            Feature.CHANNEL: bool(role.role.channels),
            Feature.LINE: bool(role.role.lines_of_business),
            Feature.LEVEL: role.role.level is not None,
            Feature.CONTACT: role.contact,
            Feature.RESULTS: True,
        }
        return not signal.value and occasion.get(signal.feature, False)

    def _items(self, resume: ProfileView, role: RoleView) -> Iterator[_Item]:
        for need in (Need.REQUIRED, Need.PREFERRED):
            asked = [item for item in role.asked if item.required is (need is Need.REQUIRED)]
            total = sum(item.weight for item in asked)
            for item in asked:
                yield _Item(need, item.options, item.weight / total, self._answer(item, resume))
        for concept in role.core:
            leaf = Requirement("skill", "required", concept)
            yield _Item(Need.CORE, (leaf,), 1 / len(role.core), self.rules.answer(concept, resume.held))

    def _answer(self, item: Asked, resume: ProfileView) -> Credit:
        return max((self.rules.answer(leaf.concept or "", resume.held) for leaf in item.options), key=lambda credit: credit.value)

    def _label(self, item: _Item) -> str:
        return " or ".join(dict.fromkeys(self.rules.taxonomy.concepts[leaf.concept or ""].label for leaf in item.leaves))

    def _lack(self, item: _Item, role: RoleView) -> Lack:
        part = _PARTS[item.need]
        concepts = tuple(dict.fromkeys(leaf.concept or "" for leaf in item.leaves))
        asked = tuple(dict.fromkeys(line for leaf in item.leaves for line in post_line(leaf, role.role)))
        return Lack(self._label(item), concepts, item.need, str(part), round(self.weights[part] * item.share, _DIGITS), asked)

    def _part(self, item: _Item, role: RoleView, resume: ProfileView) -> Partly:
        part, credit = _PARTS[item.need], item.credit
        claim = credit.claim
        assert claim
        lack = self._lack(item, role)
        full = self.weights[part] * item.share
        hop = credit.relation not in {"", "narrower"}
        strength = self.rules.strength(claim, resume.newest)
        factors = [Factor(self._relation(credit.relation), round(credit.value / strength, 2))] if hop and strength else []
        factors += self.rules.factors(claim, resume.newest)
        return Partly(
            lack.label,
            lack.concepts,
            item.need,
            str(part),
            self.rules.taxonomy.concepts[claim.concept].label,
            round(credit.value, _DIGITS),
            round(full * credit.value, _DIGITS),
            round(full * (1 - credit.value), _DIGITS),
            tuple(factors),
            hop,
            "learning" if claim.stance is Stance.LEARNING else claim.proof,
            (*claim.evidence[:1], *lack.evidence),
        )

    def _relation(self, relation: str) -> str:
        return {"related": "a related skill", "broader": "the wider skill, this part of it not named"}.get(relation, relation)
