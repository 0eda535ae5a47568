"""`matcher taxonomy`: browse, validate and export what the program knows."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matcher.cli import console
from matcher.errors import InputError

if TYPE_CHECKING:
    from matcher.taxonomy import Concept, Hit, Taxonomy

Overlay = Annotated[Path | None, typer.Option("--taxonomy", help="Folder laid over the built-in taxonomy.")]
Folder = Annotated[
    Path | None,
    typer.Argument(
        metavar="[FOLDER]",
        help="A taxonomy, or what is laid over the built-in one. If left out: that of matcher.toml, else the built-in one.",
    ),
]
_NEAR = 5
_ROLE = "role:"


class Shape(StrEnum):
    """The formats of an export."""

    JSON = "json"
    CSV = "csv"
    SKOS = "skos"
    HTML = "html"


def search(
    text: Annotated[list[str], typer.Argument(metavar="TEXT", help="What to look for.")],
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many to show.")] = 10,
    taxonomy: Overlay = None,
) -> int:
    """Find concepts and roles by their forms, everyday words for them, or similar spelling, the nearest first."""
    from matcher.report.text import grid
    from matcher.taxonomy import load
    from matcher.taxonomy import search as find

    wanted = " ".join(text)
    hits = find(load(taxonomy), wanted, limit, roles=True)
    if not hits:
        console.say(f"nothing in the taxonomy is like {wanted!r}")
        return 0
    rows = [(f"{hit.score:.2f}", _handle(hit), hit.concept.type, hit.concept.label, hit.surface) for hit in hits]
    console.show(grid(("score", "id", "type", "label", "found by"), rows, console.width()))
    return 0


def _handle(hit: Hit) -> str:
    """What `show` takes for a hit; roles may have the ids of concepts."""
    return f"{_ROLE}{hit.concept.id}" if hit.concept.type == "role" else hit.concept.id


def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="The id of a concept, or its label; the id of a role, or role:ID.")],
    taxonomy: Overlay = None,
) -> int:
    """Show all there is about a concept or a built-in role."""
    from matcher.report.card_text import card_text
    from matcher.report.cards import concept_card, role_card
    from matcher.taxonomy import load

    known = load(taxonomy)
    role = id.removeprefix(_ROLE)
    if role in known.roles and (id != role or id not in known.concepts):
        card = role_card(known, role)
    else:
        card = concept_card(known, _concept(known, id))
    console.show(card_text(card, console.width()))
    return 0


def _concept(known: Taxonomy, wanted: str) -> Concept:
    """The concept with this id or label; raises InputError that names near ones."""
    from matcher.taxonomy import search as find

    labelled = (concept for concept in known.concepts.values() if concept.label.casefold() == wanted.casefold())
    found = known.concepts.get(wanted) or next(labelled, None)
    if found is None:
        near = ", ".join(_handle(hit) for hit in find(known, wanted.removeprefix(_ROLE), _NEAR, roles=True))
        raise InputError(f"{wanted}: no concept and no role has this id" + (f"; near it: {near}" if near else ""))
    return found


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
    shape: Annotated[Shape, typer.Option("--format", help="json, csv, skos (Turtle) or html (a page to browse).")] = Shape.JSON,
    out: Annotated[Path | None, typer.Option("--out", help="Write to this file instead of the screen.")] = None,
    taxonomy: Overlay = None,
) -> int:
    """Print the whole taxonomy, branches included, ordered by id."""
    from matcher.cli.sinks import write_whole
    from matcher.report.writers import check_writable
    from matcher.taxonomy import load

    if out is not None:
        check_writable(out)
    text = _exported(load(taxonomy), shape)
    if out is None:
        console.show(text)
    else:
        write_whole(out, text)
    return 0


def _exported(known: Taxonomy, shape: Shape) -> str:
    from matcher.taxonomy import to_csv, to_json, to_skos

    if shape is Shape.HTML:
        from matcher.report.taxonomy_page import taxonomy_page

        return taxonomy_page(known)
    return {Shape.JSON: to_json, Shape.CSV: to_csv, Shape.SKOS: to_skos}[shape](known)
