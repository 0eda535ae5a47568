"""Glyphs to segments: stretches of one baseline without a wide gap, with spaces where the gaps say so."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from operator import itemgetter
from statistics import median
from typing import NamedTuple

from matcher.documents.layout.pages import Glyph, Mark, Rule
from matcher.documents.repair import BULLET, LEADER, PICTURE, mend

_WIDE = 1.2
"""A gap of this many em ends a segment."""
_SPACE = 0.17
"""A gap of this many em is a space where the file writes none."""
_SPACE_BESIDE_WRITTEN = 0.3
_TIGHT = 0.05
_SOFT = "\u00ad"
_LETTERS = 4
"""So many letters in a row, each by itself, are a word that is set wide."""
_RAISED = 0.45
"""A raised letter is at least this share of the size of the one before it; beside a smaller one stands an initial."""
_BULLETS = frozenset("•●▪◦■□○◆◇‣➢➤✓✔·*-–—→§»>") | {PICTURE}


_LEFT = itemgetter(Glyph._fields.index("x0"))
_BASE_AND_LEFT = itemgetter(Glyph._fields.index("base"), Glyph._fields.index("x0"))


class Piece(NamedTuple):
    """A part of a text that has lines of its own: where in the text it starts, and its box."""

    start: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Segment:
    """Printed text in one place; `lefts` and `rights` hold each character's edges (NaN for spaces that are not written).

    `pieces` is empty for text on one baseline, else it says which part of the text stands where.
    """

    text: str
    lefts: array[float]
    rights: array[float]
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    bold: bool
    pieces: tuple[Piece, ...] = ()

    @property
    def bullet(self) -> bool:
        """True if it begins with a bullet."""
        return self.text[:1] in _BULLETS and (len(self.text) == 1 or self.text[1] == " ")


def segments_of(glyphs: Sequence[Glyph], marks: Sequence[Mark], rules: Sequence[Rule]) -> list[Segment]:
    """The segments of a frame in the order of their baselines.

    `marks` become bullets where one stands before a segment; vertical `rules` end a segment.
    """
    found = []
    upright = [rule for rule in rules if rule.x0 == rule.x1]
    for row in _rows(_levelled(_initials_raised(glyphs))):
        walls = [rule.x0 for rule in upright if rule.top < row[0].base - 1 and rule.bottom > row[0].base - 1]
        found += _merged([_segment(stretch) for stretch in _stretches(row, walls)])
    return [_marked(segment, marks) for segment in found if segment.text]


def _initials_raised(glyphs: Sequence[Glyph]) -> Iterator[Glyph]:
    """Bring a letter that is several lines tall to the baseline of the first line beside it."""
    for glyph, after in zip_longest(glyphs, glyphs[1:]):
        if after is not None and glyph.size > 1.8 * after.size and 0.2 * glyph.size < glyph.base - after.base < glyph.size:
            beside = -0.1 * glyph.size < after.x0 - glyph.x1 < 0.5 * glyph.size
            yield glyph._replace(base=after.base) if beside and glyph.text.isalpha() else glyph
        else:
            yield glyph


def _levelled(glyphs: Iterator[Glyph]) -> list[Glyph]:
    """Bring superscripts and subscripts to the baseline of what they are attached to."""
    found: list[Glyph] = []
    before: Glyph | None = None
    raw = 0.0
    for glyph in glyphs:
        base = glyph.base
        if before is not None and base != before.base and -0.2 * before.size < glyph.x0 - before.x1 < 0.25 * before.size:
            smaller = _RAISED * before.size < glyph.size < 0.85 * before.size and abs(base - before.base) < 0.6 * before.size
            going_on = glyph.size == before.size and abs(base - raw) < 0.1 and before.base != raw
            if smaller or going_on:
                glyph = glyph._replace(base=before.base)
        before, raw = glyph, base
        found.append(glyph)
    return found


def _rows(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Glyphs of about one baseline, left to right."""
    row: list[Glyph] = []
    base = size = 0.0
    for glyph in sorted(glyphs, key=_BASE_AND_LEFT):
        if glyph.base != base and row and glyph.base - base > 0.35 * min(size, glyph.size):
            yield sorted(row, key=_LEFT)
            row = []
        if not row:
            base, size = glyph.base, glyph.size
        row.append(glyph)
    if row:
        yield sorted(row, key=_LEFT)


def _stretches(row: Sequence[Glyph], walls: Sequence[float]) -> Iterator[list[Glyph]]:
    """Cut a row at wide gaps and at vertical lines; written spaces survive only inside a stretch."""
    stretch: list[Glyph] = []
    space = last = None
    even = 0.0  # the distance of letters that are set far apart
    for glyph in row:
        if glyph.text.isspace():
            space = glyph if last else None
            continue
        if last:
            gap = glyph.x0 - last.x1
            if last.text == glyph.text and glyph.x0 - last.x0 < 0.15 * (glyph.x1 - glyph.x0) + 0.01:
                continue  # printed twice to look bold
            wide = gap > 0 and gap > max(_WIDE * max(last.size, glyph.size), 3.2 * even)
            even = gap if gap > 0.5 * last.size and not wide and last.text.isalpha() and glyph.text.isalpha() else 0.0
            parted = walls and (space is not None or gap > 0.1 * last.size)
            if wide or (parted and any(last.x1 - 1 <= wall <= glyph.x0 + 1 for wall in walls)):
                yield stretch
                stretch, space = [], None
        if space is not None:
            stretch.append(space)
            space = None
        stretch.append(glyph)
        last = glyph
    if stretch:
        yield stretch


def _gaps(printed: Sequence[Glyph]) -> list[float]:
    """The gap before each glyph, in em."""
    found = []
    end, before = printed[0].x0, 1.0
    for _, x0, x1, _, _, _, size, _ in printed:
        em = size if size > before else before
        found.append((x0 - end) / (em if em > 1.0 else 1.0))
        end, before = x1, size
    return found


def _spread(printed: Sequence[Glyph], written: int, usual: float) -> bool:
    """True if the letters are set apart, as in "S K I L L S"."""
    if len(printed) < 4 or (written < 0.6 * (len(printed) - 1) and usual <= _SPACE):
        return False
    return sum(len(g.text) == 1 and g.text.isalpha() for g in printed) >= 0.8 * len(printed)


def _segment(stretch: Sequence[Glyph]) -> Segment:
    printed = [g for g in stretch if g.text != " "]
    written = len(stretch) - len(printed)
    gaps = _gaps(printed)
    usual = max(median(gaps[1:]), 0.0) if len(gaps) > 1 else 0.0
    if _spread(printed, written, usual):
        limit, spaces = usual * 1.6 + 0.02, False
    else:
        limit = (_SPACE_BESIDE_WRITTEN if written else _SPACE) + (usual if usual > _TIGHT else 0.0)
        spaces = True
    return _built(stretch, gaps, limit, spaces)


def _built(stretch: Sequence[Glyph], gaps: Sequence[float], limit: float, spaces: bool) -> Segment:
    """Write the characters out, with a space where one is written (if `spaces`) or where the gap is over `limit` em."""
    text: list[str] = []
    lefts: list[float] = []
    rights: list[float] = []
    space = False
    gap = iter(gaps)
    for chars, x0, x1, *_ in stretch:
        if chars == " ":
            space = spaces
            continue
        if (next(gap) > limit or space) and text:
            text.append(" ")
            lefts.append(math.nan)
            rights.append(math.nan)
        space = False
        text.append(chars)
        if len(chars) == 1:
            lefts.append(x0)
            rights.append(x1)
        else:
            wide = (x1 - x0) / len(chars)
            lefts += [x0 + i * wide for i in range(len(chars))]
            rights += [x0 + (i + 1) * wide for i in range(len(chars))]
    return _boxed("".join(text), array("f", lefts), array("f", rights), [g for g in stretch if g.text != " "])


def _boxed(raw: str, lefts: array[float], rights: array[float], printed: Sequence[Glyph]) -> Segment:
    if raw.endswith(_SOFT) and len(raw) > 1 and raw[-2].isalpha():
        raw = raw[:-1] + "-"
    text, origin = (raw, array("i")) if raw.isascii() and raw.isprintable() else mend(raw)
    if text != raw:
        lefts, rights = array("f", (lefts[i] for i in origin)), array("f", (rights[i] for i in origin))
    text, lefts, rights = _without_leaders(*_without_pictures(text, lefts, rights))
    _, x0s, x1s, tops, bottoms, bases, sizes, bolds = zip(*printed, strict=True)
    box = (min(x0s), min(tops), max(x1s), max(bottoms))
    return Segment(text, lefts, rights, *box, bases[0], median(sizes), sum(bolds) * 2 > len(printed))


def _without_pictures(text: str, lefts: array[float], rights: array[float]) -> tuple[str, array[float], array[float]]:
    """Drop the pictures inside and the spaces at the ends; a picture that begins the text is a bullet."""
    if PICTURE not in text and text == text.strip():
        return text, lefts, rights
    kept = [i for i, char in enumerate(text) if char != PICTURE or i == 0]
    while kept and text[kept[-1]].isspace():
        kept.pop()
    while kept and text[kept[0]].isspace():
        kept.pop(0)
    new = "".join(BULLET if text[i] == PICTURE else text[i] for i in kept)
    return new, array("f", (lefts[i] for i in kept)), array("f", (rights[i] for i in kept))


def _without_leaders(text: str, lefts: array[float], rights: array[float]) -> tuple[str, array[float], array[float]]:
    """Put a tab in the place of the dots between a word and what stands far to its right."""
    if ".." not in text and "_" not in text and ". ." not in text:
        return text, lefts, rights
    leaders = list(LEADER.finditer(text))
    dropped = {i for leader in leaders for i in range(leader.start() + 1, leader.end())}
    tabs = {leader.start() for leader in leaders if leader.start() > 0 and leader.end() < len(text)}
    dropped |= {leader.start() for leader in leaders} - tabs
    kept = [i for i in range(len(text)) if i not in dropped]
    new = "".join("\t" if i in tabs else text[i] for i in kept)
    left, right = (array("f", (math.nan if i in tabs else side[i] for i in kept)) for side in (lefts, rights))
    return new, left, right


def joined(segments: Sequence[Segment], glue: Sequence[str]) -> Segment:
    """One segment of several, in the order given, `glue[i]` standing before segment i + 1."""
    first = segments[0]
    text, lefts, rights = [first.text], array("f", first.lefts), array("f", first.rights)
    for between, segment in zip(glue, segments[1:], strict=True):
        text += [between, segment.text]
        lefts.extend([*[math.nan] * len(between), *segment.lefts])
        rights.extend([*[math.nan] * len(between), *segment.rights])
    longest = max(segments, key=lambda s: len(s.text))
    return Segment(
        "".join(text),
        lefts,
        rights,
        min(s.x0 for s in segments),
        min(s.top for s in segments),
        max(s.x1 for s in segments),
        max(s.bottom for s in segments),
        longest.base,
        longest.size,
        all(s.bold for s in segments if s.text not in _BULLETS),
        _pieces(segments, glue),
    )


def _pieces(segments: Sequence[Segment], glue: Sequence[str]) -> tuple[Piece, ...]:
    """Where the parts of a joined text stand; nothing if all are on one baseline."""
    level = all(abs(s.base - segments[0].base) <= 0.4 * max(s.size, segments[0].size) and not s.pieces for s in segments)
    found: list[Piece] = []
    at = 0
    for segment, after in () if level else zip(segments, [*glue, ""], strict=True):
        own = segment.pieces or (Piece(0, segment.x0, segment.top, segment.x1, segment.bottom),)
        found += [piece._replace(start=piece.start + at) for piece in own]
        at += len(segment.text) + len(after)
    return tuple(found)


def _merged(segments: Sequence[Segment]) -> list[Segment]:
    """Join a bullet, a number or a lone colon with the text that it belongs to, however wide the gap."""
    found: list[Segment] = []
    for segment in _letters_closed(segments):
        if found and _belongs(found[-1], segment):
            found[-1] = joined([found[-1], segment], " ")
        else:
            found.append(segment)
    return found


def _letters_closed(segments: Sequence[Segment]) -> Iterator[Segment]:
    """Join letters that stand far apart at even distances: a heading set very wide."""
    run: list[Segment] = []
    for segment in [*segments, None]:
        if segment is not None and len(segment.text) == 1 and segment.text.isalpha() and (not run or run[0].size == segment.size):
            run.append(segment)
            continue
        yield from [_as_words(run)] if len(run) >= _LETTERS else run
        run = []
        if segment is not None:
            yield segment


def _as_words(letters: Sequence[Segment]) -> Segment:
    gaps = [b.x0 - a.x1 for a, b in pairwise(letters)]
    usual = median(gaps)
    return joined(letters, [" " if gap > 1.6 * usual else "" for gap in gaps])


def _belongs(one: Segment, other: Segment) -> bool:
    gap = other.x0 - one.x1
    if one.text in _BULLETS or (len(one.text) <= 3 and one.text[:-1].isalnum() and one.text[-1] in ".)"):
        return gap < 5 * other.size
    return other.text == ":" or one.text == ":" or (one.text.endswith(" :") and gap < 5 * other.size)


def _marked(segment: Segment, marks: Sequence[Mark]) -> Segment:
    """Write a bullet before a segment that has one drawn before it."""
    if segment.bullet:
        return segment
    for mark in marks:
        middle = (mark.top + mark.bottom) / 2
        near = segment.x0 - 3 * segment.size < mark.x1 <= segment.x0 + 0.5
        if near and segment.top < middle < segment.bottom:
            lefts = array("f", [mark.x0, math.nan, *segment.lefts])
            rights = array("f", [mark.x1, math.nan, *segment.rights])
            return replace(segment, text=f"{BULLET} {segment.text}", lefts=lefts, rights=rights, x0=mark.x0)
    return segment
