"""What is wrong with a taxonomy's crosswalk: rows that make no sense, rows that contradict others, rows that are missing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from matcher.taxonomy.concepts import BRANCH, Taxonomy
from matcher.taxonomy.crosswalk import CONCEPT, FILE, NO_TERM, NONE, PREDICATES, PREFIXES, RELATIONS, ROLE, SCHEMES, Row

_JUSTIFIED = "semapv:"


def mistakes(taxonomy: Taxonomy) -> Iterator[tuple[str, str, str]]:
    """Find what is wrong with a taxonomy's rows: a stable code, the place, one sentence."""
    if not taxonomy.crosswalk:
        return
    for row in taxonomy.crosswalk:
        yield from _alone(row, taxonomy)
    yield from _together(taxonomy.crosswalk)
    yield from _uncovered(taxonomy)


def _alone(row: Row, taxonomy: Taxonomy) -> Iterator[tuple[str, str, str]]:
    prefix, _, id = row.subject.partition(":")
    known: Mapping[str, Callable[[str], bool]] = {
        CONCEPT: taxonomy.concepts.__contains__,
        ROLE: taxonomy.roles.__contains__,
    }
    if prefix not in known or not known[prefix](id):
        message = f"{row.subject!r} is neither {CONCEPT}: with the id of a concept nor {ROLE}: with that of a role"
        yield "unknown-subject", row.where, message
    if not row.scheme:
        yield "unknown-object", row.where, f"write {', '.join(f'{name}:' for name in PREFIXES)} or, with its source, {NO_TERM}"
    if row.relation not in (*RELATIONS, NONE):
        yield "unknown-predicate", row.where, f"{row.relation!r} is none of {', '.join(PREDICATES)}"
    if row.confidence is None or not 0 < row.confidence <= 1:
        yield "no-confidence", row.where, "confidence should be a number above 0 and up to 1"
    if not row.justification.startswith(_JUSTIFIED):
        yield "no-justification", row.where, f"mapping_justification should begin with {_JUSTIFIED}"
    if row.sound and not row.label:
        yield "no-object-label", row.where, "object_label should say what the target is called"


def _together(rows: Iterable[Row]) -> Iterator[tuple[str, str, str]]:
    seen: set[tuple[str, str, str]] = set()
    exact: dict[tuple[str, str], str] = {}
    owners: dict[str, str] = {}
    spoken: dict[tuple[str, str], set[bool]] = defaultdict(set)
    for row in rows:
        if (row.subject, row.scheme, row.id) in seen:
            yield "repeated-mapping", row.where, f"{row.subject} has a row with {row.id or NO_TERM} already"
        seen.add((row.subject, row.scheme, row.id))
        if row.relation == "exact":
            if exact.setdefault((row.subject, row.scheme), row.id) != row.id:
                yield "two-exact", row.where, f"{row.subject} is exactly two things of {row.scheme}"
            if owners.setdefault(row.id, row.subject) != row.subject:
                yield "shared-exact", row.where, f"{row.id} is exactly {owners[row.id]} already"
        said = spoken[row.subject, row.scheme]
        said.add(row.relation == NONE)
        if len(said) > 1:
            yield "found-and-not", row.where, f"{row.subject} has a target in {row.scheme} and is said to have none"


def _uncovered(taxonomy: Taxonomy) -> Iterator[tuple[str, str, str]]:
    """Concepts and roles without a row; branches, what is out of use and what an overlay added owe none."""
    covered = Counter((row.subject, row.scheme) for row in taxonomy.crosswalk)
    used = (concept for concept in taxonomy.concepts.values() if not getattr(concept, "deprecated", False))
    owing = [
        *(f"{CONCEPT}:{concept.id}" for concept in used if concept.type != BRANCH and concept.id not in taxonomy.added),
        *(f"{ROLE}:{id}" for id in taxonomy.roles if id not in taxonomy.added),
    ]
    for subject in owing:
        for scheme in SCHEMES:
            if not covered[subject, scheme]:
                id = subject.partition(":")[2]
                yield "no-mapping", id, f"{FILE} has no row of {subject} for {scheme}: name a target, or {NO_TERM}"
