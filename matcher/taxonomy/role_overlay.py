"""Role profiles laid over others: keys replaced, requirements weighed anew, roles switched off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from matcher.taxonomy.folder import Findings
from matcher.taxonomy.problem import Problem, nearest

Raw = dict[str, Any]
IN_USE = "in_use"
"""The key of a role file that, where it is false, takes the role of this name away."""
WEIGHTS = "weights"
"""The key of a role file that gives concepts, by their ids, another weight wherever the role asks for them."""
LAID_KEYS = (IN_USE, WEIGHTS)
"""What only a role file that is laid over others may say."""
_SEARCH = "find its id with `matcher taxonomy search`"
_MOST = 100
_DEEPEST = 20


def lay_roles(base: Raw, top: Raw, findings: Findings) -> Raw:
    """Lay role files over others by their names; a role that is known changes only the keys that are given."""
    unknown = list(_unknown(base, top))
    findings.problems.extend(unknown)
    top = {name: role for name, role in top.items() if name not in {problem.where for problem in unknown}}
    off = {name for name, role in top.items() if isinstance(role, dict) and role.get(IN_USE) is False}
    found: Raw = {}
    for name, role in (base | top).items():
        if name not in off:
            old = base.get(name, {}) if name in top else {}
            found[name] = _one(name, {**old, **role}, findings) if isinstance(role, dict) else role
    for name, role in found.items():
        steps = role.get("next_roles") if isinstance(role, dict) else None
        if name not in top and isinstance(steps, list) and not off.isdisjoint(map(str, steps)):
            found[name] = {**role, "next_roles": [step for step in steps if step not in off]}
    return found


def _unknown(base: Raw, top: Raw) -> Iterator[Problem]:
    """Changes of roles that are not there: new roles have requirements."""
    for name, role in top.items():
        key = next((key for key in LAID_KEYS if isinstance(role, dict) and key in role), "")
        if key and name not in base and "requirements" not in role:
            message = f'{key} changes a role that is known, and no built-in role is called "{name}"'
            yield Problem("bad-role", name, message, nearest(name, base, _SEARCH), "role", (key,))


def _one(name: str, role: Raw, findings: Findings) -> Raw:
    if IN_USE in role and not isinstance(role[IN_USE], bool):
        message = f"{IN_USE} should be true or false, not {role[IN_USE]!r:.80}"
        findings.problems.append(Problem("bad-role", name, message, kind="role", path=(IN_USE,)))
    role = {key: value for key, value in role.items() if key != IN_USE}
    if WEIGHTS not in role:
        return role
    given, rest = role[WEIGHTS], {key: value for key, value in role.items() if key != WEIGHTS}
    asked = set(_asked(rest.get("requirements"), 0))
    wrong = list(_wrong(name, given, asked))
    findings.problems.extend(wrong)
    if not isinstance(given, dict):
        return rest
    bad = {problem.path[-1] for problem in wrong}
    return {**rest, "requirements": _weighed(rest.get("requirements"), {id: w for id, w in given.items() if id not in bad}, 0)}


def _wrong(name: str, weights: Any, asked: set[str]) -> Iterator[Problem]:
    if not isinstance(weights, dict):
        remedy = "write it like weights: {negotiation: 2}"
        yield Problem("bad-role", name, "weights should be ids of concepts with numbers", remedy, "role", (WEIGHTS,))
        return
    for id, weight in weights.items():
        path = (WEIGHTS, str(id))
        if id not in asked:
            remedy = nearest(str(id), asked, f"it asks for {', '.join(sorted(asked))}")
            yield Problem("bad-role", name, f'weights names "{id}", which the role does not ask for', remedy, "role", path)
        elif isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 <= weight <= _MOST:
            message = f"weights: {id} should be a number from 0 to {_MOST}, not {weight!r:.80}"
            yield Problem("bad-role", name, message, kind="role", path=path)


def _parts(node: Any) -> Iterator[tuple[str, list[Any]]]:
    if isinstance(node, dict):
        yield from ((key, node[key]) for key in ("all", "any") if isinstance(node.get(key), list))


def _asked(node: Any, depth: int) -> Iterator[str]:
    if isinstance(node, dict) and isinstance(node.get("concept"), str):
        yield node["concept"]
    for _, items in _parts(node) if depth < _DEEPEST else ():
        for item in items:
            yield from _asked(item, depth + 1)


def _weighed(node: Any, weights: Mapping[str, float], depth: int) -> Any:
    if not isinstance(node, dict) or depth > _DEEPEST:
        return node
    parts = {key: [_weighed(item, weights, depth + 1) for item in items] for key, items in _parts(node)}
    concept = node.get("concept")
    mine = {"weight": weights[concept]} if isinstance(concept, str) and concept in weights else {}
    return {**node, **parts, **mine}
