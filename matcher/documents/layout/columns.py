"""In which order the segments of a page are read: columns, margins, tables, or plainly row by row."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from matcher.documents.layout.pages import Rule
from matcher.documents.layout.segments import Segment

_GUTTER = 6.0
"""Least width of a gutter, in points."""
_INDENT = 40.0
"""A column begins at least this far to the right of the text's left edge."""
_DEEPEST = 6
_MOST = 3000
"""Beyond this many segments a page is a drawing, and no columns are looked for."""
_PAGE_LONG = 12
"""A right column of this many lines belongs to the page, a shorter one to a list inside it."""
_NAME = 1.25
"""A name is larger than the text beside it by at least this factor."""
_HEAD_LONG = 8
"""Name, headline and ways to reach a person take no more segments than this."""
_PARTS_LONG = 5
"""The same of a column with gaps in it."""


@dataclass(frozen=True, slots=True)
class _Band:
    """A stretch of the page with a gutter: what stands above it, on its left, on its right and below it."""

    above: list[Segment]
    left: list[Segment]
    right: list[Segment]
    below: list[Segment]
    margin: bool
    lines: int


def blocks(segments: Sequence[Segment], rules: Sequence[Rule], first: bool = False, depth: int = 0) -> Iterator[list[Segment]]:
    """Groups of segments in reading order; inside a group they are read row by row.

    On the `first` page the name, set larger than all else, is read before a column to its left.
    """
    ordered = sorted(segments, key=lambda s: (s.base, s.x0))
    band = _best_band(ordered, rules) if depth < _DEEPEST and 4 <= len(ordered) <= _MOST else None
    if band is None:
        if ordered:
            yield ordered
        return
    yield from blocks(band.above, rules, first, depth + 1)
    if band.margin:
        yield from _margin(band, rules, depth)
    else:
        head = _head(band) if first and not band.above else []
        if head:
            yield head
        yield from blocks(band.left, rules, first and not head, depth + 1)
        yield from blocks(band.right[len(head) :], rules, depth=depth + 1)
    yield from blocks(band.below, rules, depth=depth + 1)


def _head(band: _Band) -> list[Segment]:
    """The name at the top of the right column, if it is larger than all on the left, with what stands close below it."""
    found: list[Segment] = []
    others = max(segment.size for segment in (*band.left, *band.right[1:]))
    if band.right[0].size < _NAME * max(segment.size for segment in band.left) or band.right[0].size < others:
        return []
    for segment in band.right:
        if found and segment.base - found[-1].base > 1.6 * max(segment.size, found[-1].size):
            return found
        found.append(segment)
        if len(found) > _HEAD_LONG:
            break
    return []


def _margin(band: _Band, rules: Sequence[Rule], depth: int) -> Iterator[list[Segment]]:
    """Each block of the margin, followed by what stands beside it."""
    for start, end in _paragraphs(band.left, _distance(band.right)):
        beside = [s for s in band.right if start - _slack(s) <= s.base < end - _slack(s)]
        yield [s for s in band.left if start <= s.base < end]
        yield from blocks(beside, rules, depth=depth + 1)


def _slack(segment: Segment) -> float:
    return 0.35 * segment.size


def _distance(segments: Sequence[Segment]) -> float:
    """How far apart the lines of a text mostly are, in em."""
    lines = _lines(segments)
    found = sorted((b - a) / segments[0].size for a, b in pairwise(lines) if b - a > 0.8 * segments[0].size)
    return found[len(found) // 4] if found else 1.2


def _paragraphs(segments: Sequence[Segment], usual: float) -> Iterator[tuple[float, float]]:
    """Where the blocks of a margin begin and end, given the distance of lines; the first takes in all that stands above it."""
    starts = [segments[0].base]
    for before, segment in pairwise(segments):
        if segment.base - before.base > min(1.9, 1.15 * max(usual, 1.0)) * segment.size:
            starts.append(segment.base)
    ends = [*starts[1:], float("inf")]
    starts[0] = float("-inf")
    yield from zip(starts, ends, strict=True)


def _best_band(ordered: Sequence[Segment], rules: Sequence[Rule]) -> _Band | None:
    found = [band for x in _candidates(ordered) for band in _bands(ordered, rules, x)]
    return max(found, key=lambda band: band.lines, default=None)


def _candidates(ordered: Sequence[Segment]) -> Iterator[float]:
    """Left edges that several segments share, away from the left edge of all."""
    edges = sorted(s.x0 for s in ordered)
    start = 0
    for i in range(1, len(edges) + 1):
        if i == len(edges) or edges[i] - edges[i - 1] > 2.0:
            if i - start >= 2 and edges[start] > edges[0] + _INDENT:
                yield edges[start]
            start = i


def _bands(ordered: Sequence[Segment], rules: Sequence[Rule], x: float) -> Iterator[_Band]:
    """The stretches in which nothing crosses the strip to the left of `x` and that read as columns."""
    crossing = [s.base for s in ordered if s.x0 < x - 3 and s.x1 > x - _GUTTER]
    ruled = [rule.top for rule in rules if rule.x0 < x - _INDENT and rule.x1 > x + _INDENT]
    beside = [s for s in ordered if not (s.x0 < x - 3 and s.x1 > x - _GUTTER)]
    # Rules across the page end columns, but a margin with the sections' names goes on beyond them.
    for walls in (sorted(crossing + ruled), sorted(crossing)) if ruled else (sorted(crossing),):
        runs: dict[int, list[Segment]] = {}
        for segment in beside:
            runs.setdefault(bisect_right(walls, segment.base), []).append(segment)
        for place, run in runs.items():
            band = _band(ordered, run, x, last=place == len(walls))
            if band is not None and (band.margin or len(walls) == len(crossing) + len(ruled)):
                yield band


def _band(ordered: Sequence[Segment], run: Sequence[Segment], x: float, last: bool) -> _Band | None:
    right = [s for s in run if s.x0 >= x - 3]
    if len(right) < 2:
        return None
    first, end = right[0].base - _slack(right[0]), right[-1].base + _slack(right[-1])
    if last and _belongs_to_page(right):
        end = float("inf")
    left = [s for s in run if s.x0 < x - 3 and first <= s.base <= end]
    margin = _verdict(left, right) if left else None
    if margin is None:
        return None
    if margin is False:
        after = [s for s in run if s.x0 < x - 3 and s.base > end]
        left += _rest_of_list(left, after) if left[0].bullet else _rest_of_paragraph(left, after)
    inside = {id(s) for s in [*left, *right]}
    above = [s for s in ordered if s.base < first and id(s) not in inside]
    below = [s for s in ordered if s.base >= first and id(s) not in inside]
    return _Band(above, left, right, below, margin, len(_lines(left)) + len(_lines(right)))


def _rest_of_list(left: Sequence[Segment], after: Sequence[Segment]) -> list[Segment]:
    """The items (and their wrapped lines) by which a list is longer than the one to its right."""
    found: list[Segment] = []
    edge, base = min(s.x0 for s in left), left[-1].base
    for segment in after:
        item = segment.bullet and abs(segment.x0 - edge) < 3
        if segment.base - base > 2.0 * segment.size or not (item or segment.x0 > edge + 3):
            break
        found.append(segment)
        base = segment.base
    return found


def _rest_of_paragraph(left: Sequence[Segment], after: Sequence[Segment]) -> list[Segment]:
    """The lines by which a text goes on beyond the column to its right, up to the next gap."""
    found: list[Segment] = []
    base = left[-1].base
    for segment in after:
        if segment.base - base > 1.6 * segment.size:
            break
        found.append(segment)
        base = segment.base
    return found


def _belongs_to_page(right: Sequence[Segment]) -> bool:
    """True of a column that stands for itself, unlike one of a list inside the page: it is long, or has several parts."""
    lines = _lines(right)
    return len(lines) >= _PAGE_LONG or (
        len(lines) >= _PARTS_LONG and not right[0].bullet and _run_length(right, lines) < len(lines)
    )


def _lines(segments: Sequence[Segment]) -> list[float]:
    """The baselines of segments sorted by baseline, each once."""
    found: list[float] = []
    for segment in segments:
        if not found or segment.base - found[-1] > _slack(segment):
            found.append(segment.base)
    return found


def _run_length(segments: Sequence[Segment], lines: Sequence[float]) -> float:
    """The mean number of lines that stand close below one another."""
    size = segments[len(segments) // 2].size
    return len(lines) / (1 + sum(b - a > 2.0 * size for a, b in pairwise(lines)))


def _share(segments: Sequence[Segment], test: Callable[[Segment], bool]) -> float:
    return sum(map(test, segments)) / len(segments)


def _listed(segment: Segment) -> bool:
    return segment.bullet


def _dated(segment: Segment) -> bool:
    return len(segment.text) <= 30 and any(char.isdigit() for char in segment.text)


def _verdict(left: Sequence[Segment], right: Sequence[Segment]) -> bool | None:
    """False for columns, True for a margin with text beside it, None for rows (a table, or dates set to the right)."""
    lefts, rights = _lines(left), _lines(right)
    few = min(len(lefts), len(rights))
    listed = _share(left, _listed) > 0.6 and _share(right, _listed) > 0.6
    if few < (2 if listed else 3):
        return None
    level = sum(any(abs(a - b) < 0.35 * right[0].size for a in lefts) for b in rights)
    level += sum(not s.text and any(abs(a - s.base) < s.size for a in lefts) for s in right)  # a table has air around its cells
    if listed or level < 0.7 * few:
        return False
    tables = sum((s.bottom - s.top) / s.size for s in right if not s.text)
    if _run_length(left, lefts) < 1.6 and len(lefts) < 0.6 * (len(rights) + tables / 1.3):
        return True
    table = len(right) > 1.6 * len(rights)
    pairs = _share(left, lambda s: s.text.endswith(":")) > 0.5 or _share(right, lambda s: s.text.startswith(":")) > 0.5
    dated = _share(right, _dated) >= 0.5 or _share(left, _dated) >= 0.5
    if _run_length(right, rights) < 1.6 or table or pairs or dated:
        return None
    return False
