"""What is wrong with a taxonomy, where it stands, and what to do about it: one line for each mistake."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

Path = tuple[str | int, ...]
"""The keys and numbers that lead to a value of a file; a text after the key of a list is the item itself."""
SURFACE = "surface"
"""The first step of a path to a form that may be the label, an alias or a misspelling."""

_ENTRIES = ("concept", "form")
"""Kinds of entries of which a file has many; others are named by their file."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something unsound: a stable code, the entry's name (a concept's id, a form's text), one sentence, and what to do.

    `kind` says what `where` is: "concept", "form", "rules", "role", or "" where the file itself is at fault. `path` leads to the
    value, from the entry or, once `file` is known, from the top of the file. `also` names entries by which it can be mended too.
    """

    code: str
    where: str
    message: str
    remedy: str = ""
    kind: str = "concept"
    path: Path = ()
    also: tuple[tuple[str, str], ...] = ()
    file: str = ""
    line: int = 0

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        entry = f"{self.kind} {self.where}".strip() if self.kind in _ENTRIES or not self.file else ""
        said = f"{self.message}; {self.remedy}" if self.remedy else self.message
        return ": ".join(part for part in (place, entry, said) if part)


def nearest(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Ask whether the most similar of the known words was meant; `otherwise` where none is similar."""
    names = {name.casefold(): name for name in known}
    found = get_close_matches(word.casefold(), names, n=1, cutoff=0.6)
    return f'did you mean "{names[found[0]]}"?' if found else otherwise
