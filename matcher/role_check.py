"""All that is wrong with a taxonomy's role profiles, not only the first mistake of each."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any

from matcher.role_file import DEEPER, LEAF_KEYS, ROLE_KEYS, RoleError, role_from_data
from matcher.taxonomy import LAID_KEYS, Problem, Taxonomy, nearest

UNUSABLE = "bad-role"
"""The code of a role that cannot be read."""
Path = tuple[str | int, ...]
_MOST = 50
"""Mistakes told of one role."""
_RIGHT: dict[str | int, Any] = {"title": "x", "kind": "experience", "need": "preferred", "all": [], "any": []}
"""Values that are never wrong, for keys that cannot be left out."""


def role_problems(taxonomy: Taxonomy, signals: Sequence[str] | None = None) -> Iterator[Problem]:
    """Find what is wrong with the role profiles; paths lead to the places in their files. `signals`: what may have weights.

    Codes: `bad-role` (cannot be read), `odd-role` (its id is not the file's name), `no-step` (a next role is none).
    """
    for name in sorted(taxonomy.roles):
        data = taxonomy.roles[name]
        yield from _mistakes(name, data, taxonomy, signals)
        if isinstance(data, dict):
            yield from _identity(name, data, taxonomy)


def _identity(name: str, data: dict[str, Any], taxonomy: Taxonomy) -> Iterator[Problem]:
    steps, id = data.get("next_roles"), data.get("id", name)
    for step in steps if isinstance(steps, list) else ():
        if isinstance(step, str) and step not in taxonomy.roles:
            remedy = nearest(step, taxonomy.roles, "give the name of a file in roles/ without .yaml")
            message = f"next_roles names {step!r}, which is no role"
            yield Problem("no-step", name, message, remedy, "role", ("next_roles", step))
    if id != name:
        message = f"id is {id!r}, and the file is {name}.yaml"
        yield Problem("odd-role", name, message, "name both alike", "role", ("id",))


def _mistakes(name: str, data: Any, taxonomy: Taxonomy, signals: Sequence[str] | None) -> Iterator[Problem]:
    """Read the role again and again, each time without the mistake that was met."""
    rest = copy.deepcopy(data)
    told: set[Path] = set()
    guessed: set[Path] = set()
    for _ in range(_MOST):
        try:
            role_from_data(rest, name, taxonomy, signals)
            return
        except RoleError as error:
            path = error.path
            place = (*path, error.key) if error.key else path
            again = place in told
            told.add(place)
            if not again and place not in guessed:
                yield Problem(UNUSABLE, name, _told(error, path), kind="role", path=place)
            guessed.update((*path, meant) for meant in _meant(error, path))
            if error.where.endswith(DEEPER) or not _mend(rest, path, error, again=again):
                return


def _told(error: RoleError, path: Path) -> str:
    """What is wrong; of a role's own keys with those that only a folder laid over may give."""
    if not error.key or path or error.key in LAID_KEYS:
        return str(error)
    known = (*ROLE_KEYS, *LAID_KEYS)
    return f"unknown key {error.key!r}; {nearest(error.key, known, 'known are ' + ', '.join(known))}"


def _meant(error: RoleError, path: Path) -> list[str]:
    """The known key that an unknown one seems to be."""
    return get_close_matches(error.key, LEAF_KEYS if path else ROLE_KEYS, n=1) if error.key else []


def _mend(data: Any, path: Path, error: RoleError, again: bool) -> bool:
    """Put something right in the place of what is wrong, or of the whole requirement that it is in; whether that could be done.

    Nothing is taken out of a list, so that all that follows keeps its number.
    """
    if error.key:
        table = _reach(data, path)
        value = table.pop(error.key)
        table.update((meant, value) for meant in _meant(error, path) if meant not in table)
        return True
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


def _reach(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data
