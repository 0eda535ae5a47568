"""What a shell offers for values that are no file names; where nothing is offered, it offers files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from matcher.taxonomy import Taxonomy

_ROLE = "role:"
_MOMENTS = (("today", "open jobs end today"), ("document", "open jobs end at the newest date of the resume"))

Offer = tuple[str, str]
"""A value and a few words on it."""


def moments(incomplete: str) -> Iterator[Offer]:
    """The words that `--as-of` takes besides dates."""
    return (offer for offer in _MOMENTS if offer[0].startswith(incomplete))


def jobs(context: typer.Context, incomplete: str) -> Iterator[Offer]:
    """The built-in role profiles once "role:" is typed; before that a file is as likely, so files are offered."""
    if incomplete.startswith(_ROLE) and (known := _known(context)):
        yield from ((_ROLE + id, label) for id, label in _roles(known) if id.startswith(incomplete[len(_ROLE) :]))


def ids(context: typer.Context, incomplete: str) -> Iterator[Offer]:
    """The concepts and the built-in role profiles by id; too many to offer before a letter is typed."""
    if incomplete and (known := _known(context)):
        concepts = {id: concept.label for id, concept in known.concepts.items()}
        found = dict(_roles(known)) | concepts
        yield from ((id, found[id]) for id in sorted(found) if id.startswith(incomplete))


def _roles(known: Taxonomy) -> Iterator[Offer]:
    return ((id, str(known.roles[id]["title"])) for id in sorted(known.roles))


def _known(context: typer.Context) -> Taxonomy | None:
    """The taxonomy with the folder that the line names; None where that cannot be used, of which completion can say nothing."""
    from matcher.errors import MatcherError
    from matcher.taxonomy import load

    overlay = context.params.get("taxonomy")
    try:
        return load(Path(overlay) if overlay else None)
    except MatcherError:
        return None
