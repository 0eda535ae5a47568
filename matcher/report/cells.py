"""What a spreadsheet cell may hold: text stays text, whatever a resume puts into it."""

from __future__ import annotations

import re

from matcher.formulas import disarmed

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LONGEST = 32_000  # Excel's own limit is 32,767


def plain(text: str) -> str:
    """Drop characters that files cannot carry, and cut what is longer than a cell can be."""
    clean = _CONTROL.sub("", text)
    return clean if len(clean) <= _LONGEST else clean[: _LONGEST - 1] + "…"


def guarded(text: str) -> str:
    """Plain text with an apostrophe before whatever a spreadsheet would run as a formula."""
    return disarmed(plain(text), text)
