"""Typing speed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from matcher.reading.facts.page import Page, fact
from matcher.records import Fact


class TypingReader:
    """Built from `rules["facts"]["keyboard"]`."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        own = rules["facts"]["keyboard"]
        self._wpm = re.compile(own["wpm"], re.IGNORECASE)
        self._after = re.compile(rf"\b{own['wpm_after']}", re.IGNORECASE)
        self._kph = re.compile(own["kph"], re.IGNORECASE)
        self._most: int = own["most_wpm"]

    def read(self, page: Page) -> tuple[Fact, ...]:
        """Facts of kind "typing": {wpm, doubtful} in words, or {kph} in key strokes an hour; the fastest first.

        `doubtful` marks speeds beyond what people type; a zero or a template's "[Number] WPM" is nothing.
        """
        spans = {m.start(1): m for pattern in (self._after, self._wpm) for m in pattern.finditer(page.text)}
        found = [
            fact("typing", page.text, m.span(), {"wpm": int(m[1]), "doubtful": int(m[1]) > self._most})
            for m in spans.values()
            if int(m[1]) >= 10
        ]
        found.sort(key=lambda f: (bool(f.value["doubtful"]), -int(f.value["wpm"] or 0), f.start))
        strokes = [
            fact("typing", page.text, m.span(), {"kph": int(m[1].replace(",", ""))}) for m in self._kph.finditer(page.text)
        ]
        return tuple(found + strokes)
