"""What people are told of the characters that a page holds and does not show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matcher.documents.hidden import Cause, hidden_notice
from matcher.documents.layout.lines import lines_of
from matcher.documents.layout.pages import Glyph, Lost, Page, upright
from matcher.records import Box, Notice

_LEAST = 3
"""Fewer letters than this are no text: a trade mark sign, a dot, a number that did not come out."""


def lost_notices(page: Page) -> Iterator[Notice]:
    """One notice for each reason why text of a page is not seen; a copy behind the same letters in sight is no news."""
    for cause in Cause:
        lost = [one for one in page.lost if one.cause is cause]
        if lost and (news := _without_shadows(lost, page)):
            frames: dict[int, list[Glyph]] = {}
            for one in news:
                frames.setdefault(one.turn, []).append(one.glyph)
            words = "\n".join(line.text for line in lines_of(Page(page.number, page.width, page.height, frames)))
            if sum(char.isalnum() for char in words) >= _LEAST:
                yield hidden_notice(cause, words, _place(news, page))


def _without_shadows(lost: Sequence[Lost], page: Page) -> list[Lost]:
    """Leave out letters that are seen at the same place: shadows, outlines, headings printed again on a panel."""
    seen: dict[tuple[int, str, int], list[Glyph]] = {}
    for turn, glyphs in page.frames.items():
        for glyph in glyphs:
            seen.setdefault((turn, glyph.text, round(glyph.base / _NEAR)), []).append(glyph)
    return [one for one in lost if one.glyph.text == " " or not _shadow(one, seen)]


_NEAR = 4.0


def _shadow(one: Lost, seen: dict[tuple[int, str, int], list[Glyph]]) -> bool:
    row = round(one.glyph.base / _NEAR)
    return any(
        abs(other.x0 - one.glyph.x0) < _NEAR
        for near in (row - 1, row, row + 1)
        for other in seen.get((one.turn, one.glyph.text, near), ())
    )


def _place(lost: Sequence[Lost], page: Page) -> Box:
    """The box around all of it."""
    glyphs = [(one.glyph, one.turn) for one in lost if one.glyph.text != " "]
    boxes = [upright((glyph.x0, glyph.top, glyph.x1, glyph.bottom), turn, page) for glyph, turn in glyphs]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(page.number, min(lefts), min(tops), max(rights), max(bottoms))
