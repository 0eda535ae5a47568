"""Tables of text as programs for spreadsheets save them: their bytes, within a limit, and their characters."""

from __future__ import annotations

from pathlib import Path

from matcher.errors import InputError

DELIMITERS = ",;\t|"
"""What may stand between the cells of a line."""
_MARKS = (("utf-8-sig", b"\xef\xbb\xbf"), ("utf-16", b"\xff\xfe"), ("utf-16", b"\xfe\xff"))
"""Encodings that say so in the first bytes, as Excel writes them."""


def read_bytes(path: Path, most: int, name: str = "") -> bytes:
    """A file of at most so many bytes; raises InputError, which calls it `name` (by default its path)."""
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise InputError(f"{name or path}: cannot be opened ({error.strerror or error})") from error
    if len(data) > most:
        raise InputError(f"{name or path}: is larger than {most} bytes; raise --max-bytes")
    return data


def decoded(data: bytes) -> str:
    """The text of a table, by its mark, else UTF-8, else the old encoding of Windows."""
    for encoding, mark in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
