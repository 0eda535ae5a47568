"""What there is to say about a concept or a built-in role, gathered for a person: labels for ids, paths, addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from matcher.records import AllOf, Node, Requirement, leaves
from matcher.role_file import role_from_data
from matcher.taxonomy import Concept, Crosswalk, FormReading, Scheme, Taxonomy, scheme_of
from matcher.taxonomy.concepts import BRANCH
from matcher.taxonomy.crosswalk import CONCEPT, NONE, ROLE
from matcher.taxonomy.scheme import web
from matcher.taxonomy.search import role_titles, titles_family

_NEAR = 6
_CASES = {"upper": "in capitals", "capital": "with a capital letter", "exact": "written just so"}


@dataclass(frozen=True, slots=True)
class Name:
    """A link to a concept: its id and its label; what is no concept has no id."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Alias:
    """A form; `settled` says what makes it mean this concept, one text a reading, empty for a form that means nothing else."""

    text: str
    settled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A mapping with the target's address ("" where none is known)."""

    scheme: str
    id: str
    relation: str
    label: str
    confidence: float
    address: str


@dataclass(frozen=True, slots=True)
class Card:
    """A concept or a role for people to read.

    `paths` lead from a branch down to the concept, itself left out. `nothing` names the schemes that were searched in vain.
    `titles` are the job titles that name a role (those of the family `titles_of`, where it has none of its own), `asks` and
    `likes` what it requires and prefers, each with what would do as well; concepts have none.
    """

    id: str
    label: str
    type: str
    definition: str
    paths: tuple[tuple[Name, ...], ...] = ()
    aliases: tuple[Alias, ...] = ()
    hidden: tuple[str, ...] = ()
    broader: tuple[Name, ...] = ()
    narrower: tuple[Name, ...] = ()
    related: tuple[Name, ...] = ()
    separates: str = ""
    targets: tuple[Target, ...] = ()
    nothing: tuple[str, ...] = ()
    deprecated: bool = False
    replaced_by: Name | None = None
    titles: tuple[str, ...] = ()
    titles_of: str = ""
    asks: tuple[tuple[Name, ...], ...] = ()
    likes: tuple[tuple[Name, ...], ...] = ()
    next_roles: tuple[Name, ...] = ()


def concept_card(taxonomy: Taxonomy, concept: Concept) -> Card:
    """Gather what is known of a concept."""
    by_label = sorted(_names(taxonomy, taxonomy.narrower(concept.id)), key=lambda name: name.label.casefold())
    return Card(
        id=concept.id,
        label=concept.label,
        type=concept.type,
        definition=concept.definition,
        paths=tuple(_paths(taxonomy, concept)),
        aliases=tuple(Alias(surface, _settled(taxonomy, surface, concept.id)) for surface in concept.aliases),
        hidden=concept.hidden,
        broader=_names(taxonomy, concept.broader),
        narrower=tuple(by_label),
        related=_names(taxonomy, concept.related),
        separates=concept.separates,
        targets=_targets(concept.mappings, scheme_of(taxonomy)),
        nothing=_nothing(taxonomy, f"{CONCEPT}:{concept.id}"),
        deprecated=concept.deprecated,
        replaced_by=next(iter(_names(taxonomy, [concept.replaced_by])), None),
    )


def role_card(taxonomy: Taxonomy, id: str) -> Card:
    """Gather what is known of a built-in role; KeyError for an unknown one."""
    raw = taxonomy.roles[id]
    role = role_from_data(raw, id, taxonomy)
    steps = raw.get("next_roles") or ()
    asked = tuple(_asked(taxonomy, role.requirements))
    return Card(
        id=id,
        label=role.title,
        type="role",
        definition=str(raw.get("summary") or ""),
        targets=_targets(taxonomy.role_mappings(id), scheme_of(taxonomy)),
        nothing=_nothing(taxonomy, f"{ROLE}:{id}"),
        titles=role_titles(taxonomy, id),
        titles_of=titles_family(taxonomy, id),
        asks=tuple(text for need, text in asked if need == "required"),
        likes=tuple(text for need, text in asked if need != "required"),
        next_roles=tuple(Name(step, str(taxonomy.roles[step].get("title") or step)) for step in steps if step in taxonomy.roles),
    )


def _names(taxonomy: Taxonomy, ids: Iterable[str]) -> tuple[Name, ...]:
    return tuple(Name(id, taxonomy.concepts[id].label) for id in ids if id in taxonomy.concepts)


def _paths(taxonomy: Taxonomy, concept: Concept, below: frozenset[str] = frozenset()) -> Iterator[tuple[Name, ...]]:
    seen = below | {concept.id}
    for id in concept.broader:
        above = taxonomy.concepts.get(id)
        if above is None or id in seen:
            continue
        name = Name(id, above.label)
        if above.type == BRANCH:
            yield (name,)
        else:
            yield from ((*path, name) for path in _paths(taxonomy, above, seen))


def _targets(mappings: Iterable[Crosswalk], scheme: Scheme) -> tuple[Target, ...]:
    found = [Target(m.scheme, m.id, m.relation, m.label, m.confidence, web(scheme.target(m))) for m in mappings]
    return tuple(sorted(found, key=lambda target: (target.scheme, -target.confidence, target.label, target.id)))


def _nothing(taxonomy: Taxonomy, subject: str) -> tuple[str, ...]:
    found = {row.scheme for row in taxonomy.crosswalk if row.subject == subject and row.relation == NONE}
    return tuple(sorted(found))


def _asked(taxonomy: Taxonomy, node: Node) -> Iterator[tuple[str, tuple[Name, ...]]]:
    """Each thing that is asked for, with its need; where one of several is enough, all of them together."""
    if isinstance(node, AllOf):
        for item in node.items:
            yield from _asked(taxonomy, item)
        return
    found = list(leaves(node))
    if found:
        yield found[0].need, tuple(dict.fromkeys(_said(taxonomy, leaf) for leaf in found))


def _said(taxonomy: Taxonomy, leaf: Requirement) -> Name:
    if leaf.concept is not None:
        known = taxonomy.concepts.get(leaf.concept)
        return Name(leaf.concept, known.label if known else leaf.concept)
    if leaf.min_months is not None:
        return Name("", f"{leaf.min_months} months of experience")
    said = str(leaf.value or leaf.min_level or "").replace("_", " ")
    return Name("", f"{leaf.kind}: {said}" if said else leaf.kind)


def _settled(taxonomy: Taxonomy, surface: str, id: str) -> tuple[str, ...]:
    form = taxonomy.forms.get(surface.casefold())
    readings = [reading for reading in form.readings if reading.concept == id] if form else []
    return tuple(_settles(taxonomy, reading) for reading in readings) or (("never by itself",) if form else ())


def _settles(taxonomy: Taxonomy, reading: FormReading) -> str:
    parts = [_CASES[reading.case]] if reading.case in _CASES else []
    near = [f"“{word}”" for word in reading.near[:_NEAR]] + (["…"] if len(reading.near) > _NEAR else [])
    near += [name.label for name in _names(taxonomy, reading.near_concepts)]
    if near:
        parts.append("near " + ", ".join(near))
    parts += [f"not before {_listed(reading.not_before)}"] if reading.not_before else []
    parts += [f"not after {_listed(reading.not_after)}"] if reading.not_after else []
    return "; ".join(["by itself", *parts] if reading.alone else parts)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)
