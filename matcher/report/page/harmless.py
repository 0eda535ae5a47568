"""Texts of strangers made fit to be shown: what a page would obey and not show becomes visible, character by character."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Any

_PICTURES = 0x2400
_UNSHOWN = "\ufffd"
_OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls, escape sequences among them; tab and newline stay
    "\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f"  # what turns the direction of writing or ends a line
    "\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff"  # no characters, and annotations
    "\ud800-\udfff\U000e0000-\U000e007f]"  # halves of characters, and tags that nobody sees
)
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


def harmless(value: Any) -> Any:
    """The text with a visible sign in the place of each character that acts and is not seen; its length stays.

    What is no plain text (markup, figures) passes as it is.
    """
    return _OBEYED.sub(_sign, value) if type(value) is str else value


def _sign(found: re.Match[str]) -> str:
    code = ord(found[0])
    return "\u2421" if code == 0x7F else chr(_PICTURES + code) if code < 0x20 else _UNSHOWN


class Places:
    """Offsets of a text, which count characters, as a browser counts them, which is in units of UTF-16."""

    def __init__(self, text: str) -> None:
        self.text: str = harmless(text)
        self._wide = [found.start() for found in _ASTRAL.finditer(self.text)]

    def units(self, offset: int) -> int:
        """The offset in units of UTF-16 into the harmless text."""
        return offset + bisect_left(self._wide, offset)
