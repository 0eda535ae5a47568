"""Which string beside a date range is the job's title: cells, pieces and their scores."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from matcher.reading.facts.datepoints import alternatives
from matcher.reading.facts.page import Span, trim
from matcher.reading.titles import TitleReader

_WORD = re.compile(r"[^\W_][\w'’.&/+-]*")
_STRONG = r"\t|\s*\||\s{3,}|\s?[•·]\s?|\s;\s|;\s"
_WEAK = re.compile(r"(?:\s*,\s+|\s+[-–—－]\s+|\s*,(?=[A-Z])|\s+[-–—－](?=\w)|(?<=\w)[-–—－]\s+)(?![^()]*\))")
_BRACKETS = re.compile(r"\([^()]*\)?")
_MOST_WORDS = 14
_TWO_WORDS = 2
_SCOPED = 3
"""The lowest level whose bare word asks for what it is of: "Director, Supply Chain"."""
KNOWN = 2.0
"""A score from which on a string is a title by its words, not only by its place."""
NEARLY_KNOWN = KNOWN - 0.5
"""The score of words of level that come with some fault."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A string that may be the title: `slot` says where it stands (left, right, prev, next, column, label)."""

    span: Span
    slot: str
    score: float


class TitleJudge:
    """Cuts lines into cells and scores the pieces; built from `rules["facts"]["jobs"]`."""

    def __init__(self, rules: Mapping[str, Any], titles: TitleReader) -> None:
        own = rules["facts"]["jobs"]
        self._titles = titles
        self.placeholder = re.compile(own["placeholder"])
        self._strong = re.compile(rf"{_STRONG}|\s+(?:at|@)\s+(?=[A-Z])|\s*(?:{own['placeholder']})\s*")
        self._legal = re.compile(rf"\b(?:{alternatives(own['legal'])})\b\.?(?!\w)", re.IGNORECASE)
        self._ends = frozenset(own["employer_ends"])
        self._work = frozenset(own["title_ends"])
        self._places = re.compile(
            rf"(?:^|[\s,])(?:{alternatives(own['places'])})\.?$|(?:^|,\s*)[A-Z]{{2}}(?:\s+\d{{5}})?$", re.IGNORECASE
        )
        self._state = re.compile(r"(?:^|\W)[A-Z]{2}(?:\s+\d{5})?$")
        self._duties = frozenset(own["duty_starts"])
        self._headings = frozenset(h for listed in rules["headings"]["resume"]["exact"].values() for h in listed)
        self.score = lru_cache(maxsize=16384)(self._score)

    def known(self, title: str) -> bool:
        """Whether the words of a string tell a role family."""
        return self._titles.read(title).family is not None

    def duty(self, phrase: str) -> bool:
        """Whether a phrase opens as a duty does ("Managed ...", "Responsible for ...")."""
        first = _WORD.search(phrase)
        return first is not None and first.group().casefold().strip(".") in self._duties

    def cells(self, text: str, span: Span) -> tuple[Span, ...]:
        """The stretches of `span` between tabs, bars, wide gaps and anonymised employers."""
        found, a = [], span[0]
        for m in self._strong.finditer(text, *span):
            found.append(trim(text, (a, m.start())))
            a = m.end()
        found.append(trim(text, (a, span[1])))
        return tuple(cell for cell in found if cell[0] < cell[1])

    def best(self, text: str, span: Span, slot: str, whole: bool = False) -> Candidate | None:
        """The likeliest title of `text[span]`; the first of equals. `whole`: the employer is printed elsewhere."""
        cells = self.cells(text, span)
        whole = whole or len(cells) > 1 or self.placeholder.search(text, *span) is not None
        found = [c for i, cell in enumerate(cells) for c in self._of_cell(text, cell, slot, 0.5 * i, whole)]
        return max(found, key=lambda c: c.score, default=None)

    def _of_cell(self, text: str, cell: Span, slot: str, late: float, siblings: bool) -> Iterator[Candidate]:
        """A cell's readings: later cells and later pieces of a cell are less likely titles, whole cells more."""
        pieces = _pieces(text, cell)
        for i, piece in enumerate(pieces):
            yield Candidate(piece, slot, self.score(text[slice(*piece)]) - 0.8 * i - late + 0.5 * (len(pieces) == 1))
        for last in pieces[1:]:
            whole = (cell[0], last[1])
            if self._extends(text, pieces, last, siblings):
                yield Candidate(whole, slot, self.score(text[slice(*whole)]) - late + 0.5)

    def _extends(self, text: str, pieces: Sequence[Span], last: Span, siblings: bool) -> bool:
        """Whether the pieces up to `last` read as one title, rather than a title with its employer or place.

        After a bare level ("Director, Supply Chain Systems") comes what of, even where it ends as employers' names do.
        """
        head = text[slice(*pieces[0])]
        scoped = (self._titles.read(head).level or 0) >= _SCOPED and not self.known(head)
        tail = [text[slice(*p)] for p in pieces[1 : pieces.index(last) + 1]]
        if any(self._place(w) or (self._employer(w) and (not scoped or self._legal.search(w))) for w in tail):
            return False
        sense = self._titles.read(tail[-1])
        told = (sense.family is not None or sense.lines_of_business or sense.channels) and (siblings or not _name(tail[-1]))
        return bool(told) or scoped or (len(tail) == 1 and len(pieces) == 2 and siblings)

    def _employer(self, phrase: str) -> bool:
        ends = (_WORD.findall(piece)[-2:] for piece in _BRACKETS.sub(" ", phrase.casefold()).split(","))
        told = self._titles.read(phrase).strength > _TWO_WORDS
        named = any(w and w[-1].strip(".") in self._ends and not (told and " ".join(w) in self._work) for w in ends)
        return named or bool(self._legal.search(phrase))

    def _place(self, phrase: str) -> bool:
        return bool(self._places.search(phrase) and (len(phrase) > 3 or phrase.isupper())) or bool(
            self._state.search(phrase) and "," in phrase
        )

    def _score(self, phrase: str) -> float:
        words = _WORD.findall(phrase)
        if not words or len(words) > _MOST_WORDS or sum(c.isalpha() for c in phrase) < 2:
            return -9.0
        bare = _BRACKETS.sub(" ", phrase)
        sense = self._titles.read(bare if _WORD.search(bare) else phrase)
        score = 0.0
        if sense.family is not None:
            score = 2.7 + 0.3 * min(sense.strength, 3)
        elif sense.level is not None:
            score = KNOWN
        return score - self._faults(phrase, words)

    def _faults(self, phrase: str, words: list[str]) -> float:
        digits = sum(c.isdigit() for c in phrase)
        return (
            1.5 * (len(words) > 8)
            + 5.0 * (_BRACKETS.sub("", phrase).strip(" :").casefold() in self._headings)
            + 2.5 * self._employer(phrase)
            + 3.0 * self._place(phrase)
            + 1.5 * phrase[:1].islower()
            + 2.0 * (phrase.endswith(".") and len(words) > 3)
            + 3.0 * (len(words) > 2 and self.duty(phrase))
            + 1.0 * (digits > 3 or 3 * digits > len(phrase))
            + 0.05 * len(words)
        )


def _name(phrase: str) -> bool:
    """Whether a phrase of three words or more is written as names are, every long word with a capital."""
    long = [word for word in _WORD.findall(_BRACKETS.sub(" ", phrase)) if len(word) > _TWO_WORDS + 1]
    return not phrase[:1].islower() and len(long) > _TWO_WORDS and all(word[0].isupper() for word in long)


def _pieces(text: str, cell: Span) -> tuple[Span, ...]:
    """The stretches of a cell between commas and dashes outside of brackets."""
    found, a = [], cell[0]
    for m in _WEAK.finditer(text, *cell):
        found.append(trim(text, (a, m.start())))
        a = m.end()
    found.append(trim(text, (a, cell[1])))
    return tuple(p for p in found if p[0] < p[1])
