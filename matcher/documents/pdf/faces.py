"""What a page needs to know of a font: its looks, and for each code the text that it prints and how wide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from pdfminer.pdffont import PDFUnicodeNotDefined

from matcher.documents.repair import BULLET, PICTURE

_HEAVY = ("bold", "black", "heavy", "demi", "semibd")
_PICTORIAL = ("wingdings", "webdings", "dingbats", "fontawesome", "icomoon", "materialicons")
_SHORT = 2
_LONGEST = 32
"""Characters that one code may print: a font can claim that a letter is a book."""


class Letter(NamedTuple):
    """What a code prints ("" for nothing, None if the font does not say), its width in em, and if it is stretched as a space."""

    text: str | None
    width: float
    space: bool


class Face:
    """A pdfminer font as the page sees it; `descent` is how far letters hang below the line, in em.

    `forward` is false once it had a letter of negative width.
    """

    def __init__(self, font: Any) -> None:
        name = str(font.fontname or "").lower()
        weight = font.descriptor.get("FontWeight", 400)
        self.bold = any(word in name for word in _HEAVY) or (isinstance(weight, (int, float)) and weight >= 600)
        self.descent = min(max(-font.get_descent(), 0.0), 0.4) or 0.2
        self.vertical = font.is_vertical()
        self.multibyte = font.is_multibyte()
        self.forward = True
        self.pictorial = any(word in name for word in _PICTORIAL)
        self._font = font
        self._letters: dict[int, Letter] = {}
        self.short: dict[bytes, Sequence[Letter]] = {}

    def letters(self, string: bytes) -> Sequence[Letter]:
        """What a string prints; short strings are kept in `short`, since many programs show each character on its own."""
        found = [self._letters.get(cid) or self.letter(cid) for cid in self._font.decode(string)]
        if len(string) <= _SHORT:
            self.short[string] = found
        return found

    def letter(self, cid: int) -> Letter:
        """What one code prints."""
        found = self._letters[cid] = Letter(self._text(cid), self._font.char_width(cid), cid == 32 and not self.multibyte)
        self.forward = self.forward and found.width >= 0
        return found

    def _text(self, cid: int) -> str | None:
        try:
            text: str = self._font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            # Writers of PDF that use the standard fonts put the bullet on a code that the encoding leaves open.
            return BULLET if cid in (127, 128, 149) else None
        if self.pictorial and text.strip():
            return PICTURE
        return " " if text.isspace() else text[:_LONGEST]
