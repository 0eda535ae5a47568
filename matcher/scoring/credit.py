"""How much a claim is worth for a requirement: proof, recency, and one hop of partial credit (`taxonomy/credit.toml`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from matcher.records import CLAIMED, Claim, Factor, Month, Profile, Requirement, Stance
from matcher.scoring.numbers import Numbers
from matcher.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class Credit:
    """What answers a requirement: how much of it (0 to 1), by which claim, by which relation ("" = the concept itself)."""

    value: float
    claim: Claim | None = None
    relation: str = ""


NO_CREDIT = Credit(0.0)
_ASIDE = {
    "list": "only in a list",
    "dump": "only in a long run of keywords",
    "summary": "only in the summary",
    "bare": "only named, and no dated work is near it",
}
"""Proofs that stand outside the jobs, in words."""

Hop = tuple[str, float, str]
"""Another concept, the share of its credit that it lends, and why."""


@dataclass(frozen=True, slots=True)
class Hops:
    """What lends credit to a concept. Neighbours do so only where the concept and its siblings earn less than `settled`."""

    siblings: tuple[Hop, ...]
    neighbours: tuple[Hop, ...]
    settled: float


class CreditRules:
    """The numbers of `taxonomy/credit.toml`, ready for look-up."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        rules: Mapping[str, Any] = taxonomy.rules["credit"]
        self.taxonomy = taxonomy
        self.signals = Numbers.read(taxonomy.rules)
        self.questions: Mapping[str, Any] = taxonomy.rules["questions"]
        self.ladder: Mapping[str, Any] = taxonomy.rules["languages"]["ladder"]
        self._separates: Mapping[str, float] = rules["separates"]
        self._proof: Mapping[str, float] = rules["proof"]
        self._stance: Mapping[str, float] = rules["stance"]
        self._recency: Mapping[str, Any] = rules["recency"]
        self._hops: Mapping[str, Any] = rules["hops"]
        self._steps = sorted(
            ((step["months"], float(step["factor"])) for name, step in self._recency.items() if name != "undated"),
            key=lambda step: step[0],
        )
        self._found: dict[str, Hops] = {}
        self._mute = frozenset(id for id in taxonomy.concepts if self._lends_nothing(id))
        self._siblings = self._sibling_table(rules["siblings"])

    def _lends_nothing(self, id: str) -> bool:
        """Whether a claim of a concept is no evidence of its neighbours, since anyone can claim it."""
        rule, concept = self._hops["nothing"], self.taxonomy.concepts[id]
        kin = concept.type in rule["types"] or not self.taxonomy.ancestors(id).isdisjoint(rule["branches"])
        return kin and concept.separates in rule["separates"]

    def _sibling_table(self, rows: Any) -> Mapping[str, tuple[Hop, ...]]:
        table: dict[str, list[Hop]] = {}
        for row in rows:
            for concept in row["concepts"]:
                others = [(other, float(row["credit"]), str(row["reason"])) for other in row["concepts"] if other != concept]
                table.setdefault(concept, []).extend(others)
        return {concept: tuple(sorted(others, key=lambda o: -o[1])) for concept, others in table.items()}

    def name(self, leaf: Requirement) -> str:
        """What a leaf of a requirement is about, in words."""
        if leaf.kind == "language" and leaf.value:
            return leaf.value
        concept = self.taxonomy.concepts.get(leaf.concept or "")
        return concept.label if concept else (leaf.value or short(leaf.text))

    def weight(self, concept: str) -> float:
        """How much a concept counts among a role's skills."""
        return self._separates[self.taxonomy.concepts[concept].separates]

    def recency(self, months_ago: int | None) -> float:
        """The factor for something last done so many months before the resume's newest date (None: not dated)."""
        if months_ago is None:
            return float(self._recency["undated"]["factor"])
        return next(factor for months, factor in self._steps if months_ago <= months)

    def strength(self, claim: Claim, newest: Month | None) -> float:
        """How well a claim is proved, 0 to 1."""
        ago = max(0, newest - Month.parse(claim.last_used)) if newest and claim.last_used else None
        hedge = min(1.0, 0.5 + claim.score / 2)
        return self._proof.get(claim.proof, 0.5) * self._stance.get(claim.stance, 0.0) * self.recency(ago) * hedge

    def factors(self, claim: Claim, newest: Month | None) -> list[Factor]:
        """Why a claim is not worth full credit: the factors of `strength` that are not 1, in words."""
        ago = max(0, newest - Month.parse(claim.last_used)) if newest and claim.last_used else None
        aside = claim.proof in _ASIDE and not claim.last_used  # what stands outside the jobs has no date: one reason, not two
        rows = [
            (
                _ASIDE.get(claim.proof, "not in a dated job"),
                self._proof.get(claim.proof, 0.5) * (self.recency(None) if aside else 1.0),
            ),
            ("still being learned" if claim.stance is Stance.LEARNING else claim.stance, self._stance.get(claim.stance, 0.0)),
            (f"last used {claim.last_used}" if claim.last_used else "not dated", 1.0 if aside else self.recency(ago)),
            ("a reading that is not certain", min(1.0, 0.5 + claim.score / 2)),
        ]
        return [Factor(str(reason), round(value, 2)) for reason, value in rows if value < 0.995]

    def hops(self, concept: str) -> Hops:
        """What else lends credit to a concept; found once for each."""
        found = self._found.get(concept)
        if found is None:
            found = self._found[concept] = self._hops_of(concept)
        return found

    def _hops_of(self, concept: str) -> Hops:
        known = self.taxonomy.concepts[concept]
        related, broader = self._hops["related"], self._hops["broader"]
        ways = ((known.related, related, "related"), (known.broader, broader, "broader"))
        neighbours = [(other, share, how) for others, share, how in ways for other in others if other not in self._mute]
        return Hops(self._siblings.get(concept, ()), tuple(neighbours), related)

    def label(self, concepts: Iterable[str]) -> str:
        """Alternatives in words."""
        return " or ".join(dict.fromkeys(self.taxonomy.concepts[concept].label for concept in concepts))

    def answer(self, concept: str, held: Mapping[str, Credit]) -> Credit:
        """The best credit that a resume earns for a concept: itself or a narrower one in full, else one hop away."""
        hops = self.hops(concept)
        best = held.get(concept, NO_CREDIT)
        for other, share, reason in hops.siblings:
            if other in held:
                best = _better(best, held[other], share, reason)
        if best.value < hops.settled:
            for other, share, reason in hops.neighbours:
                if other in held:
                    best = _better(best, held[other], share, reason)
        return best


def held_credits(profile: Profile, rules: CreditRules) -> dict[str, Credit]:
    """Concept -> credit for every concept claimed and everything above it (a child satisfies its parent)."""
    newest = newest_month(profile)
    found: dict[str, Credit] = {}
    for claim in profile.claims:
        if claim.stance in CLAIMED:
            value = rules.strength(claim, newest)
            for concept in (claim.concept, *sorted(rules.taxonomy.ancestors(claim.concept))):
                if rules.taxonomy.concepts[concept].type != "branch" and value > found.get(concept, NO_CREDIT).value:
                    found[concept] = Credit(value, claim, "" if concept == claim.concept else "narrower")
    return found


def newest_month(profile: Profile) -> Month | None:
    """The newest end of a dated job."""
    ends = [job.end for job in profile.facts.jobs if job.end]
    return Month.parse(max(ends)) if ends else None


def short(text: str) -> str:
    """A post's words in one line of at most 90 characters."""
    words = " ".join(text.split())
    return words if len(words) <= 90 else words[:87].rsplit(" ", 1)[0] + "..."


def _better(best: Credit, other: Credit, share: float, reason: str) -> Credit:
    """One hop only: what was itself reached over a hop is not passed on."""
    if other.relation not in {"", "narrower"} or other.value * share <= best.value:
        return best
    return Credit(other.value * share, other.claim, reason)
