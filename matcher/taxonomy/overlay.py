"""One taxonomy laid over another: known entries are changed, new ones added."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from matcher.errors import TaxonomyError
from matcher.taxonomy.concepts import BRANCH
from matcher.taxonomy.likeness import check_rules
from matcher.taxonomy.schema import check_concept

Raw = dict[str, Any]
_GROWING = ("aliases", "hidden", "related", "mappings")
"""Lists that an overlay adds to; everything else it gives replaces what was there."""


def lay_on(base: Raw, top: Raw, where: str) -> Raw:
    """Lay `top` over `base`, both compiled, changing neither; forms and roles are replaced whole, rules merged key by key."""
    rules = _merge(base["rules"], top["rules"])
    check_rules(base["rules"], top["rules"], rules, where)
    return {
        "concepts": _concepts(base["concepts"], top["concepts"], where),
        "forms": list(({_key(row): row for row in base["forms"]} | {_key(row): row for row in top["forms"]}).values()),
        "rules": rules,
        "roles": base["roles"] | top["roles"],
    }


def _key(form: Raw) -> str:
    return str(form["text"]).casefold()


def _merge(base: Any, top: Any) -> Any:
    if not isinstance(base, dict) or not isinstance(top, dict):
        return top
    return base | {key: _merge(base[key], value) if key in base else value for key, value in top.items()}


def _concepts(base: Iterable[Raw], top: Iterable[Raw], where: str) -> list[Raw]:
    found = {row["id"]: row for row in base}
    for row in top:
        found[row["id"]] = _one(found.get(row["id"], {}), row)
    for row in top:
        if row.get("type") != BRANCH:
            found[row["id"]] = _placed(found[row["id"]], found, where)
        _link_back(row, found)
    return list(found.values())


def _one(old: Raw, new: Raw) -> Raw:
    grown = {key: old.get(key, []) + [v for v in new[key] if v not in old.get(key, [])] for key in _GROWING if key in new}
    # The file an overlay's concept stands in says where a new concept belongs, not that a known one has moved.
    kept = {"branch": old["branch"]} if "branch" in old else {}
    return {**old, **new, **grown, **kept}


def _placed(row: Raw, found: dict[str, Raw], where: str) -> Raw:
    check_concept(row, where)
    if "branch" in row:
        return row
    above = next((found[id] for id in row["broader"] if id in found), None)
    if above is None:
        raise TaxonomyError(f"{where}: {row['id']}: none of its broader concepts is known: {', '.join(row['broader'])}")
    return {**row, "branch": above.get("branch", "")}


def _link_back(row: Raw, found: dict[str, Raw]) -> None:
    for id in row.get("related", ()):
        other = found.get(id)
        if other is not None and row["id"] not in other.get("related", ()):
            found[id] = {**other, "related": [*other.get("related", ()), row["id"]]}
