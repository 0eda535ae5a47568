"""What a spreadsheet cell may hold: text stays text, whatever a resume puts into it."""

from __future__ import annotations

import re

from matcher.formulas import disarmed

_BREAK = re.compile("\r\n?|[\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the order of what is shown: a file "cv\u202efdp.exe" would be read as "cvexe.pdf"."""
_BEGUN = re.compile(r"(?<=[\n\t;|])(?=\"*[=+\-@\t＝＋－＠])")
"""Where a program that parts cells at other marks than commas, or takes each line for a row, would see a formula begin."""
_LONGEST = 32_000  # Excel's own limit is 32,767


def plain(text: str) -> str:
    """Drop characters that files cannot carry or that turn the order of others, and cut what is longer than a cell can be."""
    if text.isascii() and text.isprintable() and len(text) <= _LONGEST:
        return text  # most are so, and there are many
    clean = _DIRECTION.sub("", _CONTROL.sub("", _BREAK.sub("\n", text)))
    return clean if len(clean) <= _LONGEST else clean[: _LONGEST - 1] + "…"


def guarded(text: str) -> str:
    """Plain text with an apostrophe before whatever a spreadsheet would run as a formula, in whichever way it parts the cells."""
    return _BEGUN.sub("'", disarmed(plain(text), text))
