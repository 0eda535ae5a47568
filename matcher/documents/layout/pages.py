"""What a page prints, as plain records.

Coordinates are points from the page's top left. Turned text has a frame of its own, in which it reads left to right again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from matcher.documents.hidden import Cause


class Area(NamedTuple):
    """A rectangle in points from the page's top left."""

    x0: float
    top: float
    x1: float
    bottom: float

    def covers(self, x: float, y: float) -> bool:
        """True if the point lies in it."""
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


class Glyph(NamedTuple):
    """One printed character (or ligature, written out): a plain tuple, since a page has thousands of them."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    size: float
    bold: bool


class Mark(NamedTuple):
    """A small filled shape, perhaps a bullet that is drawn and not written."""

    x0: float
    top: float
    x1: float
    bottom: float


class Rule(NamedTuple):
    """A straight line, horizontal (`top` == `bottom`) or vertical (`x0` == `x1`)."""

    x0: float
    top: float
    x1: float
    bottom: float


class Lost(NamedTuple):
    """A character that the page holds and does not show; `turn` is its frame.

    A `stencil` is invisible until something is painted through it.
    """

    cause: Cause
    turn: int
    glyph: Glyph
    stencil: bool = False


class Cover(NamedTuple):
    """Something that hides what was printed before it: `before[turn]` glyphs of each frame stood when it was painted."""

    area: Area
    before: dict[int, int]


@dataclass(slots=True)
class Page:
    """What one page prints; `frames[t]` are the glyphs turned by t quarter turns to the left, in the file's order.

    In a frame the text runs to the right and further lines lie below: `upright` leads back to the page. `scanned` is true of a
    page whose text an OCR tool has read from its image.
    """

    number: int
    width: float
    height: float
    frames: dict[int, list[Glyph]] = field(default_factory=lambda: {0: []})
    marks: list[Mark] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    images: list[Area] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)
    covers: list[Cover] = field(default_factory=list)
    scanned: bool = False
    stencils: int = 0
    """How many times more it is looked whether something is painted through a stencil; 0 without any."""
    unknown: int = 0
    slanted: int = 0

    def glyphs(self) -> Iterator[Glyph]:
        """Every visible glyph."""
        for frame in self.frames.values():
            yield from frame

    def release(self, area: Area) -> None:
        """Show the stencils of an area, which something has been painted through."""
        self.stencils -= 1  # a page that is painted on very often is not looked at each time
        for lost in [one for one in self.lost if one.stencil] if self.stencils > 0 else []:
            x0, top, x1, bottom = upright((lost.glyph.x0, lost.glyph.top, lost.glyph.x1, lost.glyph.bottom), lost.turn, self)
            if area.covers((x0 + x1) / 2, (top + bottom) / 2):
                self.frames.setdefault(lost.turn, []).append(lost.glyph)
                self.lost.remove(lost)

    @property
    def pictured(self) -> bool:
        """True if images cover a good part of the page."""
        covered = sum(max(0.0, a.x1 - a.x0) * max(0.0, a.bottom - a.top) for a in self.images)
        return covered > 0.3 * self.width * self.height


def turned(x: float, y: float, dx: float, dy: float, page: Page) -> tuple[int | None, float, float, float]:
    """The quarter turn of text that runs along (dx, dy), and start, baseline and end in that turn's frame.

    None for text at a slant: a watermark or a stamp.
    """
    if min(abs(dx), abs(dy)) > 0.25 * max(abs(dx), abs(dy)):
        return None, x, y, x
    if abs(dx) >= abs(dy):
        return (0, x, page.height - y, x + dx) if dx >= 0 else (2, page.width - x, y, page.width - x - dx)
    return (1, y, x, y + dy) if dy > 0 else (3, page.height - y, page.width - x, page.height - y - dy)


def upright(box: tuple[float, float, float, float], turn: int, page: Page) -> tuple[float, float, float, float]:
    """A box of a turned frame as left, top, right, bottom on the page."""
    u0, v0, u1, v1 = box
    if turn == 1:
        return v0, page.height - u1, v1, page.height - u0
    if turn == 2:
        return page.width - u1, page.height - v1, page.width - u0, page.height - v0
    if turn == 3:
        return page.width - v1, u0, page.width - v0, u1
    return box


def sides_of(area: Area) -> list[Rule]:
    """The four sides of a rectangle."""
    x0, top, x1, bottom = area
    return [Rule(x0, top, x1, top), Rule(x0, bottom, x1, bottom), Rule(x0, top, x0, bottom), Rule(x1, top, x1, bottom)]
