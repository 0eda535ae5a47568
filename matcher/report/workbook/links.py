"""Links from a cell to a file: only where neither the path nor the file can do more than be opened."""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePath

_ENDINGS = frozenset({".pdf", ".docx", ".rtf", ".txt"})
"""What a click may open; a page of the web or a mail could do things of its own."""
_PART = re.compile(r"[^\W_][\w ,()+&'-]*(?:\.[\w ,()+&'-]+)*")
"""A name of letters, figures and some marks: no scheme, no share, no mark that a program reads otherwise."""
_LONGEST = 200


def link_target(path: Path | None, folder: Path) -> str | None:
    """The way from `folder` to a file as a link may say it; None where it is better not to link."""
    if path is None or path.suffix.lower() not in _ENDINGS:
        return None
    try:
        parts = PurePath(os.path.relpath(path, folder.absolute())).parts
    except ValueError:  # on another drive
        return None
    names = [part for part in parts if part != ".."]
    target = "/".join(parts)
    sound = names and all(_PART.fullmatch(name) and name.isprintable() for name in names)
    return target if sound and len(target) <= _LONGEST else None
