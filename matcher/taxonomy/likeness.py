"""Whether the rules of an overlay have the shape of those that they are laid over: a text where a number stood breaks scoring."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from matcher.errors import TaxonomyError

_NEEDED = {
    ("credit", "siblings"): ("credit", "reason", "concepts"),
    ("credit", "recency"): ("months", "factor"),
    ("families", "family"): ("id",),
    ("families", "channel"): ("id",),
    ("families", "line"): ("id",),
    ("levels", "level"): ("level", "words"),
}
"""Rows that the program reads by name, and the keys without which it cannot."""

_KINDS = ((str, "a text"), (list, "a list"), (dict, "a table"))


def check_rules(base: Mapping[str, Any], top: Mapping[str, Any], merged: Mapping[str, Any], where: str) -> None:
    """Refuse rules whose types are not those of the rules they change, or whose rows lack a key."""
    for name, table in top.items():
        _alike([base[name]] if name in base else [], table, f"{where}: {name}.toml")
    for (name, key), needed in _NEEDED.items():
        if name in top:
            for place, row in _rows(merged[name].get(key, ())):
                missing = next((word for word in needed if word not in row), None)
                if missing:
                    raise TaxonomyError(f"{where}: {name}.toml: {key}{place}: {missing} is missing")


def _rows(table: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(table, dict):
        yield from ((f".{name}", row) for name, row in table.items())
    else:
        yield from ((f"[{number}]", row) for number, row in enumerate(table))


def _alike(samples: Sequence[Any], value: Any, where: str) -> None:
    """Whether a value is of a kind with the samples, down to its leaves; anything is, where there is no sample."""
    kinds = {_kind(sample) for sample in samples}
    if kinds and _kind(value) not in kinds:
        raise TaxonomyError(f"{where} should be {' or '.join(sorted(kinds))}, not {value!r:.80}")
    same = [sample for sample in samples if _kind(sample) == _kind(value)]
    if isinstance(value, list):
        items = _few(item for sample in same for item in sample)
        for number, item in enumerate(value):
            _alike(items, item, f"{where}[{number}]")
    elif isinstance(value, dict):
        for key, item in value.items():
            _alike(_samples(same, key), item, f"{where}: {key}")


def _samples(tables: Sequence[Mapping[str, Any]], key: str) -> list[Any]:
    """What stands under a key; for a new key whatever stands beside it, if that is all of one kind."""
    own = _few(table[key] for table in tables if key in table)
    others = own or _few(value for table in tables for value in table.values())
    return others if own or len({_kind(other) for other in others}) == 1 else []


def _few(values: Iterable[Any]) -> list[Any]:
    """All lists and tables, and of texts and numbers one each."""
    found: list[Any] = []
    plain: dict[str, Any] = {}
    for value in values:
        if isinstance(value, list | dict):
            found.append(value)
        else:
            plain.setdefault(_kind(value), value)
    return [*found, *plain.values()]


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number" if math.isfinite(value) else "a number without end"
    return next((name for type_, name in _KINDS if isinstance(value, type_)), "a date")
