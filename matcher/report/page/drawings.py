"""Geometry of the pictures: where bars, bands and marks stand, in percent of the drawing."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from matcher.records import Fit
from matcher.report.records import BANDS, Placed
from matcher.report.waterfall import steps

BINS = 20
"""How many bars the distribution of scores has."""
_LEAST_PILE = 3.0
"""Percent of the drawing that the bar of a single candidate has, however many others there are."""
_FEW = 1000
"""So many candidates in a bar are too many for a figure above it."""
_LEAST_SPAN = 100.0
_NAMED = 13.0
"""Percent of the drawing that a band needs to bear its name."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch from left to right that belongs to a band; `name` is "" where it is too narrow to bear it."""

    band: int
    x: float
    width: float
    name: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A step of the sum: its points and the total after it in hundredths, and its stretch; `kind`: base, up, down or sum."""

    label: str
    points: int | None
    total: int
    kind: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Scale:
    """Totals in hundredths to percent of the drawing; one for all candidates of an opening, so that they can be compared."""

    least: float
    most: float
    marks: tuple[float, ...]

    @classmethod
    def around(cls, fits: Iterable[Fit], thresholds: Sequence[float]) -> Scale:
        """A scale that shows every step of these fits and where the bands begin."""
        marks = tuple(math.log(score / (1 - score)) * 100 for score in thresholds)
        totals = [float(step.total) for fit in fits for step in steps(fit)]
        values = [*totals, *marks] or [0.0]
        margin = max(_LEAST_SPAN, max(values) - min(values)) * 0.04
        return cls(min(values) - margin, max(values) + margin, marks)

    def percent(self, total: float) -> float:
        """Where a total stands."""
        return (total - self.least) / (self.most - self.least) * 100

    def zones(self) -> list[Zone]:
        """The bands from left to right; none where their limits are not known."""
        if len(self.marks) != len(BANDS) - 1:
            return []
        edges = [0.0, *(self.percent(mark) for mark in self.marks), 100.0]
        widths = [right - left for left, right in pairwise(edges)]
        return [Zone(band, edges[band], width, BANDS[band] if width >= _NAMED else "") for band, width in enumerate(widths)]


def bars(fit: Fit, scale: Scale) -> list[Bar]:
    """The base, each contribution and the sum; base and sum reach from the left edge to their total."""
    found: list[Bar] = []
    before = scale.least
    for place, step in enumerate(steps(fit)):
        start, end = scale.percent(before), scale.percent(step.total)
        kind = "up" if step.points >= 0 else "down"
        found.append(Bar(step.label, step.points, step.total, kind if place else "base", min(start, end), abs(end - start)))
        before = step.total
    found.append(Bar("sum", None, found[-1].total, "sum", 0.0, scale.percent(before)))
    return found


@dataclass(frozen=True, slots=True)
class Pile:
    """So many candidates of a band whose scores lie in one bin: a rectangle, measured from the top left."""

    band: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Figure:
    """How many candidates a bar has; where its middle and its top are."""

    count: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many candidates have which score: piles to draw with figures above them, the highest, and the same in words."""

    piles: tuple[Pile, ...]
    figures: tuple[Figure, ...]
    marks: tuple[float, ...]
    most: int
    words: str


def histogram(placed: Sequence[Placed]) -> Histogram:
    """The distribution of the scores of all candidates of an opening, by band."""
    counts = Counter((min(BINS - 1, int(one.fit.score * BINS)), one.band) for one in placed)
    heights = Counter[int]()
    for (place, _), count in counts.items():
        heights[place] += count
    most = max(heights.values(), default=0)
    piles: list[Pile] = []
    figures: list[Figure] = []
    step = 100 / BINS
    for place in sorted(heights):
        top, whole = 100.0, max(heights[place] / most * 100, _LEAST_PILE)
        for band in reversed(range(len(BANDS))):
            if count := counts[place, band]:
                height = count / heights[place] * whole
                top -= height
                piles.append(Pile(band, place * step + step * 0.06, top, step * 0.88, height))
        if heights[place] < _FEW:
            figures.append(Figure(heights[place], (place + 0.5) * step, top))
    words = "; ".join(f"{heights[place]} from {place / BINS:.2f} to {(place + 1) / BINS:.2f}" for place in sorted(heights))
    thresholds = placed[0].thresholds if placed else ()
    return Histogram(tuple(piles), tuple(figures), tuple(score * 100 for score in thresholds), most, words)


def shares(counts: Sequence[int]) -> list[Zone]:
    """A stretch for each band, as long as its share of all candidates, the best first."""
    whole, found, x = sum(counts) or 1, [], 0.0
    for band in reversed(range(len(counts))):
        width = counts[band] / whole * 100
        if width:
            found.append(Zone(band, x, width))
        x += width
    return found
