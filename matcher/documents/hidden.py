"""Text that a file holds and its pages do not show: why it cannot be seen, and how people are told."""

from __future__ import annotations

from enum import StrEnum

from matcher.records import Box, Notice

SMALLEST = 4.0
"""Points below which text is not meant to be read by people."""

_QUOTED = 400


class Cause(StrEnum):
    """Why a person does not see a text."""

    COLOUR = "in the colour of its background"
    TINY = "too small to read"
    OUTSIDE = "off the page"
    INVISIBLE = "set to be invisible"
    COVERED = "behind an image or a shape"
    CLEAR = "in a colour that lets everything through"
    LAYER = "on a layer that is switched off"


def quoted(text: str) -> str:
    """The words of a text in one line, cut between words where they run long."""
    words = " ".join(text.split())
    return words if len(words) <= _QUOTED else words[:_QUOTED].rsplit(" ", 1)[0] + " …"


def hidden_notice(cause: Cause, text: str, place: Box | None = None) -> Notice:
    """The notice "hidden-text" for one stretch of text that is left out; its words are quoted, cut where they run long."""
    count = sum(not char.isspace() for char in text)
    where = f" on page {place.page}" if place else ""
    message = f"left out {count} hidden character{'s' if count != 1 else ''}{where}, {cause}"
    return Notice("hidden-text", message, place, quoted(text))
