"""Lines of text to a `Document`, and the limits that every reader keeps."""

from __future__ import annotations

import hashlib
import math
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from matcher.documents.oddities import straightened
from matcher.documents.repair import closed, mended, unled
from matcher.documents.repeats import unrepeated
from matcher.errors import LimitError
from matcher.records import Document, Line, Notice


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may hold at most; beyond it a LimitError is raised, early where that can be told early.

    `max_unpacked`: bytes that the streams of a file unpack to. `max_drawn`: bytes of drawing instructions that are run.
    `max_seconds` bounds only what takes place outside of this process (OCR), and without `ocr` no picture is read at all.
    """

    max_pages: int = 100
    max_chars: int = 500_000
    max_bytes: int = 20 * 2**20
    max_unpacked: int = 64 * 2**20
    max_drawn: int = 16 * 2**20
    max_seconds: float = 20.0
    ocr: bool = True


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Draft:
    """A line before its place in the text is known; `lefts` and `rights` are empty or as long as the text.

    `pieces` says for a line put together of several printed ones where in it each begins and what its box is.
    """

    text: str
    apart: bool = False
    page: int = 1
    x0: float = 0.0
    top: float = 0.0
    x1: float = 0.0
    bottom: float = 0.0
    size: float = 0.0
    bold: bool = False
    lefts: array[float] | None = None
    rights: array[float] | None = None
    upended: bool = False
    pieces: tuple[tuple[int, float, float, float, float], ...] = ()

    def lines(self, at: int) -> Iterator[Line]:
        """The printed lines, of a text that starts at `at`."""
        pieces = self.pieces or ((0, self.x0, self.top, self.x1, self.bottom),)
        ends = [*(piece[0] for piece in pieces[1:]), len(self.text)]
        for (start, x0, top, x1, bottom), end in zip(pieces, ends, strict=True):
            x0, top, x1, bottom = _finite(x0), _finite(top), _finite(x1), _finite(bottom)
            size = _finite(self.size)
            yield Line(at + start, at + end, self.page, x0, top, x1, bottom, size, self.bold, self.upended)

    def short(self) -> Iterator[Draft]:
        """Itself, or, where it is longer than any line that people write, lines as long as those may be."""
        rest = self
        while len(rest.text) > _LONGEST:
            at = rest.text.rfind(" ", 1, _LONGEST) + 1 or _LONGEST
            yield rest._part(0, at)
            rest = replace(rest._part(at, len(rest.text)), apart=False)
        yield rest

    def _part(self, start: int, end: int) -> Draft:
        pieces = [(max(piece[0] - start, 0), *piece[1:]) for piece in self.pieces if piece[0] < end]
        first = sum(piece[0] == 0 for piece in pieces) - 1
        lefts = self.lefts[start:end] if self.lefts is not None else None
        rights = self.rights[start:end] if self.rights is not None else None
        return replace(self, text=self.text[start:end], lefts=lefts, rights=rights, pieces=tuple(pieces[max(first, 0) :]))


def _finite(value: float) -> float:
    """A length that a page can have; 0 for what a damaged file makes endless."""
    return value if -_FARTHEST < value < _FARTHEST else 0.0


_FARTHEST = 1e6
"""Points from a page's corner."""
_LONGEST = 4000
"""Characters of a line; the time that patterns take can grow with the square of a line's length."""


def check_length(count: int, limits: Limits) -> None:
    """Raise LimitError "too-long" if a text has more characters than allowed."""
    if count > limits.max_chars:
        raise LimitError(f"holds more than {limits.max_chars:,} characters; split it", "too-long")


def check_size(size: int, limits: Limits) -> None:
    """Raise LimitError "too-large" if a file has more bytes than allowed."""
    if size > limits.max_bytes:
        raise LimitError(f"is larger than {limits.max_bytes / 2**20:g} MiB; make it smaller or raise --max-bytes", "too-large")


def document(data: bytes, source: str, drafts: Iterable[Draft], pages: int = 1, warnings: Sequence[Notice] = ()) -> Document:
    """Put lines together; an empty line is printed before each line that stands apart, except the first.

    Characters that are not what they seem are read as people see them, and passages that are printed again and again once.
    """
    pieces: list[str] = []
    lines: list[Line] = []
    lefts, rights = array("f"), array("f")
    at = 0
    for draft in (part for whole in drafts for part in whole.short()):
        if draft.lefts is None:
            draft = replace(draft, text=unled(closed(draft.text)) or draft.text)
        between = "" if not lines else "\n\n" if draft.apart else "\n"
        pieces += [between, draft.text]
        at += len(between)
        lines.extend(draft.lines(at))
        at += len(draft.text)
        if draft.lefts is not None and draft.rights is not None:
            blank = [math.nan] * len(between)
            lefts.extend([*blank, *draft.lefts])
            rights.extend([*blank, *draft.rights])
    digest = hashlib.sha256(data).hexdigest()
    made = Document(source, digest, "".join(pieces), tuple(lines), pages, lefts, rights, tuple(warnings))
    return unrepeated(straightened(made))


def plain_drafts(text: str) -> list[Draft]:
    """The lines of a text that has no pages; empty lines become gaps, spaces at line ends go."""
    drafts: list[Draft] = []
    apart = False
    for line in mended(text).split("\n"):
        line = line.rstrip()
        if line.strip():
            drafts.append(Draft(line, apart))
            apart = False
        else:
            apart = True
    return drafts
