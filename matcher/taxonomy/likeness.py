"""Whether the rules of an overlay have the shape of those that they are laid over: a text where a number stood breaks scoring."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from matcher.taxonomy.problem import Path, Problem, nearest

_NEEDED = {
    ("credit", "siblings"): ("credit", "reason", "concepts"),
    ("credit", "recency"): ("months", "factor"),
    ("cues", "cue"): ("kind", "stance", "direction", "reach", "texts"),
    ("cues", "hedge"): ("factor", "texts"),
    ("families", "family"): ("id",),
    ("families", "channel"): ("id",),
    ("families", "line"): ("id",),
    ("levels", "level"): ("level", "words"),
    ("patterns", "pattern"): ("concept", "verbs", "objects", "example"),
}
"""Rows that the program reads by name, and the keys without which it cannot."""
_CHOICES = {("cues", "cue"): ("kind", "stance", "direction")}
"""Keys of rows whose values are words that the program knows."""

_KINDS = ((str, "a text"), (list, "a list"), (dict, "a table"))


def rule_problems(base: Mapping[str, Any], top: Mapping[str, Any]) -> Iterator[Problem]:
    """Find rules that no part of the program reads, types that are not those of the rules they change, rows that lack a key."""
    for name, table in top.items():
        file = f"{name}.toml"
        if name not in base:
            message = f"no part of the program reads {file}"
            yield Problem("unknown-file", file, message, nearest(name, base, _known(base)), "rules")
            continue
        yield from _alike([base[name]], table, file, ())
        for key in table:
            if key not in base[name]:
                yield _unknown(file, f'unknown key "{key}"', key, base[name], (key,))
        for (owner, key), needed in _NEEDED.items():
            if owner == name and key in table:
                yield from _rows(base[name].get(key, ()), table[key], file, key, needed)
                yield from _words(base[name].get(key, ()), table[key], file, key, _CHOICES.get((name, key), ()))


def _rows(old: Any, new: Any, file: str, key: str, needed: Sequence[str]) -> Iterator[Problem]:
    """Rows with keys that no such row has, and new rows without those that it must have."""
    before = dict(_named(old))
    known = dict.fromkeys(word for row in before.values() for word in row)
    for name, row in _named(new):
        for word in row:
            if word not in known:
                yield _unknown(file, f'{key}: unknown key "{word}"', word, known, (key, name, word))
        merged = {**_same(name, row, before), **row}
        for word in needed:
            if word not in merged:
                yield Problem("missing-key", file, f"{key}: {word} is missing", kind="rules", path=(key, name, word))


def _words(old: Any, new: Any, file: str, key: str, choices: Sequence[str]) -> Iterator[Problem]:
    for column in choices:
        known = dict.fromkeys(str(row[column]) for _, row in _named(old) if column in row)
        for name, row in _named(new):
            if isinstance(row.get(column), str) and row[column] not in known:
                message = f'{key}: {column} is "{row[column]}"'
                yield _unknown(file, message, str(row[column]), known, (key, name, column))


def _same(name: str | int, row: Mapping[str, Any], before: Mapping[str | int, Mapping[str, Any]]) -> Mapping[str, Any]:
    """The row that another is laid over."""
    if isinstance(name, str):
        return before.get(name, {})
    return next((old for old in before.values() if "id" in row and old.get("id") == row["id"]), {})


def _named(table: Any) -> Iterator[tuple[str | int, Mapping[str, Any]]]:
    if isinstance(table, dict | list):
        pairs = table.items() if isinstance(table, dict) else enumerate(table)
        yield from ((name, row) for name, row in pairs if isinstance(row, dict))


def _unknown(file: str, message: str, word: str, known: Iterable[str], path: Path) -> Problem:
    names = tuple(known)
    return Problem("unknown-key", file, message, nearest(word, names, _known(names)), "rules", path)


def _known(keys: Iterable[str]) -> str:
    return f"known are {', '.join(keys)}"


def _alike(samples: Sequence[Any], value: Any, file: str, path: Path) -> Iterator[Problem]:
    """Whether a value is of a kind with the samples, down to its leaves; anything is, where there is no sample."""
    kinds = {_kind(sample) for sample in samples}
    if kinds and _kind(value) not in kinds:
        message = f"{_shown(path)} should be {' or '.join(sorted(kinds))}, not {value!r:.80}"
        yield Problem("bad-value", file, message, kind="rules", path=path)
    same = [sample for sample in samples if _kind(sample) == _kind(value)]
    if isinstance(value, list):
        items = _few(item for sample in same for item in sample)
        for number, item in enumerate(value):
            yield from _alike(items, item, file, (*path, number))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _alike(_samples(same, key), item, file, (*path, key))


def _shown(path: Path) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".") or "the file"


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
