"""Offsets of a resume's text as a browser counts them."""

from __future__ import annotations

import re
from bisect import bisect_left

from matcher.unseen import harmless

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Places:
    """Offsets of a text, which count characters, as a browser counts them, which is in units of UTF-16."""

    def __init__(self, text: str) -> None:
        self.text: str = harmless(text)
        self._wide = [found.start() for found in _ASTRAL.finditer(self.text)]

    def units(self, offset: int) -> int:
        """The offset in units of UTF-16 into the harmless text."""
        return offset + bisect_left(self._wide, offset)
