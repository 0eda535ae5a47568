"""A light pdfminer device: what a page prints, as plain glyphs, without pdfminer's own layout objects."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matcher.documents.colours import Colour, alike
from matcher.documents.hidden import SMALLEST, Cause
from matcher.documents.layout.pages import Glyph, Lost, turned
from matcher.documents.pdf.covers import uncovered
from matcher.documents.pdf.faces import Face, Letter
from matcher.documents.pdf.ink import as_colour
from matcher.documents.pdf.paint import CLEAR
from matcher.documents.pdf.painter import Painter
from matcher.errors import LimitError

_STROKE = (1, 5)
_FILL_AND_STROKE = (2, 6)
_INVISIBLE, _STENCIL = 3, 7
_LOOKS = 500
_FULL_PAGE = 600.0
"""Points of height from which on a page is as large as it was meant; on smaller ones letters may be smaller too."""
_NARROWEST = 2.0
"""Letters are hardly ever set less than half as wide as they are high: then they are as hard to read as smaller ones."""
_LONGEST_CODE = 4
_MOST_ON_PAGE = 100_000
"""Characters of a page, which has room for some 20,000 that can be read."""

_tuple = tuple.__new__
"""Makes a glyph in half the time: a page has thousands of them."""


@dataclass(frozen=True, slots=True)
class _Style:
    """What strings share that differ in their place only.

    `plain` = upright, running to the right, and not `unseen` wherever it stands. `wide` leads from a width in em, `kern` from
    a number between strings, `letter` and `word` are the spacing, all in text space; `across` and `up` lead from there to
    the page.
    """

    face: Face
    size: float
    bold: bool
    colour: Colour | None
    suspect: bool
    unseen: Cause | None
    plain: bool
    wide: float
    kern: float
    letter: float
    word: float
    across: float
    up: float


class GlyphDevice(Painter):
    """Collects `Page`s; `limit` caps the characters of the document, beyond it a LimitError ends the reading."""

    def __init__(self, manager: Any, limit: int, layers_off: frozenset[int] = frozenset()) -> None:
        super().__init__(manager, layers_off)
        self._limit = limit
        self._count = 0
        self._ceiling = limit
        self._render = 0
        self._faces: dict[Any, Face] = {}
        self._style_key: Any = None
        self._style: Any = None

    def begin_page(self, page: Any, ctm: Any) -> None:
        """Open a page."""
        super().begin_page(page, ctm)
        self._style_key = None
        self._ceiling = min(self._limit, self._count + _MOST_ON_PAGE)
        self._smallest = SMALLEST * min(1.0, self._page.height / _FULL_PAGE)
        x0, top, x1, bottom = self._seen
        self._bounds = (x0 - 2, top - 2, x1 + 2, bottom + 2)

    def end_page(self, page: Any) -> None:
        """Close a page: only now is it known what was painted over its text."""
        self.hushed = False
        uncovered(self._page)

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        """Keep what a string prints, and move the place in `textstate` behind it."""
        # Strings of one letter each are common, and most share the style of the one before.
        text, paint = textstate, graphicstate
        a, b, c, d, _, _ = text.matrix
        key = (
            (text.font, text.fontsize, text.scaling, text.charspace, text.wordspace, text.render, a, b, c, d, self.ctm),
            (paint.ncolor, paint.scolor, ncs.name, paint.fill, paint.line, self.hushed, self._backdrop.count),
        )
        if key != self._style_key:
            self._style_key = key
            self._style = self._new_style(text, ncs, paint)
        if self._style.plain:
            self._print(text, seq, self._style)
        else:
            self._render = text.render  # pdfminer hands it to no one else
            super().render_string(text, seq, ncs, paint)

    def _new_style(self, text: Any, ncs: Any, state: Any) -> _Style:
        face = self._faces.get(text.font)
        if face is None:
            face = self._faces[text.font] = Face(text.font)
        a1, b1, c1, d1, _, _ = text.matrix
        a0, b0, c0, d0, _, _ = self.ctm or (1, 0, 0, 1, 0, 0)
        a, b, c, d = a0 * a1 + c0 * b1, b0 * a1 + d0 * b1, a0 * c1 + c0 * d1, b0 * c1 + d0 * d1
        size = abs(text.fontsize) * math.hypot(c, d)
        scaling = text.scaling * 0.01
        wide = text.fontsize * scaling
        filled, stroked = as_colour(state.ncolor, ncs.name), as_colour(state.scolor, state.scs.name)
        colour = stroked if text.render in _STROKE else filled
        both = text.render in _FILL_AND_STROKE
        narrow = abs(wide) * math.hypot(a, b) if not face.vertical else size
        unseen = self._unseen(min(size, _NARROWEST * narrow), text.render, state)
        return _Style(
            face,
            size,
            face.bold or both,
            colour,
            self._backdrop.may_hide(colour) and (not both or alike(colour, stroked)),
            unseen,
            unseen is None and b == c == 0 and a * wide > 0 and not face.vertical,
            wide,
            0.001 * wide,
            text.charspace * scaling,
            text.wordspace * scaling,
            a,
            d,
        )

    def _unseen(self, size: float, render: int, state: Any) -> Cause | None:
        """Why no character of a style is seen, wherever it stands."""
        if self.hushed:
            return Cause.LAYER
        if render in (_INVISIBLE, _STENCIL):
            return Cause.INVISIBLE
        shares = [state.line] if render in _STROKE else [state.fill]
        if render in _FILL_AND_STROKE:
            shares.append(state.line)
        if max(shares) < CLEAR:
            return Cause.CLEAR
        return Cause.TINY if size < self._smallest else None

    def _print(self, state: Any, seq: Any, style: _Style) -> None:
        """Walk a string in a plain style as pdfminer does, without a matrix product for each character."""
        _, _, _, _, e1, f1 = state.matrix
        a0, b0, c0, d0, e0, f0 = self.ctm or (1, 0, 0, 1, 0, 0)
        x, y = state.linematrix
        page, face, across, wide, size = self._page, style.face, style.across, style.wide, style.size
        origin = a0 * e1 + c0 * f1 + e0
        base = page.height - (style.up * (y + state.rise) + b0 * e1 + d0 * f1 + f0)
        rest = (base - size * (1 - face.descent), base + size * face.descent, base, size, style.bold)
        low, high, right, deep = self._bounds
        inside = high <= base <= deep
        frame = page.frames[0]
        start, gap = len(frame), 0.0
        for item in seq:
            if isinstance(item, bytes):
                letters = face.short.get(item) or self._letters(face, item)
                self._count += len(letters)
                if self._count > self._ceiling:
                    raise self._too_long()
                for text, width, stretched in letters:
                    x += gap
                    left = across * x + origin
                    x += width * wide
                    if text:
                        frame.append(_tuple(Glyph, (text, left, across * x + origin, *rest)))
                        inside = inside and low <= left <= right
                    elif text is None:
                        page.unknown += 1
                    x += style.word if stretched else 0
                    gap = style.letter
            elif isinstance(item, (int, float)):
                x -= item * style.kern
                gap = style.letter
        state.linematrix = (x, y)
        if style.suspect or not inside or not face.forward:
            self._sift(frame, start, style)

    def _letters(self, face: Face, string: bytes) -> Sequence[Letter]:
        """What a string prints, with a limit for the length of one string."""
        if len(string) > _LONGEST_CODE * self._limit:
            raise self._too_long()
        return face.letters(string)

    def _counted(self) -> None:
        self._count += 1
        if self._count > self._ceiling:
            raise self._too_long()

    def _too_long(self) -> LimitError:
        if self._ceiling == self._limit:
            return LimitError(f"holds more than {self._limit:,} characters; split it", "too-long")
        message = f"holds more than {_MOST_ON_PAGE:,} characters on page {self._page.number}; print it to PDF again"
        return LimitError(message, "too-long")

    def _sift(self, frame: list[Glyph], start: int, style: _Style) -> None:
        """Take from the end of a frame what cannot be seen."""
        fresh = frame[start:]
        del frame[start:]
        for glyph in fresh:
            if glyph.x1 < glyph.x0:
                glyph = glyph._replace(x0=glyph.x1, x1=glyph.x0)
            cause = None if glyph.text == " " else self._cause(glyph.x0, glyph.base, glyph, style)
            if cause is None:
                frame.append(glyph)
            else:
                self._page.lost.append(Lost(cause, 0, glyph))

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
        """Walk a string in any other style."""
        style: _Style = self._style
        x, y = pos
        spaced = False
        for item in seq:
            if isinstance(item, bytes):
                for text, width, stretched in self._letters(style.face, item):
                    self._counted()
                    x += charspace if spaced else 0
                    advance = width * style.wide
                    self._place(text, x, y + rise, advance, matrix, style)
                    x += advance + (wordspace if stretched else 0)
                    spaced = True
            elif isinstance(item, (int, float)):
                x -= item * dxscale
                spaced = True
        return (x, y)

    def render_char(
        self, matrix: Any, font: Any, fontsize: float, scaling: float, rise: float, cid: int, ncs: Any, graphicstate: Any
    ) -> float:
        """Called for vertical writing only: each character stands on its own."""
        style: _Style = self._style
        letter = style.face.letter(cid)
        self._counted()
        self._place(letter.text, 0, rise, style.size, matrix, style)
        return letter.width * style.wide

    def _place(self, text: str | None, x: float, y: float, advance: float, matrix: Any, style: _Style) -> None:
        """Keep one character in the frame of its direction, or say why it is not seen."""
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
        size, descent = style.size, style.face.descent
        glyph = Glyph(text, min(u0, u1), max(u0, u1), v - size * (1 - descent), v + size * descent, v, size, style.bold)
        cause = style.unseen
        if text == " ":  # programs set spaces in any size: it belongs to what is printed, and to what is not
            page.frames.setdefault(turn, []).append(glyph)
        else:
            cause = cause or self._cause(left, page.height - foot, glyph, style)
            if cause is None:
                page.frames.setdefault(turn, []).append(glyph)
        if cause is not None:
            self._lose(Lost(cause, turn, glyph, cause is Cause.INVISIBLE and self._render == _STENCIL))

    def _lose(self, lost: Lost) -> None:
        self._page.lost.append(lost)
        if lost.stencil:
            self._page.stencils = _LOOKS

    def _cause(self, x: float, y: float, glyph: Glyph, style: _Style) -> Cause | None:
        """Why a character is not seen where it stands: `x` and `y` are its left and its base from the page's top left."""
        x0, top, x1, bottom = self._bounds
        if not (x0 <= x <= x1 and top <= y <= bottom):
            return Cause.OUTSIDE
        # What counts is what lies behind the middle of the letter.
        middle = x + (glyph.x1 - glyph.x0) / 2
        return Cause.COLOUR if style.suspect and self._backdrop.hides(middle, y - style.size * 0.3, style.colour) else None
