"""A job post cut into clauses, each with the kind of its section, and the wordings that the rules look for in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from matcher.reading.units import units
from matcher.records import Section

# Posts copied from web pages lose the line ends of their lists: "team playerStrong phone skills", "(preferred)Two years".
_GLUE = re.compile(
    r"(?<=[a-z]{3})(?=[A-Z][a-z])|(?<=[a-z0-9]\))(?=[A-Z])|(?<=[a-z]{3}[.;])(?=[A-Z])"
    r"|(?<=[a-z]{3}[.;])(?=[-–]\s)|(?<=\w)[ ]*(?=[•·●✔])|(?<=[a-z]{4})(?=\d+\s*(?:[-–+]|year|yr|month))"
)
_CAPITAL_INSIDE = re.compile(r"[A-Z][a-z]{1,8}[A-Z]")
"""A name of two words in one; longer first words are headings that lost their line end ("QualificationsPrior")."""
_OPENERS = " \t\n\r•·●○✔✅*>-–—▪"


_OF_LISTS: dict[int, tuple[list[str], re.Pattern[str]]] = {}
"""The patterns of lists of the taxonomy by the lists' identity: to hash a long list takes longer than to search for it."""
_MOST_LISTS = 512
_BLANK = r"(?:(?!‒)[\\s\\-‐-–])+"
"""Blanks, hyphens and dashes. Named one by one they would take twice as long to compile, in two thousand places."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One demand or statement of a post: `[start, end)` of the text, its words and the kind of section it stands in."""

    start: int
    end: int
    text: str
    section: str


def clauses(text: str, sections: Sequence[Section]) -> tuple[Clause, ...]:
    """Sentences and list items, also where the list's line ends are lost; those of the last few texts are kept."""
    return _clauses(text, tuple(sections))


@lru_cache(maxsize=4)
def _clauses(text: str, sections: tuple[Section, ...]) -> tuple[Clause, ...]:
    return tuple(
        Clause(start, end, text[start:end], _kind_at(sections, start))
        for unit in units(text)
        for start, end in _unglued(text, unit.start, unit.end)
    )


def _unglued(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    cuts = [m.start() for m in _GLUE.finditer(text, start, end) if not _is_name(text, m.start())]
    for first, last in zip([start, *cuts], [*cuts, end], strict=True):
        while first < last and text[first] in _OPENERS:
            first += 1
        while first < last and text[last - 1].isspace():
            last -= 1
        if first < last:
            yield first, last


def _is_name(text: str, cut: int) -> bool:
    """Whether the capital at `cut` stands inside a name such as "PowerPoint": the word before it is capitalised itself."""
    begin = cut
    while begin > 0 and text[begin - 1].isalpha():
        begin -= 1
    return begin < cut and text[begin].isupper() and bool(_CAPITAL_INSIDE.match(text, begin))


def _kind_at(sections: Sequence[Section], offset: int) -> str:
    return next((s.kind for s in reversed(sections) if s.start <= offset), "other")


def wording(texts: Iterable[str]) -> re.Pattern[str]:
    """A case-blind pattern for any of these phrases as whole words; a blank fits any run of blanks or hyphens."""
    if not isinstance(texts, list):
        return _wording(tuple(texts))
    known = _OF_LISTS.get(id(texts))
    if known is None or known[0] is not texts:
        if len(_OF_LISTS) >= _MOST_LISTS:
            _OF_LISTS.clear()
        known = _OF_LISTS[id(texts)] = (texts, _wording(tuple(texts)))
    return known[1]


@lru_cache(maxsize=256)
def _wording(texts: tuple[str, ...]) -> re.Pattern[str]:
    if not texts:
        return re.compile(r"(?!)")
    parts = [
        re.sub(r"(?:\\?[ ]|\\-)+", _BLANK, re.escape(text.replace("’", "'"))) for text in sorted(texts, key=len, reverse=True)
    ]
    body = "|".join(parts).replace("'", "['’]")
    return re.compile(rf"(?<![\w])(?:{body})(?!\w)", re.IGNORECASE)
