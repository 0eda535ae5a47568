"""`matcher taxonomy`: browse, validate and export what the program knows."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matcher.cli import completing, console
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
_UNUSED = " (out of use)"


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
    from matcher.cli.known import sound
    from matcher.report.text import grid
    from matcher.taxonomy import search as find

    wanted = " ".join(text)
    hits = find(sound(taxonomy), wanted, limit, roles=True)
    if not hits:
        console.say(f"nothing in the taxonomy is like {wanted!r}")
        return 0
    rows = [(f"{hit.score:.2f}", _handle(hit), hit.concept.type, _label(hit.concept), hit.surface) for hit in hits]
    console.show(grid(("score", "id", "type", "label", "found by"), rows, console.width()))
    return 0


def _handle(hit: Hit) -> str:
    """What `show` takes for a hit; roles may have the ids of concepts."""
    return f"{_ROLE}{hit.concept.id}" if hit.concept.type == "role" else hit.concept.id


def _label(concept: Concept) -> str:
    return concept.label + (_UNUSED if concept.deprecated else "")


def show(
    id: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="The id of a concept or a role (or role:ID); or a label, form or title of just one.",
            autocompletion=completing.ids,
        ),
    ],
    taxonomy: Overlay = None,
) -> int:
    """Show all there is about a concept or a built-in role."""
    from matcher.cli.known import sound
    from matcher.report.card_text import card_text
    from matcher.report.cards import concept_card, role_card

    known = sound(taxonomy)
    id = _meant(known, id, taxonomy)
    role = id.removeprefix(_ROLE)
    if role in known.roles and (id != role or id not in known.concepts):
        card = role_card(known, role)
    else:
        card = concept_card(known, known.concepts[id])
    console.show(card_text(card, console.width()))
    return 0


def _meant(known: Taxonomy, wanted: str, overlay: Path | None) -> str:
    """What is asked for, as an id or role:ID; raises InputError that names near ones, or what switched a role off."""
    from matcher.taxonomy import load
    from matcher.taxonomy import search as find
    from matcher.taxonomy.search import called

    if wanted in known.concepts or wanted.removeprefix(_ROLE) in known.roles:
        return wanted
    hits = called(known, wanted)
    if len(hits) == 1:
        return _handle(hits[0])
    if hits:
        raise InputError(f"{wanted}: means several; show one of them: {', '.join(map(_handle, hits))}")
    if overlay is not None and wanted.removeprefix(_ROLE) in load().roles:
        raise InputError(f"{wanted}: this role is switched off by the folder {overlay}")
    near = ", ".join(_handle(hit) for hit in find(known, wanted.removeprefix(_ROLE), _NEAR, roles=True))
    raise InputError(f"{wanted}: no concept and no role has this id" + (f"; near it: {near}" if near else ""))


def check(folder: Folder = None) -> int:
    """Prove that a taxonomy is sound and then that the reader finds every form; list each problem. Status 1 if there is one."""
    from matcher.cli.checking import examined

    found, problems = examined(folder)
    for problem in problems:
        console.show(str(problem))
    known = found.taxonomy
    branches = sum(concept.type == "branch" for concept in known.concepts.values())
    counts = f"{len(known.concepts) - branches} concepts in {branches} branches, {len(known.forms)} guarded forms"
    console.say(f"{counts}, {len(problems)} problem{'' if len(problems) == 1 else 's'} (version {known.version})")
    return 1 if problems else 0


def export(
    shape: Annotated[Shape, typer.Option("--format", help="json, csv, skos (Turtle) or html (a page to browse).")] = Shape.JSON,
    out: Annotated[Path | None, typer.Option("--out", help="Write to this file instead of the screen.")] = None,
    taxonomy: Overlay = None,
) -> int:
    """Print the whole taxonomy, branches included, ordered by id."""
    from matcher.cli.known import sound
    from matcher.cli.sinks import write_whole
    from matcher.report.writers import check_writable

    if out is not None:
        check_writable(out)
    text = _exported(sound(taxonomy), shape)
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
