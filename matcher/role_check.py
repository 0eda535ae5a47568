"""All that is wrong with a taxonomy's role profiles, not only the first mistake of each."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from matcher.role_file import DEEPER, LEAF_KEYS, ROLE_KEYS, RoleError, role_from_data
from matcher.taxonomy import Problem, Taxonomy, nearest

UNUSABLE = "bad-role"
"""The code of a role that cannot be read."""
_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")
_MOST = 50
"""Mistakes told of one role."""
_RIGHT: dict[str | int, Any] = {"title": "x", "kind": "experience", "need": "preferred", "all": [], "any": []}
"""Values that are never wrong, for keys that cannot be left out."""


def role_problems(taxonomy: Taxonomy) -> Iterator[Problem]:
    """Find what is wrong with the role profiles; paths lead to the places in their files.

    Codes: `bad-role` (cannot be read), `odd-role` (its id is not the file's name), `no-step` (its next step is no role).
    """
    for name in sorted(taxonomy.roles):
        data = taxonomy.roles[name]
        yield from _mistakes(name, data, taxonomy)
        if isinstance(data, dict):
            yield from _identity(name, data, taxonomy)


def _identity(name: str, data: dict[str, Any], taxonomy: Taxonomy) -> Iterator[Problem]:
    step, id = data.get("next_step"), data.get("id", name)
    if isinstance(step, str) and step not in taxonomy.roles:
        remedy = nearest(step, taxonomy.roles, "give the name of a file in roles/ without .yaml")
        yield Problem("no-step", name, f"next_step names {step!r}, which is no role", remedy, "role", ("next_step",))
    if id != name:
        message = f"id is {id!r}, and the file is {name}.yaml"
        yield Problem("odd-role", name, message, "name both alike", "role", ("id",))


def _mistakes(name: str, data: Any, taxonomy: Taxonomy) -> Iterator[Problem]:
    """Read the role again and again, each time without the mistake that was met."""
    rest, told = copy.deepcopy(data), set()
    for _ in range(_MOST):
        try:
            role_from_data(rest, name, taxonomy)
            return
        except RoleError as error:
            path = tuple(int(number) if number else word for number, word in _STEP.findall(error.where))
            place = (*path, error.key) if error.key else path
            again = place in told
            if not again:
                told.add(place)
                yield Problem(UNUSABLE, name, str(error), _remedy(error), "role", place)
            if error.where.endswith(DEEPER) or not _mend(rest, path, error, again=again):
                return


def _remedy(error: RoleError) -> str:
    return nearest(error.key, LEAF_KEYS if error.where else ROLE_KEYS) if error.key else ""


def _mend(data: Any, path: tuple[str | int, ...], error: RoleError, again: bool) -> bool:
    """Put something right in the place of what is wrong, or of the whole requirement that it is in; whether that could be done.

    Nothing is taken out of a list, so that all that follows keeps its number.
    """
    if error.key:
        return _renamed(_reach(data, path), error.key, LEAF_KEYS if path else ROLE_KEYS)
    table, last = _reach(data, path[:-1]), path[-1] if path else ""
    if isinstance(table, dict) and last in table and not again:
        if last in _RIGHT:
            table[last] = _RIGHT[last]
        else:
            del table[last]
        return True
    place = path if isinstance(last, int) else path[:-1]
    if place:
        _reach(data, place[:-1])[place[-1]] = {"all": []}
    return bool(place)


def _renamed(table: dict[str, Any], key: str, known: tuple[str, ...]) -> bool:
    """An unknown key by the name that was meant, or gone."""
    value = table.pop(key)
    for meant in get_close_matches(key, known, n=1):
        table.setdefault(meant, value)
    return True


def _reach(data: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        data = data[step]
    return data
