"""One taxonomy laid over another: known entries are changed, new ones added, misleading ones taken away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from matcher.taxonomy.concepts import BRANCH
from matcher.taxonomy.folder import Findings
from matcher.taxonomy.likeness import rule_problems
from matcher.taxonomy.problem import Problem, nearest
from matcher.taxonomy.role_overlay import lay_roles
from matcher.taxonomy.schema import NEEDED

Raw = dict[str, Any]
MORE = "..."
"""As the first item of a list of rules: what was there, and then the rest."""
_GROWING = ("aliases", "hidden", "related", "mappings")
"""Lists of a concept that an overlay adds to; everything else it gives replaces what was there."""
FALLBACK: Raw = {"type": "skill", "separates": "medium", "broader": [], "aliases": []}
"""Stands for what a new concept should have had, so that the rest can be proved too."""


def lay_on(base: Raw, top: Raw, findings: Findings) -> Raw:
    """Lay `top` over `base`, both compiled, changing neither; what cannot be laid on is noted and left out.

    Forms are replaced whole. Tables of rules are merged key by key and their rows by id; new rows come first.
    """
    rules = _usable(base["rules"], top["rules"], findings)
    rows = {row["id"]: row for row in base["concepts"]}
    forms = {_key(row): row for row in base["forms"]}
    for row in top["concepts"]:
        _take_readings(row, forms)
        if row["id"] not in rows and row.get("type") != BRANCH:
            findings.lacks(row["id"], [key for key in NEEDED if key not in row], _meant(row, rows))
        rows[row["id"]] = _one(rows.get(row["id"], {}), row, findings)
    for row in top["concepts"]:
        if row.get("type") != BRANCH:
            rows[row["id"]] = _placed(rows[row["id"]], rows)
        _link_back(row, rows)
        _unlink_kin(row, rows)
    return {
        "concepts": list(rows.values()),
        "forms": list((forms | {_key(row): row for row in top["forms"]}).values()),
        "rules": _merge(base["rules"], rules),
        "roles": lay_roles(base["roles"], top["roles"], findings),
    }


def _key(form: Raw) -> str:
    return str(form["text"]).casefold()


# ------------------------------------------------------------------------------------------------------------------- rules


def _usable(base: Raw, top: Raw, findings: Findings) -> Raw:
    """The rules without the keys in which something is wrong."""
    wrong = list(rule_problems(base, top))
    findings.problems.extend(wrong)
    bad = {(problem.where, *problem.path[:1]) for problem in wrong}
    return {
        name: {key: value for key, value in table.items() if (f"{name}.toml", key) not in bad}
        for name, table in top.items()
        if (f"{name}.toml",) not in bad
    }


def _merge(base: Any, top: Any) -> Any:
    if isinstance(base, list) and isinstance(top, list):
        return _joined(base, top)
    if not isinstance(base, dict) or not isinstance(top, dict):
        return top
    return base | {key: _merge(base[key], value) if key in base else value for key, value in top.items()}


def _joined(base: list[Any], top: list[Any]) -> list[Any]:
    """Rows by their ids; plain items in place of those that were there, unless the first says that they stay."""
    if not top or not isinstance(top[0], dict):
        return base + [item for item in top[1:] if item not in base] if top[:1] == [MORE] else top
    found, new = list(base), []
    for row in top:
        same = [n for n, old in enumerate(base) if isinstance(old, dict) and "id" in row and old.get("id") == row["id"]]
        if same:
            found[same[0]] = _merge(found[same[0]], row)
        else:
            new.append(row)
    return new + found  # of rules that fit equally well the first one holds


# ---------------------------------------------------------------------------------------------------------------- concepts


def _one(old: Raw, new: Raw, findings: Findings) -> Raw:
    given = {key: value for key, value in new.items() if key != "without"}
    row = {**old, **given}
    row |= {key: old.get(key, []) + [v for v in given[key] if v not in old.get(key, [])] for key in _GROWING if key in given}
    if old:
        # The file an overlay's concept stands in says where a new concept belongs, not that a known one has moved.
        row["branch"] = old.get("branch", "")
        if old.get("deprecated") and given.get("deprecated") is False:
            row.pop("replaced_by", None)
        label = row["label"].casefold()
        if old["label"].casefold() != label:
            row["aliases"] = [*(alias for alias in row.get("aliases", ()) if alias.casefold() != label), old["label"]]
    elif new.get("type") != BRANCH:
        row = {"label": new["id"], **FALLBACK, **row}
    return _without(row, new, findings)


def _without(row: Raw, new: Raw, findings: Findings) -> Raw:
    """The row without the forms that the overlay takes away."""
    found = dict(row)
    for form in new.get("without", ()):
        left = {key: [v for v in found.get(key, ()) if v.casefold() != form.casefold()] for key in ("aliases", "hidden")}
        if all(len(left[key]) == len(found.get(key, ())) for key in left):
            findings.problems.append(_not_there(form, row))
        found |= {key: items for key, items in left.items() if key in found}
    return found


def _not_there(form: str, row: Raw) -> Problem:
    path = ("without", form)
    if form.casefold() == row["label"].casefold():
        return Problem("not-there", row["id"], f'without names "{form}", which is the label', "give a new label", path=path)
    known = [*row.get("aliases", ()), *row.get("hidden", ())]
    remedy = nearest(form, known, f"`matcher taxonomy show {row['id']}` lists its forms")
    return Problem("not-there", row["id"], f'without names "{form}", which is no form of it', remedy, path=path)


def _take_readings(row: Raw, forms: dict[str, Raw]) -> None:
    """A form that was guarded has no reading any more for the concept that it is taken from."""
    for text in row.get("without", ()):
        form = forms.get(text.casefold())
        if form:
            kept = [reading for reading in form["reading"] if reading.get("concept") != row["id"]]
            if any("concept" in reading for reading in kept) or kept == form["reading"]:
                forms[text.casefold()] = {**form, "reading": kept}
            else:
                del forms[text.casefold()]


def _meant(row: Raw, found: Mapping[str, Raw]) -> str:
    """The known concept that a row which says little may be about: the one that is written so, or the one with a similar id."""
    label = str(row.get("label", "")).casefold()
    for id, other in found.items() if label else ():
        if label in map(str.casefold, (other["label"], *other.get("aliases", ()))):
            return f'did you mean "{id}"?'
    return nearest(row["id"], found)


def _placed(row: Raw, found: Mapping[str, Raw]) -> Raw:
    """A new concept is filed under the branch of the first concept above it that is known."""
    if row.get("branch"):
        return row
    above: Iterable[Raw] = (found[id] for id in row["broader"] if id in found)
    return {**row, "branch": next((other.get("branch", "") for other in above), "")}


def _link_back(row: Raw, found: dict[str, Raw]) -> None:
    for id in row.get("related", ()):
        other = found.get(id)
        if other is not None and row["id"] not in other.get("related", ()):
            found[id] = {**other, "related": [*other.get("related", ()), row["id"]]}


def _unlink_kin(row: Raw, found: dict[str, Raw]) -> None:
    """What an overlay puts above a concept stands beside it no more."""
    for id in row.get("broader", ()):
        for one, other in ((row["id"], id), (id, row["id"])):
            if other in found.get(one, {}).get("related", ()) and id not in row.get("related", ()):
                found[one] = {**found[one], "related": [link for link in found[one]["related"] if link != other]}
