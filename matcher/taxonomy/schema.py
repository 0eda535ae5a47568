"""Which keys the taxonomy's tables may have, and of which types."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from matcher.taxonomy.concepts import BRANCH, TYPES
from matcher.taxonomy.problem import Problem, nearest

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""What an id looks like."""

Table = Mapping[str, Any]
_Rule = tuple[str, Callable[[Any], bool]]
Keys = Mapping[str, _Rule]
_HEADERS = {"concept": "concept", "form": "form", "reading": "form.reading", "mappings": "concept.mappings"}
"""Keys of lists of tables, and how the header of one of them is written."""
HEADERS = frozenset(_HEADERS.values())
"""Headers that stand in two brackets."""
_ONE_OF = "one of "


def _one_of(*words: str) -> _Rule:
    return _ONE_OF + ", ".join(words), lambda value: isinstance(value, str) and value in words


_TEXT: _Rule = ("a text", lambda value: isinstance(value, str) and bool(value.strip()))
_TEXTS: _Rule = ("a list of texts without outer blanks", lambda value: isinstance(value, list) and all(map(_trimmed, value)))
_FLAG: _Rule = ("true or false", lambda value: isinstance(value, bool))
_TABLE: _Rule = ("a table", lambda value: isinstance(value, dict))
_TABLES: _Rule = ("a list of tables", lambda value: isinstance(value, list) and all(isinstance(v, dict) for v in value))
_ID: _Rule = ("a slug such as inbound-calls", lambda value: isinstance(value, str) and SLUG.fullmatch(value) is not None)


def _trimmed(value: Any) -> bool:
    return isinstance(value, str) and bool(value) and value.strip() == value


FILE: Keys = {"branch": _TABLE, "concept": _TABLES}
"""The tables of a concepts file."""
BRANCH_KEYS: Keys = {"id": _ID, "code": _TEXT, "label": _TEXT, "definition": _TEXT}
CONCEPT: Keys = {
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
    "deprecated": _FLAG,
    "replaced_by": _ID,
}
LAID_CONCEPT: Keys = {**CONCEPT, "without": _TEXTS}
"""A concept of an overlay can also take forms away."""
MAPPING: Keys = {"scheme": _TEXT, "id": _TEXT, "relation": _one_of("exact", "close", "broad", "narrow")}
FORMS_FILE: Keys = {"form": _TABLES}
FORM: Keys = {"text": _TEXT, "reading": _TABLES}
READING: Keys = {
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
NEEDED = ("id", "label", "type", "separates", "broader", "aliases")
"""What a concept must have, once overlays have been laid on."""


def fits(row: Any, keys: Keys, needed: tuple[str, ...] = ()) -> Iterator[Problem]:
    """Find the keys that are unknown, missing or of the wrong type; paths begin at the row, entries are not yet named."""
    meant = ""
    for key, value in row.items():
        if key not in keys:
            remedy = nearest(key, keys, f"known are {', '.join(keys)}")
            meant += remedy
            yield Problem("unknown-key", "", f'unknown key "{key}"', remedy, path=(key,))
            continue
        what, holds = keys[key]
        if not holds(value):
            message, path = f"{key} should be {what}, not {value!r:.80}", (key, *_item(keys[key], value))
            yield Problem("bad-value", "", message, _remedy(key, keys[key], value), path=path)
    for key in needed:
        if key not in row and f'mean "{key}"' not in meant:
            yield Problem("missing-key", "", f"{key} is missing", f"give {keys[key][0]}", path=(key,))


def _remedy(key: str, rule: _Rule, value: Any) -> str:
    """The word of a choice that is most similar, or the header of a list of tables."""
    if rule is _TABLES and isinstance(value, dict):
        return f"write [[{_HEADERS[key]}]], with two brackets"
    words = rule[0].removeprefix(_ONE_OF).split(", ") if rule[0].startswith(_ONE_OF) else ()
    return nearest(value, words) if isinstance(value, str) else ""


def _item(rule: _Rule, value: Any) -> tuple[int, ...]:
    """The number of the first item at fault, where a list of texts was given that is none."""
    if rule is not _TEXTS or not isinstance(value, list):
        return ()
    return (next(number for number, item in enumerate(value) if not _trimmed(item)),)


def concept_problems(row: Table, partial: bool) -> Iterator[Problem]:
    """What is wrong with a concept's row by itself; `partial` lets an overlay leave fields out."""
    yield from fits(row, LAID_CONCEPT if partial else CONCEPT, ("id",) if partial else NEEDED)
    yield from _rows(row, "mappings", MAPPING, tuple(MAPPING))
    if "replaced_by" in row and not partial and not row.get("deprecated"):
        yield Problem("bad-value", "", "replaced_by is for a deprecated concept", "add deprecated = true", path=("replaced_by",))


def form_problems(row: Table) -> Iterator[Problem]:
    """What is wrong with a guarded form's row by itself."""
    yield from fits(row, FORM, ("text", "reading"))
    yield from _rows(row, "reading", READING, ())
    for number, reading in enumerate(_tables(row.get("reading"))):
        if "concept" not in reading and "sense" not in reading:
            yield Problem("missing-key", "", "a reading needs a concept or a sense", path=("reading", number))


def mended(row: Table, bad: set[str]) -> dict[str, Any]:
    """A row without what is at fault in it, so that the rest can be proved too; `bad` are its keys that have problems."""
    found = {key: _usable(key, value) if key in bad else value for key, value in row.items()}
    return {key: value for key, value in found.items() if key not in bad or value}


def _usable(key: str, value: Any) -> list[Any]:
    """Lists of texts without the items that are none, readings without the keys that they cannot have; of all else nothing."""
    if key == "reading":
        rows = [{k: v for k, v in row.items() if k in READING and READING[k][1](v)} for row in _tables(value)]
        return [row for row in rows if "concept" in row or "sense" in row]
    if CONCEPT.get(key) is _TEXTS and isinstance(value, list):
        return [item.strip() for item in value if isinstance(item, str) and item.strip()]
    return []


def _rows(row: Table, key: str, keys: Keys, needed: tuple[str, ...]) -> Iterator[Problem]:
    for number, inner in enumerate(_tables(row.get(key))):
        for found in fits(inner, keys, needed):
            yield Problem(found.code, "", f"{key}: {found.message}", found.remedy, path=(key, number, *found.path))


def _tables(value: Any) -> list[Table]:
    """The value itself, if it is a list of tables; its being none is another problem."""
    return value if _TABLES[1](value) else []
