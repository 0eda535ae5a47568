"""A profile and a role prepared for scoring: each is looked at once, however many partners it meets."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matcher.records import EQUIVALENT, AllOf, AnyOf, DatedJob, Month, Node, Profile, Requirement, Role, leaves
from matcher.scoring.credit import Credit, CreditRules, held_credits, newest_month
from matcher.wording import count_terms, profile_wording

if TYPE_CHECKING:
    from matcher.reading.titles import Family

Vector = Mapping[str, float]
_SKILL_KINDS = frozenset({"skill", "certification", "language"})
_MAIN_FAMILIES = 2
"""A post has the family of its title and perhaps another of its duties; a profile's further families are neighbours."""
_NOT_ON_RESUMES = frozenset({"work-cond"})


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that a role asks for: one or more alternatives, a weight, and whether it is required."""

    options: tuple[Requirement, ...]
    weight: float
    required: bool


@dataclass(frozen=True, slots=True)
class ProfileView:
    """A resume ready for scoring."""

    profile: Profile
    held: Mapping[str, Credit]
    newest: Month | None
    titles: tuple[tuple[DatedJob, Vector], ...]
    terms: Vector
    rules: CreditRules

    def recency(self, job: DatedJob) -> float:
        """How much a job's age leaves of its worth (`taxonomy/credit.toml`)."""
        ago = max(0, self.newest - Month.parse(job.end)) if self.newest and job.end else None
        return self.rules.recency(ago)


@dataclass(frozen=True, slots=True)
class RoleView:
    """A role ready for scoring.

    `families` maps every family to the credit that a month in it earns here; `core` holds the core concepts of its main ones.
    """

    role: Role
    asked: tuple[Asked, ...]
    families: Mapping[str, float]
    core: tuple[str, ...]
    contact: bool
    titles: tuple[Vector, ...]
    terms: Vector


@dataclass(frozen=True, slots=True)
class Viewer:
    """Makes views. `idf` weighs the words that the residual similarity knows; `grades` are title words such as "senior"."""

    rules: CreditRules
    families: Mapping[str, Family]
    idf: Mapping[str, float]
    grades: frozenset[str]
    rarest: float = 1.0
    """The weight of a title's word that `idf` does not know: that of the rarest which it knows."""

    def profile(self, profile: Profile) -> ProfileView:
        """Prepare a resume."""
        titles = tuple((job, self.title_vector(job.title)) for job in profile.facts.jobs if job.title)
        held = held_credits(profile, self.rules)
        return ProfileView(profile, held, newest_month(profile), titles, self.term_vector(profile.terms), self.rules)

    def role(self, role: Role) -> RoleView:
        """Prepare a role."""
        asked = tuple(item for node in _nodes(role.requirements) if (item := self._asked(node)) is not None)
        own = [self.families[name] for name in role.families if name in self.families]
        return RoleView(
            role=role,
            asked=asked,
            families=self._family_credits(role),
            core=tuple(dict.fromkeys(concept for family in own[:_MAIN_FAMILIES] for concept in family.core)),
            contact=any(family.contact for family in own),
            titles=tuple(self.title_vector(title) for title in (role.title, *role.titles)),
            terms=self.term_vector(count_terms(role.wording or self._labels(role), self.idf)),
        )

    def _labels(self, role: Role) -> str:
        concepts = self.rules.taxonomy.concepts
        asked = [leaf.concept for leaf in leaves(role.requirements) if leaf.concept in concepts]
        return profile_wording(role.title, [concepts[concept].label for concept in asked if concept])

    def _asked(self, node: Node) -> Asked | None:
        """A skill leaf or a choice that holds one; conditions that resumes do not print are not scored."""
        options = tuple(
            leaf
            for leaf in leaves(node)
            if leaf.concept and leaf.kind in _SKILL_KINDS and leaf.value != EQUIVALENT and self._scored(leaf.concept)
        )
        if not options:
            return None
        weight = max(self.rules.weight(leaf.concept) * leaf.weight for leaf in options if leaf.concept)
        needs = [leaf.need for leaf in (leaves(node) if isinstance(node, AnyOf) else options)]
        return Asked(options, weight, all(need == "required" for need in needs))

    def _scored(self, concept: str) -> bool:
        known = self.rules.taxonomy.concepts.get(concept)
        return known is not None and known.type not in _NOT_ON_RESUMES

    def _family_credits(self, role: Role) -> dict[str, float]:
        found: dict[str, float] = {}
        for name in role.families:
            family = self.families.get(name)
            found[name] = 1.0
            for neighbour, credit in family.neighbours.items() if family else ():
                found[neighbour] = max(found.get(neighbour, 0.0), float(credit))
        return found

    def title_vector(self, title: str) -> dict[str, float]:
        """Unit vector over the words of a title, but for those that only grade it."""
        words = "".join(c.lower() if c.isalnum() else " " for c in title).split()
        told = [word for word in words if len(word) > 1 and word not in self.grades]
        return _unit({word: self.idf.get(word, self.rarest) for word in told})

    def term_vector(self, counts: Mapping[str, int]) -> dict[str, float]:
        """Unit TF-IDF vector over the known words of a text: plain counts, which did better than dampened ones."""
        return _unit({word: n * self.idf[word] for word, n in counts.items() if word in self.idf})


def _nodes(node: Node) -> Iterator[Node]:
    """The demands of a tree that each count for themselves."""
    if isinstance(node, AllOf):
        for item in node.items:
            yield from _nodes(item)
    else:
        yield node


def cosine(a: Vector, b: Vector) -> float:
    """Dot product of two unit vectors."""
    if len(b) < len(a):
        a, b = b, a
    return math.fsum(value * b[word] for word, value in a.items() if word in b)


def _unit(vector: dict[str, float]) -> dict[str, float]:
    norm = math.sqrt(math.fsum(value * value for value in vector.values()))
    return {word: value / norm for word, value in vector.items()} if norm else {}
