"""Texts of strangers made fit to be shown: what a screen would obey and not show becomes visible, character by character."""

from __future__ import annotations

import re
from typing import Any

_PICTURES = 0x2400
_UNSHOWN = "\ufffd"
_OBEYED = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls, escape sequences among them; tab and newline stay
    "\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f"  # what turns the direction of writing or ends a line
    "\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff"  # no characters, and annotations
    "\ud800-\udfff\U000e0000-\U000e007f"  # halves of characters, and tags that nobody sees
)
_SEEN = bytes((9, 10, *range(32, 127)))
_ANYWHERE = re.compile(f"[{_OBEYED}]")
_IN_A_LINE = re.compile(f"[{_OBEYED}\t\n]")


def harmless(value: Any) -> Any:
    """The text with a visible sign in the place of each character that acts and is not seen; its length stays.

    Tabs and line ends stay. What is no plain text (markup, figures) passes as it is.
    """
    return _shown(_ANYWHERE, value) if type(value) is str else value


def one_line(text: str) -> str:
    """As `harmless`, and tabs and line ends are seen as well: for names, which have no lines."""
    return _shown(_IN_A_LINE, text)


def acts(text: str) -> bool:
    """Whether there is such a character in a text, line ends and tabs aside."""
    return not text.isprintable() and bool(_ANYWHERE.search(text))


def dropped(text: str) -> str:
    """The text without such characters, tabs and line ends aside."""
    return _ANYWHERE.sub("", text)


def escaped(data: bytes) -> bytes:
    """JSON that means the same, in which such characters, line ends and tabs aside, are written as escapes."""
    other = data.translate(None, _SEEN)  # ten times as fast as to look at each
    return data if not other or not _ANYWHERE.search(other.decode()) else _ANYWHERE.sub(_escape, data.decode()).encode()


def _shown(acting: re.Pattern[str], text: str) -> str:
    return text if text.isprintable() else acting.sub(_sign, text)


def _sign(found: re.Match[str]) -> str:
    code = ord(found[0])
    return "\u2421" if code == 0x7F else chr(_PICTURES + code) if code < 0x20 else _UNSHOWN


def _escape(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
