"""Printed lines that go on in the next are one line of text: a wrapped item, a sentence, a list that commas divide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import inf

from matcher.documents.layout.segments import Segment, joined

_NEAR = 0.45
"""Lines of one paragraph are parted by less than this many times what parts lines at the usual distance, in em."""
_LEVEL = 2.5
"""Points by which the left edges of a paragraph's lines may differ."""
_END = re.compile(r"[.!?:;|]$")
_DATED = re.compile(r"\b(?:19|20)\d\d\b")
_CUT = re.compile(r"([^\W\d_]+)-$")
_OPEN = frozenset({"and", "or", "of", "&", "with", "for", "in", "the", "a"})
"""No line ends with these: "EDUCATION AND" over "CREDENTIALS"."""
_BETWEEN = ("and", "or")
"""What follows a hyphen that stands for a word: "pre- and post-sales"."""
_REST = re.compile(r"[^\W\d_]+")
_BEGINNING = 15
_SHORT = 40
"""Things that are listed one a line take no more characters."""
_NUMBERED = re.compile(r"\(?\w{1,2}[.)]\s")


def paragraphs(rows: Sequence[Segment], usual: float, words: frozenset[str] = frozenset()) -> list[Segment]:
    """Rows of one block, those that a paragraph was wrapped into put together; `usual` is the distance of lines in em.

    A hyphen at a line's end stays, unless the word without it is one of the casefolded `words`.
    """
    edge = max((row.x1 for row in rows), default=0.0)
    wraps = any(_follows(a, b, edge, usual) and b.text[0].islower() for a, b in pairwise(rows))
    if any(_broken_early(a, b, edge, usual) for a, b in pairwise(rows)):
        edge = inf  # a list, one thing a line: no program breaks a line where the next word finds room
    found: list[Segment] = []
    last: Segment | None = None
    for row in rows:
        if last is not None and _wrapped(found[-1], last, row, edge, usual, wraps):
            found[-1] = _together(found[-1], row, words)
        else:
            found.append(row)
        last = row
    return found


def _together(text: Segment, row: Segment, words: frozenset[str]) -> Segment:
    """A text and its next line, a word that a hyphen parts at the line's end made whole."""
    cut = _CUT.search(text.text)
    rest = _REST.match(row.text)
    if cut is None or rest is None or rest[0] in _BETWEEN:
        return joined([text, row], " ")
    if f"{cut[1]}{rest[0]}".casefold() in words:
        text = replace(text, text=text.text[:-1], lefts=text.lefts[:-1], rights=text.rights[:-1])
    return joined([text, row], [""])


def _wrapped(text: Segment, last: Segment, row: Segment, edge: float, usual: float, wraps: bool) -> bool:
    """Whether `row` goes on with `text`, whose last printed line is `last`; `wraps` says that lines of the block do so."""
    if not _follows(last, row, edge, usual):
        return False
    if text.bullet:
        return row.x0 > text.x0 + _LEVEL and abs(row.x0 - text.lefts[2]) < 0.5 * row.size
    if abs(row.x0 - last.x0) >= _LEVEL or "\t" in last.text or _NUMBERED.match(row.text):
        return False
    if text.text[0].islower() and row.text[0].islower() and len(text.text) <= _SHORT:
        return False  # a list in small letters: prose would have begun with a capital
    return _goes_on(last.text, row.text, wraps)


def _follows(last: Segment, row: Segment, edge: float, usual: float) -> bool:
    """Whether a line stands close below a full one of the same look; a line is full if the next word finds no room in it."""
    if not _beneath(last, row, usual):
        return False
    full = edge - last.x1 < _first_word(row) + 0.2 * row.size
    return full or (_CUT.search(last.text) is not None and row.text[0].islower())


def _beneath(last: Segment, row: Segment, usual: float) -> bool:
    """Whether a line stands close below another of the same look."""
    if row.size != last.size or row.bold != last.bold or row.bullet or last.pieces or row.pieces or "\t" in row.text:
        return False
    return 0 < (row.base - last.base) / row.size < usual + _NEAR


def _broken_early(last: Segment, row: Segment, edge: float, usual: float) -> bool:
    """Whether small letters begin a line for whose first word there was ample room above, in short lines without a bullet."""
    if last.bullet or abs(row.x0 - last.x0) >= _LEVEL or max(len(last.text), len(row.text)) > _SHORT:
        return False
    room = edge - last.x1 - _first_word(row)
    return row.text[0].islower() and last.text[-1].isalnum() and room > 0.5 * row.size and _beneath(last, row, usual)


def _first_word(row: Segment) -> float:
    """How wide the first word is."""
    end = row.text.find(" ")
    return row.rights[end - 1 if end > 0 else len(row.text) - 1] - row.x0


def _goes_on(above: str, below: str, wraps: bool) -> bool:
    """Whether words go on from one full line to the next; a heading in capitals goes on in capitals only."""
    if above.isupper() and not below.isupper() and above.split()[-1].casefold() not in _OPEN:
        return False
    if below[0].islower() or below[0] == "(" or above.split()[-1].casefold() in _OPEN:
        return True
    if above[-1] == ",":
        return not _DATED.search(above)
    if _END.search(above) or _DATED.search(above) or _DATED.search(below, 0, _BEGINNING):
        return False
    return "," in above and ("," in below or (wraps and above.count(",") > 1))
