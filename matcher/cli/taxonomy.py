"""`matcher taxonomy`: browse, validate and export what the program knows."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matcher.cli import console
from matcher.errors import InputError

if TYPE_CHECKING:
    from matcher.taxonomy import Concept, Taxonomy

Overlay = Annotated[Path | None, typer.Option("--taxonomy", help="Folder laid over the built-in taxonomy.")]
Folder = Annotated[
    Path | None,
    typer.Argument(
        metavar="[FOLDER]",
        help="A taxonomy, or what is laid over the built-in one. If left out: that of matcher.toml, else the built-in one.",
    ),
]
_NEAR = 5


class Shape(StrEnum):
    """The formats of an export."""

    JSON = "json"
    CSV = "csv"


def search(
    text: Annotated[list[str], typer.Argument(metavar="TEXT", help="What to look for.")],
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many to show.")] = 10,
    taxonomy: Overlay = None,
) -> int:
    """Find concepts by label, alias, beginning or similar spelling, the nearest first."""
    from matcher.report.text import grid
    from matcher.taxonomy import load
    from matcher.taxonomy import search as find

    wanted = " ".join(text)
    hits = find(load(taxonomy), wanted, limit)
    if not hits:
        console.say(f"nothing in the taxonomy is like {wanted!r}")
        return 0
    rows = [(f"{hit.score:.2f}", hit.concept.id, hit.concept.type, hit.concept.label, hit.surface) for hit in hits]
    console.show(grid(("score", "id", "type", "label", "found by"), rows, console.width()))
    return 0


def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="The id of a concept, or its label.")],
    taxonomy: Overlay = None,
) -> int:
    """Show all there is about a concept."""
    from matcher.taxonomy import load

    known = load(taxonomy)
    console.show("\n".join(_describe(known, _concept(known, id))))
    return 0


def _concept(known: Taxonomy, wanted: str) -> Concept:
    """The concept with this id or label; raises InputError that names near ones."""
    from matcher.taxonomy import search as find

    found = known.concepts.get(wanted)
    hits = find(known, wanted, _NEAR)
    if found is None and hits and hits[0].concept.label.casefold() == wanted.casefold():
        found = hits[0].concept
    if found is None:
        near = ", ".join(hit.concept.id for hit in hits)
        raise InputError(f"{wanted}: no concept has this id" + (f"; near it: {near}" if near else ""))
    return found


def _describe(known: Taxonomy, concept: Concept) -> list[str]:
    from matcher.report.text import wrap

    def named(ids: tuple[str, ...]) -> str:
        return "; ".join(f"{known.concepts[id].label} ({id})" for id in ids if id in known.concepts)

    forms = [f"{surface} (needs context)" if known.is_guarded(surface) else surface for surface in concept.aliases]
    rows = (
        ("id", concept.id),
        ("type", concept.type),
        ("definition", concept.definition),
        ("written as", "; ".join(forms)),
        ("broader", named(concept.broader)),
        ("narrower", named(known.narrower(concept.id))),
        ("related", named(concept.related)),
        ("separates", concept.separates),
        ("mappings", "; ".join(f"{m.scheme} {m.id} ({m.relation})" for m in concept.mappings)),
    )
    lines = [wrap(text, console.width(), f"  {name + ':':<12}", " " * 14) for name, text in rows if text]
    return [concept.label, *(line for paragraph in lines for line in paragraph)]


def check(folder: Folder = None) -> int:
    """Prove that a taxonomy is sound and then that the reader finds every form; list each problem. Status 1 if there is one."""
    from matcher.cli.checking import examined

    found, problems = examined(folder)
    for problem in problems:
        console.show(str(problem))
    known = found.taxonomy
    counts = f"{len(known.concepts)} concepts, {len(known.forms)} guarded forms, {len(problems)} problems"
    console.say(f"{counts} (version {known.version})")
    return 1 if problems else 0


def export(
    shape: Annotated[Shape, typer.Option("--format", help="json or csv.")] = Shape.JSON,
    taxonomy: Overlay = None,
) -> int:
    """Print the whole taxonomy, branches included, ordered by id."""
    from matcher.taxonomy import load, to_csv, to_json

    known = load(taxonomy)
    console.show(to_csv(known) if shape is Shape.CSV else to_json(known))
    return 0
