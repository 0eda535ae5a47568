"""Structural proofs: what must hold of a taxonomy whatever it is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from matcher.taxonomy.concepts import BRANCH, Concept, Form, FormReading, Taxonomy
from matcher.taxonomy.crosscheck import mistakes
from matcher.taxonomy.schema import SLUG

SHORT = 3
"""Forms of up to so many characters must be guarded."""
BROKEN = frozenset({"dangling", "circle", "no-branch", "shared-alias", "shared-label"})
"""Problems with which a taxonomy cannot be used at all."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something unsound: a stable code, the concept's id or the form's text, and one sentence."""

    code: str
    where: str
    message: str


def check(taxonomy: Taxonomy) -> tuple[Problem, ...]:
    """Find all problems of a taxonomy; empty when it is sound."""
    return tuple(problem for proof in _PROOFS for problem in proof(taxonomy))


def _slugs(taxonomy: Taxonomy) -> Iterator[Problem]:
    for id in taxonomy.concepts:
        if not SLUG.fullmatch(id):
            yield Problem("bad-slug", id, "an id is made of a-z, 0-9 and single hyphens")


def _labels(taxonomy: Taxonomy) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for concept in taxonomy.concepts.values():
        first = seen.setdefault(concept.label.casefold(), concept.id)
        if first != concept.id:
            yield Problem("shared-label", concept.id, f"the label {concept.label!r} belongs to {first}")


def _surfaces(taxonomy: Taxonomy) -> Iterator[Problem]:
    owners: dict[str, list[str]] = defaultdict(list)
    for concept in taxonomy.concepts.values():
        if concept.type != BRANCH:
            for surface in concept.surfaces():
                owners[surface.casefold()].append(concept.id)
    for surface, ids in owners.items():
        for id in sorted({id for id in ids if ids.count(id) > 1}):
            yield Problem("repeated-alias", id, f"{surface!r} is given twice")
        if len(set(ids)) > 1:
            yield from _shared(surface, ids, taxonomy.forms.get(surface))


def _shared(surface: str, ids: list[str], form: Form | None) -> Iterator[Problem]:
    read = {reading.concept for reading in form.readings} if form else set()
    for id in sorted(set(ids) - read):
        yield Problem("shared-alias", id, f"{surface!r} is on {', '.join(ids)}: each needs a reading in forms.toml")


def _links(taxonomy: Taxonomy) -> Iterator[Problem]:
    for concept in taxonomy.concepts.values():
        for id in (*concept.broader, *concept.related):
            if id not in taxonomy.concepts:
                yield Problem("dangling", concept.id, f"links to {id!r}, which does not exist")
        yield from _related(concept, taxonomy)


def _related(concept: Concept, taxonomy: Taxonomy) -> Iterator[Problem]:
    for id in concept.related:
        other = taxonomy.concepts.get(id)
        if other is None:
            continue
        if concept.id not in other.related:
            yield Problem("one-sided", concept.id, f"is related to {id}, which does not say so")
        if taxonomy.is_a(concept.id, id) or taxonomy.is_a(id, concept.id):
            yield Problem("related-kin", concept.id, f"is related to {id}, which is itself or stands above or below it")


def _tree(taxonomy: Taxonomy) -> Iterator[Problem]:
    for concept in taxonomy.concepts.values():
        above = taxonomy.ancestors(concept.id)
        if concept.id in above:
            yield Problem("circle", concept.id, "is broader than itself")
        if concept.type != BRANCH and not any(taxonomy.concepts[id].type == BRANCH for id in above):
            yield Problem("no-branch", concept.id, "reaches no branch by its broader links")


def _short(taxonomy: Taxonomy) -> Iterator[Problem]:
    for surface, id in taxonomy.plain_labels():
        if len(surface) <= SHORT:
            yield Problem("unguarded", id, f"{surface!r} has {SHORT} characters or fewer and no entry in forms.toml")


def _unread(taxonomy: Taxonomy) -> Iterator[Problem]:
    for concept in taxonomy.concepts.values():
        for surface in concept.surfaces():
            form = taxonomy.forms.get(surface.casefold())
            if form and concept.id not in {reading.concept for reading in form.readings}:
                yield Problem("unread", concept.id, f"{surface!r} is guarded, and none of its readings is this concept")


def _forms(taxonomy: Taxonomy) -> Iterator[Problem]:
    for form in taxonomy.forms.values():
        if not form.readings:
            yield Problem("no-reading", form.text, "has no reading")
        for reading in form.readings:
            yield from _reading(form, reading, taxonomy)


def _reading(form: Form, reading: FormReading, taxonomy: Taxonomy) -> Iterator[Problem]:
    for id in reading.near_concepts:
        if id not in taxonomy.concepts:
            yield Problem("dangling", form.text, f"has near_concepts {id!r}, which does not exist")
    if reading.concept is None:
        return
    if not reading.example or form.text.casefold() not in reading.example.casefold():
        yield Problem("no-example", form.text, f"the reading {reading.concept} needs an example that contains it")
    concept = taxonomy.concepts.get(reading.concept)
    if concept is None:
        yield Problem("dangling", form.text, f"reads as {reading.concept!r}, which does not exist")
    elif form.text.casefold() not in {surface.casefold() for surface in concept.surfaces()}:
        yield Problem("not-an-alias", form.text, f"reads as {concept.id}, which does not list it as an alias")
    if not (reading.alone or reading.near or reading.near_concepts):
        yield Problem("never", form.text, f"the reading {reading.concept} has nothing that could settle it")


def _crosswalk(taxonomy: Taxonomy) -> Iterator[Problem]:
    for code, where, message in mistakes(taxonomy):
        yield Problem(code, where, message)


_Proof = Callable[[Taxonomy], Iterator[Problem]]
_PROOFS: tuple[_Proof, ...] = (_slugs, _labels, _surfaces, _links, _tree, _short, _unread, _forms, _crosswalk)
