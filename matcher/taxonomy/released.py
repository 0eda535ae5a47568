"""Ids of earlier releases: saved results, models and crosswalks refer to them, so they stay and keep their meaning."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from matcher.errors import TaxonomyError
from matcher.taxonomy.concepts import Taxonomy
from matcher.taxonomy.problem import Problem

RELEASED = "released.tsv"
"""The name of the file that holds them, beside the concepts."""
_REMARK = "#"


@dataclass(frozen=True, slots=True)
class ReleasedConcept:
    """A concept as a release had it."""

    id: str
    label: str
    type: str
    branch: str


COLUMNS = tuple(field.name for field in fields(ReleasedConcept))
"""The columns of the file, in order."""


def read_released(file: Path) -> dict[int, ReleasedConcept]:
    """The concepts of the last release by their lines; raises TaxonomyError with the line that is damaged."""
    found: dict[int, ReleasedConcept] = {}
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except (OSError, ValueError) as error:
        raise TaxonomyError(f"{file}: cannot be read: {error}") from error
    for number, line in enumerate(lines, 1):
        cells = line.split("\t")
        if not line.strip() or line.startswith(_REMARK) or tuple(cells) == COLUMNS:
            continue
        if len(cells) != len(COLUMNS):
            raise TaxonomyError(f"{file}:{number}: has {len(cells)} columns; they should be {', '.join(COLUMNS)}")
        found[number] = ReleasedConcept(*cells)
    return found


def write_released(taxonomy: Taxonomy, version: str) -> str:
    """The text of the file for a release: a row a concept, deprecated ones too, ordered by id."""
    out = io.StringIO()
    out.write(f"{_REMARK} Concepts as release {version} had them. Made at a release (CONTRIBUTING.md); never edited by hand.\n")
    writer = csv.writer(out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
    writer.writerow(COLUMNS)
    for id, concept in sorted(taxonomy.concepts.items()):
        writer.writerow(astuple(ReleasedConcept(id, concept.label, concept.type, concept.branch)))
    return out.getvalue()


def broken_promises(taxonomy: Taxonomy, released: dict[int, ReleasedConcept], file: str) -> Iterator[Problem]:
    """Find released concepts that are gone or mean something else: another type or branch, or a label that finds them no more."""
    for line, old in released.items():
        for message, remedy in _broken(taxonomy, old):
            yield Problem("released", old.id, message, remedy, file=file, line=line)


def _broken(taxonomy: Taxonomy, old: ReleasedConcept) -> Iterable[tuple[str, str]]:
    new = taxonomy.concepts.get(old.id)
    if new is None:
        yield "was released and is gone", "give it back, with deprecated = true"
        return
    for key, before, now in (("type", old.type, new.type), ("branch", old.branch, new.branch)):
        if before != now:
            yield f"was released with the {key} {before} and has {now}", "deprecate it, and make a new concept"
    if old.label.casefold() not in {surface.casefold() for surface in new.surfaces()}:
        yield f'was released as "{old.label}", which it is not called any more', "keep the old label as an alias"
