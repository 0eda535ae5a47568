"""What a spreadsheet cell may hold: text stays text, whatever a resume puts into it."""

from __future__ import annotations

import re

from matcher.formulas import disarmed
from matcher.unseen import dropped

_BREAK = re.compile("\r\n?|[\u2028\u2029]")
_BEGUN = re.compile(r"(?<=[\n\t;|])(?=[\"\s]*[=+\-@\t＝＋－＠])")
"""Where a program that parts cells at other marks than commas, or takes each line for a row, would see a formula begin."""
_ORDER = "\ufeff"  # the mark of byte order, which some programs pass over at the beginning of a cell
_LONGEST = 32_000  # Excel's own limit is 32,767


def plain(text: str) -> str:
    """Drop characters that files cannot carry or that turn the order of others, and cut what is longer than a cell can be."""
    if text.isascii() and text.isprintable() and len(text) <= _LONGEST:
        return text  # most are so, and there are many
    clean = dropped(_BREAK.sub("\n", text)).replace(_ORDER, "")
    return clean if len(clean) <= _LONGEST else clean[: _LONGEST - 1] + "…"


def guarded(text: str) -> str:
    """Plain text with an apostrophe before whatever a spreadsheet would run as a formula, in whichever way it parts the cells."""
    return _BEGUN.sub("'", disarmed(plain(text), text))
