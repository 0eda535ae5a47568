"""Paths as a database and JSON keep them: names of files need not be valid text."""

from __future__ import annotations

import os
from pathlib import Path

_BROKEN = {0xDC00 + byte: 0xF700 + byte for byte in range(0x80, 0x100)}
"""Bytes that are no text, as Python has them in a name, and signs for private use that stand for them."""
_BYTES = {sign: half for half, sign in _BROKEN.items()}


def as_text(path: Path | str) -> str:
    """A path that can be kept; `as_path` gives it back."""
    return str(path).translate(_BROKEN)


def kept_place(path: Path) -> str:
    """Where a file really lies, as text that can be kept."""
    return as_text(os.path.realpath(path))


def as_path(text: str) -> str:
    """The path that was kept."""
    return text if os.path.lexists(text) else text.translate(_BYTES)
