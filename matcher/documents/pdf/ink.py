"""Colours on a page: is a character lost on what lies behind it."""

from __future__ import annotations

import math
from typing import Any

from matcher.documents.colours import WHITE, Colour, alike
from matcher.documents.layout.pages import Area

_MANY = 20_000
_WORK = 2_000_000
"""A page of more shapes, or one on which the search for what lies behind text takes more steps, is a drawing."""


def as_colour(value: Any, space: str) -> Colour | None:
    """A pdfminer colour as RGB; None where that cannot be told (patterns, palettes, Lab, spot colours but for their lightest)."""
    if space in ("Pattern", "Indexed", "Lab"):
        return None
    parts = tuple(value) if isinstance(value, (tuple, list)) else (value,)
    if not all(isinstance(part, (int, float)) for part in parts):
        return None
    if space in ("Separation", "DeviceN"):
        return None if any(parts) else WHITE  # no ink at all leaves the paper
    if len(parts) == 1:
        return (float(parts[0]),) * 3
    if len(parts) == 3:
        return (float(parts[0]), float(parts[1]), float(parts[2]))
    if len(parts) == 4:
        cyan, magenta, yellow, key = (float(part) for part in parts)
        return ((1 - cyan) * (1 - key), (1 - magenta) * (1 - key), (1 - yellow) * (1 - key))
    return None


class Backdrop:
    """What has been painted on a page so far; the page itself is white."""

    def __init__(self) -> None:
        self._painted: list[tuple[Area, Colour | None, bool]] = []
        self._colours: set[Colour] = {WHITE}
        self._work = _WORK
        self.count = 0

    def add(self, area: Area, colour: Colour | None, exact: bool) -> None:
        """Paint a shape; `exact` = it fills its box, `colour` None = unknown (an image, a pattern)."""
        self.count += 1
        self.add_thin(area, colour, exact)
        if colour is not None:
            self._colours.add(colour)

    def add_thin(self, area: Area, colour: Colour | None, exact: bool) -> None:
        """Paint a line or a dot: many of them can make up a background, and none is one on which text would be hidden."""
        if len(self._painted) >= _MANY:
            area, colour, exact = Area(-math.inf, -math.inf, math.inf, math.inf), None, False
            self._painted.clear()
        self._painted.append((area, colour, exact))

    def may_hide(self, colour: Colour | None) -> bool:
        """Tell cheaply if text of this colour could be lost somewhere on the page."""
        return any(alike(colour, painted) for painted in self._colours)

    def hides(self, x: float, y: float, colour: Colour | None) -> bool:
        """True if text of this colour cannot be seen at the point; in doubt it can."""
        self._work -= len(self._painted)
        if self._work < 0:
            return False
        for area, painted, exact in reversed(self._painted):
            if area.covers(x, y):
                if not alike(colour, painted):
                    return False
                if exact:
                    return True
        return alike(colour, WHITE)
