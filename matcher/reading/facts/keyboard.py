"""Typing speed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from matcher.reading.facts.page import Page, fact
from matcher.records import Fact

_LEAST = 10
_NEAR = 40
"""Characters on each side of a speed in which its accuracy stands."""


class TypingReader:
    """Built from `rules["facts"]["keyboard"]`."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        own = rules["facts"]["keyboard"]
        self._wpm = re.compile(own["wpm"], re.IGNORECASE)
        self._after = re.compile(rf"\b{own['wpm_after']}", re.IGNORECASE)
        self._kph = tuple(re.compile(own[key], re.IGNORECASE) for key in ("kph", "kph_after"))
        self._accuracy, self._before = (re.compile(own[key], re.IGNORECASE) for key in ("accuracy", "accuracy_before"))
        self._most: int = own["most_wpm"]
        self._most_strokes: int = own["most_kph"]

    def read(self, page: Page) -> tuple[Fact, ...]:
        """Facts of kind "typing": {wpm, accuracy, doubtful} in words, or {kph, accuracy, doubtful} in key strokes an hour.

        The fastest come first. `accuracy` is a percentage or None. `doubtful` marks speeds beyond what people type; a zero or a
        template's "[Number] WPM" is nothing.
        """
        text = page.text
        spans = {m.start(1): m for pattern in (self._after, self._wpm) for m in pattern.finditer(text)}
        found = [self._fact(text, m, "wpm", self._most) for m in spans.values() if int(m[1]) >= _LEAST]
        found.sort(key=lambda f: (bool(f.value["doubtful"]), -int(f.value["wpm"] or 0), f.start))
        strokes = {m.start(1): m for pattern in self._kph for m in pattern.finditer(text)}
        return (*found, *(self._fact(text, m, "kph", self._most_strokes) for _, m in sorted(strokes.items())))

    def _fact(self, text: str, m: re.Match[str], unit: str, most: int) -> Fact:
        speed = int(m[1].replace(",", ""))
        line = max(text.rfind("\n", 0, m.start()) + 1, m.start() - _NEAR)
        told = self._accuracy.match(text, m.end(), m.end() + _NEAR) or self._before.search(text, line, m.start())
        right = float(told[1]) if told and float(told[1]) <= 100 else None
        span = (min(m.start(), told.start()), max(m.end(), told.end())) if told and right is not None else m.span()
        return fact("typing", text, span, {unit: speed, "accuracy": right, "doubtful": speed > most})
