"""A light pdfminer device: what a page prints, as plain glyphs, without pdfminer's own layout objects."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from pdfminer.pdffont import PDFUnicodeNotDefined

from matcher.documents.covers import uncovered
from matcher.documents.hidden import SMALLEST, Cause
from matcher.documents.ink import Colour, alike, as_colour
from matcher.documents.pages import Glyph, Lost, turned
from matcher.documents.paint import CLEAR
from matcher.documents.painter import Painter
from matcher.documents.repair import BULLET, PICTURE
from matcher.errors import LimitError

_HEAVY = ("bold", "black", "heavy", "demi", "semibd")
_PICTORIAL = ("wingdings", "webdings", "dingbats", "fontawesome", "icomoon", "materialicons")
_STROKE = (1, 5)
_FILL_AND_STROKE = (2, 6)
_INVISIBLE, _STENCIL = 3, 7
_LOOKS = 500
_FULL_PAGE = 600.0
"""Points of height from which on a page is as large as it was meant; on smaller ones letters may be smaller too."""


class _Style(NamedTuple):
    """What all characters of one string share."""

    size: float
    descent: float
    bold: bool
    pictorial: bool
    colour: Colour | None
    suspect: bool
    unseen: Cause | None


class GlyphDevice(Painter):
    """Collects `Page`s; `limit` caps the characters of the document, beyond it a LimitError ends the reading."""

    def __init__(self, manager: Any, limit: int, layers_off: frozenset[int] = frozenset()) -> None:
        super().__init__(manager, layers_off)
        self._limit = limit
        self._count = 0
        self._render = 0
        self._fonts: dict[int, tuple[bool, bool, float]] = {}
        self._style_key: Any = None
        self._last_style = _Style(0.0, 0.2, False, False, None, False, None)

    def begin_page(self, page: Any, ctm: Any) -> None:
        """Open a page."""
        super().begin_page(page, ctm)
        self._style_key = None
        self._smallest = SMALLEST * min(1.0, self._page.height / _FULL_PAGE)

    def end_page(self, page: Any) -> None:
        """Close a page: only now is it known what was painted over its text."""
        self.hushed = False
        uncovered(self._page)

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
        paint = (state.ncolor, state.scolor, ncs.name, state.fill, state.line, self.hushed)
        key = (id(font), fontsize, matrix[2:4], self._render, paint, self._backdrop.count)
        if key != self._style_key:
            self._style_key = key
            self._last_style = self._new_style(matrix, font, fontsize, ncs, state)
        return self._last_style

    def _new_style(self, matrix: Any, font: Any, fontsize: float, ncs: Any, state: Any) -> _Style:
        bold, pictorial, descent = self._face(font)
        size = abs(fontsize) * math.hypot(matrix[2], matrix[3])
        colour = as_colour(state.ncolor, ncs.name)
        stroked = as_colour(state.scolor, state.scs.name)
        if self._render in _STROKE:
            colour = stroked
        suspect = self._backdrop.may_hide(colour) and (self._render not in _FILL_AND_STROKE or alike(colour, stroked))
        strong = bold or self._render in _FILL_AND_STROKE
        return _Style(size, descent, strong, pictorial, colour, suspect, self._unseen(size, state))

    def _unseen(self, size: float, state: Any) -> Cause | None:
        """Why no character of a style is seen, wherever it stands."""
        if self.hushed:
            return Cause.LAYER
        if self._render in (_INVISIBLE, _STENCIL):
            return Cause.INVISIBLE
        shares = [state.line] if self._render in _STROKE else [state.fill]
        if self._render in _FILL_AND_STROKE:
            shares.append(state.line)
        if max(shares) < CLEAR:
            return Cause.CLEAR
        return Cause.TINY if size < self._smallest else None

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
        cause = style.unseen
        if text == " ":  # programs set spaces in any size: it belongs to what is printed, and to what is not
            page.frames.setdefault(turn, []).append(glyph)
        else:
            cause = cause or self._cause(left, foot, glyph, style)
            if cause is None:
                page.frames.setdefault(turn, []).append(glyph)
        if cause is not None:
            self._lose(Lost(cause, turn, glyph, cause is Cause.INVISIBLE and self._render == _STENCIL))

    def _lose(self, lost: Lost) -> None:
        self._page.lost.append(lost)
        if lost.stencil:
            self._page.stencils = _LOOKS

    def _cause(self, left: float, foot: float, glyph: Glyph, style: _Style) -> Cause | None:
        """Why a character is not seen where it stands."""
        x0, top, x1, bottom = self._seen
        if not (x0 - 2 <= left <= x1 + 2 and top - 2 <= self._page.height - foot <= bottom + 2):
            return Cause.OUTSIDE
        return Cause.COLOUR if style.suspect and self._drowned(left, foot, glyph, style) else None

    def _drowned(self, left: float, foot: float, glyph: Glyph, style: _Style) -> bool:
        """True if the character has the colour of what lies behind its middle."""
        x = left + (glyph.x1 - glyph.x0) / 2
        return self._backdrop.hides(x, self._page.height - foot - style.size * 0.3, style.colour)


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
