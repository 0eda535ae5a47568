"""Text on which something was painted later, and text of which an image shows the print."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from matcher.documents.hidden import Cause
from matcher.documents.layout.pages import Glyph, Lost, Page, upright

_WORK = 2_000_000
"""A page on which looking under everything takes more steps than this is a drawing: in doubt its text is visible."""
_RAISE = 0.3
"""The middle of a letter stands this many em above its line."""


def uncovered(page: Page) -> None:
    """Take covered glyphs from the frames of a page to those that are lost, and OCR text the other way."""
    if page.covers:
        found = {turn: covered for turn in page.frames if (covered := _covered(page, turn))}
        printed = sum(map(len, page.frames.values()))
        count = sum(map(len, found.values()))
        if page.pictured and 2 * count > printed:
            page.scanned = True  # the page's image was laid over the text that a tool had read from it
        else:
            for turn, covered in found.items():
                _lose(page, turn, covered)
    _recognised(page)


def _lose(page: Page, turn: int, covered: set[int]) -> None:
    glyphs = page.frames[turn]
    page.lost += [Lost(Cause.COVERED, turn, glyph) for i, glyph in enumerate(glyphs) if i in covered]
    page.frames[turn] = [glyph for i, glyph in enumerate(glyphs) if i not in covered]


def _covered(page: Page, turn: int) -> set[int]:
    """Places in a frame of the glyphs whose middle a cover hides."""
    glyphs = page.frames[turn]
    middles = sorted((*_middle(glyph, turn, page), i) for i, glyph in enumerate(glyphs))
    heights = [height for height, _, _ in middles]
    found: set[int] = set()
    work = _WORK
    for area, before in page.covers:
        count = before.get(turn, 0)
        first, last = bisect_left(heights, area.top), bisect_right(heights, area.bottom)
        work -= max(last - first, 1)
        if work < 0:
            break
        found.update(i for _, x, i in middles[first:last] if i < count and area.x0 <= x <= area.x1)
    return found


def _middle(glyph: Glyph, turn: int, page: Page) -> tuple[float, float]:
    """Distance from the top and from the left of the page."""
    height = glyph.base - _RAISE * glyph.size
    x0, top, x1, bottom = upright((glyph.x0, height, glyph.x1, height), turn, page)
    return (top + bottom) / 2, (x0 + x1) / 2


def _recognised(page: Page) -> None:
    """Invisible text on a page that shows an image, and little else, is what an OCR tool read there."""
    unseen = [lost for lost in page.lost if lost.cause is Cause.INVISIBLE]
    if unseen and page.pictured and len(unseen) >= _on_images(page):
        page.scanned = True
        page.lost = [lost for lost in page.lost if lost.cause is not Cause.INVISIBLE]
        for lost in (lost for lost in unseen if lost.glyph.text != " "):
            page.frames.setdefault(lost.turn, []).append(lost.glyph)


def _on_images(page: Page) -> int:
    """How many visible glyphs stand on images."""
    large = [area for area in page.images if (area.x1 - area.x0) * (area.bottom - area.top) > 0.1 * page.width * page.height]
    count = 0
    for turn, glyphs in page.frames.items():
        for glyph in glyphs:
            top, x = _middle(glyph, turn, page)
            count += any(area.covers(x, top) for area in large)
    return count
