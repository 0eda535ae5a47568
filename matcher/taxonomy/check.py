"""Structural proofs: what must hold of a taxonomy whatever it is about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping

from matcher.taxonomy.concepts import BRANCH, Concept, Form, FormReading, Taxonomy
from matcher.taxonomy.crosscheck import CODES, mistakes
from matcher.taxonomy.problem import SURFACE, Problem, nearest
from matcher.taxonomy.references import named
from matcher.taxonomy.schema import SLUG

SHORT = 3
"""Forms of up to so many characters must be guarded."""
BEARABLE = CODES | {"unread", "no-reading", "no-example", "not-an-alias", "never", "repeated-alias", "not-there", "related-kin"}
"""Problems that leave something unfound or said twice: a taxonomy with them can be used."""
_TAKEN = 'a folder laid over takes a form away with without = ["{}"]'
_SEARCH = "find its id with `matcher taxonomy search`"
_GUARD = "write it longer, or guard it: put it into forms.toml with what must stand near it"


def check(taxonomy: Taxonomy) -> tuple[Problem, ...]:
    """Find all problems of a taxonomy; empty when it is sound."""
    return tuple(problem for proof in _PROOFS for problem in proof(taxonomy))


def _used(taxonomy: Taxonomy) -> Iterator[Concept]:
    return (concept for concept in taxonomy.concepts.values() if not concept.deprecated)


def _missing(id: str, taxonomy: Taxonomy) -> str:
    return nearest(id, taxonomy.concepts, _SEARCH)


def _above(id: str, taxonomy: Taxonomy) -> str:
    """The branch whose id begins so, before concepts that are only spelt alike."""
    begun = [known for known in taxonomy.concepts.values() if id and known.id.startswith(id.casefold())]
    begun.sort(key=lambda known: (known.type != BRANCH, len(known.id)))
    if begun and begun[0].type == BRANCH:
        return f'did you mean "{begun[0].id}"?'
    return nearest(id, taxonomy.concepts, f'did you mean "{begun[0].id}"?' if begun else _SEARCH)


def _home(concept: Concept, taxonomy: Taxonomy) -> str:
    """The branch that holds most of its type, else any."""
    branches = Counter(other.branch for other in _used(taxonomy) if other.type == concept.type and other.branch)
    others = (other.id for other in taxonomy.concepts.values() if other.type == BRANCH)
    return next((id for id, _ in branches.most_common(1)), next(others, "one of concepts/*.toml"))


def _slugs(taxonomy: Taxonomy) -> Iterator[Problem]:
    for id in taxonomy.concepts:
        if not SLUG.fullmatch(id):
            yield Problem("bad-slug", id, "an id is made of a-z, 0-9 and single hyphens", path=("id",))


def _labels(taxonomy: Taxonomy) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for concept in _used(taxonomy):
        first = seen.setdefault(concept.label.casefold(), concept.id)
        for id, other in ((concept.id, first), (first, concept.id)) if first != concept.id else ():
            message = f'the label "{taxonomy.concepts[id].label}" belongs to {other}'
            yield Problem("shared-label", id, message, "give another", path=("label",), also=(("concept", other),))


def _surfaces(taxonomy: Taxonomy) -> Iterator[Problem]:
    owners: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for concept in _used(taxonomy):
        if concept.type != BRANCH:
            for surface in concept.surfaces():
                owners[surface.casefold()].append((concept.id, surface))
    for folded, pairs in owners.items():
        ids = [id for id, _ in pairs]
        for id in sorted({id for id in ids if ids.count(id) > 1}):
            yield Problem("repeated-alias", id, f'"{folded}" is given twice', "keep one", path=(SURFACE, folded))
        labels = [id for id, _ in pairs if taxonomy.concepts[id].label.casefold() == folded]
        if len(set(ids)) > 1 and len(labels) < 2 and folded not in taxonomy.forms:  # both are problems of their own
            yield from _shared(dict(pairs))


def _shared(surfaces: Mapping[str, str]) -> Iterator[Problem]:
    """A form of several concepts, by their ids, with nothing that tells which is meant."""
    for id, surface in sorted(surfaces.items()):
        others = [other for other in surfaces if other != id]
        message = f'"{surface}" belongs to {", ".join(others)} as well'
        remedy = f"leave it out of one ({_TAKEN.format(surface)}), or give it a reading for each in forms.toml"
        yield Problem("shared-alias", id, message, remedy, path=(SURFACE, surface), also=tuple(("concept", o) for o in others))


def _links(taxonomy: Taxonomy) -> Iterator[Problem]:
    for concept in taxonomy.concepts.values():
        for key, ids in (("broader", concept.broader), ("related", concept.related)):
            for id in ids:
                if id not in taxonomy.concepts:
                    message = f'{key} names "{id}", which does not exist'
                    remedy = _above(id, taxonomy) if key == "broader" else _missing(id, taxonomy)
                    yield Problem("dangling", concept.id, message, remedy, path=(key, id))
        yield from _related(concept, taxonomy)


def _related(concept: Concept, taxonomy: Taxonomy) -> Iterator[Problem]:
    for id in concept.related:
        other = taxonomy.concepts.get(id)
        if other is None:
            continue
        path, also = ("related", id), (("concept", id),)
        if concept.id not in other.related:
            yield Problem("one-sided", concept.id, f"is related to {id}, which does not say so", path=path, also=also)
        if taxonomy.is_a(concept.id, id) or taxonomy.is_a(id, concept.id):
            message = f"is related to {id}, which is itself or stands above or below it"
            yield Problem("related-kin", concept.id, message, path=path, also=also)


def _tree(taxonomy: Taxonomy) -> Iterator[Problem]:
    branches = {concept.id for concept in taxonomy.concepts.values() if concept.type == BRANCH}
    for concept in taxonomy.concepts.values():
        above = taxonomy.ancestors(concept.id)
        if concept.id in above:
            back = next(id for id in concept.broader if taxonomy.is_a(id, concept.id))
            message = f"is broader than itself, by way of {back}"
            yield Problem("circle", concept.id, message, path=("broader", back), also=(("concept", back),))
        elif concept.type != BRANCH and branches.isdisjoint(above) and not _cut_off((concept.id, *above), taxonomy):
            remedy = "" if concept.broader else f"give the id of a branch or concept above it, such as {_home(concept, taxonomy)}"
            yield Problem("no-branch", concept.id, "reaches no branch by its broader links", remedy, path=("broader",))


def _cut_off(ids: tuple[str, ...], taxonomy: Taxonomy) -> bool:
    """Whether a dead link or a circle on the way is why no branch is reached."""
    dead = any(id not in taxonomy.concepts for one in ids for id in taxonomy.concepts[one].broader)
    return dead or any(id in taxonomy.ancestors(id) for id in ids)


def _retired(taxonomy: Taxonomy) -> Iterator[Problem]:
    for concept in taxonomy.concepts.values():
        heir, path = concept.replaced_by, ("replaced_by",)
        if heir and not concept.deprecated:
            message = "replaced_by is for a deprecated concept"
            yield Problem("not-deprecated", concept.id, message, "add deprecated = true", path=path)
        elif heir and heir not in taxonomy.concepts:
            message = f'replaced_by names "{heir}", which does not exist'
            others = [id for id in taxonomy.concepts if id != concept.id]
            yield Problem("dangling", concept.id, message, nearest(heir, others, _SEARCH), path=path)
        elif heir and taxonomy.concepts[heir].type == BRANCH:
            yield Problem("wide-heir", concept.id, f"is replaced by {heir}, a branch", "name a concept", path=path)
        elif heir and taxonomy.heir(concept.id) is None and taxonomy.concepts[heir].replaced_by:
            yield Problem("circle", concept.id, f"is replaced by {heir}, which leads back or to nothing", path=path)


def _short(taxonomy: Taxonomy) -> Iterator[Problem]:
    for surface, id in taxonomy.plain_labels():
        if len(surface) <= SHORT:
            message = f'"{surface}" has {SHORT} characters or fewer and may mean many things'
            yield Problem("unguarded", id, message, _GUARD, path=(SURFACE, surface))


def _unread(taxonomy: Taxonomy) -> Iterator[Problem]:
    for concept in _used(taxonomy):
        for surface in concept.surfaces():
            form = taxonomy.forms.get(surface.casefold())
            if form and concept.id not in {reading.concept for reading in form.readings}:
                owners = ", ".join(dict.fromkeys(r.concept or f"“{r.sense}”" for r in form.readings))
                message = f'"{surface}" of {concept.id} is guarded and means {owners or "nothing"}'
                remedy = f"give it a reading for {concept.id} in forms.toml, or leave it out there ({_TAKEN.format(surface)})"
                yield Problem("unread", concept.id, message, remedy, path=(SURFACE, surface), also=(("form", form.text),))


def _forms(taxonomy: Taxonomy) -> Iterator[Problem]:
    for form in taxonomy.forms.values():
        if not form.readings:
            yield Problem("no-reading", form.text, "has no reading", kind="form", path=("reading",))
        for number, reading in enumerate(form.readings):
            yield from _reading(form, number, reading, taxonomy)


def _reading(form: Form, number: int, reading: FormReading, taxonomy: Taxonomy) -> Iterator[Problem]:
    def problem(code: str, message: str, remedy: str = "", *keys: str) -> Problem:
        also = (("concept", reading.concept),) if reading.concept else ()
        return Problem(code, form.text, message, remedy, "form", ("reading", number, *keys), also)

    for id in reading.near_concepts:
        if id not in taxonomy.concepts:
            message = f'near_concepts names "{id}", which does not exist'
            yield problem("dangling", message, _missing(id, taxonomy), "near_concepts", id)
    if reading.concept is None:
        return
    concept = taxonomy.concepts.get(reading.concept)
    if not reading.example or form.text.casefold() not in reading.example.casefold():
        message = f"the reading {reading.concept} needs an example that contains it"
        yield problem("no-example", message, "invent a sentence", "example")
    if concept is None:
        message = f'reads as "{reading.concept}", which does not exist'
        yield problem("dangling", message, _missing(reading.concept, taxonomy), "concept")
    elif form.text.casefold() not in {surface.casefold() for surface in concept.surfaces()}:
        message = f"reads as {concept.id}, which does not list it as an alias"
        yield problem("not-an-alias", message, "add it to the aliases there", "concept")
    if not (reading.alone or reading.near or reading.near_concepts):
        remedy = "give it near, near_concepts or alone = true"
        yield problem("never", f"the reading {reading.concept} has nothing that could settle it", remedy)


def _rules(taxonomy: Taxonomy) -> Iterator[Problem]:
    for name, path, id in named(taxonomy.rules):
        if id not in taxonomy.concepts:
            # The number of a row is another one in an overlay's own file: the id tells the row.
            message = f'{".".join(str(step) for step in path if isinstance(step, str))} names "{id}", which does not exist'
            yield Problem("dangling", f"{name}.toml", message, _missing(id, taxonomy), "rules", (path[0], id))


_Proof = Callable[[Taxonomy], Iterator[Problem]]
_PROOFS: tuple[_Proof, ...] = (_slugs, _labels, _surfaces, _links, _tree, _retired, _short, _unread, _forms, _rules, mistakes)
