"""What holds at a place in an RTF file, and whether text that is set so can be seen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from matcher.documents.colours import alike
from matcher.documents.flow import Flow, Look
from matcher.documents.hidden import SMALLEST, Cause

Colour = tuple[int, int, int]

_WHITE = (255, 255, 255)
_FILL = re.compile(rb"fill(Color|Type)\s*\}\s*\{\\sv\s+(\d{1,9})")


@dataclass(slots=True)
class State:
    """What holds until the group ends; sizes in half points, colours as numbers of the colour table (0: none given).

    `fill` is the colour of the shape around the text; None if there is none or it is a picture.
    """

    flow: Flow
    bold: bool = False
    size: int = 24
    unseen: bool = False
    deleted: bool = False
    colour: int = 0
    shade: int = 0
    beneath: int = 0
    font: int = -1
    fallback: int = 1
    heading: bool = False
    silent: bool = False
    marker: bool = False
    boxed: bool = False
    fill: Colour | None = _WHITE

    def plain(self, font: int) -> None:
        """Back to the usual letters."""
        self.bold = self.unseen = False
        self.size, self.colour, self.shade, self.font = 24, 0, 0, font

    def paint(self, property_: bytes) -> None:
        """Take in a property of the shape around: its colour (a number with red in its lowest byte) or that it has a pattern."""
        match = _FILL.search(property_)
        if match is None:
            return
        value = int(match.group(2))
        if match.group(1) == b"Color":
            self.fill = (value & 255, value >> 8 & 255, value >> 16 & 255)
        elif value:
            self.fill = None


@dataclass(slots=True)
class Table:
    """Whether a row is open, whether one is described, and the colours behind its cells."""

    inside: bool = False
    described: bool = False
    shades: list[int] = field(default_factory=list)
    shade: int = 0
    cell: int = 0

    def behind(self) -> int:
        """The colour behind the cell that is open, 0 if there is none."""
        return self.shades[self.cell] if self.inside and self.cell < len(self.shades) else 0


def look(state: State, table: Table, colours: Sequence[Colour | None]) -> Look:
    """How text is set, and why it cannot be seen, if so."""
    return Look(state.size / 2, state.bold or state.heading, _hidden(state, table, colours))


def _hidden(state: State, table: Table, colours: Sequence[Colour | None]) -> Cause | None:
    if state.unseen:
        return Cause.INVISIBLE
    if state.size < 2 * SMALLEST:
        return Cause.TINY
    colour = _named(state.colour, colours)
    if colour is None:
        return None
    behind = (_named(number, colours) for number in (state.shade, state.beneath, table.behind()))
    shade = next(filter(None, behind), state.fill)
    return Cause.COLOUR if shade is not None and alike(colour, shade, most=255) else None


def _named(number: int, colours: Sequence[Colour | None]) -> Colour | None:
    return colours[number] if 0 < number < len(colours) else None
