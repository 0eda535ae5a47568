"""A light pdfminer device: what a page prints, as plain glyphs, without pdfminer's own layout objects."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import stream_value

from matcher.documents.content import operations
from matcher.documents.ink import Area, Backdrop, Colour, as_colour
from matcher.documents.pages import Glyph, Mark, Page, Rule, sides_of, turned
from matcher.documents.repair import BULLET, PICTURE
from matcher.errors import LimitError

_SMALLEST = 4.0
"""Points below which text is not meant to be read by people."""

_HEAVY = ("bold", "black", "heavy", "demi", "semibd")
_PICTORIAL = ("wingdings", "webdings", "dingbats", "fontawesome", "icomoon", "materialicons")
_RECTANGLES = ("mlll", "mlllh", "mllll", "mllllh")
_DRAWING = 2000
"""A path of more steps than this draws a picture: no bullet, background or rule."""
_INVISIBLE = 3
_FILL_AND_STROKE = 2


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
        """Remember filled shapes (backgrounds, bullets) and straight lines (table rules)."""
        if len(path) > _DRAWING:
            return
        starts = [i for i, step in enumerate(path) if step[0] == "m" or i == 0]
        for start, end in pairwise([*starts, len(path)]):
            steps = path[start:end]
            points = [tuple(step[i : i + 2]) for step in steps for i in range(1, len(step) - 1, 2)]
            if len(points) > 1:
                self._shape(self._area(points), steps, stroke, fill, graphicstate)

    def _shape(self, area: Area, steps: Sequence[Any], stroke: bool, fill: bool, state: Any) -> None:
        """Keep one shape for what it may be."""
        wide, high = area.x1 - area.x0, area.bottom - area.top
        if high <= 2 and wide >= 20:
            self._page.rules.append(Rule(area.x0, area.bottom, area.x1, area.bottom))
        elif wide <= 2 and high >= 6:
            self._page.rules.append(Rule(area.x0, area.top, area.x0, area.bottom))
        elif 1 <= wide <= 8 and 1 <= high <= 8 and 0.6 < wide / high < 1.7:
            self._page.marks.append(Mark(*area))
        elif high > 3 and wide > 3:
            if stroke:
                self._page.rules += sides_of(area)
            if fill:
                exact = "".join(str(step[0]) for step in steps) in _RECTANGLES
                self._backdrop.add(area, as_colour(state.ncolor, state.ncs.name), exact)

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
            raise LimitError(f"holds more than {self._limit:,} characters; split it", "too-long")
        page = self._page
        if not text:
            page.unknown += text is None
            return
        a, b, c, d, e, f = matrix
        left, foot = a * x + c * y + e, b * x + d * y + f
        turn, u0, v, u1 = turned(left, foot, a * advance, b * advance, page)
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
    """pdfminer's interpreter, with a quicker reader of page content, and telling the device of gradients too."""

    def execute(self, streams: Any) -> None:
        """Run content streams; what the quick reader does not understand runs as pdfminer does it."""
        found = [stream_value(stream) for stream in streams]
        steps = None
        if not any(stream.objid is None or stream.objid in self.parent_stream_ids for stream in found):
            steps = operations(b"\n".join(stream.get_data() for stream in found))
        if steps is None:
            super().execute(streams)
            return
        # pdfminer reads this set to refuse forms that draw themselves.
        self.stream_ids.clear()
        self.stream_ids.update(stream.objid for stream in found if stream.objid is not None)
        for operands, operator in steps:
            self.argstack.extend(operands)
            self._run(operator)

    def _run(self, operator: str) -> None:
        """Call an operator's method with as many operands as it takes, if there are so many."""
        method = getattr(self, _METHODS.get(operator, f"do_{operator}"), None)
        if method is None:
            return
        count = method.__code__.co_argcount - 1
        operands = self.pop(count) if count else []
        if len(operands) == count:
            method(*operands)

    def do_sh(self, name: object) -> None:
        """Paint a gradient."""
        if isinstance(self.device, GlyphDevice):
            self.device.shade()


_METHODS = {"'": "do__q", '"': "do__w", **{f"{name}*": f"do_{name}_a" for name in ("f", "B", "b", "W", "T")}}


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
