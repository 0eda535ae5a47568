"""Mails and zip files: which documents they hold, how deep they may be packed, and the bytes of one of them.

Nothing is unpacked but what is read, each member by itself and in memory only, so that a bomb costs no more than a large file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from email.message import EmailMessage
from io import BytesIO
from typing import IO

from matcher.documents.packed.entries import ending_of, too_large
from matcher.documents.packed.mails import Mail, looks_like_mail, parse_mail
from matcher.documents.packed.zips import ZIP_STARTS, ZipFolder
from matcher.errors import LimitError, MatcherError, UnreadableError
from matcher.records import CONTAINERS, PACKED, Contents, Member, Unread

MOST_DOCUMENTS = 1000
"""Documents and further containers that one container may hold, at any depth."""
DEEPEST = 3
"""A zip file in a mail in a zip file is opened; what is packed deeper is not."""
_MOST_BYTES = 50
"""All that is read of a container, unpacked: so many times the bytes that a file may have."""
_LARGEST_MAIL = 2
"""A mail is held in memory as a whole, and may be so many times as large as a file: attachments are a third larger in it."""
_MOST_NAMED = 200
"""What is left out is listed by name up to this number."""

_HEAD, _SEARCHED = 4096, 2**24
_ARCHIVES = (
    (0, b"Rar!\x1a\x07", "a RAR archive"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (0, b"\x1f\x8b", "packed with gzip"),
    (0, b"BZh", "packed with bzip2"),
    (0, b"\xfd7zXZ\x00", "packed with xz"),
    (257, b"ustar", "a tar archive"),
)
"""Where in a file stands which mark."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OUTLOOK = "__substg1.0_".encode("utf-16-le")
_TNEF = b"\x78\x9f\x3e\x22"


Container = ZipFolder | Mail


@dataclass(frozen=True, slots=True)
class Bounds:
    """What of a container is read: documents with these endings, each of at most `max_bytes` unpacked."""

    endings: frozenset[str]
    max_bytes: int


def contents(file: IO[bytes], source: str, bounds: Bounds) -> Contents | None:
    """What a file holds, or None if it is no container; `source` is the name it goes by. Raises MatcherError.

    A file that is called a document is none. A container that holds nothing to read is an UnreadableError; one that holds too
    much is read as far as it may be.
    """
    if ending_of(source) in bounds.endings - CONTAINERS - PACKED:
        return None
    container = opened(file, source, bounds.max_bytes)
    if container is None:
        return None
    search = _Search(bounds)
    search.walk(container, source, ())
    return search.result(source)


def member(file: IO[bytes], name: str, inside: tuple[int, ...], max_bytes: int) -> bytes:
    """The bytes of one member that `contents` found in the file of this name; raises MatcherError."""
    container = opened(file, name, max_bytes)
    for number in inside[:-1]:
        container = _inner(container, number, max_bytes) if container else None
    data = container.read(inside[-1], max_bytes) if container else None
    if not isinstance(data, bytes):
        raise UnreadableError("is no longer in its container; run it again", "unreadable")
    if len(data) > max_bytes:
        raise too_large(len(data), max_bytes)
    return data


def opened(file: IO[bytes], name: str, max_bytes: int) -> Container | None:
    """A file as a container; None if it is none. Raises UnreadableError for what is packed in a way that is not opened."""
    file.seek(0)
    head, ending = file.read(_HEAD), ending_of(name)
    if head.startswith(ZIP_STARTS):
        folder = ZipFolder(file)
        return None if folder.is_document else folder
    refuse_packed(file, name)
    if ending == ".zip":
        return ZipFolder(file)
    if ending == ".eml" or (not ending and looks_like_mail(head)):
        return Mail(parse_mail(_whole(file, max_bytes)))
    return None


def _inner(container: Container, number: int, max_bytes: int) -> Container | None:
    data = container.read(number, max_bytes)
    if isinstance(data, EmailMessage):
        return Mail(data)
    return opened(BytesIO(data), container.name(number), max_bytes)


def _whole(file: IO[bytes], max_bytes: int) -> bytes:
    file.seek(0)
    data = file.read(_LARGEST_MAIL * max_bytes + 1)
    if len(data) > _LARGEST_MAIL * max_bytes:
        limit = _LARGEST_MAIL * max_bytes / 2**20
        raise LimitError(f"is a mail of more than {limit:g} MiB; save its attachments or raise --max-bytes", "too-large")
    return data


def refuse_packed(file: IO[bytes], name: str) -> None:
    """Raise UnreadableError for what may hold documents and is not opened: other archives, mails in Outlook's own form."""
    file.seek(0)
    head, ending = file.read(_HEAD), ending_of(name)
    archive = next((what for at, mark, what in _ARCHIVES if head[at:].startswith(mark)), "")
    if archive:
        raise UnreadableError(f"is {archive}; unpack it first, or pack the documents as .zip", "unknown-format")
    if head.startswith(_TNEF):
        raise UnreadableError("is packed in Outlook's own way (winmail.dat); ask for the attachments as ordinary files", "sealed")
    if head.startswith(_OLE) and (ending == ".msg" or _OUTLOOK in head + file.read(_SEARCHED)):
        raise UnreadableError("is an Outlook message (.msg); open it in Outlook and save it as .eml", "unknown-format")
    if ending == ".mbox":
        raise UnreadableError("is a folder of mails (.mbox); save the mails one by one as .eml", "unknown-format")


@dataclass(slots=True)
class _Search:
    """What was found so far in a container and in the containers in it."""

    bounds: Bounds
    members: list[Member] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    taken: int = 0
    size: int = 0
    beyond: int = 0
    deep: list[str] = field(default_factory=list)

    def walk(self, container: Container, source: str, inside: tuple[int, ...]) -> None:
        """Go through a container by the names in it, so that the order in which it was packed does not matter."""
        for entry in sorted(container.entries(self.bounds.endings), key=lambda entry: (entry.name, entry.number)):
            shown, way = f"{source}/{entry.name}", (*inside, entry.number)
            if entry.skipped:
                self.skipped.append((shown, entry.skipped))
            elif entry.problem:
                self.unread.append(Unread(shown, *entry.problem))
            elif not self._has_room(entry.size):
                self.beyond += 1
            elif not entry.packed:
                self.members.append(Member(shown, way))
            else:
                self._descend(container, shown, way)

    def _has_room(self, size: int) -> bool:
        """Count an entry, unless it is one too many; what is too large by itself is never unpacked and takes no room."""
        unpacked = size if size <= self.bounds.max_bytes else 0
        if self.taken == MOST_DOCUMENTS or self.size + unpacked > _MOST_BYTES * self.bounds.max_bytes:
            return False
        self.taken += 1
        self.size += unpacked
        return True

    def _descend(self, outer: Container, shown: str, way: tuple[int, ...]) -> None:
        if len(way) == DEEPEST:
            self.deep.append(shown)
            return
        try:
            inner = _inner(outer, way[-1], self.bounds.max_bytes)
            if inner is None:
                self.members.append(Member(shown, way))
            else:
                self.walk(inner, shown, way)
        except MatcherError as error:
            self.unread.append(Unread(shown, error.code, str(error)))

    def result(self, source: str) -> Contents:
        """All that was found; raises UnreadableError if nothing of it can be read or told of."""
        if self.beyond:
            limit = f"{MOST_DOCUMENTS:,} documents or {_MOST_BYTES * self.bounds.max_bytes / 2**20:,.0f} MiB"
            message = f"holds more than {limit}: {self.beyond:,} were not read; unpack it and give the folder"
            self.unread.append(Unread(source, "too-many-documents", message))
        if self.deep:
            names = self.deep[0] + (f" and {len(self.deep) - 1:,} more" if len(self.deep) > 1 else "")
            self.unread.append(Unread(source, "too-deep", f"is packed more than {DEEPEST} deep at {names}; unpack it first"))
        if not self.members and not self.unread:
            raise UnreadableError("holds no document that could be read; open it and see what was sent", "empty-container")
        more = len(self.skipped) - _MOST_NAMED
        named = sorted(self.skipped)[:_MOST_NAMED] + ([(source, f"{more:,} further files in it")] if more > 0 else [])
        members, unread = sorted(self.members, key=_by_name), sorted(self.unread, key=_by_name)
        return Contents(tuple(members), tuple(unread), tuple(named))


def _by_name(item: Member | Unread) -> str:
    return item.source
