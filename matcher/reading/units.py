"""Units of reading: printed lines joined to items (a bullet, a wrapped paragraph) and items cut into sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

_BULLET = re.compile(r"\s*(?:[•●○✅▪◦‣·*§➢➤✔✓■□–—>-]|\(?\d{1,2}[.)]|[a-z]\))\s+")
_SENTENCE_END = re.compile(r"[.!?;](?=\s)")
_ABBREVIATION = re.compile(
    r"\b(?:e\.g|i\.e|etc|vs|no|inc|ltd|st|mr|ms|mrs|dr|jr|sr|dept|approx|min|max|yrs?|mos?|hrs?|[A-Z])\.$", re.IGNORECASE
)
_ENDED = re.compile(r"[.!?:;|)]$")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|@")
_FULL = 0.72
"""A line this long, against the longest of its neighbourhood, has probably been wrapped rather than ended."""
_LONGEST = 2_000
"""A unit this long is cut at a comma or blank: reading it takes time that grows with the square of its length."""
_KEPT = 4
"""Several readers cut the same text one after the other."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence or list item: `[start, end)` of the text; `item` numbers the item that it is a part of."""

    start: int
    end: int
    item: int


def lines_of(text: str) -> tuple[tuple[int, int], ...]:
    """Offsets of the non-empty lines of a text, surrounding blanks excluded."""
    found = []
    position = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            start = position + line.index(stripped[0])
            found.append((start, start + len(stripped)))
        position += len(line) + 1
    return tuple(found)


@lru_cache(maxsize=_KEPT)
def items(text: str) -> tuple[tuple[int, int], ...]:
    """Lines joined to items: a line goes on with the next where it was filled up and the next does not begin anew."""
    joined: list[tuple[int, int]] = []
    lines = lines_of(text)
    longest = _local_longest(lines)
    wrapped = _local_wrapping(text, lines)
    for number, (start, end) in enumerate(lines):
        above = number - 1
        filled = longest[above] if number and (wrapped[above] or _BULLET.match(text[joined[-1][0] : joined[-1][0] + 9])) else None
        if number and _continues(text, lines[above], (start, end), filled):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def unwrapped(text: str) -> str:
    """The text with a blank in place of each line break inside an item; offsets stay what they are."""
    pieces: list[str] = []
    at = 0
    for start, end in items(text):
        pieces += [text[at:start], text[start:end].replace("\n", " ")]
        at = end
    return "".join([*pieces, text[at:]])


@lru_cache(maxsize=_KEPT)
def units(text: str) -> tuple[Unit, ...]:
    """Every sentence of every item, in order."""
    return tuple(
        Unit(*piece, number)
        for number, item in enumerate(items(text))
        for sentence in _sentences(text, *item)
        for piece in _pieces(text, *sentence)
    )


def unit_at(found: Sequence[Unit], offset: int) -> Unit | None:
    """The unit in which an offset lies; units are in text order."""
    place = bisect_right(found, offset, key=lambda unit: unit.start) - 1
    return found[place] if place >= 0 and offset < found[place].end else None


def _local_longest(lines: Sequence[tuple[int, int]]) -> list[int]:
    """For each line the length of the longest of the twelve around it: columns differ in width."""
    lengths = [end - start for start, end in lines]
    return [max(lengths[max(0, n - 6) : n + 7]) for n in range(len(lengths))]


def _local_wrapping(text: str, lines: Sequence[tuple[int, int]]) -> list[bool]:
    """For each line whether one of the twelve around it begins in lower case: where none does, lines are ended, not wrapped."""
    small = [text[start].islower() for start, _ in lines]
    return [any(small[max(0, n - 6) : n + 8]) for n in range(len(lines))]


def _continues(text: str, above: tuple[int, int], below: tuple[int, int], longest: int | None) -> bool:
    """`longest` is None where lines are not wrapped."""
    if "\n" in text[above[1] : below[0]].replace("\n", "", 1) or _BULLET.match(text[below[0] : below[1]]):
        return False
    first = text[below[0]]
    if first.islower() or first in "(,&":
        return text[above[1] - 1] not in ".!?:" or first.islower()
    if text[above[1] - 1] == "," or _list_goes_on(text, above, below):
        return True
    full = longest is not None and above[1] - above[0] >= max(40, _FULL * longest)
    return full and text[above[1] - 1] not in ".!?:;" and text[above[1] - 1] != "|"


def _list_goes_on(text: str, above: tuple[int, int], below: tuple[int, int]) -> bool:
    """Whether two lines of about one length, or the last of them shorter, are a list that commas divide."""
    one, other = text[slice(*above)], text[slice(*below)]
    if "," not in one or "," not in other or _ENDED.search(one) or _YEAR.search(one) or _YEAR.search(other):
        return False
    return len(one) >= 20 and len(other) <= 1.3 * len(one)


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for match in _SENTENCE_END.finditer(text, start, end):
        if text[match.start()] == "." and _ABBREVIATION.search(text, max(begin, match.start() - 7), match.end()):
            continue
        yield begin, match.end()
        begin = match.end()
        while begin < end and text[begin].isspace():
            begin += 1
    if begin < end:
        yield begin, end


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, cut where it is longer than any that a person writes: after a comma, else at a blank, else anywhere."""
    while end - start > _LONGEST:
        cut = start + _LONGEST
        for sign in (", ", "\n", " "):
            found = text.rfind(sign, start + 1, cut)
            if found > 0:
                cut = found + 1
                break
        yield start, start + len(text[start:cut].rstrip())
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end
