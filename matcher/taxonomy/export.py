"""The taxonomy written out for other programs."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict
from typing import Any

from matcher.formulas import disarmed
from matcher.taxonomy.concepts import Concept, Taxonomy

COLUMNS = ("id", "label", "type", "definition", "aliases", "broader", "related", "mappings", "deprecated", "replaced_by")
"""The fields of an exported concept, in order."""


def to_json(taxonomy: Taxonomy) -> str:
    """Write a JSON list with one object a concept, branches included, ordered by id; misspellings are left out."""
    return json.dumps([_row(concept) for concept in _ordered(taxonomy)], ensure_ascii=False, indent=1) + "\n"


def to_csv(taxonomy: Taxonomy) -> str:
    """Write the same as CSV: lists joined by "; ", and no cell that a spreadsheet would run as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for concept in _ordered(taxonomy):
        row = _row(concept)
        writer.writerow([_cell(row[column]) for column in COLUMNS])
    return out.getvalue()


def _ordered(taxonomy: Taxonomy) -> list[Concept]:
    return [taxonomy.concepts[id] for id in sorted(taxonomy.concepts)]


def _row(concept: Concept) -> dict[str, Any]:
    return {
        "id": concept.id,
        "label": concept.label,
        "type": concept.type,
        "definition": concept.definition,
        "aliases": list(concept.aliases),
        "broader": list(concept.broader),
        "related": list(concept.related),
        "mappings": [asdict(mapping) for mapping in concept.mappings],
        "deprecated": concept.deprecated,
        "replaced_by": concept.replaced_by,
    }


def _cell(value: str | bool | list[Any]) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    text = value if isinstance(value, str) else "; ".join(_item(item) for item in value)
    return disarmed(text)


def _item(item: str | dict[str, Any]) -> str:
    return item if isinstance(item, str) else f"{item['scheme']} {item['id']} ({item['relation']})"
