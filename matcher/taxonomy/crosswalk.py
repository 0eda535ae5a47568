"""The crosswalk to other classifications: an SSSOM table, read row by row."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from matcher.errors import TaxonomyError

FILE = "crosswalk.sssom.tsv"
"""The name of the table in a taxonomy's folder."""
ESCO, ONET = "ESCO", "O*NET"
SCHEMES = (ESCO, ONET)
"""The classifications that every concept and every role is mapped to, or said to have nothing in."""
NONE = "none"
"""The relation of a row that says: looked for, and nothing there."""
RELATIONS = ("exact", "close", "broad", "narrow")
"""How a concept stands to its target; "broad" where the target is the broader one."""
CONCEPT, ROLE = "bpo", "bporole"
"""Prefixes of subjects."""
NO_TERM = "sssom:NoTermFound"
"""The object of a row that says that nothing was found."""
PREDICATES = {f"skos:{relation}Match": relation for relation in RELATIONS}
"""The relations as the table writes them."""
PREFIXES = {"esco": ESCO, "onet": ONET, "onet-tech": ONET, "onet-task": ONET}
"""Prefixes of objects: occupations, classes of technology and tasks of O*NET have one each."""

_COLUMNS = ("subject_id", "predicate_id", "object_id", "object_label", "mapping_justification", "confidence", "object_source")
_HEADER = ("mapping_set_id", "license", "curie_map")
_UNFOUND = frozenset({*PREDICATES, "skos:relatedMatch", "skos:mappingRelation"})
_SOURCES = {"esco": ESCO, "onet": ONET, "o*net": ONET}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table.

    `subject` is "bpo:<id of a concept>" or "bporole:<id of a role>". `scheme` and `relation` are words of ours, or what stands
    in the table where that is none we know ("" for a scheme); `id` is a full URI in ESCO and a code in O*NET, "" for nothing
    found. `confidence` is None where it is no number. `line` counts the lines of the file.
    """

    subject: str
    scheme: str
    id: str
    relation: str
    label: str
    confidence: float | None
    justification: str
    line: int

    @property
    def sound(self) -> bool:
        """Whether it names a target in a way that we know."""
        return self.scheme in SCHEMES and self.relation in RELATIONS

    @property
    def where(self) -> str:
        """The place, for messages."""
        return f"{FILE}:{self.line}"


def read_rows(path: Path) -> list[Row]:
    """Read the table, rows that make no sense too; TaxonomyError, which does not name the file, where it is no SSSOM table."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, ValueError) as error:
        raise TaxonomyError(f"cannot be read: {error}") from error
    top = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    prefixes = read_header(lines[:top])["curie_map"]
    table = csv.DictReader(lines[top:], delimiter="\t", quoting=csv.QUOTE_NONE)
    missing = [column for column in _COLUMNS if column not in (table.fieldnames or ())]
    if missing:
        raise TaxonomyError(f"line {top + 1} has no column {', '.join(missing)}")
    return [_row(cells, prefixes, top + table.line_num) for cells in table]


def packed(rows: Iterable[Row]) -> str:
    """Rows as one text, a line for each: a compiled taxonomy is read often, and its mappings seldom."""
    return "\n".join("\t".join("" if cell is None else str(cell) for cell in astuple(row)) for row in rows)


def unpacked(text: str) -> Iterator[Row]:
    """The rows of a packed text."""
    for line in text.split("\n") if text else ():
        subject, scheme, id, relation, label, confidence, justification, number = line.split("\t")
        yield Row(subject, scheme, id, relation, label, _number(confidence), justification, int(number))


def read_header(lines: Iterable[str]) -> dict[str, Any]:
    """Read the metadata in the lines that begin with "#"; TaxonomyError where a key that SSSOM wants is missing."""
    import yaml

    try:
        header = yaml.safe_load("\n".join(line.removeprefix("#") for line in lines))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise TaxonomyError(f"the lines that begin with # are not YAML: {error}") from error
    found = header if isinstance(header, dict) else {}
    missing = [key for key in _HEADER if not found.get(key)]
    if missing or not isinstance(found["curie_map"], dict):
        raise TaxonomyError(f"the lines that begin with # lack {', '.join(missing) or 'a table curie_map'}")
    return found


def _row(cells: Mapping[str, str | None], prefixes: Mapping[str, str], line: int) -> Row:
    def cell(column: str) -> str:
        return " ".join((cells.get(column) or "").split())

    predicate, target = cell("predicate_id"), cell("object_id")
    scheme, id = _target(target, cell("object_source"), prefixes)
    known = predicate in _UNFOUND if target == NO_TERM else predicate in PREDICATES
    relation = predicate if not known else NONE if target == NO_TERM else PREDICATES[predicate]
    return Row(
        cell("subject_id"), scheme, id, relation, cell("object_label"), _number(cell("confidence")),
        cell("mapping_justification"), line,
    )  # fmt: skip


def _target(curie: str, source: str, prefixes: Mapping[str, str]) -> tuple[str, str]:
    """The classification and the id in it; a source is a name ("O*NET 29.2") or has one as its prefix ("esco:model")."""
    if curie == NO_TERM:
        words = source.replace(":", " ").split()
        return _SOURCES.get(words[0].casefold(), "") if words else "", ""
    prefix, _, local = curie.partition(":")
    scheme = PREFIXES.get(prefix, "") if local else ""
    return scheme, f"{prefixes.get(prefix, '')}{local}" if scheme == ESCO else local


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
