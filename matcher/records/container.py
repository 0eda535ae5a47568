"""What a container (a mail, a zip file) holds: documents to read, each with the way to it, and what is left out."""

from __future__ import annotations

from dataclasses import dataclass, replace

CONTAINERS = frozenset({".eml", ".zip"})
"""Endings of files that are opened for the documents in them."""
PACKED = frozenset({".msg", ".rar", ".7z", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".mbox"})
"""Endings of what may well hold documents and is not opened: tried all the same, so that somebody is told."""


@dataclass(frozen=True, slots=True)
class Member:
    """A document in a container: the name that results show ("post.zip/a/cv.pdf"), and its number in each one on the way."""

    source: str
    inside: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """Something in a container that should be read and cannot be; `message` says in one line why and what to do."""

    source: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Contents:
    """All that was found in a container, each ordered by source; `skipped` has names with the reason."""

    members: tuple[Member, ...] = ()
    unread: tuple[Unread, ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()

    def under(self, old: str, new: str) -> Contents:
        """The same contents of an equal container that goes by another name."""
        return Contents(
            tuple(replace(item, source=new + item.source.removeprefix(old)) for item in self.members),
            tuple(replace(item, source=new + item.source.removeprefix(old)) for item in self.unread),
            tuple((new + name.removeprefix(old), why) for name, why in self.skipped),
        )
