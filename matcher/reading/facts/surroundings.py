"""What stands around a measured result: how long it covers, whose it is, and whether it can be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from matcher.reading.facts.page import Span, one_line
from matcher.records import Fact

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_LEVEL = 100.0
_BEHIND = 24
"""Characters behind a result in which its owner may be named ("... for my team")."""


class Surroundings:
    """Built from `rules["facts"]["kpi"]`: its tables `period`, `scope` and `limits`, and the metrics' concepts."""

    def __init__(self, own: Mapping[str, Any]) -> None:
        period, scope = own["period"], own["scope"]
        self._rate, self._before, self._stretch, self._date, self._parts = (
            re.compile(period[key], re.IGNORECASE) for key in ("rate", "before", "stretch", "date", "parts")
        )
        self._after: int = period["after"]
        self._words: Mapping[str, str] = period["words"]
        self._team, self._own, self._hands = (re.compile(scope[key], re.IGNORECASE) for key in ("team", "own", "hands"))
        self._of_metric = {name: key for key in ("handled", "mine", "theirs") for name in scope[key]}
        self._by = re.compile(own["by"], re.IGNORECASE)
        self._limits: Mapping[str, Any] = own["limits"]
        self._level = {row["name"] for row in own["metric"]} - set(self._limits["wide"])
        self._concepts = {str(row.get("name") or row["metric"]): row.get("concept") for row in (*own["metric"], *own["pattern"])}

    def describe(self, text: str, clause: Span, found: Fact) -> Fact:
        """`found` with concept, period, scope and doubtful; `clause` is the part of the sentence it stands in."""
        name = str(found.value["metric"]).partition(":")[0]
        period = self._period(text, clause, found)
        scope = self._scope(text, clause, found, name)
        told = {"concept": self._concepts.get(name), "period": period, "scope": scope}
        return replace(found, value={**found.value, **told, "doubtful": self._doubtful(found, name, period, scope)})

    def _period(self, text: str, clause: Span, found: Fact) -> str | None:
        m = self._rate.search(text, found.start, found.end) or self._before.search(text, clause[0], found.start)
        if m is None:
            tail = min(max(clause[1], found.end), found.end + self._after)
            near = (p.search(text, found.end, tail) for p in (self._rate, self._stretch, self._date))
            hits = [hit for hit in near if hit and not self._parts.search(text, found.end, hit.start())]
            hits += [hit for p in (self._stretch, self._date) if (hit := p.search(text, found.start, found.end))]
            m = min(hits, key=lambda hit: hit.start(), default=None)
        if m is None:
            return None
        printed = next(one_line(part).casefold() for part in m.groups() if part)
        return self._words.get(printed, printed)

    def _scope(self, text: str, clause: Span, found: Fact, name: str) -> str | None:
        kind = self._of_metric.get(name)
        if kind == "theirs":
            return "team"
        before = text[clause[0] : found.end]
        if self._team.search(before) or self._team.search(text, found.end, min(clause[1], found.end + _BEHIND)):
            return "team"
        own = self._own.search(before) or kind == "mine" or (kind == "handled" and self._hands.search(before))
        return "own" if own else None

    def _doubtful(self, found: Fact, name: str, period: str | None, scope: str | None) -> bool:
        value = str(found.value["value"])
        numbers = [float(n.replace(",", "")) for n in _NUMBER.findall(value)]
        if not numbers:
            return False
        top, unit = max(numbers), str(found.value["unit"] or "").casefold()
        if unit == "%":
            return self._too_much(found, name, value, top)
        if unit.startswith("/"):
            return top > float(unit.lstrip("/ ") or 10)
        if name == "calls":
            return scope != "team" and top > float(self._limits["calls"].get(period or "day", top))
        if name == "NPS":
            return bool(top > self._limits["nps"][1])
        if name == "Average handle time":
            return not self._bearable(value, top, unit)
        return False

    def _too_much(self, found: Fact, name: str, value: str, top: float) -> bool:
        """More than all: no level can be, and nothing falls by more than all there was."""
        if top <= _LEVEL:
            return False
        changed = self._by.search(found.text[: max(0, found.text.rfind(value))]) is not None
        return bool(found.value["direction"] == "down") or (name in self._level and not changed)

    def _bearable(self, value: str, top: float, unit: str) -> bool:
        """Whether a call may take so long; a number without a unit may be seconds or minutes."""
        low, high = (float(limit) for limit in self._limits["seconds"])
        if ":" in value:
            return top <= high / 60
        if unit.startswith("min"):
            return low <= top * 60 <= high
        if unit.startswith("sec"):
            return low <= top <= high
        return not unit and (low <= top <= high or low <= top * 60 <= high)
