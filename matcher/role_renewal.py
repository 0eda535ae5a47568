"""Roles that ask for deprecated concepts are read as asking for what replaces them, and say so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from matcher.records import Notice
from matcher.taxonomy import Taxonomy

_DEEPEST = 20


def renewed(table: Mapping[str, Any], known: Taxonomy | None) -> tuple[Mapping[str, Any], tuple[Notice, ...]]:
    """The data of a role with concepts in use, and a note for each that was exchanged or left out; data of any shape is taken."""
    if known is None or not any(concept.deprecated for concept in known.concepts.values()):
        return table, ()
    notes: dict[str, Notice] = {}
    tree = _node(table.get("requirements"), known, notes, 0)
    if not notes:
        return table, ()
    return {**table, "requirements": tree if tree is not None else {"all": []}}, tuple(notes.values())


def _node(node: Any, known: Taxonomy, notes: dict[str, Notice], depth: int) -> Any:
    """A requirement in today's terms; None where nothing stands for it."""
    if not isinstance(node, dict) or depth > _DEEPEST:
        return node
    found = dict(node)
    for key in ("all", "any"):
        if isinstance(node.get(key), list):
            found[key] = list(_items(node[key], known, notes, depth))
            if node[key] and not found[key]:
                return None
    if isinstance(node.get("concepts"), list):
        found["concepts"] = list(_in_use(node["concepts"], known, notes))
    id = node.get("concept")
    if isinstance(id, str) and id in known.concepts and known.concepts[id].deprecated:
        heir = known.heir(id)
        notes[id] = _note(id, heir, known)
        return {**found, "concept": heir} if heir else None
    return found


def _items(items: list[Any], known: Taxonomy, notes: dict[str, Notice], depth: int) -> Iterator[Any]:
    for item in items:
        kept = _node(item, known, notes, depth + 1)
        if kept is not None or item is None:
            yield kept


def _in_use(ids: list[Any], known: Taxonomy, notes: dict[str, Notice]) -> Iterator[Any]:
    """What a floor of experience is in, in today's terms."""
    for id in ids:
        old = isinstance(id, str) and id in known.concepts and known.concepts[id].deprecated
        heir = known.heir(id) if old else id
        if old:
            notes[id] = _note(id, heir, known)
        if heir is not None:
            yield heir


def _note(id: str, heir: str | None, known: Taxonomy) -> Notice:
    label = known.concepts[id].label
    if heir is None:
        return Notice("deprecated-concept", f"“{label}” ({id}) is deprecated and nothing replaces it: it is not asked for")
    return Notice("deprecated-concept", f"“{label}” ({id}) is deprecated: read as “{known.concepts[heir].label}” ({heir})")
