"""The field in which a job post wants experience: line of work, channel, line of business, sector and market."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from matcher.reading.facts.clauses import wording
from matcher.reading.titles import TitleReader
from matcher.records import Requirement

_OR = re.compile(r"\bor\b|/", re.IGNORECASE)
_CLOSED = re.compile(
    r"\b(?:experience|background|exposure)\b(?=\s*(?:[,.;(:]|$|and\b|with\b|plus\b|is\b|an?\b|required|preferred))", re.IGNORECASE
)
"""Where the field of experience is named before the word, what follows is something else ("BPO experience, good calls")."""
_STOP = re.compile(r"[.;!\n•]")
_BACK = re.compile(r"[.;:!\n•(]")
_TELLS_FAMILY = 2
"""Words of a phrase from which a family of work is taken; one alone ("sales", "accounts") names too many."""
_LONGEST = 110


@dataclass(frozen=True, slots=True)
class Field:
    """What a phrase says of a field: within a list any one is enough, of several lists each counts."""

    families: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    lines_of_business: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    market: str | None = None

    def named(self) -> frozenset[str]:
        """The lists that say something."""
        return frozenset(f.name for f in fields(self) if getattr(self, f.name))


@dataclass(frozen=True, slots=True)
class FieldReader:
    """Reads fields by `posts.toml`, table `fields`, and by the words of job titles."""

    rules: Mapping[str, Any]
    titles: TitleReader

    def around(self, text: str, start: int, end: int, barred: Sequence[int], *, bare: bool) -> tuple[Field, ...]:
        """The fields of experience printed at `[start, end)` of a clause, as alternatives; `barred`: where other demands begin.

        What stands behind a length of time says it, else what stands before ("voice experience of at least 1 year"); `bare`
        experience is told by both.
        """
        stop = min((offset for offset in barred if offset >= end), default=len(text))
        begin = max((offset for offset in barred if offset < start), default=0)
        after = self._after(text[start : min(stop, end + _LONGEST)])
        before = re.split(_BACK, text[begin:start])[-1]
        if bare:
            return self.read(f"{before} {after}")
        return self.read(after) or self.read(before)

    def read(self, phrase: str) -> tuple[Field, ...]:
        """The fields that a phrase names, as alternatives; one where each of them speaks of the same list."""
        parts = [found for part in _OR.split(phrase) if (found := self._one(part)).named()]
        if len(parts) == 2 and not parts[0].named() & parts[1].named() and not {p.market for p in parts} - {None}:
            return tuple(parts)
        return (_merged(parts),) if parts else ()

    def _after(self, text: str) -> str:
        closed, stop, end = _CLOSED.search(text), _STOP.search(text), wording(self.rules["ends"]).search(text)
        cuts = [closed.end() if closed else len(text), stop.start() if stop else len(text), end.start() if end else len(text)]
        return text[: min(cuts)]

    def _one(self, phrase: str) -> Field:
        rest, found = phrase, {}
        markets = [name for name, texts in self.rules["markets"].items() if wording(texts).search(phrase)]
        for table in ("ignored", "lines_of_business", "sectors"):
            rows: Mapping[str, Sequence[str]] = self.rules[table]
            found[table] = tuple(name for name, texts in rows.items() if wording(texts).search(rest))
            rest = wording([text for name in found[table] for text in rows[name]]).sub(" ; ", rest)
        sense = self.titles.read(" ".join(self._capital(rest)))
        lines = tuple(dict.fromkeys((*found["lines_of_business"], *sense.lines_of_business)))
        known = sense.family and sense.strength >= _TELLS_FAMILY and sense.family not in self.rules["general_families"]
        family = (sense.family,) if sense.family and known else ()
        return Field(family, sense.channels, lines, found["sectors"], next(iter(markets), None))

    def _capital(self, phrase: str) -> Iterator[str]:
        """Words but for those that name a field only in capitals ("it")."""
        return (word for word in phrase.split() if word.strip(",.()") not in self.rules["capitals"])


def in_field(leaf: Requirement, field: Field) -> dict[str, Any]:
    """What a field adds to a leaf."""
    return {f.name: getattr(field, f.name) for f in fields(Field) if getattr(field, f.name) and not getattr(leaf, f.name)}


def in_any_field(leaf: Requirement) -> bool:
    """Whether a leaf says in what field."""
    return any(getattr(leaf, f.name) for f in fields(Field))


def _merged(parts: Sequence[Field]) -> Field:
    names = ("families", "channels", "lines_of_business", "sectors")
    lists = {name: tuple(dict.fromkeys(item for part in parts for item in getattr(part, name))) for name in names}
    return Field(**lists, market=next((part.market for part in parts if part.market), None))
