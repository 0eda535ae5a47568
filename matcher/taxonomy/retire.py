"""What a deprecated concept leaves behind: its forms and its place in tree and rules go to what replaces it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from matcher.taxonomy.references import carried

Raw = dict[str, Any]


def settled(raw: Raw) -> Raw:
    """Carry over what hangs on deprecated concepts; they stay, with their fields, and nothing leads to them any more.

    Roles are left as they are: whoever reads them tells that he reads another concept.
    """
    rows = {row["id"]: row for row in raw["concepts"]}
    gone = {id: heir_of(id, rows) for id, row in rows.items() if row.get("deprecated")}
    if not gone:
        return raw
    forms = [_form(form, gone, rows) for form in raw["forms"]]
    guarded = {form["text"].casefold(): form for form in forms}
    kept = [_concept(row, gone, rows) for row in raw["concepts"]]
    return {
        **raw,
        "concepts": _inherited(kept, gone, guarded),
        "forms": forms,
        "rules": carried(raw["rules"], lambda id: gone.get(id, id)),
    }


def heir_of(id: str, rows: Mapping[str, Mapping[str, Any]]) -> str | None:
    """The concept in use that stands for `id`, itself if it is in use; None where there is none."""
    seen: set[str] = set()
    while id in rows and rows[id].get("deprecated"):
        if id in seen:
            return None
        seen.add(id)
        id = rows[id].get("replaced_by", "")
    return id if id in rows else None


def _concept(row: Raw, gone: Mapping[str, str | None], rows: Mapping[str, Raw]) -> Raw:
    if row["id"] in gone:
        return {key: value for key, value in row.items() if key != "related"}
    lists: Raw = {}
    if not gone.keys().isdisjoint(row.get("broader", ())):
        lists["broader"] = list(dict.fromkeys(above for id in row["broader"] for above in _above(id, row["id"], gone, rows, 0)))
    if not gone.keys().isdisjoint(row.get("related", ())):
        lists["related"] = [id for id in row["related"] if id not in gone]
    return {**row, **lists}


def _above(id: str, child: str, gone: Mapping[str, str | None], rows: Mapping[str, Raw], depth: int) -> Iterable[str]:
    """What stands for a broader concept: its heir, else what stood above it."""
    if id not in gone:
        return (id,)
    heir = gone[id]
    if heir and heir != child:
        return (heir,)
    above = rows[id].get("broader", ()) if depth < len(gone) else ()
    return [higher for other in above for higher in _above(other, child, gone, rows, depth + 1) if higher != child]


def _form(form: Raw, gone: Mapping[str, str | None], rows: Mapping[str, Raw]) -> Raw:
    return {**form, "reading": [_reading(reading, gone, rows) for reading in form["reading"]]}


def _reading(reading: Raw, gone: Mapping[str, str | None], rows: Mapping[str, Raw]) -> Raw:
    """A reading of the heir; of none, what the form is, which yields nothing."""
    found = dict(reading)
    if "near_concepts" in found:
        near = (gone.get(id, id) for id in found["near_concepts"])
        found["near_concepts"] = list(dict.fromkeys(id for id in near if id))
    if found.get("concept") in gone:
        heir = gone[found.pop("concept")]
        found |= {"concept": heir} if heir else {"sense": found.get("sense") or rows[reading["concept"]]["label"]}
    return found


def _inherited(rows: list[Raw], gone: Mapping[str, str | None], forms: Mapping[str, Raw]) -> list[Raw]:
    """The heirs with the forms of those they replace, but for forms that are another concept's by now."""
    found = {row["id"]: row for row in rows}
    taken = {surface.casefold() for row in rows if row["id"] not in gone for surface in _surfaces(row)}
    for id, heir in gone.items():
        if heir:
            row, old = dict(found[heir]), found[id]
            mine = {surface.casefold() for surface in _surfaces(row)}
            for key, surfaces in (("aliases", [old["label"], *old.get("aliases", ())]), ("hidden", old.get("hidden", ()))):
                for surface in surfaces:
                    folded = surface.casefold()
                    read = {reading.get("concept") for reading in forms.get(folded, {}).get("reading", ())}
                    if folded not in mine and (folded not in taken or heir in read):
                        mine.add(folded)
                        row[key] = [*row.get(key, ()), surface]
            taken |= mine
            found[heir] = row
    return list(found.values())


def _surfaces(row: Raw) -> list[str]:
    return [row["label"], *row.get("aliases", ()), *row.get("hidden", ())]
