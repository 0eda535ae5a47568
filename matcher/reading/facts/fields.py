"""The field in which a job post wants experience: line of work, concept, channel, line of business, sector and market."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
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
_LABEL = re.compile(r"(?P<label>[^.;:!\n•()]{3,60})[:(]\s*$")
"""What stands before a colon or a bracket that opens with the length: "Payroll processing: 2 years", "Verint (2 years)"."""
_WITH = re.compile(r"\s*with\b", re.IGNORECASE)
_OR_ELSE = re.compile(r"[\s,(]*or\s+(?:(?:an?y?|in|in\s+an?y?|with)\s+)?(\w+)", re.IGNORECASE)
_BY_NAME = "concepts"

Named = tuple[int, int, str]
"""A concept met at `[start, end)` of a clause."""


@dataclass(frozen=True, slots=True)
class Field:
    """What a phrase says of a field: within a list any one is enough, of several lists each counts."""

    families: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    lines_of_business: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    market: str | None = None
    concepts: tuple[str, ...] = ()

    def named(self) -> frozenset[str]:
        """The lists that say something."""
        return frozenset(f.name for f in fields(self) if getattr(self, f.name))


@dataclass(frozen=True, slots=True)
class FieldReader:
    """Reads fields by `posts.toml`, table `fields`, and by the words of job titles."""

    rules: Mapping[str, Any]
    titles: TitleReader

    def around(
        self, text: str, start: int, end: int, barred: Sequence[int], named: Sequence[Named] = (), *, bare: bool
    ) -> tuple[Field, ...]:
        """The fields of experience printed at `[start, end)` of a clause, as alternatives; `barred`: where other demands begin.

        What stands behind a length of time says it, else what stands before ("voice experience of at least 1 year"); `bare`
        experience is told by both. `named` are the concepts of the clause.
        """
        stop = min((offset for offset in barred if offset >= end), default=len(text))
        begin = max((offset for offset in barred if offset < start), default=0)
        before = begin + max((m.end() for m in _BACK.finditer(text[begin:start])), default=0)
        last = min(stop, end + _LONGEST)
        after = start + len(self._after(text[start:last]))
        if bare:
            return self.read(text, before, after, named)
        spans = [(start, after), *self._with(text, after, last), (before, start)]
        if not begin and (label := _LABEL.search(text[:start])):
            spans.append(label.span("label"))
        wide = _OR_ELSE.match(text, end) or _OR_ELSE.match(text, after)
        known = () if wide and wide[1].casefold() in self.rules["wider"] else named
        return next((found for span in spans if (found := self.read(text, *span, known))), ())

    def read(self, text: str, start: int, end: int, named: Sequence[Named] = ()) -> tuple[Field, ...]:
        """The fields that `[start, end)` of a text names, as alternatives; one where each of them speaks of the same list.

        Concepts narrow a field only where every alternative has one: "payroll or a related field" is wider than payroll.
        """
        parts = list(self._alternatives(text, start, end, named))
        if any(self._widens(phrase) for phrase, found in parts if not found.named()):
            parts = [(phrase, replace(found, concepts=())) for phrase, found in parts]
        told = [found for _, found in parts if found.named()]
        lists = [found.named() - {_BY_NAME} for found in told]
        if len(told) == 2 and all(lists) and not lists[0] & lists[1] and not {p.market for p in told} - {None}:
            return tuple(told)
        if not all(found.concepts for found in told):
            told = [kept for found in told if (kept := replace(found, concepts=())).named()]
        return (_merged(told),) if told else ()

    def _alternatives(self, text: str, start: int, end: int, named: Sequence[Named]) -> Iterator[tuple[str, Field]]:
        """What stands between the words that part alternatives, each with its field."""
        cuts = [match.span() for match in _OR.finditer(text, start, end)]
        for a, b in zip([start, *(b for _, b in cuts)], [*(a for a, _ in cuts), end], strict=True):
            inside = [(x - a, y - a, concept) for x, y, concept in named if a <= x and y <= b]
            yield text[a:b], self._one(text[a:b], inside)

    def _widens(self, phrase: str) -> bool:
        """Whether an alternative names no field but opens the one beside it."""
        return wording(self.rules["wider"]).search(phrase) is not None

    def _after(self, text: str) -> str:
        closed, stop, end = _CLOSED.search(text), _STOP.search(text), wording(self.rules["ends"]).search(text)
        cuts = [closed.end() if closed else len(text), stop.start() if stop else len(text), end.start() if end else len(text)]
        return text[: min(cuts)]

    def _with(self, text: str, start: int, last: int) -> Iterator[tuple[int, int]]:
        """What experience of no other field is "with": "5 years of experience with QuickBooks"."""
        begun = _WITH.match(text, start, last)
        if begun and not wording(self.rules["ends"]).match(text, start + 1):
            yield begun.end(), begun.end() + len(self._after(text[begun.end() : last]))

    def _one(self, phrase: str, named: Sequence[Named]) -> Field:
        rest, found = phrase, {}
        markets = [name for name, texts in self.rules["markets"].items() if wording(texts).search(phrase)]
        for table in ("ignored", "lines_of_business", "sectors"):
            rows: Mapping[str, Sequence[str]] = self.rules[table]
            found[table] = tuple(name for name, texts in rows.items() if wording(texts).search(rest))
            taken = wording([text for name in found[table] for text in rows[name]])
            named = [one for one in named if not any(m.start() < one[1] and one[0] < m.end() for m in taken.finditer(rest))]
            rest = taken.sub(lambda m: " ; ".center(len(m[0])), rest)
        sense = self.titles.read(" ".join(self._capital(rest)))
        lines = tuple(dict.fromkeys((*found["lines_of_business"], *sense.lines_of_business)))
        known = sense.family and sense.strength >= _TELLS_FAMILY and sense.family not in self.rules["general_families"]
        family = (sense.family,) if sense.family and known else ()
        concepts = tuple(dict.fromkeys(id for _, _, id in named))
        return Field(family, sense.channels, lines, found["sectors"], next(iter(markets), None), concepts)

    def _capital(self, phrase: str) -> Iterator[str]:
        """Words but for those that name a field only in capitals ("it")."""
        return (word for word in phrase.split() if word.strip(",.()") not in self.rules["capitals"])


def in_field(leaf: Requirement, field: Field) -> dict[str, Any]:
    """What a field adds to a leaf."""
    return {f.name: getattr(field, f.name) for f in fields(Field) if getattr(field, f.name) and not getattr(leaf, f.name)}


def in_any_field(leaf: Requirement) -> bool:
    """Whether a leaf says in what field; what it is in by name alone stands beside it as a skill."""
    return any(getattr(leaf, f.name) for f in fields(Field) if f.name != _BY_NAME)


def _merged(parts: Sequence[Field]) -> Field:
    names = ("families", "channels", "lines_of_business", "sectors", "concepts")
    lists = {name: tuple(dict.fromkeys(item for part in parts for item in getattr(part, name))) for name in names}
    return Field(**lists, market=next((part.market for part in parts if part.market), None))
