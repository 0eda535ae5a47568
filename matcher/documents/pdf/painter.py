"""What a page paints besides text: backgrounds, covers, table rules, drawn bullets and images."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from pdfminer.pdfdevice import PDFTextDevice

from matcher.documents.colours import Colour, alike
from matcher.documents.layout.pages import Area, Cover, Mark, Page, Rule, sides_of
from matcher.documents.pdf.ink import Backdrop, as_colour
from matcher.documents.pdf.paint import Clip, PaintState

_RECTANGLES = ("mlll", "mlllh", "mllll", "mllllh")
_ROUNDED = ("mlclclclch", "mclclclclh", "mlclclclc", "mclclclcl", "mlclclclclh", "mlclclclcl", "mclclclch", "mclclclc")
_SEE_THROUGH = ("SMask", "Mask", "ImageMask", "IM", "SMaskInData")
"""Keys of images through which the page may be seen."""
_DRAWING = 2000
"""A path of more steps than this draws a picture: no bullet, plain background or rule."""
_MOST_SHAPES = 5000
"""Bullets, lines and covers that are looked for on a page: one with more is a drawing."""
_LEAST = 72.0
"""No page is smaller, in points."""
_WHITE = (1.0, 1.0, 1.0)


class Painter(PDFTextDevice):
    """Collects what is painted on `Page`s; `layers_off` are the object numbers of layers that are not shown."""

    def __init__(self, manager: Any, layers_off: frozenset[int] = frozenset()) -> None:
        super().__init__(manager)
        self.layers_off = layers_off
        self.hushed = False
        self.outer: tuple[PaintState, int] | None = None
        self.pages: list[Page] = []
        self._outer_matrices: list[Any] = []

    def begin_page(self, page: Any, ctm: Any) -> None:
        """Open a page; pdfminer has turned and shifted it so that its box starts at (0, 0)."""
        x0, y0, x1, y1 = (float(v) for v in page.mediabox)
        wide, high = abs(x1 - x0), abs(y1 - y0)
        if page.rotate in (90, 270):
            wide, high = high, wide
        self._page = Page(len(self.pages) + 1, wide, high)
        self._backdrop = Backdrop()
        self._seen = _shown(page, ctm, Area(0.0, 0.0, wide, high))
        self.pages.append(self._page)

    def _area(self, points: Sequence[tuple[float, float]]) -> Area:
        """The box of points given in user space."""
        a, b, c, d, e, f = self.ctm or (1, 0, 0, 1, 0, 0)
        xs = [a * x + c * y + e for x, y in points]
        ys = [self._page.height - (b * x + d * y + f) for x, y in points]
        return Area(min(xs), min(ys), max(xs), max(ys))

    def paint_path(self, graphicstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Sequence[Any]) -> None:
        """Remember filled shapes (backgrounds, bullets) and straight lines (table rules)."""
        if self.hushed or (fill and not stroke and graphicstate.clear):
            return
        if len(path) > _DRAWING:
            self._painted(self._area([step[-2:] for step in path if len(step) > 2]), None, exact=False)
            return
        starts = [i for i, step in enumerate(path) if step[0] == "m" or i == 0]
        for start, end in pairwise([*starts, len(path)]):
            steps = path[start:end]
            points = [tuple(step[i : i + 2]) for step in steps for i in range(1, len(step) - 1, 2)]
            if len(points) > 1:
                kind = "".join(str(step[0]) for step in steps) if fill else ""
                self._shape(self._area(points), kind, stroke, graphicstate, alone=len(starts) == 1)

    def _shape(self, area: Area, filled: str, stroke: bool, state: Any, alone: bool) -> None:
        """Keep one shape for what it may be; `filled` are the steps of its path if it is filled."""
        wide, high = area.x1 - area.x0, area.bottom - area.top
        if max(len(self._page.rules), len(self._page.marks)) > _MOST_SHAPES:
            return
        if high <= 2 and wide >= 20:
            self._page.rules.append(Rule(area.x0, area.bottom, area.x1, area.bottom))
        elif wide <= 2 and high >= 6:
            self._page.rules.append(Rule(area.x0, area.top, area.x0, area.bottom))
        elif 1 <= wide <= 8 and 1 <= high <= 8 and 0.6 < wide / high < 1.7:
            self._page.marks.append(Mark(*area))
        elif high > 3 and wide > 3:
            if stroke:
                self._page.rules += sides_of(area)
            if filled:
                self._filled(area, filled, state, alone)
            return
        self._thin(area, stroke, bool(filled), state)

    def _filled(self, area: Area, steps: str, state: Any, alone: bool) -> None:
        """A filled shape: a background for what follows, and perhaps a cover for what went before."""
        if state.clear:
            return
        exact = steps in _RECTANGLES and state.opaque
        if alone and state.opaque and state.ncs.name != "Pattern" and (exact or steps in _ROUNDED):
            self._cover(area if exact else _inner(area), state.clip)
        self._painted(area, as_colour(state.ncolor, state.ncs.name) if state.opaque else None, exact)

    def _painted(self, area: Area, colour: Colour | None, exact: bool) -> None:
        """Paint a background; a stencil is seen where something else than white is painted through it."""
        self._backdrop.add(area, colour, exact)
        if self._page.stencils and not alike(colour, _WHITE):
            self._page.release(area)

    def _thin(self, area: Area, stroke: bool, fill: bool, state: Any) -> None:
        """A line or a dot; thick lines are drawn to be bars."""
        if fill:
            self._backdrop.add_thin(area, as_colour(state.ncolor, state.ncs.name), exact=False)
        half = _number(state.linewidth) * math.sqrt(abs(_determinant(self.ctm))) / 2
        if stroke and half > 1.5:
            x0, top, x1, bottom = area
            bar = Area(x0 - half, top - half, x1 + half, bottom + half)
            self._painted(bar, as_colour(state.scolor, state.scs.name), exact=False)

    def _cover(self, area: Area, clip: Clip | None) -> None:
        """Note what hides the text before it, unless it is cut to an odd shape or there is no text yet."""
        frames = self._page.frames
        if any(frames.values()) and len(self._page.covers) < _MOST_SHAPES:
            seen = _clipped(area, clip, self._page.height)
            if seen is not None:
                self._page.covers.append(Cover(seen, {turn: len(glyphs) for turn, glyphs in frames.items()}))

    def render_image(self, name: str, stream: Any) -> None:
        """Remember where an image lies; what it shows is unknown."""
        if self.hushed:
            return
        area = self._area([(0, 0), (1, 0), (0, 1), (1, 1)])
        state = self.outer[0] if self.outer else None
        self._page.images.append(area)
        if state is not None and state.opaque and not any(stream.get(key) for key in _SEE_THROUGH):
            self._cover(area, state.clip)
        self._painted(area, None, exact=False)

    def shade(self) -> None:
        """A gradient was painted somewhere: from here on the background of the whole page is unknown."""
        if not self.hushed:
            self._painted(Area(0, 0, self._page.width, self._page.height), None, exact=False)

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
        """Remember the matrix, which pdfminer does not restore after a form."""
        self._outer_matrices.append(self.ctm)

    def end_figure(self, name: str) -> None:
        """Restore the matrix."""
        self.ctm = self._outer_matrices.pop()


def _shown(page: Any, ctm: Any, whole: Area) -> Area:
    """The part of a page that viewers show, from its top left; the whole page where the file's crop box makes no sense."""
    a, b, c, d, e, f = ctm
    x0, y0, x1, y1 = (float(v) for v in page.cropbox)
    xs, ys = [a * x + c * y + e for x, y in ((x0, y0), (x1, y1))], [b * x + d * y + f for x, y in ((x0, y0), (x1, y1))]
    left, right = max(min(xs), 0.0), min(max(xs), whole.x1)
    top, bottom = max(whole.bottom - max(ys), 0.0), min(whole.bottom - min(ys), whole.bottom)
    return Area(left, top, right, bottom) if right - left > _LEAST and bottom - top > _LEAST else whole


def _inner(area: Area) -> Area:
    """What a box with round corners covers for certain."""
    round_off = 0.15 * min(area.x1 - area.x0, area.bottom - area.top)
    return Area(area.x0 + round_off, area.top + round_off, area.x1 - round_off, area.bottom - round_off)


def _number(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) else 0.0


def _determinant(ctm: Any) -> float:
    a, b, c, d, _, _ = ctm or (1, 0, 0, 1, 0, 0)
    return float(a * d - b * c)


def _clipped(area: Area, clip: Clip | None, height: float) -> Area | None:
    """What of an area is inside the clipping paths; None where one of them is no upright rectangle."""
    while clip is not None:
        steps = "".join(str(step[0]) for step in clip.path)
        a, b, c, d, e, f = clip.ctm
        if steps not in _RECTANGLES or ((b or c) and (a or d)):
            return None
        points = [step[-2:] for step in clip.path if len(step) > 2]
        xs, ys = [a * x + c * y + e for x, y in points], [height - (b * x + d * y + f) for x, y in points]
        area = Area(max(area.x0, min(xs)), max(area.top, min(ys)), min(area.x1, max(xs)), min(area.bottom, max(ys)))
        clip = clip.outer
    return area
