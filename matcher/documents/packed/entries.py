"""One thing in a container, whatever kind of container that is, under a name that any output can carry."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from matcher.documents.repair import printable
from matcher.errors import LimitError
from matcher.records import CONTAINERS

_LONGEST, _LONGEST_ENDING = 200, 12
_OTHER_KIND = "no kind of file that is read"


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing in a container: `number` leads back to it, `size` is what it has unpacked as far as that is known (bytes).

    It is opened in its turn (`packed`), left out (`skipped` says why), known to be unreadable (`problem`: code and message) or,
    with none of these, a document.
    """

    number: int
    name: str
    size: int = 0
    packed: bool = False
    skipped: str = ""
    problem: tuple[str, str] | None = None

    @classmethod
    def of(cls, number: int, name: str, size: int, endings: frozenset[str], skipped: str = "") -> Entry:
        """An entry judged by the ending of its name; `endings` are those of documents."""
        ending = ending_of(name)
        if not skipped and ending in CONTAINERS:
            return cls(number, name, size, packed=True)
        return cls(number, name, size, skipped=skipped or ("" if ending in endings else _OTHER_KIND))


def ending_of(name: str) -> str:
    """The ending of a name in small letters, with its dot; "" if it has none."""
    return PurePosixPath(name).suffix.lower()


def clean_name(name: str) -> str:
    """A name for people: a path below its container, of characters that can be seen, and not too long."""
    parts = [part for part in name.replace("\\", "/").split("/") if part.strip() not in ("", ".", "..")]
    text = printable("/".join(parts)).strip()
    if len(text) <= _LONGEST:
        return text
    return text[: _LONGEST - _LONGEST_ENDING - 1] + "…" + PurePosixPath(text).suffix[:_LONGEST_ENDING]


def is_hidden(name: str) -> bool:
    """Whether systems and office programs put it there, not a person."""
    return name.startswith((".", "~$")) or name == "__MACOSX"


def too_large(size: int, max_bytes: int) -> LimitError:
    """The error for a member that has more bytes than a file may have."""
    found, limit = size / 2**20, max_bytes / 2**20
    return LimitError(f"has {found:.1f} MiB unpacked, more than the limit of {limit:g} MiB; raise --max-bytes", "too-large")
