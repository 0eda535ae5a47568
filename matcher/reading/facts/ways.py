"""Ways in: the alternatives of a job post that each ask for several things ("graduates, or undergraduates with one year")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matcher.reading.facts.clauses import Clause, wording
from matcher.reading.facts.durations import floors
from matcher.records import NO_EXPERIENCE, AllOf, AnyOf, Requirement

_CUT = re.compile(r";|\n\W*|\bor\b(?!\s+(?:more|above|higher|better|up|over|so)\b)|\balternatively\b", re.IGNORECASE)
_PARTS = frozenset({"education", "experience", "certification"})
_EMPTY = re.compile(r"^[\s,;:–—-]*$")


@dataclass(frozen=True, slots=True)
class Way:
    """One way in: the parts that it asks for in text order, and all leaves that it stands for."""

    parts: tuple[Requirement, ...]
    used: tuple[Requirement, ...]

    @property
    def timed(self) -> bool:
        """Whether it says how much experience is needed, if any."""
        return any(part.kind == "experience" for part in self.parts)

    @property
    def open(self) -> bool:
        """Whether it asks for nothing: no experience, and nothing else."""
        return all(part.value == NO_EXPERIENCE for part in self.parts)

    def node(self) -> Requirement | AllOf:
        """Its branch of the tree."""
        return self.parts[0] if len(self.parts) == 1 else AllOf(self.parts)


class WayReader:
    """Reads ways in by `posts.toml`, tables `ways` and `alternatives`; `order` has the levels of education, the lowest first."""

    def __init__(self, table: Mapping[str, Any], order: Sequence[str]) -> None:
        self._fresh = wording(table["ways"]["fresh"])
        self._condition = wording(table["ways"]["condition"])
        self._who = wording(table["ways"]["who"])
        self._without = wording(table["ways"]["without"])
        self._neutral = wording(table["alternatives"]["neutral"])
        self._order = tuple(order)

    def stretches(self, text: str, found: Sequence[Clause]) -> tuple[Clause, ...]:
        """The clauses of a post, those joined that list ways in one after the other."""
        joined: list[Clause] = []
        for clause in found:
            above = joined[-1] if joined else None
            if above and above.section == clause.section and self._goes_on(above.text, clause.text):
                joined[-1] = Clause(above.start, clause.end, text[above.start : clause.end], above.section)
            else:
                joined.append(clause)
        return tuple(joined)

    def _goes_on(self, above: str, below: str) -> bool:
        if re.match(r"or\b", below, re.IGNORECASE):
            return above[-1] not in ".!?:"
        begins = self._begins(below)
        told = self._fresh.search(above) or self._fresh.search(below)
        return bool(begins and told and self._who.search(above) and (floors(above) or floors(below)))

    def _begins(self, text: str) -> bool:
        return bool(self._who.match(text) or self._without.match(text))

    def spared(self, stretch: str) -> bool:
        """Whether what a stretch says of those without experience holds for one of its ways only, and on a condition."""
        pieces = [stretch[a:b] for a, b in self._pieces(stretch)]
        spared = any(self._fresh.search(piece) and self._conditional(piece) for piece in pieces)
        return spared and any(floors(piece) and not self._fresh.search(piece) for piece in pieces)

    def offered(self, stretch: str) -> bool:
        """Whether a stretch offers a way without experience beside one with: no contradiction."""
        pieces = [stretch[a:b] for a, b in self._pieces(stretch)]
        return any(self._fresh.search(piece) for piece in pieces) and any(
            floors(piece) and not self._fresh.search(piece) for piece in pieces
        )

    def _conditional(self, piece: str) -> bool:
        """Whether more is said of those without experience than that they may come."""
        found = self._fresh.search(piece)
        assert found is not None
        before = self._who.search(piece[: found.start()])
        return bool(before or self._condition.match(piece[found.end() :].lstrip()))

    def node(self, clause: Clause, leaves: Sequence[Requirement]) -> tuple[AnyOf, tuple[Requirement, ...]] | None:
        """The ways in that a clause offers, and the leaves that they stand for; None where it offers none of several parts."""
        ways = list(self._ways(clause, leaves))
        needs = {part.need for way in ways for part in way.parts}
        if len(ways) < 2 or len(needs) > 1 or not any(len(way.parts) > 1 for way in ways) or any(way.open for way in ways):
            return None
        if not all(way.timed for way in ways) and not self._traded(ways):
            return None
        return AnyOf(tuple(way.node() for way in ways)), tuple(leaf for way in ways for leaf in way.used)

    def _traded(self, ways: Sequence[Way]) -> bool:
        """Whether experience makes up for a lower level: else it is asked of all ("associate or bachelor, with one year")."""
        short = [way for way in ways if not way.timed]
        longer = [part for way in ways if way.timed for part in way.parts if part.kind != "experience"]
        levels = [self._level(part) for way in short for part in way.parts]
        if not longer or any(level is None for level in levels):
            return bool(longer)
        most = max((level for part in longer if (level := self._level(part)) is not None), default=len(self._order))
        return most < min(level for level in levels if level is not None)

    def _level(self, part: Requirement) -> int | None:
        return self._order.index(part.min_level) if part.min_level in self._order else None

    def _ways(self, clause: Clause, leaves: Sequence[Requirement]) -> Iterator[Way]:
        taken = [(leaf.start - clause.start, leaf.end - clause.start) for leaf in leaves]
        for begin, end in self._pieces(clause.text, taken):
            own = [leaf for leaf in leaves if leaf.kind in _PARTS and begin <= leaf.start - clause.start < end]
            parts = [part for part in self._once(own) if not self._denied(clause, part)]
            found = self._fresh.search(clause.text, begin, end)
            if found and not any(part.kind == "experience" for part in parts):
                start = clause.start + found.start()
                need = parts[0].need if parts else "required"
                fresh = Requirement(
                    "experience", need, value=NO_EXPERIENCE, text=found[0], start=start, end=start + len(found[0])
                )
                parts = sorted([fresh, *parts], key=lambda part: part.start)
            if parts:
                yield Way(tuple(parts), tuple(own))

    def _denied(self, clause: Clause, part: Requirement) -> bool:
        """Whether a way is for those who lack the thing: "non-CPA"."""
        before = clause.text[max(0, part.start - clause.start - 12) : part.start - clause.start]
        return any(not before[m.end() :].strip(" -") for m in self._without.finditer(before))

    def _once(self, leaves: Sequence[Requirement]) -> Iterator[Requirement]:
        """The leaves less all levels of education but the lowest, of which any is enough, and less what is named twice."""
        schooling = [leaf for leaf in leaves if leaf.kind == "education"]
        lowest = min(schooling, key=lambda leaf: self._level(leaf) or 0, default=None)
        met: set[str] = set()
        for leaf in leaves:
            if (leaf.kind != "education" or leaf is lowest) and leaf.concept not in met:
                met.update([leaf.concept] if leaf.concept else [])
                yield leaf

    def _pieces(self, text: str, taken: Sequence[tuple[int, int]] = ()) -> Iterator[tuple[int, int]]:
        quiet = [match.span() for match in self._neutral.finditer(text)] + list(taken)
        begin = 0
        for cut in _CUT.finditer(text):
            if any(a <= cut.start() < b for a, b in quiet) or _EMPTY.match(text[begin : cut.start()]):
                continue
            if cut[0].startswith("\n") and not self._begins(text[cut.end() :]):
                continue
            yield begin, cut.start()
            begin = cut.end()
        yield begin, len(text)
