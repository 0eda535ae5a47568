"""When a candidate could start."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from matcher.reading.facts.page import Page, fact, one_line
from matcher.records import Fact

_HEADINGS = re.compile(r"notice|availab", re.IGNORECASE)


class NoticeReader:
    """Built from `rules["facts"]["notice"]`."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        own = rules["facts"]["notice"]
        self._patterns = tuple(re.compile(rf"\b{own[key]}", re.IGNORECASE) for key in ("period", "period_reversed"))
        self._immediate = re.compile(own["immediate"], re.IGNORECASE)
        self._alone = re.compile(own["alone"], re.IGNORECASE)

    def read(self, page: Page) -> tuple[Fact, ...]:
        """At most one fact of kind "notice", value {notice}: the period as printed, or "immediate"."""
        for pattern in self._patterns:
            m = pattern.search(page.text)
            if m:
                return (fact("notice", page.text, m.span(), {"notice": one_line(m[1]).casefold()}),)
        m = self._immediate.search(page.text)
        if m:
            return (fact("notice", page.text, m.span(), {"notice": "immediate"}),)
        return self._under_heading(page)

    def _under_heading(self, page: Page) -> tuple[Fact, ...]:
        """A period alone on the line below a heading "Notice"."""
        for i, (start, end) in enumerate(page.lines[:-1]):
            if end - start < 24 and _HEADINGS.search(page.text, start, end):
                m = self._alone.match(page.text[slice(*page.lines[i + 1])])
                if m:
                    below = page.lines[i + 1][0]
                    return (fact("notice", page.text, (below + m.start(1), below + m.end(1)), {"notice": m[1].casefold()}),)
        return ()
