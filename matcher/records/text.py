"""A document's text and places, and what reading found in it."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What a document is read as."""

    RESUME = "resume"
    JOB = "job"


class Stance(StrEnum):
    """What a text says about a concept; the first four speak of candidates, the next three of job posts."""

    HELD = "held"
    LEARNING = "learning"
    DENIED = "denied"
    CONTEXT = "context"
    REQUIRED = "required"
    PREFERRED = "preferred"


CLAIMED = frozenset({Stance.HELD, Stance.LEARNING, Stance.REQUIRED, Stance.PREFERRED})
"""Stances that count for or ask of the candidate; the others are reported and never scored."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from the page's top left."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should know about a document: a stable code and one plain sentence.

    `place` is where on the page it is, and `text` the words that it is about, as far as there are any.
    """

    code: str
    message: str
    place: Box | None = None
    text: str = ""

    @property
    def sentence(self) -> str:
        """As people read it: what is the matter, and with which words."""
        return f"{self.message}: “{self.text}”" if self.text else self.message

    def data(self) -> dict[str, Any]:
        """As reports write it: what is not known is left out."""
        data: dict[str, Any] = {"code": self.code, "message": self.message}
        if self.place is not None:
            box = (self.place.x0, self.place.top, self.place.x1, self.place.bottom)
            data |= {"page": self.place.page, "box": [round(edge, 1) for edge in box]}
        return data | ({"text": self.text} if self.text else {})


TRICKS = frozenset(
    {
        "hidden-text",
        "repeated-text",
        "stuffed-metadata",
        "keyword-stuffing",
        "pasted-post",
        "machine-instruction",
        "odd-characters",
    }
)
"""Codes of notices about what is there for a machine and not for people."""


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its offsets (newline excluded), page (from 1) and, in PDFs, its box in points from the top left.

    `upended` is true of text that runs up or down the page: the edges of its characters are then heights.
    """

    start: int
    end: int
    page: int = 1
    x0: float = 0.0
    top: float = 0.0
    x1: float = 0.0
    bottom: float = 0.0
    size: float = 0.0
    bold: bool = False
    upended: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a file in reading order, and where each character stands.

    `lines` are in text order and do not overlap. `lefts` and `rights` hold each character's edges along its line, in points
    (NaN for characters that are not printed, such as newlines); both are empty where the format has no pages.
    """

    source: str
    sha256: str
    text: str
    lines: tuple[Line, ...]
    pages: int = 1
    lefts: array[float] = field(default_factory=lambda: array("f"), repr=False)
    rights: array[float] = field(default_factory=lambda: array("f"), repr=False)
    warnings: tuple[Notice, ...] = ()

    def page_of(self, start: int) -> int:
        """The page (from 1) on which the character at `start` stands."""
        page = 1
        for line in self.lines:
            if line.start > start:
                break
            page = line.page
        return page

    def boxes(self, start: int, end: int) -> Iterator[Box]:
        """One box for each printed line that `[start, end)` touches; nothing for a document without pages."""
        for line in self.lines:
            first, last = max(start, line.start), min(end, line.end)
            if first < last and self.lefts:
                xs = [x for x in self.lefts[first:last] if not math.isnan(x)]
                ends = [x for x in self.rights[first:last] if not math.isnan(x)]
                if xs and ends and line.upended:
                    yield Box(line.page, line.x0, min(xs), line.x1, max(ends))
                elif xs and ends:
                    yield Box(line.page, min(xs), line.top, max(ends), line.bottom)


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a document under one heading; `[start, end)` covers heading and body, `body` is where the body begins."""

    kind: str
    start: int
    body: int
    end: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept met in the text: by which alias, in which section and with which stance; `score` in (0, 1] is the trust in it."""

    concept: str
    text: str
    start: int
    end: int
    page: int
    section: str
    alias: str
    stance: Stance
    score: float


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A form that the context did not settle, with the ids of the concepts it may stand for; one id: it was doubted."""

    text: str
    start: int
    end: int
    page: int
    readings: tuple[str, ...]


OF_THE_PERSON = frozenset({"contact-name", "email", "phone", "link", "city", "personal"})
"""Kinds of facts that tell who someone is: no score sees the words that they stand on."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something read that is no concept: a job, a degree, a phone number. `value` holds plain scalars, keyed as the kind asks."""

    kind: str
    text: str
    start: int
    end: int
    value: Mapping[str, str | int | float | bool | None]


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was understood of one document, in plain records; nothing of spaCy leaves with it.

    `foreign` holds the passages of a resume, as offsets, that are not its owner's words: a job post that was pasted there.
    """

    document: Document
    kind: Kind
    sections: tuple[Section, ...]
    mentions: tuple[Mention, ...]
    ambiguous: tuple[Ambiguity, ...]
    facts: tuple[Fact, ...]
    warnings: tuple[Notice, ...] = ()
    foreign: tuple[tuple[int, int], ...] = ()
