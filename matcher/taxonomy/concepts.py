"""What a taxonomy is made of: concepts, guarded forms and the links between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from matcher.taxonomy.crosswalk import ROLE, Row
from matcher.taxonomy.deferred import Deferred

BRANCH = "branch"
TYPES = frozenset({"skill", "knowledge", "tool", "certification", "language", "metric", "trait", "work-cond", BRANCH})
"""The types a concept may have."""


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """The same or a near thing in another scheme ("ESCO", "O*NET").

    `relation` is "exact", "close", "broad" (the other thing is the broader one) or "narrow". `label` is what the other scheme
    calls it, "" where nobody wrote it down; `confidence` in (0, 1] is how sure the person was who judged it.
    """

    scheme: str
    id: str
    relation: str
    label: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that a person can know, hold or be asked for.

    `id` is a slug that never changes. `broader` and `related` hold ids; `branch` is the id of the branch it was filed under
    (its own for a branch). `aliases` are the forms as written, `hidden` the misspellings that are found but never shown.
    `separates` says how well it tells candidates apart: "high", "medium" or "low" ("" for a branch). A deprecated concept is kept
    for what refers to it and is found in no text; evidence counts for the id `replaced_by`, if it has one.
    """

    id: str
    label: str
    type: str
    branch: str
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    separates: str = ""
    definition: str = ""
    mappings: Sequence[Crosswalk] = ()
    deprecated: bool = False
    replaced_by: str = ""

    def surfaces(self) -> Iterator[str]:
        """Label, aliases and misspellings, in that order."""
        yield self.label
        yield from self.aliases
        yield from self.hidden


@dataclass(frozen=True, slots=True)
class FormReading:
    """One thing that a guarded form may mean, and what settles it.

    `concept` is an id, or None where the reading yields no concept (`sense` then says what it is). `case` is "any", "upper",
    "exact" or "capital". `near` are casefolded words or phrases, `near_concepts` ids of concepts or branches; one of either
    in the neighbourhood settles the reading, and so does `alone`. `not_before` and `not_after` name the next and the previous
    word that veto it.
    """

    concept: str | None = None
    sense: str = ""
    case: str = "any"
    near: tuple[str, ...] = ()
    near_concepts: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    alone: bool = False
    example: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form that needs its context; the first of `readings` that the context settles is what it means."""

    text: str
    readings: tuple[FormReading, ...]


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """All that is known beforehand, read-only.

    `version` is a short hash of the content. `concepts` is keyed by id, `forms` by casefolded text, `rules` and `roles` by the
    name of the file they come from, as plain dicts and lists. `crosswalk` holds the rows of the table of mappings, also those
    that say that there is nothing; `added` the ids of concepts and roles that only an overlay has.
    """

    version: str
    concepts: Mapping[str, Concept]
    forms: Mapping[str, Form] = field(default_factory=dict, repr=False)
    rules: Mapping[str, Any] = field(default_factory=dict, repr=False)
    roles: Mapping[str, Any] = field(default_factory=dict, repr=False)
    crosswalk: Sequence[Row] = field(default=(), repr=False)
    added: frozenset[str] = field(default=frozenset(), repr=False)
    _above: Mapping[str, frozenset[str]] = field(init=False, repr=False, compare=False)
    _below: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)
    _plain: Sequence[tuple[str, str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_above", {id: _climb(id, self.concepts) for id in self.concepts})
        object.__setattr__(self, "_below", _children(self.concepts))
        object.__setattr__(self, "_plain", Deferred(self._plain_labels))

    def ancestors(self, id: str) -> frozenset[str]:
        """Ids of all broader concepts up to the branches, `id` itself not among them; KeyError for an unknown id."""
        return self._above[id]

    def narrower(self, id: str) -> tuple[str, ...]:
        """Ids of the concepts directly below; empty for a leaf or an unknown id."""
        return self._below.get(id, ())

    def is_a(self, id: str, other: str) -> bool:
        """Whether `id` is `other` or lies below it."""
        return id == other or other in self._above.get(id, ())

    def role_mappings(self, role: str) -> tuple[Crosswalk, ...]:
        """What a built-in role is called in other schemes; empty for an unknown one."""
        subject = f"{ROLE}:{role}"
        return tuple(mappings_of(row for row in self.crosswalk if row.subject == subject).get(subject, ()))

    def heir(self, id: str) -> str | None:
        """The concept in use that stands for `id`: itself, or what replaces it; None for an unknown id or where nothing does."""
        seen: set[str] = set()
        while (concept := self.concepts.get(id)) is not None and concept.deprecated:
            if id in seen:
                return None
            seen.add(id)
            id = concept.replaced_by
        return id if concept is not None else None

    def is_guarded(self, surface: str) -> bool:
        """Whether a surface form needs its context to be read."""
        return surface.casefold() in self.forms

    def plain_labels(self) -> Iterator[tuple[str, str]]:
        """Every unguarded surface form with its concept's id; branches and deprecated concepts are not looked for."""
        return iter(self._plain)

    def _plain_labels(self) -> Iterator[tuple[str, str]]:
        for concept in self.concepts.values():
            if concept.type != BRANCH and not concept.deprecated:
                for surface in concept.surfaces():
                    if not self.is_guarded(surface):
                        yield surface, concept.id


def mappings_of(rows: Iterable[Row]) -> dict[str, list[Crosswalk]]:
    """The mappings of each subject ("bpo:inbound-calls"); rows that name no target give none."""
    found: dict[str, list[Crosswalk]] = {}
    for row in rows:
        if row.sound:
            confidence = 1.0 if row.confidence is None else row.confidence
            found.setdefault(row.subject, []).append(Crosswalk(row.scheme, row.id, row.relation, row.label, confidence))
    return found


def _climb(id: str, concepts: Mapping[str, Concept]) -> frozenset[str]:
    found: set[str] = set()
    stack = list(concepts[id].broader)
    while stack:
        above = stack.pop()
        if above in concepts and above not in found:
            found.add(above)
            stack.extend(concepts[above].broader)
    return frozenset(found)


def _children(concepts: Mapping[str, Concept]) -> dict[str, tuple[str, ...]]:
    below: dict[str, list[str]] = {}
    for concept in concepts.values():
        for above in concept.broader:
            below.setdefault(above, []).append(concept.id)
    return {id: tuple(ids) for id, ids in below.items()}
