"""What page content gives to the device, by pdfminer's own interpreter and by the package's, and what the package keeps of it."""

from __future__ import annotations

import math
from io import BytesIO
from itertools import zip_longest
from typing import Any, NamedTuple

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

from matcher.documents.layout.pages import Page, turned
from matcher.documents.pdf.faces import Face
from matcher.documents.pdf.glyphs import GlyphDevice
from matcher.documents.pdf.interpreter import QuickInterpreter
from matcher.documents.repair import BULLET, PICTURE


class Shown(NamedTuple):
    """One character as a device gets it: its box is the start of its baseline, the way along it and the way up, in points."""

    page: int
    cid: int
    text: str | None
    font: str
    face: Any
    size: float
    box: tuple[float, ...]
    render: int

    @property
    def facts(self) -> tuple[Any, ...]:
        """All but the font itself, which every reading makes anew."""
        return (*self[:4], *self[5:])


class Recorder(PDFTextDevice):
    """Writes down each character, each painted path and each image."""

    layers_off: frozenset[int] = frozenset()
    hushed = False
    outer = None

    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager)
        self.characters: list[Shown] = []
        self.painted: list[Any] = []
        self._page, self._render = -1, 0
        self._outer_matrices: list[Any] = []

    def begin_page(self, page: Any, ctm: Any) -> None:
        """Count pages."""
        self._page += 1

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        """Go pdfminer's way."""
        self._render = textstate.render
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(
        self, matrix: Any, font: Any, fontsize: float, scaling: float, rise: float, cid: int, ncs: Any, graphicstate: Any
    ) -> float:
        """Write a character down."""
        advance = float(font.char_width(cid) * fontsize * scaling)
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            text = None
        a, b, c, d, e, f = matrix
        start, foot = c * rise + e, d * rise + f
        box = (start, foot, a * advance, b * advance, c * fontsize, d * fontsize)
        self.characters.append(Shown(self._page, cid, text, str(font.fontname), font, fontsize, box, self._render))
        return advance

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
        """Remember the matrix, which pdfminer does not restore after a form."""
        self._outer_matrices.append(self.ctm)

    def end_figure(self, name: str) -> None:
        """Restore the matrix."""
        self.ctm = self._outer_matrices.pop()

    def paint_path(self, graphicstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Any) -> None:
        """Write a path down."""
        self.painted.append((stroke, fill, evenodd, list(path), self.ctm))

    def render_image(self, name: str, stream: Any) -> None:
        """Write an image down."""
        self.painted.append(("image", self.ctm, stream.get("Width", stream.get("W"))))


def recorded(data: bytes, kind: type[PDFPageInterpreter]) -> Recorder | None:
    """What the pages of a PDF give to the device by an interpreter; None where it fails."""
    manager = PDFResourceManager()
    device = Recorder(manager)
    try:
        for page in PDFPage.get_pages(BytesIO(data)):
            kind(manager, device).process_page(page)
    except Exception:  # pdfminer fails with anything
        return None
    return device


def difference(data: bytes) -> str | None:
    """The first thing in which the package's reading differs from pdfminer's; None if there is nothing, or pdfminer fails.

    Compared are what the interpreters give to a device, and the glyphs that the package's own device makes of it.
    """
    plain = recorded(data, PDFPageInterpreter)
    return None if plain is None else _differing(plain, recorded(data, QuickInterpreter)) or _misplaced(plain, data)


def _differing(plain: Recorder, quick: Recorder | None) -> str | None:
    if quick is None:
        return "only the quick one fails"
    characters, found = [shown.facts for shown in plain.characters], [shown.facts for shown in quick.characters]
    for one, other in ((characters, found), (plain.painted, quick.painted)):
        if one != other:
            place = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
            return f"at {place} of {len(one)} and {len(other)}: {one[place : place + 1]} {other[place : place + 1]}"
    return None


class KeepAll(GlyphDevice):
    """Takes nothing for hidden, so that the glyphs of a frame stand in the order of the file."""

    def _unseen(self, *_: Any) -> None:
        return None

    def _cause(self, *_: Any) -> None:
        return None

    def end_page(self, page: Any) -> None:
        """Leave what was painted over in its place."""


def _misplaced(plain: Recorder, data: bytes) -> str | None:
    """The first glyph that is not the character that pdfminer gives to a device, in its place; None if there is none."""
    manager = PDFResourceManager()
    device = KeepAll(manager, 10**9)
    for page in PDFPage.get_pages(BytesIO(data)):
        QuickInterpreter(manager, device).process_page(page)
    for number, page in enumerate(device.pages):
        expected: dict[int | None, list[tuple[Any, ...]]] = {}
        for shown in (shown for shown in plain.characters if shown.page == number):
            glyph = expected_glyph(shown, page)
            if glyph is not None:
                expected.setdefault(glyph[0], []).append(glyph[1:])
        expected.pop(None, None)
        for turn in expected.keys() | page.frames.keys():
            found = page.frames.get(turn, [])
            for one, other in zip_longest(expected.get(turn, []), ((g.text, g.x0, g.x1, g.base, g.size) for g in found)):
                if one is None or other is None or one[0] != other[0] or not all(map(near, one[1:], other[1:])):
                    return f"page {number}: {one} {other}"
    return None


def near(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-6) or not (math.isfinite(one) or math.isfinite(other))


def expected_glyph(shown: Shown, page: Page) -> tuple[Any, ...] | None:
    """Turn, text, start, end, base and size of the glyph for one character."""
    text = shown.text
    if text is None and shown.cid in (127, 128, 149):
        text = BULLET
    if not text:
        return None
    text = " " if text.isspace() else PICTURE if Face(shown.face).pictorial else text
    x, y, along, aslope, across, up = shown.box
    turn, start, base, end = turned(x, y, along, aslope, page)
    return turn, text, min(start, end), max(start, end), base, math.hypot(across, up)
