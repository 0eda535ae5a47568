"""A light pdfminer device: what a page prints, as plain glyphs, without pdfminer's own layout objects.

Coordinates are points from the page's top left. Turned text has a frame of its own, in which it reads left to right again.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter

from matcher.documents.ink import Area, Backdrop, Colour, as_colour
from matcher.documents.repair import BULLET, PICTURE
from matcher.errors import LimitError

_SMALLEST = 4.0
"""Points below which text is not meant to be read by people."""

_HEAVY = ("bold", "black", "heavy", "demi", "semibd")
_PICTORIAL = ("wingdings", "webdings", "dingbats", "fontawesome", "icomoon", "materialicons")
_INVISIBLE = 3
_FILL_AND_STROKE = 2


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


@dataclass(slots=True)
class Page:
    """What one page prints; `frames[t]` are the glyphs turned by t quarter turns to the left, in the file's order.

    In a frame the text runs to the right and further lines lie below: `upright` leads back to the page.
    """

    number: int
    width: float
    height: float
    frames: dict[int, list[Glyph]] = field(default_factory=lambda: {0: []})
    marks: list[Mark] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    images: list[Area] = field(default_factory=list)
    hidden: int = 0
    unseen: list[Glyph] = field(default_factory=list)
    unknown: int = 0
    slanted: int = 0

    def glyphs(self) -> Iterator[Glyph]:
        """Every visible glyph."""
        for frame in self.frames.values():
            yield from frame

    @property
    def pictured(self) -> bool:
        """True if images cover a good part of the page."""
        covered = sum(max(0.0, a.x1 - a.x0) * max(0.0, a.bottom - a.top) for a in self.images)
        return covered > 0.3 * self.width * self.height


class _Style(NamedTuple):
    """What all characters of one string share."""

    size: float
    descent: float
    bold: bool
    pictorial: bool
    colour: Colour | None
    suspect: bool
    unseen: bool


class GlyphDevice(PDFTextDevice):
    """Collects `Page`s; `limit` caps the characters of the document, beyond it a LimitError ends the reading."""

    def __init__(self, manager: Any, limit: int) -> None:
        super().__init__(manager)
        self.pages: list[Page] = []
        self._limit = limit
        self._count = 0
        self._render = 0
        self._outer: list[Any] = []
        self._fonts: dict[int, tuple[bool, bool, float]] = {}
        self._style_key: Any = None
        self._last_style = _Style(0.0, 0.2, False, False, None, False, False)

    def begin_page(self, page: Any, ctm: Any) -> None:
        """Open a page; pdfminer has turned and shifted it so that its box starts at (0, 0)."""
        x0, y0, x1, y1 = (float(v) for v in page.mediabox)
        wide, high = abs(x1 - x0), abs(y1 - y0)
        if page.rotate in (90, 270):
            wide, high = high, wide
        self._page = Page(len(self.pages) + 1, wide, high)
        self._backdrop = Backdrop()
        self._style_key = None
        self.pages.append(self._page)

    def end_page(self, page: Any) -> None:
        """Close a page: invisible text laid over an image is what an OCR tool read there, all other is hidden."""
        done = self._page
        if done.unseen and done.pictured:
            done.frames[0].extend(done.unseen)
        else:
            done.hidden += len(done.unseen)
            done.unseen = []

    def _area(self, points: Sequence[tuple[float, float]]) -> Area:
        """The box of points given in user space."""
        a, b, c, d, e, f = self.ctm or (1, 0, 0, 1, 0, 0)
        xs = [a * x + c * y + e for x, y in points]
        ys = [self._page.height - (b * x + d * y + f) for x, y in points]
        return Area(min(xs), min(ys), max(xs), max(ys))

    def paint_path(self, graphicstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Sequence[Any]) -> None:
        """Remember filled shapes (backgrounds, bullets) and horizontal lines (table rules)."""
        points = [tuple(step[i : i + 2]) for step in path for i in range(1, len(step) - 1, 2)]
        if not points or len(points) > 2000:
            return
        area = self._area(points)
        wide, high = area.x1 - area.x0, area.bottom - area.top
        if high <= 2 and wide >= 20:
            self._page.rules.append(Rule(area.x0, area.bottom, area.x1, area.bottom))
        elif wide <= 2 and high >= 6:
            self._page.rules.append(Rule(area.x0, area.top, area.x0, area.bottom))
        elif 1 <= wide <= 8 and 1 <= high <= 8 and 0.6 < wide / high < 1.7:
            self._page.marks.append(Mark(area.x0, area.top, area.x1, area.bottom))
        elif high > 3 and wide > 3:
            if stroke:
                self._page.rules += _sides(area)
            if fill:
                kinds = "".join(str(step[0]) for step in path)
                exact = kinds in ("mlllh", "mllll", "mlllhh", "mllllh")
                self._backdrop.add(area, as_colour(graphicstate.ncolor, graphicstate.ncs.name), exact)

    def render_image(self, name: str, stream: Any) -> None:
        """Remember where an image lies; what it shows is unknown."""
        area = self._area([(0, 0), (1, 0), (0, 1), (1, 1)])
        self._page.images.append(area)
        self._backdrop.add(area, None, exact=False)

    def shade(self) -> None:
        """A gradient was painted somewhere: from here on the background of the whole page is unknown."""
        self._backdrop.add(Area(0, 0, self._page.width, self._page.height), None, exact=False)

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
        """Remember the matrix, which pdfminer does not restore after a form."""
        self._outer.append(self.ctm)

    def end_figure(self, name: str) -> None:
        """Restore the matrix."""
        self.ctm = self._outer.pop()

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        """Note the text's render mode, which pdfminer hands to no one else, and go on."""
        self._render = textstate.render
        super().render_string(textstate, seq, ncs, graphicstate)

    def _face(self, font: Any) -> tuple[bool, bool, float]:
        """Is the font bold, is it made of pictures, and how far its letters hang below the line (in em)."""
        found = self._fonts.get(id(font))
        if found is None:
            name = str(font.fontname or "").lower()
            weight = font.descriptor.get("FontWeight", 400)
            bold = any(word in name for word in _HEAVY) or (isinstance(weight, (int, float)) and weight >= 600)
            descent = min(max(-font.get_descent(), 0.0), 0.4) or 0.2
            found = self._fonts[id(font)] = (bold, any(word in name for word in _PICTORIAL), descent)
        return found

    def _style(self, matrix: Any, font: Any, fontsize: float, ncs: Any, state: Any) -> _Style:
        """The string's style; strings of one letter each are common, and most share the style of the one before."""
        key = (id(font), fontsize, matrix[2:4], self._render, state.ncolor, state.scolor, ncs.name, self._backdrop.count)
        if key != self._style_key:
            self._style_key = key
            self._last_style = self._new_style(matrix, font, fontsize, ncs, state)
        return self._last_style

    def _new_style(self, matrix: Any, font: Any, fontsize: float, ncs: Any, state: Any) -> _Style:
        bold, pictorial, descent = self._face(font)
        size = abs(fontsize) * math.hypot(matrix[2], matrix[3])
        colour = as_colour(state.ncolor, ncs.name)
        if self._render in (1, 5):
            colour = as_colour(state.scolor, state.scs.name)
        suspect = self._backdrop.may_hide(colour)
        strong = bold or self._render == _FILL_AND_STROKE
        return _Style(size, descent, strong, pictorial, colour, suspect, self._render == _INVISIBLE)

    def render_string_horizontal(
        self,
        seq: Any,
        matrix: Any,
        pos: Any,
        font: Any,
        fontsize: float,
        scaling: float,
        charspace: float,
        wordspace: float,
        rise: float,
        dxscale: float,
        ncs: Any,
        graphicstate: Any,
    ) -> tuple[float, float]:
        """Walk the string as pdfminer does, without a matrix product for each character."""
        style = self._style(matrix, font, fontsize, ncs, graphicstate)
        x, y = pos
        spaced = False
        for item in seq:
            if isinstance(item, bytes):
                for cid in font.decode(item):
                    x += charspace if spaced else 0
                    advance = font.char_width(cid) * fontsize * scaling
                    self._place(_letter(font, cid, style.pictorial), x, y + rise, advance, matrix, style)
                    x += advance + (wordspace if cid == 32 else 0)
                    spaced = True
            elif isinstance(item, (int, float)):
                x -= item * dxscale
                spaced = True
        return (x, y)

    def render_char(
        self, matrix: Any, font: Any, fontsize: float, scaling: float, rise: float, cid: int, ncs: Any, graphicstate: Any
    ) -> float:
        """Called for vertical writing only: each character stands on its own."""
        style = self._style(matrix, font, fontsize, ncs, graphicstate)
        self._place(_letter(font, cid, style.pictorial), 0, rise, style.size, matrix, style)
        return float(font.char_width(cid) * fontsize * scaling)

    def _place(self, text: str | None, x: float, y: float, advance: float, matrix: Any, style: _Style) -> None:
        """Keep one character, or count it as hidden or unknown."""
        self._count += 1
        if self._count > self._limit:
            raise LimitError(f"holds more than {self._limit:,} characters; split it or raise the limit", "too-long")
        page = self._page
        if not text:
            page.unknown += text is None
            return
        a, b, c, d, e, f = matrix
        left, foot = a * x + c * y + e, b * x + d * y + f
        turn, u0, v, u1 = _turned(left, foot, a * advance, b * advance, page)
        if turn is None:
            page.slanted += bool(text.strip())
            return
        glyph = Glyph(
            text,
            min(u0, u1),
            max(u0, u1),
            v - style.size * (1 - style.descent),
            v + style.size * style.descent,
            v,
            style.size,
            style.bold,
        )
        if text == " ":
            page.frames.setdefault(turn, []).append(glyph)
        elif style.unseen:
            page.unseen.append(glyph)
        elif style.size < _SMALLEST or self._off(left, foot) or (style.suspect and self._drowned(left, foot, glyph, style)):
            page.hidden += 1
        else:
            page.frames.setdefault(turn, []).append(glyph)

    def _off(self, x: float, y: float) -> bool:
        return not (-2 <= x <= self._page.width + 2 and -2 <= y <= self._page.height + 2)

    def _drowned(self, left: float, foot: float, glyph: Glyph, style: _Style) -> bool:
        """True if the character has the colour of what lies behind its middle."""
        x = left + (glyph.x1 - glyph.x0) / 2
        return self._backdrop.hides(x, self._page.height - foot - style.size * 0.3, style.colour)


class GlyphInterpreter(PDFPageInterpreter):
    """pdfminer's interpreter, which tells the device of gradients too."""

    def do_sh(self, name: object) -> None:
        """Paint a gradient."""
        if isinstance(self.device, GlyphDevice):
            self.device.shade()


def _letter(font: Any, cid: int, pictorial: bool) -> str | None:
    """What a character code prints: "" for nothing, None if the font does not say."""
    try:
        text = font.to_unichr(cid)
    except PDFUnicodeNotDefined:
        # Writers of PDF that use the standard fonts put the bullet on a code that the encoding leaves open.
        return BULLET if cid in (127, 128, 149) else None
    if pictorial and text.strip():
        return PICTURE
    return " " if text.isspace() else text


def _turned(x: float, y: float, dx: float, dy: float, page: Page) -> tuple[int | None, float, float, float]:
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


def _sides(area: Area) -> list[Rule]:
    """The four sides of a rectangle."""
    x0, top, x1, bottom = area
    return [Rule(x0, top, x1, top), Rule(x0, bottom, x1, bottom), Rule(x0, top, x0, bottom), Rule(x1, top, x1, bottom)]
