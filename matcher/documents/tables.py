"""Tables with drawn lines: the lines of a cell belong together, and so do the cells of a row."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from matcher.documents.pages import Rule
from matcher.documents.segments import Segment, joined

_MOST_LINES = 8
"""A box with more lines in a cell lays out a page and is no row of a table."""


def ruled_rows(group: Sequence[Segment], rules: Sequence[Rule]) -> tuple[list[Segment], list[Segment]]:
    """The rows of ruled tables, cells divided by tabs and their lines by spaces; and all segments that are in none."""
    upright = [rule for rule in rules if rule.x0 == rule.x1]
    flat = sorted((rule for rule in rules if rule.top == rule.bottom), key=lambda rule: rule.top)
    if len(upright) < 3 or len(flat) < 2:
        return [], list(group)
    rows: list[Segment] = []
    left = list(group)
    for above, below in _strips(flat):
        inside = [s for s in left if above < s.base <= below]
        middle = (above + below) / 2
        walls = sorted(rule.x0 for rule in upright if rule.top <= middle <= rule.bottom)
        row = _row(inside, walls)
        if row is not None:
            rows.append(row)
            taken = {id(s) for s in inside}
            left = [s for s in left if id(s) not in taken]
    return rows, left


def _strips(flat: Sequence[Rule]) -> list[tuple[float, float]]:
    """Top and bottom of the stretches between neighbouring horizontal lines."""
    heights = [flat[0].top]
    for rule in flat[1:]:
        if rule.top - heights[-1] > 4:
            heights.append(rule.top)
    return list(pairwise(heights))


def _row(inside: Sequence[Segment], walls: Sequence[float]) -> Segment | None:
    """One row of cells; None if the vertical lines divide nothing here or a cell is too tall."""
    cells: dict[int, list[Segment]] = {}
    for segment in sorted(inside, key=lambda s: (s.base, s.x0)):
        cells.setdefault(_cell(segment, walls), []).append(segment)
    if len(cells) < 2 or 0 in cells or len(walls) in cells or max(map(len, cells.values())) > _MOST_LINES:
        return None
    ordered = [segment for _, cell in sorted(cells.items()) for segment in cell]
    glue = [" " if _cell(a, walls) == _cell(b, walls) else "\t" for a, b in pairwise(ordered)]
    return joined(ordered, glue)


def _cell(segment: Segment, walls: Sequence[float]) -> int:
    """The number of the cell in which a segment begins."""
    return bisect_right(walls, segment.x0 + 1)
