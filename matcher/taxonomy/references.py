"""Where the files of rules name concepts and role families, so that every name can be proved and carried over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from matcher.taxonomy.problem import Path

EACH = "*"
"""In a place: every item of a list, or every value of a table."""
CONCEPTS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "channels": (("channels", EACH, EACH), ("lines_of_business", EACH, EACH), ("anywhere", "concepts", EACH)),
    "credit": (("siblings", EACH, "concepts", EACH),),
    "families": (("family", EACH, "core", EACH),),
    "patterns": (("pattern", EACH, "concept"),),
    "posts": (("leaves", "ignored", EACH), ("accounts", "shared_concepts", EACH), ("fields", "told", EACH)),
    "questions": (("result", "scales", EACH),),
}
"""File of rules -> the places of it that hold ids of concepts."""


def named(rules: Mapping[str, Any]) -> Iterator[tuple[str, Path, str]]:
    """Every id of a concept in the rules: the file, the path in it, the id."""
    for name, places in CONCEPTS.items():
        for place in places:
            for path, value in _met(rules.get(name, {}), place, ()):
                yield name, path, value


def _met(value: Any, place: tuple[str, ...], path: Path) -> Iterator[tuple[Path, str]]:
    if not place:
        if isinstance(value, str):
            yield path, value
        return
    if isinstance(value, list) and place[0] == EACH:
        for number, item in enumerate(value):
            yield from _met(item, place[1:], (*path, number))
    elif isinstance(value, dict):
        for key in value if place[0] == EACH else [place[0]] if place[0] in value else []:
            yield from _met(value[key], place[1:], (*path, key))


def carried(rules: Mapping[str, Any], heir: Callable[[str], str | None]) -> dict[str, Any]:
    """The rules with every id exchanged by `heir`; what has none is left out, and so is a row that is about it alone."""
    found = dict(rules)
    for name, places in CONCEPTS.items():
        for place in places:
            if name in found:
                found[name] = _carried(found[name], place, heir)
    return found


def _carried(value: Any, place: tuple[str, ...], heir: Callable[[str], str | None]) -> Any:
    if not place:
        return heir(value) if isinstance(value, str) else value
    if isinstance(value, list) and place[0] == EACH:
        items = [_carried(item, place[1:], heir) for item in value]
        kept = [item for item in items if item is not None]
        return list(dict.fromkeys(kept)) if len(place) == 1 else kept
    if not isinstance(value, dict):
        return value
    keys = list(value) if place[0] == EACH else [place[0]] if place[0] in value else []
    changed = {key: _carried(value[key], place[1:], heir) for key in keys}
    if place == ("concept",) and changed.get("concept", "") is None:
        return None
    return {**value, **changed}
