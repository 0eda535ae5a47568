"""A profile and a role prepared for scoring: each is looked at once, however many partners it meets."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from matcher.records import (
    CLAIMED,
    EQUIVALENT,
    NO_EXPERIENCE,
    AllOf,
    AnyOf,
    DatedJob,
    Kpi,
    Month,
    Need,
    Node,
    Profile,
    Requirement,
    Role,
    leaves,
)
from matcher.scoring.credit import Credit, CreditRules, held_credits, newest_month
from matcher.scoring.features import Feature
from matcher.wording import count_terms, profile_wording

if TYPE_CHECKING:
    from matcher.reading.titles import Family

Vector = Mapping[str, float]
_SKILL_KINDS = frozenset({"skill", "certification", "language"})
_NO_SKILLS = frozenset({"work-cond", "branch"})


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that a role asks for: one or more alternatives, who asks for it, and what full credit adds to its signal."""

    options: tuple[Requirement, ...]
    need: Need
    weight: float
    concepts: tuple[str, ...] = field(init=False)
    """The concepts of the alternatives, each once."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "concepts", tuple(dict.fromkeys(leaf.concept or "" for leaf in self.options)))


@dataclass(frozen=True, slots=True)
class ProfileView:
    """A resume ready for scoring. `held` are the credits of its claims.

    `duties` are the concepts, and all above them, that each job's own text evidences; a dump of keywords evidences none.
    """

    profile: Profile
    held: Mapping[str, Credit]
    duties: tuple[frozenset[str], ...]
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

    `families` maps every family to the credit that a month in it earns here; `fields` has also those that the post's own lines of
    experience name, and `contact` is the credit of customer contact in any other family. `required` are the skills that are
    required, `preferred` the wishes, `core` what nearly every job of its main families uses, each with weights that add up to 1
    at most; `duties` maps what is required and core to weights that add up to 1. `floor`: the most months of experience that
    are required; `works`: the concepts that this floor names. `asked` has what is required, preferred and core by the signals
    that count it; `pages` maps the places of the post's quoted phrases to their pages.
    """

    role: Role
    required: tuple[Asked, ...]
    preferred: tuple[Asked, ...]
    core: tuple[Asked, ...]
    duties: Mapping[str, float]
    families: Mapping[str, float]
    fields: Mapping[str, float]
    contact: float
    floor: int
    works: tuple[str, ...]
    titles: tuple[Vector, ...]
    terms: Vector
    asked: Mapping[Feature, tuple[Asked, ...]]
    pages: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Viewer:
    """Makes views. `idf` weighs the words that the residual similarity knows; `title_words` gives those of a title to compare."""

    rules: CreditRules
    families: Mapping[str, Family]
    idf: Mapping[str, float]
    title_words: Callable[[str], tuple[str, ...]]
    rarity: Mapping[str, float]
    rarest: float = 1.0
    """The weight of a title's word that `idf` does not know: that of the rarest which it knows."""

    def profile(self, profile: Profile) -> ProfileView:
        """Prepare a resume."""
        titles = tuple((job, self.title_vector(job.title)) for job in profile.facts.jobs if job.title)
        return ProfileView(
            profile=profile,
            held=held_credits(profile, self.rules),
            duties=tuple(self._duties(profile, job) for job in profile.facts.jobs),
            newest=newest_month(profile),
            titles=titles,
            terms=self.term_vector(profile.terms),
            rules=self.rules,
        )

    def _duties(self, profile: Profile, job: DatedJob) -> frozenset[str]:
        taxonomy = self.rules.taxonomy
        inside = [
            claim.concept
            for claim in profile.claims
            if claim.stance in CLAIMED
            and claim.proof == "job"
            and any(job.begin <= item.start < job.stop for item in claim.evidence)
        ]
        found = {concept for own in inside for concept in (own, *taxonomy.ancestors(own))}
        return frozenset(concept for concept in found if taxonomy.concepts[concept].type != "branch")

    def role(self, role: Role) -> RoleView:
        """Prepare a role."""
        numbers = self.rules.signals
        asked = tuple(item for node in _nodes(role.requirements) if (item := self._asked(node)) is not None)
        required = [item for item in asked if item.need is Need.REQUIRED]
        wishes = [item for item in asked if item.need is Need.PREFERRED]
        core = self._core(role)
        floors = [leaf for leaf in leaves(role.requirements) if leaf.kind == "experience" and leaf.value != NO_EXPERIENCE]
        families = self._family_credits(role)
        floor = max(_asked_of_all(role.requirements), key=lambda leaf: leaf.min_months or 0, default=None)
        shares = _shares(wishes, min(1.0, sum(item.weight > 0 for item in wishes) / numbers.wishes))
        groups = {Feature.REQUIRED: _shares(required), Feature.PREFERRED: shares, Feature.CORE: _shares(core)}
        return RoleView(
            role=role,
            required=groups[Feature.REQUIRED],
            preferred=groups[Feature.PREFERRED],
            core=groups[Feature.CORE],
            duties=self._targets(required, core),
            families=families,
            fields=self._fields(families, floors),
            contact=max((numbers.named_sector * self._need(leaf) for leaf in floors if leaf.sectors), default=0.0),
            floor=(floor.min_months or 0) if floor else 0,
            works=floor.concepts if floor else (),
            titles=tuple(self.title_vector(title) for title in (role.title, *role.titles)),
            terms=self.term_vector(count_terms(role.wording or self._labels(role), self.idf)),
            asked=groups,
            pages={item.start: item.page for claim in role.claims for item in claim.evidence},
        )

    def _labels(self, role: Role) -> str:
        concepts = self.rules.taxonomy.concepts
        asked = [leaf.concept for leaf in leaves(role.requirements) if leaf.concept in concepts]
        return profile_wording(role.title, [concepts[concept].label for concept in asked if concept])

    def _asked(self, node: Node) -> Asked | None:
        """A skill leaf or a choice that holds one; conditions that resumes do not print are not scored.

        A choice with a required way is required, whichever way answers it; so the musts have it.
        """
        options = tuple(
            leaf
            for leaf in leaves(node)
            if leaf.concept and leaf.kind in _SKILL_KINDS and leaf.value != EQUIVALENT and self._scored(leaf.concept)
        )
        if not options:
            return None
        weight = max(self._weight(leaf) for leaf in options)
        needs = [leaf.need for leaf in (leaves(node) if isinstance(node, AnyOf) else options)]
        return Asked(options, Need.REQUIRED if "required" in needs else Need.PREFERRED, weight)

    def _weight(self, leaf: Requirement) -> float:
        """How much a skill counts: how well it separates by the trade and by its rarity, and what a person made of it."""
        return self.rules.weight(leaf.concept or "") * self.rarity.get(leaf.concept or "", 1.0) * leaf.weight

    def _scored(self, concept: str) -> bool:
        known = self.rules.taxonomy.concepts.get(concept)
        return known is not None and known.type not in _NO_SKILLS

    def _core(self, role: Role) -> tuple[Asked, ...]:
        """Core concepts of the main families, rare ones weighing more."""
        own = [self.families[name] for name in role.families if name in self.families]
        concepts = dict.fromkeys(concept for family in own[: self.rules.signals.main_families] for concept in family.core)
        return tuple(Asked((_leaf(concept),), Need.CORE, math.sqrt(self.rarity.get(concept, 1.0))) for concept in concepts)

    def _targets(self, required: Sequence[Asked], core: Sequence[Asked]) -> dict[str, float]:
        """What the duties of a job of this kind are told by: required and core skills, with weights that add up to 1."""
        found = {leaf.concept or "": self._weight(leaf) for item in core for leaf in item.options}
        for item in required:
            for leaf in item.options:
                found[leaf.concept or ""] = max(found.get(leaf.concept or "", 0.0), item.weight)
        total = math.fsum(found.values())
        return {concept: weight / total for concept, weight in found.items()} if total else {}

    def _family_credits(self, role: Role) -> dict[str, float]:
        found: dict[str, float] = {}
        for name in role.families:
            family = self.families.get(name)
            found[name] = 1.0
            for neighbour, credit in family.neighbours.items() if family else ():
                found[neighbour] = max(found.get(neighbour, 0.0), float(credit))
        return found

    def _fields(self, families: Mapping[str, float], floors: Sequence[Requirement]) -> dict[str, float]:
        """The families of a role, and those that its lines of experience name."""
        found = dict(families)
        for leaf in floors:
            for name in leaf.families:
                found[name] = max(found.get(name, 0.0), self.rules.signals.named_family * self._need(leaf))
        return found

    def _need(self, leaf: Requirement) -> float:
        return 1.0 if leaf.need == "required" else self.rules.signals.preferred_field

    def title_vector(self, title: str) -> dict[str, float]:
        """Unit vector over the words of a title that tell the work."""
        return _unit({word: self.idf.get(word, self.rarest) for word in self.title_words(title)})

    def term_vector(self, counts: Mapping[str, int]) -> dict[str, float]:
        """Unit TF-IDF vector over the known words of a text: plain counts, which did better than dampened ones."""
        return _unit({word: n * self.idf[word] for word, n in counts.items() if word in self.idf})


def believed(kpis: Sequence[Kpi]) -> list[Kpi]:
    """The measured results that can be true."""
    return [kpi for kpi in kpis if not kpi.doubtful]


def _leaf(concept: str) -> Requirement:
    return Requirement("skill", "preferred", concept)


def _shares(items: Sequence[Asked], whole: float = 1.0) -> tuple[Asked, ...]:
    """The items with weights that add up to `whole`."""
    total = math.fsum(item.weight for item in items)
    return tuple(replace(item, weight=whole * item.weight / total) for item in items) if total else ()


def _asked_of_all(node: Node) -> Iterator[Requirement]:
    """The required floors of experience that have no alternative."""
    if isinstance(node, AllOf):
        for item in node.items:
            yield from _asked_of_all(item)
    elif isinstance(node, Requirement) and node.kind == "experience" and node.need == "required":
        yield node


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
