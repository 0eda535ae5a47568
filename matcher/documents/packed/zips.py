"""A zip file as a container: its names made fit to be shown, its members unpacked one at a time and never written anywhere."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import suppress
from typing import IO
from zipfile import ZipFile, ZipInfo

from matcher.documents.packed.entries import Entry, clean_name, is_hidden, too_large
from matcher.errors import UnreadableError

ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OFFICE = ("word/", "xl/", "ppt/", "[Content_Types].xml")
_ENCRYPTED, _UTF8 = 0x1, 0x800
"""Bits in the flags of a member."""


class ZipFolder:
    """The members of a zip file; raises UnreadableError where the file is none or is damaged."""

    def __init__(self, file: IO[bytes]) -> None:
        try:
            self._zip = ZipFile(file)
        except MemoryError:
            raise
        except Exception as error:  # zipfile raises much more than BadZipFile on broken data
            message = "is a damaged zip file; ask for it again, or unpack it and give the folder"
            raise UnreadableError(message, "damaged") from error
        self._members = self._zip.infolist()

    @property
    def is_document(self) -> bool:
        """Whether it is the package of an office program, or another document that happens to be a zip file."""
        names = [member.filename for member in self._members]
        return names[:1] == ["mimetype"] or any(name.startswith(_OFFICE) for name in names)

    def entries(self, endings: frozenset[str]) -> Iterator[Entry]:
        """What a person packed; what systems add to zip files is left out."""
        for number, member in enumerate(self._members):
            name = _name(member)
            if name and not member.is_dir() and not any(map(is_hidden, name.split("/"))):
                linked = stat.S_ISLNK(member.external_attr >> 16)
                yield Entry.of(number, name, member.file_size, endings, "a link, not a file" if linked else "")

    def name(self, number: int) -> str:
        """The name of a member as it is shown."""
        return _name(self._members[number])

    def read(self, number: int, max_bytes: int) -> bytes:
        """Unpack a member; never more of it than the zip file says it has, nor more than `max_bytes`."""
        member = self._members[number]
        if member.flag_bits & _ENCRYPTED:
            raise UnreadableError("is password-protected in its zip file; unpack it and give the folder", "encrypted")
        if member.file_size > max_bytes:
            raise too_large(member.file_size, max_bytes)
        try:
            with self._zip.open(member) as stream:
                return stream.read(max_bytes)
        except MemoryError:
            raise
        except NotImplementedError as error:
            message = "is packed in a way that is not read; unpack it and give the folder"
            raise UnreadableError(message, "unknown-format") from error
        except Exception as error:  # broken data fails in zlib, bz2, lzma, struct and zipfile, each in its own way
            raise UnreadableError("is damaged in its zip file; ask for it again", "damaged") from error


def _name(member: ZipInfo) -> str:
    """A member's name; without a mark for UTF-8, zipfile reads it as the old code page even where it is UTF-8."""
    name = member.filename
    if not member.flag_bits & _UTF8:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return clean_name(name)
