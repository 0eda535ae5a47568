"""Which keys the taxonomy's tables may have, and of which types: bad data is refused with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from matcher.errors import TaxonomyError
from matcher.taxonomy.concepts import BRANCH, TYPES

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""What an id looks like."""

Table = Mapping[str, Any]
_Rule = tuple[str, Callable[[Any], bool]]


def _one_of(*words: str) -> _Rule:
    return "one of " + ", ".join(words), lambda value: isinstance(value, str) and value in words


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and item.strip() == item and item for item in value)


_TEXT: _Rule = ("a text", lambda value: isinstance(value, str) and bool(value.strip()))
_TEXTS: _Rule = ("a list of texts without outer blanks", _texts)
_FLAG: _Rule = ("true or false", lambda value: isinstance(value, bool))
_TABLES: _Rule = ("a list of tables", lambda value: isinstance(value, list) and all(isinstance(v, dict) for v in value))
_ID: _Rule = ("a slug such as inbound-calls", lambda value: isinstance(value, str) and SLUG.fullmatch(value) is not None)

_FILE = {"branch": ("a table", lambda value: isinstance(value, dict)), "concept": _TABLES}
_BRANCH = {"id": _ID, "code": _TEXT, "label": _TEXT, "definition": _TEXT}
_CONCEPT = {
    "id": _ID,
    "label": _TEXT,
    "type": _one_of(*sorted(TYPES - {BRANCH})),
    "separates": _one_of("high", "medium", "low"),
    "broader": _TEXTS,
    "related": _TEXTS,
    "aliases": _TEXTS,
    "hidden": _TEXTS,
    "definition": _TEXT,
    "mappings": _TABLES,
}
_MAPPING = {"scheme": _TEXT, "id": _TEXT, "relation": _one_of("exact", "close", "broad", "narrow")}
_FORMS = {"form": _TABLES}
_FORM = {"text": _TEXT, "reading": _TABLES}
_READING = {
    "concept": _TEXT,
    "sense": _TEXT,
    "case": _one_of("any", "upper", "exact", "capital"),
    "near": _TEXTS,
    "near_concepts": _TEXTS,
    "not_before": _TEXTS,
    "not_after": _TEXTS,
    "alone": _FLAG,
    "example": _TEXT,
}
_NEEDED = ("id", "label", "type", "separates", "broader", "aliases")


def check_file(table: Table, where: str, partial: bool = False) -> None:
    """Refuse a concepts file that does not fit; `partial` lets an overlay leave the branch and a concept's fields out."""
    _fits(table, _FILE, where, () if partial else ("branch",))
    if "branch" in table:
        _fits(table["branch"], _BRANCH, f"{where}: branch", ("id", "code", "label"))
    for row in table.get("concept", ()):
        place = f"{where}: {row.get('id', 'a concept without id')}"
        _fits(row, _CONCEPT, place, ("id",) if partial else _NEEDED)
        for mapping in row.get("mappings", ()):
            _fits(mapping, _MAPPING, f"{place}: mappings", tuple(_MAPPING))


def check_concept(row: Table, where: str) -> None:
    """Refuse a concept that lacks a field, after overlays have been laid on."""
    _fits(row, {**_CONCEPT, "branch": _TEXT}, f"{where}: {row.get('id')}", _NEEDED)


def check_forms(table: Table, where: str) -> None:
    """Refuse a forms file that does not fit."""
    _fits(table, _FORMS, where, ())
    for row in table.get("form", ()):
        place = f"{where}: {row.get('text', 'a form without text')}"
        _fits(row, _FORM, place, ("text", "reading"))
        for reading in row["reading"]:
            _fits(reading, _READING, place, ())
            if "concept" not in reading and "sense" not in reading:
                raise TaxonomyError(f"{place}: a reading needs a concept or a sense")


def _fits(row: Any, keys: Mapping[str, _Rule], where: str, needed: tuple[str, ...]) -> None:
    if not isinstance(row, dict):
        raise TaxonomyError(f"{where}: should be a table")
    for key, value in row.items():
        if key not in keys:
            raise TaxonomyError(f"{where}: unknown key {key!r}; known are {', '.join(keys)}")
        what, holds = keys[key]
        if not holds(value):
            raise TaxonomyError(f"{where}: {key} should be {what}, not {value!r:.80}")
    for key in needed:
        if key not in row:
            raise TaxonomyError(f"{where}: {key} is missing")
