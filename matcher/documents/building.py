"""Lines of text to a `Document`, and the limits that every reader keeps."""

from __future__ import annotations

import hashlib
import math
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from matcher.documents.repair import closed, mended, unled
from matcher.errors import LimitError
from matcher.records import Document, Line, Notice


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may hold at most; beyond it a LimitError is raised, early where that can be told early."""

    max_pages: int = 100
    max_chars: int = 500_000
    max_bytes: int = 20 * 2**20


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
            yield Line(at + start, at + end, self.page, x0, top, x1, bottom, self.size, self.bold, self.upended)


def check_length(count: int, limits: Limits) -> None:
    """Raise LimitError "too-long" if a text has more characters than allowed."""
    if count > limits.max_chars:
        raise LimitError(f"holds more than {limits.max_chars:,} characters; split it", "too-long")


def check_size(size: int, limits: Limits) -> None:
    """Raise LimitError "too-large" if a file has more bytes than allowed."""
    if size > limits.max_bytes:
        raise LimitError(f"is larger than {limits.max_bytes / 2**20:g} MiB; make it smaller or raise --max-bytes", "too-large")


def document(data: bytes, source: str, drafts: Iterable[Draft], pages: int = 1, warnings: Sequence[Notice] = ()) -> Document:
    """Put lines together; an empty line is printed before each line that stands apart, except the first."""
    pieces: list[str] = []
    lines: list[Line] = []
    lefts, rights = array("f"), array("f")
    at = 0
    for draft in drafts:
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
    return Document(source, digest, "".join(pieces), tuple(lines), pages, lefts, rights, tuple(warnings))


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
