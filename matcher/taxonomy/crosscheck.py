"""What is wrong with a taxonomy's crosswalk: rows that make no sense, rows that contradict others, rows that are missing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from matcher.taxonomy.concepts import BRANCH, Taxonomy
from matcher.taxonomy.crosswalk import CONCEPT, FILE, NO_TERM, NONE, PREDICATES, PREFIXES, RELATIONS, ROLE, SCHEMES, Row
from matcher.taxonomy.problem import Problem, nearest

CODES = frozenset(
    {
        "unknown-subject", "unknown-object", "unknown-predicate", "no-confidence", "no-justification", "no-object-label",
        "repeated-mapping", "two-exact", "shared-exact", "found-and-not", "no-mapping",
    }
)  # fmt: skip
"""The codes of these problems: none of them keeps a taxonomy from being used."""

_JUSTIFIED = "semapv:"


def mistakes(taxonomy: Taxonomy) -> Iterator[Problem]:
    """Find what is wrong with a taxonomy's rows."""
    if not taxonomy.crosswalk:
        return
    subjects = {*(f"{CONCEPT}:{id}" for id in taxonomy.concepts), *(f"{ROLE}:{id}" for id in taxonomy.roles)}
    for row in taxonomy.crosswalk:
        if row.subject not in subjects:
            remedy = nearest(row.subject, subjects, f"write {CONCEPT}: and the id of a concept, or {ROLE}: and that of a role")
            yield _problem("unknown-subject", row, f'names "{row.subject}", which does not exist', remedy)
        yield from _alone(row)
    yield from _together(taxonomy.crosswalk)
    yield from _uncovered(taxonomy)


def _problem(code: str, row: Row, message: str, remedy: str = "") -> Problem:
    return Problem(code, FILE, message, remedy, kind="crosswalk", line=row.line)


def _alone(row: Row) -> Iterator[Problem]:
    if not row.scheme:
        remedy = f"write {', '.join(f'{name}:' for name in PREFIXES)}, or {NO_TERM} with its object_source"
        yield _problem("unknown-object", row, f"{row.subject} has an object of neither {' nor '.join(SCHEMES)}", remedy)
    if row.relation not in (*RELATIONS, NONE):
        yield _problem("unknown-predicate", row, f'has the predicate "{row.relation}"', f"write {', '.join(PREDICATES)}")
    if row.confidence is None or not 0 < row.confidence <= 1:
        yield _problem("no-confidence", row, f"{row.subject} has no confidence", "write a number above 0 and up to 1")
    if not row.justification.startswith(_JUSTIFIED):
        remedy = f"write who judged, such as {_JUSTIFIED}ManualMappingCuration"
        yield _problem("no-justification", row, f"{row.subject} has no mapping_justification", remedy)
    if row.sound and not row.label:
        yield _problem("no-object-label", row, f"{row.subject} has no object_label", "write what the target is called")


def _together(rows: Iterable[Row]) -> Iterator[Problem]:
    seen: set[tuple[str, str, str]] = set()
    exact: dict[tuple[str, str], str] = {}
    owners: dict[str, str] = {}
    spoken: dict[tuple[str, str], set[bool]] = defaultdict(set)
    for row in rows:
        if (row.subject, row.scheme, row.id) in seen:
            yield _problem("repeated-mapping", row, f"{row.subject} has a row with {row.id or NO_TERM} already", "keep one")
        seen.add((row.subject, row.scheme, row.id))
        if row.relation == "exact":
            if exact.setdefault((row.subject, row.scheme), row.id) != row.id:
                yield _problem("two-exact", row, f"{row.subject} is exactly two things of {row.scheme}", "call one of them close")
            if owners.setdefault(row.id, row.subject) != row.subject:
                yield _problem("shared-exact", row, f"{row.id} is exactly {owners[row.id]} already", "call one of them close")
        said = spoken[row.subject, row.scheme]
        said.add(row.relation == NONE)
        if len(said) > 1:
            message = f"{row.subject} has a target in {row.scheme} and is said to have none"
            yield _problem("found-and-not", row, message, "keep one of them")


def _uncovered(taxonomy: Taxonomy) -> Iterator[Problem]:
    """Concepts and roles without a row; branches, what is out of use and what an overlay added owe none."""
    covered = Counter((row.subject, row.scheme) for row in taxonomy.crosswalk)
    used = (concept for concept in taxonomy.concepts.values() if not concept.deprecated and concept.type != BRANCH)
    owing = [
        *(("concept", CONCEPT, concept.id) for concept in used if concept.id not in taxonomy.added),
        *(("role", ROLE, id) for id in taxonomy.roles if id not in taxonomy.added),
    ]
    for kind, prefix, id in owing:
        for scheme in SCHEMES:
            if not covered[f"{prefix}:{id}", scheme]:
                message = f"{FILE} has no row of {prefix}:{id} for {scheme}"
                yield Problem("no-mapping", id, message, f"name a target, or {NO_TERM}", kind=kind)
